"""The end of a day: what is left is made void, what was drawn is accounted for, what is old is erased."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from lobbyline.lobby.counter.vouchers import Stock
from lobbyline.lobby.store.book import Book
from lobbyline.lobby.store.pages.counters import CounterRow
from lobbyline.lobby.ticket import Ticket

if TYPE_CHECKING:
    from lobbyline.lobby.lobby import Lobby


@dataclass(frozen=True)
class Reckoning:
    """A day's tickets by outcome; `balanced` when nothing is left over and every count agrees with the book."""

    day: date
    issued: int
    done: int
    missed: int
    abandoned: int
    void: int
    left: int  # neither: 0 once the day has ended
    swept: int  # made void by this very end
    vouchers: list[Stock]

    @property
    def tickets_agree(self) -> bool:
        return self.issued == self.done + self.missed + self.abandoned + self.void

    @property
    def vouchers_agree(self) -> bool:
        """Every holder's stock was counted today and is what the book says."""
        return all(stock.gap == 0 for stock in self.vouchers)

    @property
    def balanced(self) -> bool:
        return self.tickets_agree and self.vouchers_agree


class DayEnd:
    """Ends days and accounts for them."""

    def __init__(self, lobby: Lobby) -> None:
        self._lobby = lobby

    def look(self, at: datetime) -> Reckoning:
        """How the day stands, without ending it."""
        with self._lobby.read() as book:
            return self._reckoning(book, at, 0)

    def end(self, at: datetime, by: str = "day end") -> Reckoning:
        """End the day of `at`. Once more changes nothing but what came since; tomorrow's appointments stay."""
        day, branch = self._lobby.day(at), self._lobby.branch
        with self._lobby.write() as book:
            left = book.left(day)
            for ticket in left:
                self._void(book, ticket, at, by)
            self._close_counters(book, at, by)
            book.forget_old_answers(day + timedelta(days=1))
            book.sweep_requests(at - timedelta(days=branch.rules.request_days))
            erased = book.keeping.erase_before(day - timedelta(days=branch.keeping.tickets_days))
            reckoning = self._reckoning(book, at, len(left))
            book.note("day_end", at, by, **self._told(reckoning), erased=erased)
        self._lobby.records.keep(at)
        self._lobby.store.tidy()
        self._lobby.store.restore_reserve()
        return reckoning

    def _void(self, book: Book, ticket: Ticket, at: datetime, by: str) -> None:
        if review := book.review_of(ticket):
            book.keep_review(review.closed(at))
        self._lobby.floor.keep(book, ticket.cancelled(at), "void", at, by, reason="day end", was=ticket.position)

    def _close_counters(self, book: Book, at: datetime, by: str) -> None:
        for number, row in book.counters().items():
            if row.state != "closed":
                book.keep_counter(CounterRow(number, "closed", row.teller, at))
                book.note("closed", at, by, None, number)

    def _reckoning(self, book: Book, at: datetime, swept: int) -> Reckoning:
        day = self._lobby.day(at)
        outcomes = book.outcomes(day)
        done, missed, abandoned, void = (outcomes.get(state, 0) for state in ("done", "missed", "abandoned", "void"))
        issued = sum(outcomes.values())
        left = issued - done - missed - abandoned - void
        stock = self._lobby.vouchers.stock(book, at)
        return Reckoning(day, issued, done, missed, abandoned, void, left, swept, stock)

    def _told(self, reckoning: Reckoning) -> dict[str, Any]:
        names = ("issued", "done", "missed", "abandoned", "void", "swept", "balanced")
        return {name: getattr(reckoning, name) for name in names}
