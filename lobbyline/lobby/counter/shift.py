"""One counter as its tellers keep it: open, paused or closed, under whose name, and who stands before it today."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from lobbyline.lobby.errors import Refusal
from lobbyline.lobby.people import seat
from lobbyline.lobby.store.book import Book
from lobbyline.lobby.store.pages.counters import CounterRow
from lobbyline.lobby.ticket import Ticket

if TYPE_CHECKING:
    from lobbyline.lobby.lobby import Lobby


class Shift:
    """Whether a counter serves, and who answers for it.

    `by` is the person who presses, when the page knows; `program` says which program of the bank pressed; `here` is the
    number that stood at the counter for whoever pressed, empty for nobody.
    """

    def __init__(self, lobby: Lobby, number: int, by: str, program: dict[str, str], here: str | None) -> None:
        self._lobby = lobby
        self._number = number
        self._by, self._program, self._here = by, program, here

    def row(self, book: Book, at: datetime) -> CounterRow:
        return self._lobby.counter(book, self._number, at)

    def who(self, book: Book) -> str:
        """Whoever did what is done now."""
        return self._by or book.counter(self._number).teller or f"counter {self._number}"

    def customer(self, book: Book, at: datetime) -> Ticket | None:
        """Today's ticket at this counter."""
        return book.at_counters(self._lobby.day(at)).get(self._number)

    def must_sit(self, book: Book, verb: str, at: datetime) -> None:
        if self._by:
            seat.must_sit(verb, self._by, self.row(book, at))

    def must_be_as_seen(self, book: Book, at: datetime) -> None:
        if self._here is not None:
            seat.must_be_as_seen(self._number, self.customer(book, at), self._here)

    def serve(self, book: Book, at: datetime) -> None:
        """Calling is for open counters; the first call of a day opens one by itself."""
        row = self.row(book, at)
        if row.state == "paused":
            raise Refusal("counter_paused", counter=self._number)
        if row.state == "closed":
            if self._lobby.day(row.since) == self._lobby.day(at):
                raise Refusal("counter_closed", counter=self._number)
            self.turn(book, at, "open", teller=self._by or None)

    def turn(self, book: Book, at: datetime, state: str, teller: str | None = None, **detail: object) -> None:
        """Open, pause or close the counter; what it is already needs nothing."""
        row = self.row(book, at)
        if state == "closed" and (ticket := self.customer(book, at)):
            raise Refusal("busy", counter=self._number, ticket=ticket.number)
        if state == "paused":
            self._must_be_pausable(row, str(detail.get("reason", "")))
        if state != "open" and row.state == "open":
            self._must_leave_cover(book, at)
        if state == "open" and self._by:
            seat.must_be_free(self._by, self._number, self._lobby.counters(book, at))
        turned = CounterRow(self._number, state, row.teller if teller is None else teller, at)
        if replace(turned, since=row.since) != row or self._lobby.day(row.since) < self._lobby.day(at):
            book.keep_counter(turned)
            book.note(state, at, turned.teller or self.who(book), None, self._number, **detail, **self._program)

    def hand_over(self, book: Book, to: str, at: datetime) -> Ticket | None:
        """Another teller goes on with the counter as it is, and with the customer who is here."""
        row = self.row(book, at)
        if row.state == "closed":
            raise Refusal("counter_closed", counter=self._number)
        if not to:
            raise Refusal("teller_missing", counter=self._number)
        seat.must_be_free(to, self._number, self._lobby.counters(book, at))
        ticket = self.customer(book, at)
        book.keep_counter(replace(row, state="open", teller=to, since=at))
        book.note("handed_over", at, self.who(book), ticket, self._number, was=row.teller, to=to)
        return ticket

    def _must_be_pausable(self, row: CounterRow, reason: str) -> None:
        reasons = self._lobby.branch.rules.pause_reasons
        if row.state == "closed":
            raise Refusal("counter_closed", counter=self._number)
        if reasons and reason not in reasons:
            raise Refusal("pause_reason", counter=self._number, known=list(reasons))

    def _must_leave_cover(self, book: Book, at: datetime) -> None:
        """Over lunch, some counters of a group stay open whoever goes."""
        lunch, rows = self._lobby.branch.lunch, self._lobby.counters(book, at)
        if lunch is None or not lunch.now(at.astimezone(self._lobby.branch.zone).time()):
            return
        for group in lunch.cover:
            others = [n for n in group.counters if n != self._number and n in rows and rows[n].state == "open"]
            if self._number in group.counters and len(others) < group.least:
                raise Refusal("lunch_cover", counter=self._number, least=group.least, counters=list(group.counters))
