"""The chain of events: each carries a hash over itself and the one before, so no past can be rewritten unseen."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

GENESIS = "0" * 64
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@dataclass(frozen=True)
class Event:
    """Something that happened: when (microseconds since 1970 UTC), what, to whom, where, by whom, under which files."""

    branch: str
    id: int
    at: int
    what: str
    ticket: int | None
    counter: int | None
    who: str
    config: str
    detail: str

    def chained(self, previous: str) -> str:
        """The hash of this event after the one whose hash is `previous`."""
        told = _ENCODER.encode(vars(self))
        return sha256(f"{previous}{told}".encode()).hexdigest()


def first_break(events: Iterable[tuple[Event, str]], previous: str = GENESIS) -> Event | None:
    """The first event whose hash does not follow from the one before; None when the chain holds."""
    for event, written in events:
        previous = event.chained(previous)
        if previous != written:
            return event
    return None
