"""Days as reports reckon with them: one that is over was read and played once, and holds while nothing changes."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from threading import Lock
from typing import TYPE_CHECKING

from lobbyline.lobby.report.use import Use, uses
from lobbyline.lobby.store.book import Book
from lobbyline.lobby.store.pages.reports import NOTHING, Progress, Visit

if TYPE_CHECKING:
    from lobbyline.lobby.lobby import Lobby

KEPT = 62  # days: two months, some megabytes


@dataclass(frozen=True)
class Day:
    """One day: its visits, what its counters' minutes were used for, and how many were shown to a machine."""

    visits: Sequence[Visit]
    used: Mapping[int, Use]
    diverted: int


@dataclass(frozen=True)
class _Kept:
    mark: tuple[str, Progress]  # under which files, and how far the day had come
    day: Day


class Days:
    """The days of a branch, as far as they were asked for."""

    def __init__(self, lobby: Lobby) -> None:
        self._lobby = lobby
        self._kept: dict[date, _Kept] = {}
        self._keeping = Lock()

    def between(self, book: Book, first: date, last: date, at: datetime) -> dict[date, Day]:
        """Some days, the last included; only what is not known of them is read."""
        version, progress = self._lobby.setup.version, book.past.progress(first, last)
        marks = {day: (version, progress.get(day, NOTHING)) for day in days(first, last)}
        known = {day: kept.day for day in marks if (kept := self._kept.get(day)) and kept.mark == marks[day]}
        missing = [day for day in marks if day not in known]
        found = self._read(book, missing[0], missing[-1], at) if missing else {}
        today = self._lobby.day(at)
        self._keep({day: _Kept(marks[day], found[day]) for day in missing if day < today and marks[day][1].over})
        return {day: found.get(day) or known[day] for day in marks}

    def ends(self, first: date, last: date) -> tuple[datetime, datetime]:
        """The first midnight of some days, and the one after them."""
        zone = self._lobby.branch.zone
        return datetime.combine(first, time(), zone), datetime.combine(last + timedelta(days=1), time(), zone)

    def _read(self, book: Book, first: date, last: date, at: datetime) -> dict[date, Day]:
        """Days from the memory, their counters' minutes found by playing them."""
        begin, end = self.ends(first, last)
        visits, moments = book.past.visits(first, last), book.past.moments(begin, end)
        used = uses(self._lobby.branch, moments, min(at.astimezone(begin.tzinfo), end))
        diverted = Tally(moment.at.date() for moment in moments if moment.what == "diverted")
        own = dict[str, list[Visit]]()
        for visit in visits:
            own.setdefault(visit.day, []).append(visit)
        return {day: Day(own.get(day.isoformat(), []), used.get(day, {}), diverted[day]) for day in days(first, last)}

    def _keep(self, days: Mapping[date, _Kept]) -> None:
        """The days that were asked for last."""
        with self._keeping:
            self._kept = dict([*self._kept.items(), *days.items()][-KEPT:])


def days(first: date, last: date) -> list[date]:
    """Every day from the first to the last."""
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]
