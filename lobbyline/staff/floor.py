"""The lobby manager's API: everything of the hall at one look, and what may be done there without a counter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from lobbyline.lobby.clock import Clock
from lobbyline.lobby.devices import DeviceState
from lobbyline.lobby.floor import Floor
from lobbyline.lobby.lobby import Lobby
from lobbyline.lobby.opening import Suggestion
from lobbyline.lobby.store.floor_book import ReferralRow
from lobbyline.lobby.ticket import Ticket, shown
from lobbyline.staff import answers, shapes
from lobbyline.staff.answers import moment, names, plain
from lobbyline.staff.door import MANAGERS, Visitor, require
from lobbyline.staff.pages import Pages, language_of
from lobbyline.staff.verbs import Key

Manager = Annotated[Visitor, Depends(require(*MANAGERS))]
Adviser = Annotated[Visitor, Depends(require("relationship_manager", *MANAGERS))]
Id = Annotated[int, Path(ge=1, lt=2**63)]
Touch = Literal["take", "done"]
FloorVerb = Literal["move", "restore", "care", "leave", "void"]


class Word(BaseModel):
    """What comes with a change of a ticket: the service to move to, the reason to make it void."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    service: str = Field("", max_length=12, examples=["W1"])
    reason: str = Field("", max_length=80, examples=["重复取号"])


class Ending(BaseModel):
    """How a referral ended, as a code of the files."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    outcome: str = Field(max_length=40, examples=["signed"])


class Complaint(BaseModel):
    """What a customer is unhappy about, as a code of the files, and his number where there is one."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    about: str = Field(max_length=40, examples=["wait"])
    number: str = Field("", max_length=12, examples=["A012"])


class Onward(BaseModel):
    """Where papers go that wait for a printer."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    to: str = Field(max_length=40)


Change = Callable[[Floor, str, Word, datetime, str, "str | None"], Ticket]
CHANGES: dict[str, Change] = {
    "move": lambda floor, number, word, at, by, key: floor.move(number, word.service, at, by=by, key=key),
    "restore": lambda floor, number, _, at, by, key: floor.restore(number, at, by=by, key=key),
    "care": lambda floor, number, _, at, by, key: floor.recognise(number, "care", at, by, key=key),
    "leave": lambda floor, number, _, at, by, key: floor.leave(number, at, by=by, key=key),
    "void": lambda floor, number, word, at, by, key: floor.void(number, word.reason, at, by, key=key),
}


def floor(lobby: Lobby, clock: Clock) -> APIRouter:
    """The hall at one look, alerts that are taken and done, and tickets that are moved, restored, made void."""
    routes = APIRouter(tags=["floor"])

    @routes.get("/api/floor")
    def look(request: Request, _: Manager) -> shapes.Floor:
        """Everything of the hall at one look."""
        at, branch = clock(), lobby.branch
        language = language_of(request, branch)
        found, aside = lobby.lookout.suggestion(at), lobby.floor.aside(at)
        return {
            **answers.hall(lobby.hall.view(at), at),
            "waiting": [answers.waiting(entry, branch) for entry in lobby.hall.waiting(at)],
            "aside": {state: [answers.ticket(one, branch) for one in those] for state, those in aside.items()},
            "papers": [answers.paper(one, branch) for one in lobby.review.list(at)],
            "alerts": [answers.alert(row, lobby.lookout.say(row, language)) for row in lobby.lookout.listed()],
            "devices": [device(one, language) for one in lobby.devices.all()],
            "printers": printers(language),
            "suggestion": suggestion(found) if found else None,
        }

    def device(one: DeviceState, language: str) -> shapes.NamedDevice:
        return {**answers.device(one), "shown": lobby.devices.shown(one.name, language)}

    def printers(language: str) -> list[shapes.Printer]:
        """Every ticket printer, with the papers that wait for it."""
        waiting = lobby.outbox.waiting()
        return [
            {"name": name, "shown": lobby.devices.shown(name, language), "papers": waiting.get(name, 0)}
            for name in lobby.setup.printer_names()
        ]

    @routes.post("/api/printers/{name}/onward")
    def send_on(name: str, onward: Onward, visitor: Manager, key: Key = None) -> shapes.SentOn:
        """Whatever waits for a printer is printed by another."""
        papers = lobby.outbox.send_on(name, onward.to, clock(), visitor.by, key)
        return {"printer": name, "to": onward.to, "papers": papers}

    @routes.post("/api/alerts/{id}/{touch}")
    def touch(id: Id, touch: Touch, visitor: Manager) -> shapes.Alert:
        """Somebody looks after it, or it is done."""
        act = lobby.lookout.take if touch == "take" else lobby.lookout.done
        row = act(id, visitor.by, clock())
        return answers.alert(row, lobby.lookout.say(row))

    @routes.post("/api/complaints", status_code=201)
    def complain(complaint: Complaint, visitor: Manager, key: Key = None) -> shapes.Complaint:
        """Somebody is unhappy: counted, and on the list of the lobby manager."""
        lobby.complaints.note(complaint.about, clock(), visitor.by, plain(complaint.number), key)
        return {"about": complaint.about, "number": plain(complaint.number)}

    @routes.post("/api/tickets/{number}/{verb}")
    def change(
        number: str, verb: FloorVerb, visitor: Manager, word: Word | None = None, key: Key = None
    ) -> shapes.Ticket:
        """A change of a ticket in the hall, in the name of whoever is signed in."""
        after = CHANGES[verb](lobby.floor, plain(number), word or Word(), clock(), visitor.by, key)
        return answers.ticket(after, lobby.branch)

    return routes


def advice(lobby: Lobby, clock: Clock) -> APIRouter:
    """The advice desks: who was referred, since when, and what came of it."""
    routes = APIRouter(tags=["advice"])

    @routes.get("/advice", include_in_schema=False)
    def page(request: Request, visitor: Adviser) -> Response:
        pages: Pages = request.app.state.page
        outcomes = {code: text.root for code, text in lobby.branch.advice.outcomes.items()}
        return pages(request, "advice.html", visitor, outcomes=outcomes, pick_up=lobby.branch.advice.pick_up)

    @routes.get("/api/referrals")
    def referrals(_: Adviser) -> shapes.Referrals:
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


def suggestion(found: Suggestion) -> shapes.Suggestion:
    return {
        "counter": found.counter,
        "helps": found.helps,
        "people": found.people,
        "mean": round(found.mean),
        "mean_then": round(found.mean_then),
    }


def referral(row: ReferralRow, lobby: Lobby) -> shapes.Referral:
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
