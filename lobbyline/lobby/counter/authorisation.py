"""Authorisation by a second person: asked for at a counter, answered from another's page.

Nobody who worked on a ticket can authorise it. A no has a reason, which the teller reads, and may be asked again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from lobbyline.lobby import once
from lobbyline.lobby.counter import controls
from lobbyline.lobby.errors import Refusal
from lobbyline.lobby.people import seat
from lobbyline.lobby.store.book import Book
from lobbyline.lobby.store.pages.people import AuthorisationRow
from lobbyline.lobby.ticket import Ticket

if TYPE_CHECKING:
    from lobbyline.lobby.lobby import Lobby


@dataclass(frozen=True)
class Request:
    """A request with its ticket."""

    row: AuthorisationRow
    ticket: Ticket


class Authorisations:
    """What tellers ask for and supervisors answer."""

    def __init__(self, lobby: Lobby) -> None:
        self._lobby = lobby

    def pending(self, at: datetime) -> list[Request]:
        """What waits for an answer, oldest first."""
        day = self._lobby.day(at).isoformat()
        with self._lobby.read() as book:
            found = [Request(row, book.ticket(row.ticket_id)) for row in book.people.authorisations_open()]
        return [request for request in found if request.ticket.day == day]

    def ask(self, counter: int, by: str, at: datetime, key: str | None = None, here: str | None = None) -> None:
        """The teller asks for the customer whom he saw here; asking again while nobody answered changes nothing."""
        what = f"counter {counter} ask authorisation"
        with self._lobby.write() as book:
            if once.answered(book, key, what) is not None:
                return
            seat.must_sit("ask", by, self._lobby.counter(book, counter, at))
            ticket = seat.here(self._lobby, book, counter, at, here)
            if "authorisation" not in controls.missing(self._lobby.branch, book, ticket):
                raise Refusal("not_needed", ticket=ticket.number)
            self._ask(book, ticket, counter, by, at)
            once.keep(book, key, what, {"ticket": ticket.id}, at)

    def grant(self, number: str, by: str, at: datetime, key: str | None = None) -> None:
        """The second person agrees: the control is done."""
        with controls.attempts(self._lobby, "authorise", number, by, at), self._lobby.write() as book:
            if once.answered(book, key, f"authorise {number}") is not None:
                return
            ticket, row = self._open(book, number, at)
            controls.must_be_another(self._lobby, book, "authorisation", by, ticket, row.asked_by)
            book.people.keep_authorisation(replace(row, answered_by=by, answered_at=at, outcome="granted"))
            book.add_control(ticket, "authorisation", by, at)
            book.note("checked", at, by, ticket, row.counter, control="authorisation")
            once.keep(book, key, f"authorise {number}", {"ticket": ticket.id}, at)

    def refuse(self, number: str, by: str, reason: str, at: datetime, key: str | None = None) -> None:
        """The second person does not agree, and says why."""
        with self._lobby.write() as book:
            if once.answered(book, key, f"refuse {number}") is not None:
                return
            if not reason.strip():
                raise Refusal("reason_missing", ticket=number)
            ticket, row = self._open(book, number, at)
            answered = replace(row, answered_by=by, answered_at=at, outcome="refused", reason=reason.strip())
            book.people.keep_authorisation(answered)
            book.note("authorisation_refused", at, by, ticket, row.counter, reason=reason.strip())
            once.keep(book, key, f"refuse {number}", {"ticket": ticket.id}, at)

    def of(self, ticket: Ticket) -> AuthorisationRow | None:
        """The newest request for a ticket."""
        with self._lobby.read() as book:
            return book.people.authorisation_of(ticket)

    def _ask(self, book: Book, ticket: Ticket, counter: int, by: str, at: datetime) -> None:
        row = book.people.authorisation_of(ticket)
        if row is None or row.outcome:
            book.people.ask_authorisation(ticket, counter, by, at)
        elif row.counter != counter or row.asked_by != by:  # asked before the customer came here
            book.people.keep_authorisation(replace(row, counter=counter, asked_by=by, asked_at=at))
        else:
            return
        book.note("authorisation_asked", at, by, ticket, counter)

    def _open(self, book: Book, number: str, at: datetime) -> tuple[Ticket, AuthorisationRow]:
        ticket = self._lobby.floor.find(book, number, at)
        row = book.people.authorisation_of(ticket)
        if row is None or row.outcome or ticket.counter != row.counter:
            raise Refusal("not_asked_for", ticket=ticket.number)
        return ticket, row
