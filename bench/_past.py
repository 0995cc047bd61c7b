"""A past that is like a branch's own: assumed days played by the rule and written as its programs would have."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

from bench._assumed import KINDS, arrivals_of
from lobbyline.lobby.lobby import Lobby
from lobbyline.lobby.rule.reason import Reason
from lobbyline.lobby.simulation.day import Visit, opening, play
from lobbyline.lobby.store.book import Book
from lobbyline.lobby.store.pages.counters import CounterRow
from lobbyline.lobby.ticket import Ticket

STEPS = (("greet", 0.08), ("ask", 0.15), ("operate", 0.25), ("confirm", 0.88))  # shares of the time at the counter
RATED, MISSED, FILLED = 0.7, 0.04, 0.4  # shares of visits
LEVELS = (1, 2, 3, 3, 4, 4, 4, 4, 4, 4)


def lay_down(lobby: Lobby, first: date, days: int, seed: int = 1) -> None:
    """Write so many days into the memory of a lobby, whole: the same seed gives the same past."""
    for number in range(days):
        _Day(lobby, first + timedelta(days=number), Random(seed + number)).write()


class _Day:
    def __init__(self, lobby: Lobby, when: date, chance: Random) -> None:
        self._lobby, self._when, self._chance = lobby, when, chance
        self._start = datetime.combine(when, opening(lobby.branch), lobby.branch.zone)

    def write(self) -> None:
        branch = self._lobby.branch
        arrivals = arrivals_of(branch, KINDS["weekday"], self._chance.randrange(10**6))
        visits = play(branch, arrivals, reasons=False)
        with self._lobby.write() as book:
            for counter in branch.counters:
                book.keep_counter(CounterRow(counter.number, "open", f"柜员{counter.number}", self._start))
                book.note("open", self._start, f"柜员{counter.number}", None, counter.number)
            for visit in visits:
                self._visit(book, visit)
            for counter in branch.counters:
                book.note("closed", self._at(8 * 3600), f"柜员{counter.number}", None, counter.number)

    def _visit(self, book: Book, visit: Visit) -> None:
        """One customer: taken, perhaps filled, called, five steps, done, perhaps rated."""
        came = self._at(visit.arrival.at)
        ticket = book.add_ticket(self._ticket(visit, came))
        expected = max(0.0, self._chance.gauss(visit.wait, 1 + visit.wait / 5))
        book.note("taken", came, "customer", ticket, **ticket.told, expected=round(expected, 1))
        form = bool(self._lobby.branch.services[ticket.service].forms)
        if form and (visit.arrival.ready or self._chance.random() < FILLED):
            book.note("filled", came, "customer", ticket, form="F02")
        if visit.called is None or visit.counter is None or visit.done is None:
            return book.keep(ticket.abandoned(self._at(visit.done or visit.arrival.at)))
        called = ticket.called(visit.counter, self._at(visit.called), Reason("earliest", {}))
        book.note("called", self._at(visit.called), f"柜员{visit.counter}", called, visit.counter)
        if self._chance.random() < MISSED:
            book.note("missed", self._at(visit.called + 60), f"柜员{visit.counter}", called, visit.counter)
            return book.keep(called.missed(self._at(visit.called + 60)))
        return self._served(book, called, visit)

    def _served(self, book: Book, called: Ticket, visit: Visit) -> None:
        start, counter = visit.called or 0.0, visit.counter or 0
        length = visit.arrival.service_seconds
        for step, part in STEPS:
            book.note(step, self._at(start + part * length), f"柜员{counter}", called, counter)
        end = self._at(start + length)
        book.keep(called.done(end))
        book.note("done", end, f"柜员{counter}", called, counter)
        if self._chance.random() < RATED:
            book.floor.add_rating(called.id, self._when, counter, self._chance.choice(LEVELS), end)

    def _ticket(self, visit: Visit, at: datetime) -> Ticket:
        arrival, branch = visit.arrival, self._lobby.branch
        return Ticket(
            id=0,
            number=visit.ticket,
            service=arrival.service,
            queue=branch.queue_of(arrival.service, arrival.segment),
            segment=arrival.segment,
            token=f"{self._when}-{visit.ticket}",
            taken_at=at,
            arrived_at=at,
            ready=arrival.ready,
            config=self._lobby.setup.version,
            day=self._when.isoformat(),
        )

    def _at(self, seconds: float) -> datetime:
        return self._start + timedelta(seconds=seconds)
