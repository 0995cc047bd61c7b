"""What a teller's keys mean now: the big one, which does the next thing, and those beside it. Pure.

Only what is shown is decided here. What may be done the lobby decides, when a key is pressed.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from lobbyline.lobby.counter.desk import AFTER_INTAKE, Standing
from lobbyline.lobby.ticket import STEPS

Next = Literal["take_over", "open", "resume", "next", "greet", "ask", "operate", "confirm", "intake", "farewell"]
Beside = Literal["recall", "absent", "hold", "move", "refer", "done", "call", "pause", "close", "look"]

IDLE: dict[str, Next] = {"closed": "open", "paused": "resume", "open": "next"}
STEPPED: dict[str, Next] = {"": "greet", "greet": "ask", "ask": "operate", "operate": "confirm"}


def strange(now: Standing, person: str) -> bool:
    """Whether somebody else sits here."""
    return now.state != "closed" and now.teller != person


def big(now: Standing, person: str, missing: Collection[str]) -> Next:
    """The next thing; papers that only lack their review go to the back office, and the counter is free."""
    if strange(now, person):
        return "take_over"
    if now.ticket is None:
        return IDLE[now.state]
    if now.ticket.step in STEPPED:
        return STEPPED[now.ticket.step]
    return "intake" if "review" in missing and AFTER_INTAKE.issuperset(missing) else "farewell"


def beside(now: Standing, person: str, *, advice: bool, form: bool) -> list[Beside]:
    """The keys that mean something; `advice`: somebody could be referred to; `form`: the business has one."""
    if strange(now, person):
        return []
    ticket = now.ticket
    means: dict[Beside, bool] = {
        "recall": ticket is not None and ticket.state == "called",
        "absent": ticket is not None and ticket.state == "called",
        "hold": ticket is not None,
        "move": ticket is not None,
        "refer": ticket is not None and ticket.state != "called" and advice,
        "done": ticket is not None and ticket.step == STEPS[-1],
        "call": ticket is None and now.state == "open",
        "pause": now.state != "closed",
        "close": ticket is None and now.state != "closed",
        "look": ticket is not None and form,
    }
    return [key for key, meant in means.items() if meant]
