"""The verbs of a counter as the pages name them, and what each needs to be told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from lobbyline.lobby.branch import Control
from lobbyline.lobby.desk import Desk, Standing
from lobbyline.staff.answers import plain

Verb = Callable[["Desk", "Wish", datetime, "str | None"], Standing]


class Wish(BaseModel):
    """What comes with a verb; most verbs need none of it."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    number: str = Field("", max_length=12, description="The ticket, for call and move.")
    service: str = Field("", max_length=12, description="The service to move to.")
    teller: str = Field("", max_length=40, description="Who opens the counter.")
    reason: str = Field("", max_length=80, description="Why the counter pauses.")
    control: Control | None = Field(None, description="The control that was done.")
    by: str = Field("", max_length=40, description="The person who did it.")


# What a verb cannot do without.
NEEDS: dict[str, tuple[str, ...]] = {"call": ("number",), "move": ("number", "service"), "check": ("control", "by")}

VERBS: dict[str, Verb] = {
    "open": lambda desk, wish, at, key: desk.open(at, teller=wish.teller, key=key),
    "close": lambda desk, _, at, key: desk.close(at, key=key),
    "pause": lambda desk, wish, at, key: desk.pause(at, reason=wish.reason, key=key),
    "resume": lambda desk, _, at, key: desk.resume(at, key=key),
    "next": lambda desk, _, at, key: desk.next(at, key=key),
    "recall": lambda desk, _, at, key: desk.recall(at, key=key),
    "greet": lambda desk, _, at, key: desk.greet(at, key=key),
    "ask": lambda desk, _, at, key: desk.ask(at, key=key),
    "operate": lambda desk, _, at, key: desk.operate(at, key=key),
    "confirm": lambda desk, _, at, key: desk.confirm(at, key=key),
    "done": lambda desk, _, at, key: desk.done(at, key=key),
    "absent": lambda desk, _, at, key: desk.absent(at, key=key),
    "hold": lambda desk, _, at, key: desk.hold(at, key=key),
    "call": lambda desk, wish, at, key: desk.call(plain(wish.number), at, key=key),
    "move": lambda desk, wish, at, key: desk.move(plain(wish.number), wish.service, at, key=key),
    "check": lambda desk, wish, at, key: desk.check(str(wish.control), wish.by, at, key=key),
}


def missing(verb: str, wish: Wish) -> list[str]:
    """The fields that this verb needs and the wish leaves empty."""
    return [field for field in NEEDS.get(verb, ()) if not getattr(wish, field)]
