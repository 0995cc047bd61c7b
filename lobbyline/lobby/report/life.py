"""The life of one number, and who came later and was called before it: for whoever asks why.

A visit has three stages: a customer is guided and waits, is met at a counter, and is served.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from lobbyline.lobby.branch import Branch
from lobbyline.lobby.rule.reason import Reason
from lobbyline.lobby.store.book import Book
from lobbyline.lobby.ticket import Ticket

StageName = Literal["guide", "meet", "serve"]
Event = Mapping[str, Any]
# What a stage begins with; everything else happens in the one that goes on.
BEGINS: dict[str, StageName] = {
    "taken": "guide", "booked": "guide", "arrived": "guide", "restored": "guide", "moved": "guide", "referred": "guide",
    "called": "meet", "greet": "meet", "ask": "meet",
    "operate": "serve", "confirm": "serve", "intake": "serve", "done": "serve",
}  # fmt: skip


@dataclass(frozen=True)
class Stage:
    """One stage of a visit, with what happened in it."""

    name: StageName
    since: datetime
    until: datetime
    events: Sequence[Event]

    @property
    def minutes(self) -> float:
        return (self.until - self.since).total_seconds() / 60

    def __contains__(self, call: Passing) -> bool:
        return self.since <= call.called_at < self.until


@dataclass(frozen=True)
class Passing:
    """Somebody who came later and was called before: when, where and why."""

    number: str
    arrived_at: datetime
    called_at: datetime
    counter: int
    why: Reason


@dataclass(frozen=True)
class Life:
    """One number: its stages, who passed it, and how many went to counters that could not have served it."""

    ticket: Ticket
    stages: Sequence[Stage]
    passed: Sequence[Passing]
    elsewhere: int


def life(book: Book, branch: Branch, ticket: Ticket, at: datetime) -> Life:
    """What the log has of a number, up to now."""
    told = list(stages(book.events_of(ticket), ticket.ended_at or at))
    waits = [stage for stage in told if stage.name == "guide"]
    calls = map(_passing, book.past.calls_before(ticket, waits[-1].until if waits else at))
    later = [call for call in calls if any(call in wait for wait in waits)]
    passed = [one for one in later if could_serve(branch, one.counter, ticket)]
    return Life(ticket, told, passed, len(later) - len(passed))


def stages(events: Iterable[Event], end: datetime) -> Iterator[Stage]:
    """The events of a visit that ends then, parted where a stage begins."""
    parts = list[tuple[StageName, list[Event]]]()
    for event in events:
        name = BEGINS.get(event["what"], parts[-1][0] if parts else "guide")
        if not parts or parts[-1][0] != name:
            parts.append((name, []))
        parts[-1][1].append(event)
    ends = [moment(own[0]) for _, own in parts[1:]]
    for (name, own), until in zip(parts, [*ends, end], strict=True):
        yield Stage(name, moment(own[0]), until, own)


def moment(event: Event) -> datetime:
    return datetime.fromisoformat(event["at"])


def could_serve(branch: Branch, counter: int, ticket: Ticket) -> bool:
    found = branch.counter(counter)
    return found is not None and branch.can_serve(found, ticket.service, ticket.queue)


def _passing(event: Event) -> Passing:
    facts = {"ticket": event["number"], **event}
    why = Reason(event.get("reason", "by_number"), facts)
    return Passing(event["number"], event["arrived_at"], moment(event), event["counter"], why)
