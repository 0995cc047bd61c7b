"""What happened, in its order, for the bank's own programs: numbers, counters and times; no person, no customer."""

from __future__ import annotations

from typing import Annotated, NotRequired, cast

from fastapi import APIRouter, Depends, Query
from pydantic import Field
from typing_extensions import TypedDict

from lobbyline.lobby.clock import Clock
from lobbyline.lobby.lobby import Lobby
from lobbyline.lobby.store.book import Book
from lobbyline.staff.door.door import Visitor, require
from lobbyline.staff.shape import shapes

Reader = Annotated[Visitor, Depends(require("program", "technician", "branch_manager"))]
# What is told of an event; everything else of it stays in the branch.
TOLD = ("id", "at", "what", "ticket", "counter", "service", "queue")
MOST = 500
# The life of tickets and counters; sign-ins and changes of people are nobody else's.
LIFE = frozenset({
    "taken", "booked", "arrived", "called", "recalled", "greet", "ask", "operate", "confirm", "intake", "done",
    "missed", "held", "restored", "moved", "referred", "abandoned", "void", "passed", "returned", "open", "paused",
    "closed",
})  # fmt: skip


class Event(TypedDict):
    """Something that happened to a number or a counter."""

    id: Annotated[int, Field(examples=[4711])]
    at: shapes.Moment
    what: Annotated[str, Field(examples=["called"])]
    ticket: Annotated[str, Field(description="Empty where it was about none, or erased.", examples=["A012"])]
    counter: shapes.Window | None
    service: NotRequired[shapes.Service]
    queue: NotRequired[shapes.Letter]


class Journal(TypedDict):
    """What happened, oldest first; `last` is where to go on."""

    events: list[Event]
    last: Annotated[int, Field(examples=[4711])]


def history(lobby: Lobby, clock: Clock) -> APIRouter:  # noqa: ARG001  # every room is made alike
    """Events after one that is known already."""
    routes = APIRouter(prefix="/api/journal", tags=["hall"])

    @routes.get("")
    def events(
        _: Reader,
        after: Annotated[int, Query(ge=0, le=2**62, description="The last id that was read; 0 at first.")] = 0,
        most: Annotated[int, Query(ge=1, le=MOST)] = 100,
    ) -> Journal:
        """What happened after an event, oldest first; `last` is where to go on, also past what is not told."""
        with lobby.read() as book:
            return page(book, after, most)

    return routes


def page(book: Book, after: int, most: int) -> Journal:
    events = book.events_after(after, most)
    told = [{name: fact for name, fact in event.items() if name in TOLD} for event in events if event["what"] in LIFE]
    return {"events": cast("list[Event]", told), "last": events[-1]["id"] if events else after}
