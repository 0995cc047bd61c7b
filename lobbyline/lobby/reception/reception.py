"""The customer's side: what is offered, a number at once, its place in the line, the form while waiting."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from lobbyline.lobby import hours, once
from lobbyline.lobby.branch import Band, Paper, Service, Text
from lobbyline.lobby.errors import Refusal
from lobbyline.lobby.forms.form import Checked, Form
from lobbyline.lobby.rule.forecast import Wait
from lobbyline.lobby.rule.line import NEWCOMER, Line
from lobbyline.lobby.store.book import Book
from lobbyline.lobby.store.rows import Asked
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
    emergency: bool = False  # who waits is not known now


@dataclass(frozen=True)
class Place:
    """A ticket and its place in the line."""

    ticket: Ticket
    ahead: int
    wait: Wait
    counters: list[int]
    zone: Text
    bring: list[Paper]
    expected: float = 0.0  # minutes, as the forecast has them before they become a range
    emergency: bool = False  # drawn while the memory could not be reached: nobody knows who waits


class Reception:
    """Gives numbers and keeps what customers fill in."""

    def __init__(self, lobby: Lobby, token: Callable[[], str] = lambda: secrets.token_urlsafe(TOKEN_BYTES)) -> None:
        self._lobby = lobby
        self.token = token

    def offers(self, at: datetime, segment: str = "ordinary") -> list[Offer]:
        """Every service of the branch, in the order of its file."""
        with self._lobby.read() as book:
            line = self._lobby.line(book, at)
        return [self._offer(code, line, segment, at) for code in self._lobby.branch.services]

    def take(
        self,
        service: str,
        at: datetime,
        segment: str = "ordinary",
        key: str | None = None,
        *,
        band: Band | None = None,
        paper: bool = True,
    ) -> Place:
        """Draw a number: ticket, event and print job in one transaction. The same key gives the same ticket.

        A `band` of amounts has papers of its own to bring.
        """
        ahead = self._ahead(service, at, segment, key)
        place = self._lobby.change(lambda book: self._give(book, service, at, segment, key, band, paper=paper), *ahead)
        self._lobby.versions.remembered()
        return place

    def find(self, number_or_token: str, at: datetime) -> Place:
        """Today's ticket by its number or the token of its QR code."""
        with self._lobby.read() as book:
            return self.place(self._lobby.floor.find(book, number_or_token, at), self._lobby.line(book, at))

    def fill(self, ticket: Ticket, form: str, answers: Mapping[str, str], at: datetime, consent: str = "") -> Checked:
        """Check what was typed; when it is right, seal it and mark the ticket ready.

        `consent` is the version of what the customer agreed to by it.
        """
        checked = self._form_of(ticket, form).check(answers, self._lobby.day(at), self._lobby.branch.conventions)
        if checked.ok:
            with self._lobby.write() as book:
                self._must_be_fillable(book.ticket(ticket.id))
                book.keep_answer(ticket, form, self._lobby.seal.close(checked.answers | checked.derived), at)
                book.keep_ready(ticket, ready=set(self._forms(ticket)) <= set(book.answers(ticket)))
                book.take_up(ticket, form)
                book.note("filled", at, "customer", ticket, form=form, consent=consent)
        return checked

    def put_aside(self, ticket: Ticket, form: str, answers: Mapping[str, str], at: datetime) -> None:
        """Keep what was typed so far, sealed and unjudged: somebody else wants a number."""
        self._form_of(ticket, form)
        with self._lobby.write() as book:
            self._must_be_fillable(book.ticket(ticket.id))
            book.put_aside(ticket, form, self._lobby.seal.close(dict(answers)), at)
            book.note("put_aside", at, "customer", ticket, form=form)

    def aside(self, ticket: Ticket, form: str) -> dict[str, str]:
        """What was typed before a form was put aside."""
        with self._lobby.read() as book:
            sealed = book.unfinished(ticket, form)
        return self._lobby.seal.open(sealed) if sealed else {}

    def forget(self, ticket: Ticket, at: datetime) -> None:
        """Delete what the customer filled in; the number stays."""
        with self._lobby.write() as book:
            book.forget_answers(ticket)
            book.keep_ready(ticket, ready=False)
            book.note("forgotten", at, "customer", ticket)

    def divert(self, service: str, at: datetime) -> None:
        """Somebody goes to a machine instead of waiting, by his own choice: counted, and nothing else."""
        with self._lobby.write() as book:
            book.note("diverted", at, "customer", service=service)

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
            emergency=bool(self._lobby.series),
        )

    def _ahead(self, service: str, at: datetime, segment: str, key: str | None) -> tuple[Asked, ...]:
        """What a number will ask of the memory; nothing that is not known by name."""
        branch, line = self._lobby.branch, (*Book.of_key(key), *self._lobby.ahead_of_line(at))
        if service not in branch.services or segment not in branch.segments:
            return line
        return (*line, *Book.of_number(self._lobby.day(at), self._letter(branch.queue_of(service, segment))))

    def _letter(self, queue: str) -> str:
        return self._lobby.series or queue

    def _give(
        self, book: Book, service: str, at: datetime, segment: str, key: str | None, band: Band | None, *, paper: bool
    ) -> Place:
        earlier = once.answered(book, key, "take")
        if earlier is not None:
            return self.place(book.ticket(earlier["ticket"]), self._lobby.line(book, at), band)
        self._must_give(book, service, segment, at)
        promised = self._promised(service, segment, self._lobby.line(book, at), band)
        self._lobby.versions.remember(book, at)
        place = replace(promised, ticket=self._draw(book, promised.ticket, at, promised.expected))
        if paper:
            self._lobby.outbox.add(book, place, at)
        once.keep(book, key, "take", {"ticket": place.ticket.id}, at)
        return place

    def _must_give(self, book: Book, service: str, segment: str, at: datetime) -> None:
        branch = self._lobby.branch
        if service not in branch.services:
            raise Refusal("unknown_service", service=service, known=list(branch.services))
        if segment not in branch.segments:
            raise Refusal("unknown_segment", segment=segment, known=list(branch.segments))
        name = branch.services[service].name
        if not hours.is_open(branch, service, at):
            opens = hours.next_opening(branch, service, at)
            raise Refusal("closed", service=name, opens=f"{opens:%m-%d %H:%M}" if opens else "—")
        limit = branch.services[service].daily_limit
        if limit and book.taken_today(service, self._lobby.day(at)) >= limit:
            raise Refusal("full", service=name, limit=limit)

    def _promised(self, service: str, segment: str, line: Line, band: Band | None) -> Place:
        """What somebody who takes a number now is told, before the number is known."""
        newcomer = self.newcomer(service, segment, line)
        return self.place(newcomer, line.joined_by(newcomer), band)

    def newcomer(self, service: str, segment: str, line: Line) -> Ticket:
        """A ticket as it will be, but for number and token.

        Nobody arrives before those who wait already, even when the clock was set back.
        """
        branch, at = self._lobby.branch, line.at
        queue = branch.queue_of(service, segment)
        return Ticket(
            id=NEWCOMER,
            number="",
            service=service,
            queue=queue,
            segment=segment,
            token="",
            taken_at=at,
            arrived_at=max([at, *(other.arrived_at for other in line.tickets if other.booked_for is None)]),
            config=self._lobby.setup.version,
            day=self._lobby.day(at).isoformat(),
        )

    def _draw(self, book: Book, new: Ticket, at: datetime, expected: float) -> Ticket:
        """The number itself."""
        day = self._lobby.day(at)
        number = book.draw_number(self._letter(new.queue), day, self._lobby.branch.queues[new.queue].digits)
        ticket = book.add_ticket(replace(new, number=number, token=self.token()))
        book.note("taken", at, "customer", ticket, **ticket.told, expected=round(expected, 1))
        return ticket

    def place(self, ticket: Ticket, line: Line, band: Band | None = None) -> Place:
        """A ticket's place in a line; with the papers of a band of amounts, where one was named."""
        branch = self._lobby.branch
        return Place(
            ticket=ticket,
            ahead=line.ahead(ticket),
            wait=line.wait_of(ticket),
            counters=[
                counter.number for counter in branch.counters if branch.can_serve(counter, ticket.service, ticket.queue)
            ],
            zone=branch.queues[ticket.queue].zone,
            bring=branch.bring(ticket.service, band),
            expected=line.expected(ticket),
            emergency=bool(self._lobby.series),
        )

    def _forms(self, ticket: Ticket) -> list[str]:
        return self._lobby.branch.services[ticket.service].forms

    def _form_of(self, ticket: Ticket, form: str) -> Form:
        if form not in self._forms(ticket):
            with self._lobby.speaking():
                raise Refusal("unknown_form", form=form, known=list(self._forms(ticket)))
        return self._lobby.setup.forms[form]

    def _must_be_fillable(self, ticket: Ticket) -> None:
        if ticket.ended:
            raise Refusal("wrong_state", ticket=ticket.number, state=ticket.state)
