"""Reads some days out of the memory, for reports and for playing them again."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from lobbyline.lobby.errors import Refusal
from lobbyline.lobby.hall.shared import Shared
from lobbyline.lobby.report.arrivals import arrivals
from lobbyline.lobby.report.days import Days
from lobbyline.lobby.report.life import Life, life
from lobbyline.lobby.report.report import Past, Report, report
from lobbyline.lobby.report.use import Use, together, uses
from lobbyline.lobby.report.versions import VersionFigures, figures
from lobbyline.lobby.simulation.day import Arrival

if TYPE_CHECKING:
    from lobbyline.lobby.lobby import Lobby

LONGEST = 366  # days of one report
COMPARED = 60  # days of a version, the latest


class Records:
    """The branch's own past."""

    def __init__(self, lobby: Lobby) -> None:
        self._lobby = lobby
        self._shared = Shared(lobby)
        self._days = Days(lobby)

    def report(self, first: date, last: date, at: datetime) -> Report:
        """The figures of some days, the last included."""
        return report(self._past(first, last, at))

    def keep(self, at: datetime) -> None:
        """Write down what the days before this one were like, so that nobody waits for them."""
        self._days.keep(at)

    def compare(self, one: str, other: str) -> tuple[VersionFigures, VersionFigures]:
        """The figures of two versions of the files, side by side, of their latest days."""
        first, second = (self._lobby.versions.find(version).version for version in (one, other))
        with self._lobby.read() as book:
            before, after = (book.past.visits_under(version, COMPARED) for version in (first, second))
        return figures(first, before), figures(second, after)

    def life(self, number: str, day: date, at: datetime) -> Life | None:
        """One number of a day; None where there was no such number."""
        with self._lobby.read() as book:
            ticket = book.named(number, day) if number.strip() else None
            return life(book, self._lobby.branch, ticket, at) if ticket else None

    def uses(self, at: datetime) -> dict[int, Use]:
        """What the minutes of every counter were used for today, so far."""
        return self._shared.get("uses", at, self._uses)

    def arrivals(self, day: date) -> list[Arrival]:
        """Who came on a day, as the simulation plays it."""
        with self._lobby.read() as book:
            return arrivals(book, self._lobby.branch, day)

    def days(self, at: datetime, most: int) -> list[date]:
        """The latest days on which somebody came, newest first, today among them."""
        with self._lobby.read() as book:
            return [date.fromisoformat(day) for day in book.days_before(self._lobby.day(at) + timedelta(days=1), most)]

    def _uses(self, at: datetime) -> dict[int, Use]:
        day = self._lobby.day(at)
        with self._lobby.read() as book:
            moments = book.past.moments(*self._days.ends(day, day))
        branch = self._lobby.branch
        return uses(branch, moments, at.astimezone(branch.zone)).get(day) or together(branch, [])

    def _past(self, first: date, last: date, at: datetime) -> Past:
        if not 0 <= (last - first).days < LONGEST:
            raise Refusal("report_range", most=LONGEST)
        with self._lobby.read() as book:
            return Past(
                branch=self._lobby.branch,
                first=first,
                last=last,
                days=self._days.between(book, first, last, at),
                referrals=book.floor.referrals_between(first, last),
                alerts=book.floor.alerts_between(first, last),
            )
