"""Counters over HTTP: what a teller sees, and every key that he presses.

A key that is pressed carries an `Idempotency-Key`: the same twice is one intention and happens once.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter

from lobbyline.lobby.clock import Clock
from lobbyline.lobby.counter.desk import Desk
from lobbyline.lobby.errors import Refusal
from lobbyline.lobby.lobby import Lobby
from lobbyline.staff.counter import counter_page
from lobbyline.staff.counter.verbs import SAYS, VERBS, Key, Press, Seen, VerbName, Wish, missing
from lobbyline.staff.door.door import Anybody, Caller, Seated, Visitor
from lobbyline.staff.door.guard import problem
from lobbyline.staff.shape import answers, shapes


def counters(lobby: Lobby, clock: Clock) -> APIRouter:
    """Counters: what a teller sees and does."""
    routes = APIRouter(prefix="/api/counters", tags=["counters"])

    @routes.get("")
    def every(_: Anybody) -> list[shapes.Counter]:
        """Every counter as the hall sees it."""
        return [answers.counter(counter) for counter in lobby.hall.view(clock()).counters]

    @routes.get("/{number}")
    def one(number: int, visitor: Anybody) -> counter_page.Desk:
        """Everything that a teller sees at one counter."""
        return counter_page.desk(lobby, number, visitor.by, clock())

    @routes.post("/{number}/authorise", status_code=204)
    def authorise(number: int, visitor: Seated, seen: Seen | None = None, key: Key = None) -> None:
        """Ask a second person to authorise what is done for the customer who is here."""
        lobby.authorisations.ask(number, visitor.by, clock(), key, (seen or Seen()).here)

    @routes.post("/{number}/{verb}", response_model=shapes.Standing)
    def do(
        number: int, verb: VerbName, visitor: Caller, wish: Annotated[Wish | None, SAYS] = None, key: Key = None
    ) -> Any:
        """A key of the teller; a program presses it in the teller's name."""
        said = wish or Wish()
        if lacking := missing(verb, said):
            return problem(422, "incomplete", f"Say also: {', '.join(lacking)}.", "Incomplete")
        if verb == "check" and not visitor.person:
            raise Refusal("not_yours")
        after = VERBS[verb](seat(number, visitor, said.here), said, Press(visitor.by, clock(), key))
        return answers.standing(after, lobby)

    def seat(number: int, visitor: Visitor, here: str | None) -> Desk:
        """The counter as whoever asks may press its keys."""
        if not visitor.person:
            return lobby.desk(number, via=visitor.by, here=here)
        desk = lobby.desk(number, by=visitor.by, here=here)
        lobby.machines.must_serve(number, visitor.machine)
        return desk

    return routes
