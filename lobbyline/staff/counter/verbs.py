"""The verbs of a counter as the pages name them, and what each needs to be told.

Who presses is never told: it is whoever is signed in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from fastapi import Header
from pydantic import Field

from lobbyline.lobby.branch import Control
from lobbyline.lobby.counter.desk import Desk, Standing
from lobbyline.staff.shape.answers import plain
from lobbyline.staff.shape.said import Typed, by_verb

Key = Annotated[
    str | None,
    Header(alias="Idempotency-Key", min_length=1, max_length=100, description="The same key twice is one intention."),
]


@dataclass(frozen=True)
class Press:
    """Who pressed, when, and under which key."""

    by: str
    at: datetime
    key: str | None


class Seen(Typed):
    """Whom one saw at the counter: what comes late is not done to the next customer."""

    here: str | None = Field(
        None, max_length=12, description="The number at the counter when the key was pressed, empty for nobody: "
        "if another is there by now, nothing is done.", examples=["A011"],
    )  # fmt: skip


class Wish(Seen):
    """What comes with a verb; most verbs need none of it."""

    number: str = Field("", max_length=12, description="The ticket, for call and move.", examples=["A012"])
    service: str = Field("", max_length=12, description="The service to move to.", examples=["O1"])
    reason: str = Field("", max_length=80, description="Why the counter pauses.", examples=["lunch"])
    control: Control | None = Field(None, description="The control that was done.", examples=["identity"])


Verb = Callable[[Desk, Wish, Press], Standing]
VerbName = Literal[
    "next", "recall", "greet", "ask", "operate", "confirm", "done", "absent", "hold", "pause", "resume", "open",
    "close", "call", "move", "check", "intake", "take-over", "refer",
]  # fmt: skip

# What a verb cannot do without.
NEEDS: dict[str, tuple[str, ...]] = {
    "call": ("number",),
    "move": ("number", "service"),
    "refer": ("service",),
    "check": ("control",),
}

SAYS = by_verb(
    next=Wish(),
    call=Wish(number="A012"),
    move=Wish(number="A012", service="O1"),
    refer=Wish(service="M3"),
    check=Wish(control="identity"),
    pause=Wish(reason="lunch"),
)


def plainly(act: Callable[..., Standing]) -> Verb:
    """A verb that needs no word with it."""
    return lambda desk, _, press: act(desk, press.at, key=press.key)


VERBS: dict[VerbName, Verb] = {
    "open": plainly(Desk.open),
    "close": plainly(Desk.close),
    "pause": lambda desk, wish, press: desk.pause(press.at, reason=wish.reason, key=press.key),
    "resume": plainly(Desk.resume),
    "next": plainly(Desk.next),
    "recall": plainly(Desk.recall),
    "greet": plainly(Desk.greet),
    "ask": plainly(Desk.ask),
    "operate": plainly(Desk.operate),
    "confirm": plainly(Desk.confirm),
    "done": plainly(Desk.done),
    "absent": plainly(Desk.absent),
    "hold": plainly(Desk.hold),
    "refer": lambda desk, wish, press: desk.refer(wish.service, press.at, key=press.key),
    "intake": plainly(Desk.intake),
    "take-over": lambda desk, _, press: desk.hand_over(press.by, press.at, key=press.key),
    "call": lambda desk, wish, press: desk.call(plain(wish.number), press.at, key=press.key),
    "move": lambda desk, wish, press: desk.move(plain(wish.number), wish.service, press.at, key=press.key),
    "check": lambda desk, wish, press: desk.check(str(wish.control), press.by, press.at, key=press.key),
}


def missing(verb: str, wish: Wish) -> list[str]:
    """The fields that this verb needs and the wish leaves empty."""
    return [field for field in NEEDS.get(verb, ()) if not getattr(wish, field)]
