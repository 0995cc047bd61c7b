"""The teller's side of one counter: who is next, five steps, and the controls that nobody may skip.

Every verb is one transaction; the same key twice does it once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from lobbyline.lobby.branch import CONTROLS, Counter
from lobbyline.lobby.errors import Refusal
from lobbyline.lobby.store.book import Book, CounterRow
from lobbyline.lobby.ticket import Step, Ticket

if TYPE_CHECKING:
    from lobbyline.lobby.lobby import Lobby

SECOND_PERSON = frozenset({"authorisation", "review"})  # controls that the teller may not do alone


@dataclass(frozen=True)
class Standing:
    """A counter after a verb: its state, the ticket the verb was about, and why this ticket."""

    counter: int
    state: str
    ticket: Ticket | None
    why: str
    teller: str


class Desk:
    """What a teller can do at one counter."""

    def __init__(self, lobby: Lobby, counter: Counter) -> None:
        self._lobby = lobby
        self._counter = counter
        self.number = counter.number

    def open(self, at: datetime, teller: str = "", key: str | None = None) -> Standing:
        """Begin to serve, under the teller's name."""
        return self._act("open", at, key, lambda book: self._turn(book, at, "open", teller=teller))

    def close(self, at: datetime, key: str | None = None) -> Standing:
        return self._act("close", at, key, lambda book: self._turn(book, at, "closed"))

    def pause(self, at: datetime, reason: str = "", key: str | None = None) -> Standing:
        return self._act("pause", at, key, lambda book: self._turn(book, at, "paused", reason=reason))

    def resume(self, at: datetime, key: str | None = None) -> Standing:
        return self._act("resume", at, key, lambda book: self._turn(book, at, "open"))

    def next(self, at: datetime, key: str | None = None) -> Standing:
        """Farewell to the customer who is here, then call whom the rule says.

        Whoever was served is done; whoever was called and never greeted is missed and may come back.
        """
        return self._act("next", at, key, lambda book: self._next(book, at))

    def call(self, number: str, at: datetime, key: str | None = None) -> Standing:
        """Call a given number: one that waits, is held, was missed lately, or comes from review."""
        return self._act(f"call {number}", at, key, lambda book: self._call_number(book, number, at))

    def recall(self, at: datetime, key: str | None = None) -> Standing:
        """Call the same number again."""
        rules = self._lobby.branch.rules

        def move(book: Book) -> Ticket:
            ticket = self._here(book).recalled(at, rules.recall_seconds, rules.recalls)
            return self._keep(book, ticket, "recalled", at)

        return self._act("recall", at, key, move)

    def greet(self, at: datetime, key: str | None = None) -> Standing:
        return self._step("greet", at, key)

    def ask(self, at: datetime, key: str | None = None) -> Standing:
        return self._step("ask", at, key)

    def operate(self, at: datetime, key: str | None = None) -> Standing:
        return self._step("operate", at, key)

    def confirm(self, at: datetime, key: str | None = None) -> Standing:
        return self._step("confirm", at, key)

    def done(self, at: datetime, key: str | None = None) -> Standing:
        """Farewell. Refused while a control of the service is missing."""
        return self._act("done", at, key, lambda book: self._finish(book, self._here(book), at))

    def absent(self, at: datetime, key: str | None = None) -> Standing:
        """Nobody came: missed, and restorable for a while."""
        return self._act("absent", at, key, lambda book: self._keep(book, self._here(book).missed(), "missed", at))

    def hold(self, at: datetime, key: str | None = None) -> Standing:
        """Put the customer aside, to be called back by number."""
        return self._act("hold", at, key, lambda book: self._keep(book, self._here(book).held(), "held", at))

    def move(self, number: str, service: str, at: datetime, key: str | None = None) -> Standing:
        """Send a ticket to another service; its number and its time of arrival are kept."""
        return self._act(f"move {number} {service}", at, key, lambda book: self._move(book, number, service, at))

    def check(self, control: str, by: str, at: datetime, key: str | None = None) -> Standing:
        """Record that a person did a control for the ticket that is here."""
        return self._act(f"check {control}", at, key, lambda book: self._check(book, control, by.strip(), at))

    def standing(self, at: datetime) -> Standing:  # noqa: ARG002  # a question like the others, asked at a moment
        """How the counter stands."""
        with self._lobby.read() as book:
            ticket = book.at_counter(self.number)
            return self._standing(book, ticket, ticket.why if ticket else "")

    def outstanding(self, at: datetime) -> list[str]:  # noqa: ARG002  # as above
        """Controls that are missing for the ticket that is here."""
        with self._lobby.read() as book:
            ticket = book.at_counter(self.number)
            return self._missing(book, ticket) if ticket else []

    def filled(self, at: datetime) -> dict[str, dict[str, str]]:
        """What the customer who is here filled in, by form; every look is written into the log."""
        with self._lobby.write() as book:
            ticket = self._here(book)
            sealed = book.answers(ticket)
            if sealed:
                book.note("viewed", at, self._who(book), ticket, self.number, forms=sorted(sealed))
        return {form: self._lobby.seal.open(text) for form, text in sealed.items()}

    def _act(self, verb: str, at: datetime, key: str | None, move: Callable[[Book], Ticket | None]) -> Standing:
        """One verb in one transaction; an answered key gets the same answer again."""
        what = f"counter {self.number} {verb}"
        with self._lobby.write() as book:
            if key and (earlier := book.request(key)):
                return self._repeat(book, what, *earlier)
            ticket = move(book)
            standing = self._standing(book, ticket, ticket.why if ticket else "")
            if key:
                answer = {"ticket": ticket.id if ticket else None, "state": standing.state, "why": standing.why}
                book.keep_request(key, what, answer, at)
        return standing

    def _repeat(self, book: Book, what: str, asked: str, answer: dict[str, object]) -> Standing:
        if asked != what:
            raise Refusal("key_reused", key=asked)
        ticket = book.ticket(int(str(answer["ticket"]))) if answer["ticket"] else None
        return replace(self._standing(book, ticket, ""), state=str(answer["state"]), why=str(answer["why"]))

    def _standing(self, book: Book, ticket: Ticket | None, why: str) -> Standing:
        row = book.counter(self.number)
        return Standing(self.number, row.state, ticket, why, row.teller)

    def _next(self, book: Book, at: datetime) -> Ticket:
        self._serve(book, at)
        self._farewell(book, at)
        found = self._lobby.line(book, at).next_for(self._counter)
        if found is None:
            raise Refusal("nobody_waiting", counter=self.number)
        ticket, reason = found
        return self._call(book, ticket, self._lobby.say("why", reason.code, reason.facts), at)

    def _call_number(self, book: Book, number: str, at: datetime) -> Ticket:
        ticket = self._today(book, number, at)
        if ticket.state == "missed" and ticket.called_at is not None:
            self._must_be_restorable(ticket, at)
        self._serve(book, at)
        self._farewell(book, at)
        return self._call(book, ticket, self._lobby.say("why", "by_number", {"ticket": number}), at)

    def _call(self, book: Book, ticket: Ticket, why: str, at: datetime) -> Ticket:
        called = self._keep(book, ticket.called(self.number, at, why), "called", at, why=why)
        book.count_overtaken(called, self._counter.queues)
        return called

    def _serve(self, book: Book, at: datetime) -> None:
        """Calling is for open counters; the first call of a day opens one by itself."""
        row = book.counter(self.number)
        if row.state == "paused":
            raise Refusal("counter_paused", counter=self.number)
        if row.state == "closed":
            if self._lobby.day(row.since) == self._lobby.day(at):
                raise Refusal("counter_closed", counter=self.number)
            self._turn(book, at, "open")

    def _farewell(self, book: Book, at: datetime) -> None:
        ticket = book.at_counter(self.number)
        if ticket and ticket.state == "called":
            self._keep(book, ticket.missed(), "missed", at)
        elif ticket:
            self._finish(book, ticket, at)

    def _finish(self, book: Book, ticket: Ticket, at: datetime) -> Ticket:
        missing = self._missing(book, ticket)
        if missing:
            controls = ", ".join(self._lobby.say("control", control) for control in missing)
            raise Refusal("control_missing", ticket=ticket.number, controls=controls)
        return self._keep(book, ticket.done(), "done", at)

    def _missing(self, book: Book, ticket: Ticket) -> list[str]:
        """Controls of the ticket's service that nobody did."""
        done = book.controls(ticket)
        return [control for control in self._lobby.branch.services[ticket.service].controls if control not in done]

    def _step(self, step: Step, at: datetime, key: str | None) -> Standing:
        return self._act(step, at, key, lambda book: self._keep(book, self._here(book).at_step(step), step, at))

    def _move(self, book: Book, number: str, service: str, at: datetime) -> Ticket:
        branch, ticket = self._lobby.branch, self._today(book, number, at)
        if service not in branch.services:
            raise Refusal("unknown_service", service=service, known=", ".join(branch.services))
        if ticket.counter not in (None, self.number):
            raise Refusal("elsewhere", ticket=number, counter=ticket.counter)
        moved = ticket.moved(service, branch.queue_of(service, ticket.segment), at)
        return self._keep(book, moved, "moved", at, service=service, queue=moved.queue)

    def _check(self, book: Book, control: str, by: str, at: datetime) -> Ticket:
        ticket, teller = self._here(book), book.counter(self.number).teller
        if control not in CONTROLS:
            raise Refusal("unknown_control", control=control, known=", ".join(CONTROLS))
        if not by:
            raise Refusal("person_missing", control=self._lobby.say("control", control))
        if control in SECOND_PERSON and by == teller:
            raise Refusal("same_person", control=self._lobby.say("control", control), person=by)
        book.add_control(ticket, control, by, at)
        book.note("checked", at, by, ticket, self.number, control=control)
        return ticket

    def _turn(self, book: Book, at: datetime, state: str, teller: str | None = None, **detail: object) -> None:
        """Open, pause or close the counter; what it is already needs nothing."""
        row = book.counter(self.number)
        if state == "closed" and (ticket := book.at_counter(self.number)):
            raise Refusal("busy", counter=self.number, ticket=ticket.number)
        if state == "paused" and row.state == "closed":
            raise Refusal("counter_closed", counter=self.number)
        turned = CounterRow(self.number, state, row.teller if teller is None else teller, at)
        if replace(turned, since=row.since) != row or row.since.year == 1970:
            book.keep_counter(turned)
            book.note(state, at, turned.teller or self._who(book), None, self.number, **detail)

    def _here(self, book: Book) -> Ticket:
        """The ticket that is at this counter."""
        ticket = book.at_counter(self.number)
        if ticket is None:
            raise Refusal("no_ticket", counter=self.number)
        return ticket

    def _today(self, book: Book, number: str, at: datetime) -> Ticket:
        ticket = book.by_number(number.strip().upper(), self._lobby.day(at))
        if ticket is None:
            raise Refusal("unknown_ticket", ticket=number)
        return ticket

    def _must_be_restorable(self, ticket: Ticket, at: datetime) -> None:
        minutes = self._lobby.branch.rules.restore_minutes
        if ticket.called_at and at - ticket.called_at > timedelta(minutes=minutes):
            raise Refusal("too_late", ticket=ticket.number, minutes=minutes)

    def _keep(self, book: Book, ticket: Ticket, what: str, at: datetime, **detail: object) -> Ticket:
        """Write the ticket and what happened to it; whoever's visit ended leaves no answers behind."""
        book.keep(ticket)
        book.note(what, at, self._who(book), ticket, self.number, **detail)
        if ticket.ended:
            book.forget_answers(ticket)
        return ticket

    def _who(self, book: Book) -> str:
        return book.counter(self.number).teller or f"counter {self.number}"
