"""The advice desks over HTTP: who was referred there, since when, and what came of it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, Response
from pydantic import Field
from typing_extensions import TypedDict

from lobbyline.lobby.clock import Clock
from lobbyline.lobby.lobby import Lobby
from lobbyline.lobby.store.pages.floor import ReferralRow
from lobbyline.lobby.ticket import shown
from lobbyline.staff.door.door import ADVISERS, Visitor, require
from lobbyline.staff.pages.pages import Pages
from lobbyline.staff.shape import answers, shapes
from lobbyline.staff.shape.answers import moment, names
from lobbyline.staff.shape.said import Said

Adviser = Annotated[Visitor, Depends(require(*ADVISERS))]
Id = Annotated[int, Path(ge=1, lt=2**63)]


class Ending(Said):
    """How a referral ended, as a code of the files."""

    outcome: str = Field(max_length=40, examples=["signed"])


class Referral(TypedDict):
    """A customer whom a teller sent to an advice desk."""

    id: Annotated[int, Field(examples=[5])]
    number: shapes.Number
    shown: shapes.Shown
    state: Annotated[str, Field(examples=["waiting"])]
    counter: shapes.Window
    teller: shapes.Called
    service: shapes.Service
    service_name: shapes.Names
    at: shapes.Moment | None
    picked_at: shapes.Moment | None
    outcome: str
    outcome_by: shapes.Called


class Referrals(TypedDict):
    """Today's referrals, and the desks they go to."""

    at: shapes.Moment | None
    referrals: list[Referral]
    desks: list[shapes.Counter]


def advice(lobby: Lobby, clock: Clock) -> APIRouter:
    """The advice desks: who was referred, since when, and what came of it."""
    routes = APIRouter(tags=["advice"])

    @routes.get("/advice", include_in_schema=False)
    def page(request: Request, visitor: Adviser) -> Response:
        pages: Pages = request.app.state.page
        outcomes = {code: text.root for code, text in lobby.branch.advice.outcomes.items()}
        return pages(request, "advice.html", visitor, outcomes=outcomes, pick_up=lobby.branch.advice.pick_up)

    @routes.get("/api/referrals")
    def referrals(_: Adviser) -> Referrals:
        """Today's referrals, and the desks they go to."""
        at = clock()
        return {
            "at": moment(at),
            "referrals": [referral(row, lobby) for row in lobby.referrals.today(at)],
            "desks": [answers.counter(one) for one in lobby.hall.view(at).counters if advises(one.number)],
        }

    @routes.post("/api/referrals/{id}/outcome", status_code=204)
    def end(id: Id, ending: Ending, visitor: Adviser) -> None:
        """How a referral ended."""
        lobby.referrals.end(id, ending.outcome, visitor.by, clock())

    def advises(number: int) -> bool:
        counter = lobby.branch.counter(number)
        return bool(counter and counter.advises)

    return routes


def referral(row: ReferralRow, lobby: Lobby) -> Referral:
    """One referral; late when nobody called within the minutes of the file."""
    services = lobby.branch.services
    service = services[row.service].name if row.service in services else None
    return {
        "id": row.id,
        "number": row.number,
        "shown": shown(row.number),
        "state": row.state,
        "counter": row.counter,
        "teller": row.teller,
        "service": row.service,
        "service_name": names(service) if service else {"": row.service},
        "at": moment(row.at),
        "picked_at": moment(row.picked_at),
        "outcome": row.outcome,
        "outcome_by": row.outcome_by,
    }
