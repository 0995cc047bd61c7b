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
    open: float = 0.0
    serving: float = 0.0  # of the open ones, those with a customer
    idle: float = 0.0  # free, while somebody waited whom it could have served

    @property
    def busy(self) -> float:
        return share(self.serving, self.open)


def uses(branch: Branch, moments: Iterable[Moment], until: datetime) -> dict[int, Use]:
    """What the minutes of each counter were used for, up to now where the last day is today."""
    found = {counter.number: Use() for counter in branch.counters}
    for day, own in groupby(moments, lambda moment: moment.at.date()):
        _play(branch, list(own), day, until, found)
    return found


def _play(branch: Branch, moments: Sequence[Moment], day: date, until: datetime, found: Mapping[int, Use]) -> None:
    """Adds the minutes of one day."""
    hall = _Hall(branch)
    end = until if until.date() == day else moments[-1].at
    ends = [*(moment.at for moment in moments[1:]), end]
    for moment, next_at in zip(moments, ends, strict=True):
        for number in hall.happens(moment):
            found[number].since = moment.at
        hall.pass_by(max(0.0, (next_at - moment.at).total_seconds() / 60), found)


class _Hall:
    """Who waits, who stands where, and which counters are open, at one moment of a day that is played."""

    def __init__(self, branch: Branch) -> None:
        self._branch = branch
        self._waiting: dict[int, tuple[str, str]] = {}  # of each ticket its service and its line
        self._serving: dict[int, int] = {}  # of each ticket its counter
        self._open: dict[int, Counter] = {}
        self._able: dict[tuple[int, str, str], bool] = {}

    def happens(self, moment: Moment) -> Iterator[int]:
        """One event, and the counters that stand otherwise after it; one that the files do not know has no minutes."""
        before = self._serving.pop(moment.ticket, None) if moment.ticket is not None else None
        touched = {before, self._turn(moment) if moment.ticket is None else self._move(moment.ticket, moment)}
        return (number for number in touched if number is not None and self._branch.counter(number))

    def pass_by(self, minutes: float, found: Mapping[int, Use]) -> None:
        """So many minutes in which nothing happens."""
        serving, waiting = set(self._serving.values()), set(self._waiting.values())
        for number, use in found.items():
            is_open, busy = number in self._open, number in serving
            use.wanted = is_open and not busy and any(self._could(number, *line) for line in waiting)
            use.open += minutes if is_open else 0.0
            use.serving += minutes if is_open and busy else 0.0
            use.idle += minutes if use.wanted else 0.0

    def _move(self, ticket: int, moment: Moment) -> int | None:
        """A ticket waits, leaves, or is called to the counter that is answered."""
        self._waiting.pop(ticket, None)
        if moment.what in WAITS:
            self._waiting[ticket] = moment.service, moment.queue
        if moment.what != "called" or moment.counter is None:
            return None
        self._serving[ticket] = moment.counter
        return moment.counter

    def _turn(self, moment: Moment) -> int | None:
        """A counter opens, pauses or closes."""
        counter = self._branch.counter(moment.counter) if moment.counter is not None else None
        if counter and moment.what == "open":
            self._open[counter.number] = counter
        elif counter:
            self._open.pop(counter.number, None)
        return moment.counter

    def _could(self, counter: int, service: str, queue: str) -> bool:
        """Whether an open counter serves such a customer; a service that the files do not know is served nowhere."""
        key = counter, service, queue
        if key not in self._able:
            known = service in self._branch.services
            self._able[key] = known and self._branch.can_serve(self._open[counter], service, queue)
        return self._able[key]
