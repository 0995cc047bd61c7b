"""A teller's keys at one counter: a call, its five steps, and what comes between them."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from lobbyline.technician.call import Answer, Call
from lobbyline.technician.parser import Parser
from lobbyline.technician.verbs.number import why

if TYPE_CHECKING:
    from lobbyline.lobby.counter.desk import Desk, Standing

# Each verb with the words that it takes after it.
VERBS: dict[str, tuple[str, ...]] = {
    "next": (),
    "recall": (),
    "greet": (),
    "ask": (),
    "operate": (),
    "confirm": (),
    "done": (),
    "absent": (),
    "hold": (),
    "pause": (),
    "resume": (),
    "open": (),
    "close": (),
    "call": ("TICKET",),
    "move": ("TICKET", "SERVICE"),
    "check": ("CONTROL",),
    "intake": (),
    "hand-over": ("TELLER",),
}


def counter(call: Call) -> Answer:
    """`lobbyline counter N VERB …`."""
    options = call.options
    wanted = VERBS[options.verb]
    if len(options.words) != len(wanted):
        options.misused(f"{options.verb} takes {' '.join(wanted) or 'no further words'}")
    standing = _press(call.lobby.desk(options.number), options, call.at)
    ticket = standing.ticket
    state = (ticket.step or ticket.state) if ticket else standing.state
    data = {
        "counter": standing.counter,
        "ticket": ticket.number if ticket else None,
        "state": state,
        "why": why(call, standing.why),
    }
    return Answer(" · ".join(str(part) for part in data.values() if part), data)


def _press(desk: Desk, options: argparse.Namespace, at: datetime) -> Standing:
    method: Callable[..., Standing] = getattr(desk, options.verb.replace("-", "_"))
    if options.verb == "open":
        return method(at, options.by, key=options.key)
    if options.verb == "pause":
        return method(at, options.reason, key=options.key)
    if options.verb == "check":
        return method(*options.words, options.by, at, key=options.key)
    return method(*options.words, at, key=options.key)


def words(top: Parser) -> None:
    """The command of this module."""
    pressing = top.command("counter", counter, "A teller's key at one counter.")
    pressing.add_argument("number", metavar="N", type=int, help="the counter's number")
    pressing.add_argument("verb", metavar="VERB", choices=VERBS, help=", ".join(VERBS))
    after = " | ".join(f"{verb} {' '.join(wanted)}" for verb, wanted in VERBS.items() if wanted)
    pressing.add_argument("words", nargs="*", metavar="WORD", help=after)
    pressing.add_argument("--key", help="the same key twice does it once")
    pressing.add_argument("--by", default="", metavar="WHO", help="who opens the counter, or did the control")
    pressing.add_argument("--reason", default="", metavar="WHY", help="why the counter pauses")
