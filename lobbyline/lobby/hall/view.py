"""What everyone in the hall may see and hear: calls, lines, counters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from lobbyline.lobby.branch import Counter, Text
from lobbyline.lobby.hall.shared import Shared
from lobbyline.lobby.rule.forecast import Wait, around
from lobbyline.lobby.rule.line import Line
from lobbyline.lobby.store.book import Book
from lobbyline.lobby.store.pages.counters import CounterRow
from lobbyline.lobby.store.pages.events import CallRow
from lobbyline.lobby.ticket import Ticket

if TYPE_CHECKING:
    from lobbyline.lobby.lobby import Lobby

Call = CallRow
CALLS_SHOWN = 7  # the newest and six before it
SOON_SHOWN = 3


@dataclass(frozen=True)
class QueueView:
    """One line: how many wait and how long a newcomer would."""

    letter: str
    name: Text
    waiting: int
    wait: Wait


@dataclass(frozen=True)
class CounterView:
    """One counter: closed, open or paused, and whom it calls or serves."""

    number: int
    name: Text
    state: str
    ticket: str
    ticket_state: str


@dataclass(frozen=True)
class HallView:
    """The hall at one moment; calls newest first."""

    calls: list[Call]
    queues: list[QueueView]
    counters: list[CounterView]
    soon: list[str]


@dataclass(frozen=True)
class Waiting:
    """Somebody who waits, as staff see it."""

    ticket: Ticket
    ahead: int
    wait: Wait
    overdue: bool


class Hall:
    """Read-only questions about the whole lobby."""

    def __init__(self, lobby: Lobby) -> None:
        self._lobby = lobby
        self._shared = Shared(lobby)

    def view(self, at: datetime) -> HallView:
        """Everything that boards and screen show."""
        return self._shared.get("view", at, self._view)

    def waiting(self, at: datetime) -> list[Waiting]:
        """Everybody who waits, in call order."""
        return self._shared.get("waiting", at, self._waiting)

    def _view(self, at: datetime) -> HallView:
        with self._lobby.read() as book:
            line, counters = self._lobby.line(book, at), self._lobby.counters(book, at)
            calls = self._calls(book, at)
        return HallView(
            calls=calls,
            queues=self._queues(line),
            counters=[self._counter(counter, counters, line) for counter in self._lobby.branch.counters],
            soon=[ticket.number for ticket in line.ordered()[:SOON_SHOWN]],
        )

    def _waiting(self, at: datetime) -> list[Waiting]:
        with self._lobby.read() as book:
            line = self._lobby.line(book, at)
        waits, ahead = line.waits(), dict[str, int]()
        found = []
        for ticket in line.ordered():
            own = ahead.get(ticket.queue, 0)
            ahead[ticket.queue] = own + 1
            found.append(Waiting(ticket, own, waits.get(ticket.id, around(0)), self._overdue(ticket, at)))
        return found

    def calls_since(self, id: int) -> list[Call]:
        """Calls after the one with this id, oldest first: for chime and voice."""
        with self._lobby.read() as book:
            return book.calls_since(id)

    def bookmark(self, reader: str) -> int:
        """The last call a reader has dealt with; a reader's first day begins after the calls that were before it."""
        with self._lobby.read() as book:
            last = book.bookmark(reader)
        if last is not None:
            return last
        with self._lobby.write() as book:
            newest = book.calls_since(0)
            book.move_bookmark(reader, newest[-1].id if newest else 0)
        return self.bookmark(reader)

    def move_bookmark(self, reader: str, id: int) -> None:
        """Commit, before acting on it, that a reader deals with a call: nothing is said twice."""
        with self._lobby.write() as book:
            book.move_bookmark(reader, id)

    def _calls(self, book: Book, at: datetime) -> list[Call]:
        """Today's newest calls, each number once."""
        midnight = datetime.combine(self._lobby.day(at), time(), self._lobby.branch.zone)
        calls = dict[str, Call]()
        for call in book.newest_calls(midnight, most=4 * CALLS_SHOWN):
            calls.setdefault(call.number, call)
        return list(calls.values())[:CALLS_SHOWN]

    def _queues(self, line: Line) -> list[QueueView]:
        """Every line that somebody can join, with the range of the service that the files name first."""
        branch = self._lobby.branch
        views = []
        for letter, queue in branch.queues.items():
            own = [ticket for ticket in line.tickets if ticket.queue == letter]
            service = next((code for code, service in branch.services.items() if service.queue == letter), None)
            segment = next((name for name, segment in branch.segments.items() if segment.queue == letter), "ordinary")
            wait = line.wait_for(service or next(iter(branch.services)), segment)
            views.append(QueueView(letter, queue.name, len(own), wait))
        return views

    def _counter(self, counter: Counter, rows: dict[int, CounterRow], line: Line) -> CounterView:
        row, ticket = rows.get(counter.number, CounterRow(counter.number)), line.serving.get(counter.number)
        number, state = (ticket.number, ticket.state) if ticket else ("", "")
        return CounterView(counter.number, counter.name, row.state, number, state)

    def _overdue(self, ticket: Ticket, at: datetime) -> bool:
        """Late, as the rule counts it."""
        return at - ticket.arrived_at >= timedelta(minutes=self._lobby.branch.queues[ticket.queue].max_wait)
