"""What counters' minutes were used for, found by playing the events once more.

A counter is with a customer, or free; and free while somebody waited whom it could have served. A day begins with
everything closed and ends with its last event. Pure: moments in their order in, minutes out.
"""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Literal

from lobbyline.lobby.branch import Branch, Counter
from lobbyline.lobby.report.waits import share
from lobbyline.lobby.store.pages.reports import Moment

Doing = Literal["", "free", "idle", "transaction", "advice"]  # nothing while it is paused or closed
Line = tuple[str, str]  # a service and its line
WAITS = frozenset({"taken", "arrived", "restored", "moved", "recognised", "referred", "passed", "returned"})


@dataclass
class Use:
    """The minutes of one counter, and how it stood at their end."""

    open: float = 0.0  # neither paused nor closed
    transaction: float = 0.0  # of the open ones, those with a customer, whatever came of the visit
    advice: float = 0.0  # the same where advice is the business
    idle: float = 0.0  # free, while somebody waited whom it could have served
    since: datetime | None = None  # when it last opened, paused or closed, got a customer, or became free
    doing: Doing = ""
    reckoned: datetime | None = None  # up to when its minutes are

    @property
    def minutes(self) -> tuple[float, float, float, float]:
        """All that is known of it when the day is over."""
        return self.open, self.transaction, self.advice, self.idle

    @property
    def busy(self) -> float:
        return share(self.transaction + self.advice, self.open)

    @property
    def free(self) -> float:
        return self.open - self.transaction - self.advice

    @property
    def wanted(self) -> bool:
        """Free, and somebody waits whom it could serve."""
        return self.doing == "idle"

    def add(self, other: Use) -> None:
        """Another day's minutes."""
        self.open += other.open
        self.transaction += other.transaction
        self.advice += other.advice
        self.idle += other.idle

    def turn(self, doing: Doing, at: datetime) -> None:
        """From now on it does something else, or goes on."""
        minutes = (at - self.reckoned).total_seconds() / 60 if self.doing and self.reckoned else 0.0
        self.open += minutes
        if self.doing == "transaction":
            self.transaction += minutes
        elif self.doing == "advice":
            self.advice += minutes
        elif self.doing == "idle":
            self.idle += minutes
        self.doing, self.reckoned = doing, at


def class_of(branch: Branch, service: str) -> str:
    """The class of a business; of one that the files do not know any more, "gone"."""
    return branch.services[service].complexity if service in branch.services else "gone"


def uses(branch: Branch, moments: Iterable[Moment], until: datetime) -> dict[date, dict[int, Use]]:
    """What the minutes of each counter were used for, day by day; up to now where the last day is today."""
    days = groupby(moments, lambda moment: moment.at.date())
    return {day: _played(branch, list(own), until if until.date() == day else None) for day, own in days}


def together(branch: Branch, days: Iterable[Mapping[int, Use]]) -> dict[int, Use]:
    """The minutes of some days, counter by counter; also of a counter that the files do not know any more."""
    total = {counter.number: Use() for counter in branch.counters}
    for day in days:
        for number, use in day.items():
            total.setdefault(number, Use()).add(use)
    return total


def _played(branch: Branch, moments: Sequence[Moment], until: datetime | None) -> dict[int, Use]:
    """One day."""
    hall = _Hall(branch)
    for moment in moments:
        hall.happens(moment)
    hall.ends(max(until or moments[-1].at, moments[-1].at))
    return hall.uses


class _Hall:
    """Who waits, who stands where, and which counters are open, at one moment of a day that is played."""

    def __init__(self, branch: Branch) -> None:
        self.uses = {counter.number: Use() for counter in branch.counters}
        self._branch = branch
        self._waiting: dict[int, Line] = {}  # of each ticket its service and its line
        self._lines = Tally[Line]()  # how many wait in each of them
        self._shifted = False  # in some line the first has come, or the last has left
        self._served: dict[int, int] = {}  # of each ticket its counter
        self._busy: dict[int, tuple[int, str]] = {}  # of each counter its ticket and what it does for it
        self._open: dict[int, Counter] = {}
        self._able: dict[tuple[int, Line], bool] = {}

    def happens(self, moment: Moment) -> None:
        """One event; a counter that the files do not know has no minutes."""
        self._shifted = False
        touched = self._turn(moment) if moment.ticket is None else self._move(moment.ticket, moment)
        for number in touched:
            if use := self.uses.get(number):
                use.since = moment.at
        for number in (*touched, *self._open) if self._shifted else touched:
            if use := self.uses.get(number):
                doing = self._doing(number)
                if doing != use.doing:
                    use.turn(doing, moment.at)

    def ends(self, at: datetime) -> None:
        """The day is over, or this is now."""
        for use in self.uses.values():
            use.turn(use.doing, at)

    def _move(self, ticket: int, moment: Moment) -> list[int]:
        """A ticket waits, leaves, or is called to a counter; the counters that it concerns."""
        service = self._left(ticket) or moment.service
        touched = [self._freed(ticket)] if ticket in self._served else []
        if moment.what in WAITS:
            self._waiting[ticket] = line = moment.service, moment.queue
            self._shifted |= not self._lines[line]
            self._lines[line] += 1
        elif moment.what == "called" and moment.counter is not None:
            self._served[ticket], self._busy[moment.counter] = moment.counter, (ticket, service)
            touched.append(moment.counter)
        return touched

    def _left(self, ticket: int) -> str:
        """A ticket leaves its line; for what it waited there."""
        if (line := self._waiting.pop(ticket, None)) is None:
            return ""
        self._lines[line] -= 1
        if not self._lines[line]:
            self._shifted = True
            del self._lines[line]
        return line[0]

    def _freed(self, ticket: int) -> int:
        """A ticket leaves its counter."""
        counter = self._served.pop(ticket)
        if counter in self._busy and self._busy[counter][0] == ticket:
            del self._busy[counter]
        return counter

    def _turn(self, moment: Moment) -> list[int]:
        """A counter opens, pauses or closes."""
        counter = self._branch.counter(moment.counter or 0)
        if counter is None:
            return []
        self._open.pop(counter.number, None)
        if moment.what == "open":
            self._open[counter.number] = counter
        return [counter.number]

    def _doing(self, counter: int) -> Doing:
        if counter not in self._open:
            return ""
        if counter in self._busy:
            return "advice" if class_of(self._branch, self._busy[counter][1]) == "advice" else "transaction"
        return "idle" if any(self._could(counter, line) for line in self._lines) else "free"

    def _could(self, counter: int, line: Line) -> bool:
        """Whether an open counter serves such a customer; a service that the files do not know is served nowhere."""
        key = counter, line
        if key not in self._able:
            service, queue = line
            known = service in self._branch.services
            self._able[key] = known and self._branch.can_serve(self._open[counter], service, queue)
        return self._able[key]
