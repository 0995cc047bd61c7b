"""The customer's side: what is offered, a number at once, its place in the line, the form while waiting."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from lobbyline.lobby import hours
from lobbyline.lobby.branch import Service, Text
from lobbyline.lobby.errors import Refusal
from lobbyline.lobby.forecast import Wait
from lobbyline.lobby.forms import Checked, Form
from lobbyline.lobby.line import Line
from lobbyline.lobby.store.book import Book
from lobbyline.lobby.ticket import Ticket

if TYPE_CHECKING:
    from lobbyline.lobby.lobby import Lobby

TOKEN_BYTES = 16  # 128 bits: nobody guesses another customer's ticket


@dataclass(frozen=True)
class Offer:
    """A service as the kiosk shows it now."""

    code: str
    service: Service
    open: bool
    opens_at: datetime | None
    waiting: int
    wait: Wait


@dataclass(frozen=True)
class Place:
    """A ticket and its place in the line."""

    ticket: Ticket
    ahead: int
    wait: Wait
    counters: list[int]
    zone: Text


class Reception:
    """Gives numbers and keeps what customers fill in."""

    def __init__(self, lobby: Lobby, token: Callable[[], str] = lambda: secrets.token_urlsafe(TOKEN_BYTES)) -> None:
        self._lobby = lobby
        self._token = token

    def offers(self, at: datetime, segment: str = "ordinary") -> list[Offer]:
        """Every service of the branch, in the order of its file."""
        with self._lobby.read() as book:
            line = self._lobby.line(book, at)
        return [self._offer(code, line, segment, at) for code in self._lobby.branch.services]

    def take(
        self, service: str, at: datetime, segment: str = "ordinary", key: str | None = None, *, paper: bool = True
    ) -> Place:
        """Draw a number: ticket, event and print job in one transaction. The same key gives the same ticket."""
        with self._lobby.write() as book:
            earlier = self._earlier(book, key)
            if earlier:
                return self._place(earlier, self._lobby.line(book, at))
            self._must_give(book, service, segment, at)
            line = self._lobby.line(book, at)
            ticket = self._draw(book, service, segment, line)
            place = self._place(ticket, line.joined_by(ticket))
            if paper:
                self._lobby.outbox.add(book, place, at)
            if key:
                book.keep_request(key, "take", {"ticket": place.ticket.id}, at)
        return place

    def find(self, number_or_token: str, at: datetime) -> Place:
        """Today's ticket by its number or the token of its QR code."""
        day = self._lobby.day(at)
        with self._lobby.read() as book:
            wanted = number_or_token.strip()
            ticket = book.by_number(wanted.upper(), day) or book.by_token(wanted, day)
            if ticket is None:
                raise Refusal("unknown_ticket", ticket=wanted)
            return self._place(ticket, self._lobby.line(book, at))

    def fill(self, ticket: Ticket, form: str, answers: Mapping[str, str], at: datetime) -> Checked:
        """Check what was typed; when it is right, seal it and mark the ticket ready."""
        checked = self._form_of(ticket, form).check(answers, self._lobby.day(at), self._lobby.branch.holidays)
        if checked.ok:
            with self._lobby.write() as book:
                self._must_be_fillable(book.ticket(ticket.id))
                book.keep_answer(ticket, form, self._lobby.seal.close(checked.answers | checked.derived), at)
                book.keep_ready(ticket, ready=set(self._forms(ticket)) <= set(book.answers(ticket)))
                book.note("filled", at, "customer", ticket, form=form)
        return checked

    def forget(self, ticket: Ticket, at: datetime) -> None:
        """Delete what the customer filled in; the number stays."""
        with self._lobby.write() as book:
            book.forget_answers(ticket)
            book.keep_ready(ticket, ready=False)
            book.note("forgotten", at, "customer", ticket)

    def ask_help(self, at: datetime) -> None:
        """Call the lobby manager to the kiosk."""
        with self._lobby.write() as book:
            book.note("help", at, "customer")

    def _offer(self, code: str, line: Line, segment: str, at: datetime) -> Offer:
        branch = self._lobby.branch
        is_open = hours.is_open(branch, code, at)
        queue = branch.queue_of(code, segment)
        return Offer(
            code=code,
            service=branch.services[code],
            open=is_open,
            opens_at=None if is_open else hours.next_opening(branch, code, at),
            waiting=sum(ticket.queue == queue for ticket in line.tickets),
            wait=line.wait_for(code, segment),
        )

    def _earlier(self, book: Book, key: str | None) -> Ticket | None:
        """The ticket that was drawn under this key already."""
        answered = book.request(key) if key else None
        if answered is None:
            return None
        what, answer = answered
        if what != "take":
            raise Refusal("key_reused", key=key)
        return book.ticket(answer["ticket"])

    def _must_give(self, book: Book, service: str, segment: str, at: datetime) -> None:
        branch = self._lobby.branch
        if service not in branch.services:
            raise Refusal("unknown_service", service=service, known=", ".join(branch.services))
        if segment not in branch.segments:
            raise Refusal("unknown_segment", segment=segment, known=", ".join(branch.segments))
        name = branch.services[service].name
        if not hours.is_open(branch, service, at):
            opens = hours.next_opening(branch, service, at)
            raise Refusal("closed", service=name, opens=f"{opens:%m-%d %H:%M}" if opens else "—")
        limit = branch.services[service].daily_limit
        if limit and book.taken_today(service, self._lobby.day(at)) >= limit:
            raise Refusal("full", service=name, limit=limit)

    def _draw(self, book: Book, service: str, segment: str, line: Line) -> Ticket:
        branch, at, day = self._lobby.branch, line.at, self._lobby.day(line.at)
        queue = branch.queue_of(service, segment)
        ahead = sum(other.queue == queue for other in line.tickets)
        promise = round(branch.policy.promise + branch.policy.promise_share * ahead)
        number = book.draw_number(queue, day, branch.queues[queue].digits)
        ticket = book.add_ticket(number, service, queue, segment, self._token(), at, day, promise)
        book.note("taken", at, "customer", ticket, number=number, service=service, queue=queue, segment=segment)
        return ticket

    def _place(self, ticket: Ticket, line: Line) -> Place:
        branch = self._lobby.branch
        return Place(
            ticket=ticket,
            ahead=line.ahead(ticket),
            wait=line.wait_of(ticket),
            counters=[
                counter.number for counter in branch.counters if branch.can_serve(counter, ticket.service, ticket.queue)
            ],
            zone=branch.queues[ticket.queue].zone,
        )

    def _forms(self, ticket: Ticket) -> list[str]:
        return self._lobby.branch.services[ticket.service].forms

    def _form_of(self, ticket: Ticket, form: str) -> Form:
        if form not in self._forms(ticket):
            with self._lobby.speaking():
                raise Refusal("unknown_form", form=form, known=", ".join(self._forms(ticket)) or "—")
        return self._lobby.setup.forms[form]

    def _must_be_fillable(self, ticket: Ticket) -> None:
        if ticket.ended:
            raise Refusal("wrong_state", ticket=ticket.number, state=ticket.state)
