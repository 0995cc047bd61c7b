"""The lobby manager's API: everything of the hall at one look, and what may be done there without a counter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Request
from pydantic import Field
from typing_extensions import TypedDict

from lobbyline.lobby.clock import Clock
from lobbyline.lobby.hall.floor import Floor
from lobbyline.lobby.lobby import Lobby
from lobbyline.lobby.ticket import Ticket
from lobbyline.staff.counter.verbs import Key
from lobbyline.staff.door.door import Manager
from lobbyline.staff.hall.overview import Overview, overview
from lobbyline.staff.pages.pages import language_of
from lobbyline.staff.shape import answers, shapes
from lobbyline.staff.shape.answers import plain
from lobbyline.staff.shape.said import Said, Typed, by_verb

Id = Annotated[int, Path(ge=1, lt=2**63)]
Touch = Literal["take", "done"]
FloorVerb = Literal["move", "restore", "care", "leave", "void"]


class Word(Typed):
    """What comes with a change of a ticket: the service to move to, the reason to make it void."""

    service: str = Field("", max_length=12, examples=["W1"])
    reason: str = Field("", max_length=80, examples=["重复取号"])


class Complaint(Typed):
    """What a customer is unhappy about, as a code of the files, and his number where there is one."""

    about: str = Field(max_length=40, examples=["wait"])
    number: str = Field("", max_length=12, examples=["A012"])


class Onward(Said):
    """Where papers go that wait for a printer."""

    to: str = Field(max_length=40, examples=["second"])


class SentOn(TypedDict):
    """Papers that another printer prints now."""

    printer: Annotated[str, Field(examples=["front"])]
    to: Annotated[str, Field(examples=["second"])]
    papers: Annotated[int, Field(examples=[3])]


class Noted(TypedDict):
    """What a customer is unhappy about, as a code of the files."""

    about: Annotated[str, Field(examples=["wait"])]
    number: shapes.Number


SAYS = by_verb(move=Word(service="W1"), void=Word(reason="重复取号"))
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
    def look(request: Request, _: Manager) -> Overview:
        """Everything of the hall at one look."""
        return overview(lobby, clock(), language_of(request, lobby.branch))

    @routes.post("/api/printers/{name}/onward")
    def send_on(name: str, onward: Onward, visitor: Manager, key: Key = None) -> SentOn:
        """Whatever waits for a printer is printed by another."""
        papers = lobby.outbox.send_on(name, onward.to, clock(), visitor.by, key)
        return {"printer": name, "to": onward.to, "papers": papers}

    @routes.post("/api/alerts/{id}/{touch}")
    def touch(id: Id, touch: Touch, visitor: Manager, request: Request) -> shapes.Alert:
        """Somebody looks after it, or it is done."""
        act = lobby.lookout.take if touch == "take" else lobby.lookout.done
        row = act(id, visitor.by, clock())
        return answers.alert(row, lobby, language_of(request, lobby.branch))

    @routes.post("/api/complaints", status_code=201)
    def complain(complaint: Complaint, visitor: Manager, key: Key = None) -> Noted:
        """Somebody is unhappy: counted, and on the list of the lobby manager."""
        lobby.complaints.note(complaint.about, clock(), visitor.by, plain(complaint.number), key)
        return {"about": complaint.about, "number": plain(complaint.number)}

    @routes.post("/api/tickets/{number}/{verb}")
    def change(
        number: str, verb: FloorVerb, visitor: Manager, word: Annotated[Word | None, SAYS] = None, key: Key = None
    ) -> shapes.Ticket:
        """A change of a ticket in the hall, in the name of whoever is signed in."""
        after = CHANGES[verb](lobby.floor, plain(number), word or Word(), clock(), visitor.by, key)
        return answers.ticket(after, lobby.branch)

    return routes
