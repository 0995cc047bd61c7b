"""What the lobby manager (and the kiosk for a customer) does without a counter: restore, move, let go, make void.

The rules that bound it stand here too, because a teller's verbs obey the same.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from lobbyline.lobby import once
from lobbyline.lobby.branch import Branch, Rules
from lobbyline.lobby.errors import Refusal
from lobbyline.lobby.store.book import Book
from lobbyline.lobby.ticket import Ticket

if TYPE_CHECKING:
    from lobbyline.lobby.lobby import Lobby


class Floor:
    """The hall between kiosk and counters."""

    def __init__(self, lobby: Lobby) -> None:
        self._lobby = lobby

    def restore(self, number: str, at: datetime, by: str = "customer", key: str | None = None) -> Ticket:
        """Back in the line after a miss, within the grace; number and time of arrival are kept."""

        def move(book: Book, ticket: Ticket) -> Ticket:
            if ticket.state == "missed":
                must_be_restorable(self._lobby.branch.rules, book, ticket, at)
            return self.keep(book, ticket.restored(at), "restored", at, by)

        return self.act("restore", number, at, key, move)

    def move(self, number: str, service: str, at: datetime, by: str = "customer", key: str | None = None) -> Ticket:
        """To the right line; nothing of the time is lost."""
        branch = self._lobby.branch

        def move(book: Book, ticket: Ticket) -> Ticket:
            must_be_movable(branch, ticket, service)
            if ticket.counter is not None:
                raise Refusal("elsewhere", ticket=number, counter=ticket.counter)
            moved = ticket.moved(service, branch.queue_of(service, ticket.segment), at)
            return self.keep(book, moved, "moved", at, by, service=service, queue=moved.queue)

        return self.act(f"move to {service}", number, at, key, move)

    def recognise(self, number: str, segment: str, at: datetime, by: str, key: str | None = None) -> Ticket:
        """Mark somebody as another kind of customer: care for whoever needs it, whatever the kiosk was told."""
        branch = self._lobby.branch

        def move(book: Book, ticket: Ticket) -> Ticket:
            if segment not in branch.segments:
                raise Refusal("unknown_segment", segment=segment, known=list(branch.segments))
            known = ticket.recognised(segment, branch.queue_of(ticket.service, segment))
            return self.keep(book, known, "recognised", at, by, segment=segment, was=ticket.segment)

        return self.act(f"recognise as {segment}", number, at, key, move)

    def aside(self, at: datetime) -> dict[str, list[Ticket]]:
        """Today's customers who do not wait in the line: missed their call, on hold, or booked and not here yet."""
        day = self._lobby.day(at)
        with self._lobby.read() as book:
            return {state: book.aside(state, day) for state in ("missed", "held", "booked")}

    def leave(self, number: str, at: datetime, by: str = "customer", key: str | None = None) -> Ticket:
        """The customer has left, or cancels the appointment."""
        return self.act(
            "leave", number, at, key, lambda book, ticket: self.keep(book, ticket.abandoned(at), "abandoned", at, by)
        )

    def void(self, number: str, reason: str, at: datetime, by: str, key: str | None = None) -> Ticket:
        """Make a number void, with a reason and a name."""
        if not by.strip() or not reason.strip():
            with self._lobby.speaking():
                raise Refusal("reason_missing", ticket=number)

        def move(book: Book, ticket: Ticket) -> Ticket:
            if ticket.state == "review":
                raise Refusal("wrong_state", ticket=number, state=ticket.state)  # papers are in somebody's hands
            return self.keep(book, ticket.cancelled(at), "void", at, by, reason=reason)

        return self.act("void", number, at, key, move)

    def act(
        self, verb: str, number: str, at: datetime, key: str | None, move: Callable[[Book, Ticket], Ticket]
    ) -> Ticket:
        """One change of one of today's tickets; the same key does it once."""
        what = f"{verb} {number}"
        with self._lobby.write() as book:
            earlier = once.answered(book, key, what)
            if earlier is not None:
                return book.ticket(earlier["ticket"])
            ticket = move(book, self.find(book, number, at))
            once.keep(book, key, what, {"ticket": ticket.id}, at)
        return ticket

    def find(self, book: Book, number_or_token: str, at: datetime) -> Ticket:
        """Today's ticket by its number or the token of its QR code."""
        ticket = book.named(number_or_token, self._lobby.day(at))
        if ticket is None:
            raise Refusal("unknown_ticket", ticket=number_or_token.strip())
        return ticket

    def keep(
        self, book: Book, ticket: Ticket, what: str, at: datetime, by: str, counter: int | None = None, **detail: Any
    ) -> Ticket:
        """Write the ticket and what happened to it; an ended visit leaves no answers behind."""
        book.keep(ticket)
        book.note(what, at, by, ticket, counter, **detail)
        if ticket.ended:
            book.forget_answers(ticket)
        return ticket


def must_be_restorable(rules: Rules, book: Book, ticket: Ticket, at: datetime) -> None:
    """Within the minutes of grace, or while few enough numbers of its line were called since."""
    if ticket.called_at is None or (at - ticket.called_at).total_seconds() <= rules.restore_minutes * 60:
        return
    if not rules.restore_numbers or book.called_since_miss(ticket) > rules.restore_numbers:
        raise Refusal("too_late", ticket=ticket.number, minutes=rules.restore_minutes)


def must_be_movable(branch: Branch, ticket: Ticket, service: str) -> None:
    if service not in branch.services:
        raise Refusal("unknown_service", service=service, known=list(branch.services))
    if ticket.moves >= branch.rules.moves:
        raise Refusal("move_limit", ticket=ticket.number, most=branch.rules.moves)
