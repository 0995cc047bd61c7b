"""Days as reports reckon with them: those that are over as they were written down in the evening, all others anew."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from lobbyline.lobby.report.use import Use, uses
from lobbyline.lobby.store.book import Book
from lobbyline.lobby.store.pages.reports import Minutes, PastDay, Visit

if TYPE_CHECKING:
    from lobbyline.lobby.lobby import Lobby

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Day:
    """One day: its visits, what its counters' minutes were used for, and how many were shown to a machine."""

    visits: Sequence[Visit]
    used: Mapping[int, Use]
    diverted: int


class Days:
    """The days of a branch."""

    def __init__(self, lobby: Lobby) -> None:
        self._lobby = lobby

    def between(self, book: Book, first: date, last: date, at: datetime) -> dict[date, Day]:
        """Some days, the last included; one that changed since it was written down is reckoned anew."""
        progress = book.past.progress(first, last)
        kept = book.past.kept(first, last)
        found = {day: _read(past) for day, past in kept.items() if progress.get(day) == past.progress}
        for begin, end in gaps(first, last, found):
            found |= self._reckoned(book, begin, end, at)
        return {day: found[day] for day in days(first, last)}

    def keep(self, at: datetime) -> None:
        """Write down what the days before this one were like, once they are over; each in a turn of its own."""
        with self._lobby.read() as book:
            progress = book.past.progress(date.min, self._lobby.day(at) - ONE_DAY)
            kept = book.past.kept_so_far()
        for day, now in progress.items():
            if now.over and kept.get(day) != now:
                with self._lobby.read() as book:
                    told = self._reckoned(book, day, day, at)[day]
                with self._lobby.write() as book:
                    book.past.keep(day, PastDay(now, told.visits, _minutes(told.used), told.diverted))

    def ends(self, first: date, last: date) -> tuple[datetime, datetime]:
        """The first midnight of some days, and the one after them."""
        zone = self._lobby.branch.zone
        return datetime.combine(first, time(), zone), datetime.combine(last + ONE_DAY, time(), zone)

    def _reckoned(self, book: Book, first: date, last: date, at: datetime) -> dict[date, Day]:
        """Days from their events, the minutes of their counters found by playing them."""
        begin, end = self.ends(first, last)
        visits, moments = book.past.visits(first, last), book.past.moments(begin, end)
        used = uses(self._lobby.branch, moments, min(at.astimezone(begin.tzinfo), end))
        diverted = Tally(moment.at.date() for moment in moments if moment.what == "diverted")
        own = dict[str, list[Visit]]()
        for visit in visits:
            own.setdefault(visit.day, []).append(visit)
        return {day: Day(own.get(day.isoformat(), []), used.get(day, {}), diverted[day]) for day in days(first, last)}


def days(first: date, last: date) -> list[date]:
    """Every day from the first to the last."""
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def gaps(first: date, last: date, known: Mapping[date, object]) -> Iterator[tuple[date, date]]:
    """The longest rows of days of which nothing is known."""
    begin: date | None = None
    for day in days(first, last):
        if day in known:
            begin = None
        else:
            begin = begin or day
            if day == last or day + ONE_DAY in known:
                yield begin, day


def _read(past: PastDay) -> Day:
    used = {int(number): Use(*minutes) for number, minutes in past.used.items()}
    return Day(past.visits, used, past.diverted)


def _minutes(used: Mapping[int, Use]) -> Minutes:
    return {str(number): use.minutes for number, use in used.items() if use.open}
