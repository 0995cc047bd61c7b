"""What counters' minutes were used for, found by playing the events once more.

A counter is with a customer, or free; and free while somebody waited whom it could have served. A day begins with
everything closed and ends with its last event. Pure: moments in their order in, minutes out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from lobbyline.lobby.branch import Branch, Counter
from lobbyline.lobby.report.waits import share
from lobbyline.lobby.store.pages.reports import Moment

WAITS = frozenset({"taken", "arrived", "restored", "moved", "recognised", "referred", "passed", "returned"})


@dataclass
class Use:
    """The minutes of one counter, and how it stood at their end."""

    since: datetime | None = None  # when it last opened, paused or closed, got a customer, or became free
    wanted: bool = False  # free, and somebody waits whom it could serve
    open: float = 0.0  # neither paused nor closed
    transaction: float = 0.0  # of the open ones, those with a customer, whatever came of the visit
    advice: float = 0.0  # the same where advice is the business
    idle: float = 0.0  # free, while somebody waited whom it could have served

    @property
    def busy(self) -> float:
        return share(self.transaction + self.advice, self.open)

    @property
    def free(self) -> float:
        return self.open - self.transaction - self.advice

    def add(self, other: Use) -> None:
        """Another day's minutes."""
        self.open += other.open
        self.transaction += other.transaction
        self.advice += other.advice
        self.idle += other.idle


def class_of(branch: Branch, service: str) -> str:
    """The class of a business; of one that the files do not know any more, "gone"."""
    return branch.services[service].complexity if service in branch.services else "gone"


def uses(branch: Branch, moments: Iterable[Moment], until: datetime) -> dict[date, dict[int, Use]]:
    """What the minutes of each counter were used for, day by day; up to now where the last day is today."""
    days = groupby(moments, lambda moment: moment.at.date())
    return {day: _played(branch, list(own), until if until.date() == day else None) for day, own in days}


def together(branch: Branch, days: Iterable[Mapping[int, Use]]) -> dict[int, Use]:
    """The minutes of some days, counter by counter."""
    total = {counter.number: Use() for counter in branch.counters}
    for day in days:
        for number, use in day.items():
            total[number].add(use)
    return total


def _played(branch: Branch, moments: Sequence[Moment], until: datetime | None) -> dict[int, Use]:
    """One day."""
    hall, found = _Hall(branch), {counter.number: Use() for counter in branch.counters}
    ends = [*(moment.at for moment in moments[1:]), until or moments[-1].at]
    for moment, next_at in zip(moments, ends, strict=True):
        for number in hall.happens(moment):
            found[number].since = moment.at
        hall.pass_by(max(0.0, (next_at - moment.at).total_seconds() / 60), found)
    return found


class _Hall:
    """Who waits, who stands where, and which counters are open, at one moment of a day that is played."""

    def __init__(self, branch: Branch) -> None:
        self._branch = branch
        self._waiting: dict[int, tuple[str, str]] = {}  # of each ticket its service and its line
        self._serving: dict[int, tuple[int, str]] = {}  # of each ticket its counter and its service
        self._open: dict[int, Counter] = {}
        self._able: dict[tuple[int, str, str], bool] = {}

    def happens(self, moment: Moment) -> Iterator[int]:
        """One event, and the counters that stand otherwise after it; one that the files do not know has no minutes."""
        touched = self._turn(moment) if moment.ticket is None else self._move(moment.ticket, moment)
        return (number for number in touched if self._branch.counter(number))

    def pass_by(self, minutes: float, found: Mapping[int, Use]) -> None:
        """So many minutes in which nothing happens."""
        serving, waiting = dict(self._serving.values()), set(self._waiting.values())
        for number in self._open:
            use = found[number]
            use.open += minutes
            use.wanted = number not in serving and any(self._could(number, *line) for line in waiting)
            if use.wanted:
                use.idle += minutes
            elif class_of(self._branch, serving.get(number, "")) == "advice":
                use.advice += minutes
            elif number in serving:
                use.transaction += minutes

    def _move(self, ticket: int, moment: Moment) -> Iterator[int]:
        """A ticket waits, leaves, or is called to a counter."""
        service, _ = self._waiting.pop(ticket, (moment.service, ""))
        if before := self._serving.pop(ticket, None):
            yield before[0]
        if moment.what in WAITS:
            self._waiting[ticket] = moment.service, moment.queue
        elif moment.what == "called" and moment.counter is not None:
            self._serving[ticket] = moment.counter, service
            yield moment.counter

    def _turn(self, moment: Moment) -> Iterator[int]:
        """A counter opens, pauses or closes."""
        counter = self._branch.counter(moment.counter or 0)
        if counter is None:
            return
        self._open.pop(counter.number, None)
        if moment.what == "open":
            self._open[counter.number] = counter
        yield counter.number

    def _could(self, counter: int, service: str, queue: str) -> bool:
        """Whether an open counter serves such a customer; a service that the files do not know is served nowhere."""
        key = counter, service, queue
        if key not in self._able:
            known = service in self._branch.services
            self._able[key] = known and self._branch.can_serve(self._open[counter], service, queue)
        return self._able[key]
