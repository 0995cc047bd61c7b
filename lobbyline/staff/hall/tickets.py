"""Tickets over HTTP: take one for a customer, look one up, print one again."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from pydantic import Field
from typing_extensions import TypedDict

from lobbyline.lobby.clock import Clock
from lobbyline.lobby.lobby import Lobby
from lobbyline.staff.counter.verbs import Key
from lobbyline.staff.door.door import Anybody, Receptionist
from lobbyline.staff.shape import answers, shapes
from lobbyline.staff.shape.answers import plain
from lobbyline.staff.shape.said import Said


class Visit(Said):
    """A ticket that staff take for a customer."""

    service: str = Field(max_length=12, examples=["W1"])
    segment: str = Field("ordinary", max_length=40, examples=["ordinary"])


class Copy(TypedDict):
    """A paper that is to be printed again."""

    number: shapes.Number
    copy: Annotated[int, Field(description="0 is the first paper.", examples=[1])]
    state: Annotated[str, Field(examples=["due"])]


def tickets(lobby: Lobby, clock: Clock) -> APIRouter:
    """Tickets: take one for a customer, look one up, print one again."""
    routes = APIRouter(prefix="/api/tickets", tags=["tickets"])

    @routes.post("", status_code=201)
    def take(visit: Visit, _: Receptionist, key: Key = None) -> shapes.Place:
        """A number for a customer."""
        place = lobby.reception.take(visit.service, clock(), segment=visit.segment, key=key)
        return answers.place(place, lobby.branch)

    @routes.get("/{number}")
    def find(number: str, _: Anybody) -> shapes.Place:
        """A ticket and where it stands."""
        return answers.place(lobby.reception.find(plain(number), clock()), lobby.branch)

    @routes.post("/{number}/reprint", status_code=202)
    def reprint(number: str, _: Receptionist) -> Copy:
        """The paper once more, marked as a copy."""
        job = lobby.outbox.reprint(plain(number), clock())
        return {"number": job.slip.number, "copy": job.copy, "state": job.state}

    return routes
