"""The teller's side of one counter: who is next, five steps, and the controls that nobody may skip.

Every verb is one transaction; the same key twice does it once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from lobbyline.lobby import once
from lobbyline.lobby.branch import Counter
from lobbyline.lobby.counter import controls, referral
from lobbyline.lobby.counter.shift import Shift
from lobbyline.lobby.errors import Refusal
from lobbyline.lobby.hall.floor import must_be_movable, must_be_restorable
from lobbyline.lobby.people import seat
from lobbyline.lobby.rule import reason
from lobbyline.lobby.rule.reason import Reason
from lobbyline.lobby.store.book import Book
from lobbyline.lobby.store.rows import Asked
from lobbyline.lobby.ticket import Step, Ticket

if TYPE_CHECKING:
    from lobbyline.lobby.lobby import Lobby

AFTER_INTAKE = frozenset({"review", "voucher"})  # controls that papers may still lack when they are handed in
BEGUN = frozenset({"operate", "confirm"})  # steps in which the customer's business is being done


@dataclass(frozen=True)
class Standing:
    """A counter after a verb: its state, the ticket the verb was about, and why this ticket."""

    counter: int
    state: str
    ticket: Ticket | None
    why: Reason | None
    teller: str


class Desk:
    """What a teller can do at one counter.

    `by` is the person who presses, when the page knows; only the counter's own teller may. `via` is a program of the
    bank that presses for the teller. `here` is the number that was seen at the counter, where that must still be so.
    """

    def __init__(self, lobby: Lobby, counter: Counter, by: str = "", via: str = "", here: str | None = None) -> None:
        self._lobby = lobby
        self.counter = counter
        self._by, self._program = by, {"via": via} if via else {}
        self._shift = Shift(lobby, counter.number, self._by, self._program, here)
        self.number = counter.number

    def open(self, at: datetime, teller: str = "", key: str | None = None) -> Standing:
        """Begin to serve, under the teller's name."""
        return self._act("open", at, key, lambda book: self._shift.turn(book, at, "open", teller=self._by or teller))

    def close(self, at: datetime, key: str | None = None) -> Standing:
        return self._act("close", at, key, lambda book: self._shift.turn(book, at, "closed"))

    def pause(self, at: datetime, reason: str = "", key: str | None = None) -> Standing:
        return self._act("pause", at, key, lambda book: self._shift.turn(book, at, "paused", reason=reason))

    def resume(self, at: datetime, key: str | None = None) -> Standing:
        return self._act("resume", at, key, lambda book: self._shift.turn(book, at, "open"))

    def next(self, at: datetime, key: str | None = None) -> Standing:
        """Farewell to the customer who is here, then call whom the rule says.

        Whoever was served is done; whoever was called and never greeted is missed and may come back.
        """
        return self._act("next", at, key, lambda book: self._next(book, at), *self._lobby.ahead_of_line(at))

    def call(self, number: str, at: datetime, key: str | None = None) -> Standing:
        """Call a given number: one that waits, is held, was missed lately, or comes from review."""
        return self._act(f"call {number}", at, key, lambda book: self._call_number(book, number, at))

    def recall(self, at: datetime, key: str | None = None) -> Standing:
        """Call the same number again."""
        rules = self._lobby.branch.rules

        def move(book: Book) -> Ticket:
            ticket = self._here(book, at).recalled(at, rules.recall_seconds, rules.recalls)
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
        return self._act("done", at, key, lambda book: self._finish(book, self._here(book, at), at))

    def absent(self, at: datetime, key: str | None = None) -> Standing:
        """Nobody came: missed, and restorable for a while."""
        return self._act("absent", at, key, lambda book: self._miss(book, self._here(book, at), at))

    def hold(self, at: datetime, key: str | None = None) -> Standing:
        """Put the customer aside, to be called back by number."""
        return self._act("hold", at, key, lambda book: self._hold(book, at))

    def intake(self, at: datetime, key: str | None = None) -> Standing:
        """Take the papers in for the back office; the counter is free, the customer is called again."""
        return self._act("intake", at, key, lambda book: self._intake(book, at))

    def hand_over(self, to: str, at: datetime, key: str | None = None) -> Standing:
        """Another teller takes the counter over as it is, with the customer who is here."""
        return self._act(f"hand over {to}", at, key, lambda book: self._shift.hand_over(book, to.strip(), at))

    def move(self, number: str, service: str, at: datetime, key: str | None = None) -> Standing:
        """Send a ticket to another service; its number and its time of arrival are kept."""
        return self._act(f"move {number} {service}", at, key, lambda book: self._move(book, number, service, at))

    def refer(self, service: str, at: datetime, key: str | None = None) -> Standing:
        """Send the customer who is here to an advice desk, with place and number kept."""
        return self._act(f"refer {service}", at, key, lambda book: self._refer(book, service, at))

    def check(self, control: str, by: str, at: datetime, key: str | None = None) -> Standing:
        """Record that a person did a control for the ticket that is here."""
        return self._act(f"check {control}", at, key, lambda book: self._check(book, control, by.strip(), at))

    def standing(self, at: datetime) -> Standing:
        """How the counter stands."""
        with self._lobby.read() as book:
            ticket = self._shift.customer(book, at)
            return self._standing(book, ticket, at)

    def filled(self, at: datetime) -> dict[str, dict[str, str]]:
        """What the customer who is here filled in, by form; every look is written into the log."""
        with self._lobby.write() as book:
            self._shift.must_sit(book, "filled", at)
            self._shift.must_be_as_seen(book, at)
            ticket = self._here(book, at)
            sealed = book.answers(ticket)
            if sealed:
                book.note("viewed", at, self._shift.who(book), ticket, self.number, forms=sorted(sealed))
        return {form: self._lobby.seal.open(text) for form, text in sealed.items()}

    def _act(
        self, verb: str, at: datetime, key: str | None, move: Callable[[Book], Ticket | None], *ahead: Asked
    ) -> Standing:
        """One verb in one transaction; an answered key gets the same answer again."""
        what = f"counter {self.number} {verb}"
        try:
            return self._lobby.change(
                lambda book: self._done_once(book, verb, what, at, key, move), *Book.of_verb(key), *ahead
            )
        except Refusal as refusal:
            self._log(refusal, verb, at)
            raise

    def _done_once(
        self, book: Book, verb: str, what: str, at: datetime, key: str | None, move: Callable[[Book], Ticket | None]
    ) -> Standing:
        earlier = once.answered(book, key, what)
        if earlier is not None:
            return self._repeat(book, earlier, at)
        self._shift.must_sit(book, verb, at)
        self._clear(book, at)
        self._shift.must_be_as_seen(book, at)
        ticket = move(book)
        standing = self._standing(book, ticket, at)
        why = standing.why.written() if standing.why else ""
        answer = {"ticket": ticket.id if ticket else None, "state": standing.state, "why": why}
        once.keep(book, key, what, answer, at)
        return standing

    def _log(self, refusal: Refusal, verb: str, at: datetime) -> None:
        """An attempt to pass a control by is kept, though its change was undone."""
        if refusal.code in controls.LOGGED:
            with self._lobby.write() as book:
                ticket = self._shift.customer(book, at)
                book.note("refused", at, self._shift.who(book), ticket, self.number, code=refusal.code, verb=verb)

    def _repeat(self, book: Book, answer: dict[str, object], at: datetime) -> Standing:
        ticket = book.ticket(int(str(answer["ticket"]))) if answer["ticket"] else None
        why = reason.read(str(answer["why"]))
        return replace(self._standing(book, ticket, at), state=str(answer["state"]), why=why)

    def _standing(self, book: Book, ticket: Ticket | None, at: datetime) -> Standing:
        row = self._shift.row(book, at)
        return Standing(self.number, row.state, ticket, ticket.why if ticket else None, row.teller)

    def _clear(self, book: Book, at: datetime) -> None:
        """What an earlier day left at this counter is in nobody's way."""
        ticket = book.at_counter(self.number)
        if ticket and not self._shift.customer(book, at):
            self._keep(book, ticket.cancelled(at), "void", at, reason="left over")

    def _next(self, book: Book, at: datetime) -> Ticket:
        self._shift.serve(book, at)
        found = self._lobby.line(book, at).next_for(self.counter)
        self._farewell(book, at)
        if found is None:
            raise Refusal("nobody_waiting", counter=self.number)
        return self._call(book, *found, at)

    def _call_number(self, book: Book, number: str, at: datetime) -> Ticket:
        ticket = self._lobby.floor.find(book, number, at)
        if ticket.state == "missed":
            must_be_restorable(self._lobby.branch.rules, book, ticket, at)
        self._shift.serve(book, at)
        seat.must_be_qualified(self._lobby.branch, book, ticket.service, self._shift.row(book, at).teller)
        self._farewell(book, at)
        return self._call(book, ticket, Reason("by_number", {"ticket": ticket.number}), at)

    def _call(self, book: Book, ticket: Ticket, why: Reason, at: datetime) -> Ticket:
        """Called, with what the rule found; whoever of this counter's own came earlier is set back by it."""
        noted = {name: fact for name, fact in why.facts.items() if name != "ticket"}
        called = self._keep(book, ticket.called(self.number, at, why), "called", at, reason=why.code, **noted)
        branch, queues = self._lobby.branch, self.counter.queues
        services = self.counter.services or [code for code, one in branch.services.items() if one.queue in queues]
        minutes = self._lobby.kinds(book, at).minutes(ticket.service, ready=ticket.ready)
        book.set_back(called, round(60 * minutes), queues, services)
        return called

    def _farewell(self, book: Book, at: datetime) -> None:
        ticket = self._shift.customer(book, at)
        if ticket and ticket.state == "called":
            self._miss(book, ticket, at)
        elif ticket:
            self._finish(book, ticket, at)

    def _miss(self, book: Book, ticket: Ticket, at: datetime) -> Ticket:
        return self._keep(book, ticket.missed(at, self._lobby.branch.rules.misses), "missed", at)

    def _hold(self, book: Book, at: datetime) -> Ticket:
        ticket, most = self._here(book, at), self._lobby.branch.rules.holds
        if len(book.aside("held", self._lobby.day(at))) >= most:
            raise Refusal("hold_limit", ticket=ticket.number, most=most)
        return self._keep(book, ticket.held(), "held", at)

    def _finish(self, book: Book, ticket: Ticket, at: datetime) -> Ticket:
        controls.must_be_done(self._lobby, book, ticket)
        return self._keep(book, ticket.done(at), "done", at)

    def _intake(self, book: Book, at: datetime) -> Ticket:
        """The counter's own controls are done now; the review is what the back office is for."""
        ticket = self._here(book, at)
        if "review" not in controls.missing(self._lobby.branch, book, ticket):
            raise Refusal("no_review", ticket=ticket.number)
        controls.must_be_done(self._lobby, book, ticket, later=AFTER_INTAKE)
        handed = self._keep(book, ticket.taken_in(), "intake", at)
        book.hand_in(ticket, self._shift.who(book), self.number, at)
        return handed

    def _step(self, step: Step, at: datetime, key: str | None) -> Standing:
        return self._act(step, at, key, lambda book: self._keep(book, self._here(book, at).at_step(step), step, at))

    def _move(self, book: Book, number: str, service: str, at: datetime) -> Ticket:
        branch, ticket = self._lobby.branch, self._lobby.floor.find(book, number, at)
        must_be_movable(branch, ticket, service)
        if ticket.counter not in (None, self.number):
            raise Refusal("elsewhere", ticket=number, counter=ticket.counter)
        moved = ticket.moved(service, branch.queue_of(service, ticket.segment), at)
        return self._keep(book, moved, "moved", at, service=service, queue=moved.queue)

    def _refer(self, book: Book, service: str, at: datetime) -> Ticket:
        """What was begun is finished first: a referral passes no control by."""
        branch, ticket = self._lobby.branch, self._here(book, at)
        if service not in (known := referral.services(branch)):
            raise Refusal("not_advice", service=service, known=list(known))
        if ticket.step in BEGUN:
            controls.must_be_done(self._lobby, book, ticket)
        book.floor.add_referral(ticket, self.number, self._shift.who(book), service, at)
        moved = ticket.moved(service, branch.queue_of(service, ticket.segment), at)
        return self._keep(book, moved, "referred", at, service=service, queue=moved.queue)

    def _check(self, book: Book, control: str, by: str, at: datetime) -> Ticket:
        ticket = self._here(book, at)
        controls.check(self._lobby, book, ticket, control, by, self._shift.row(book, at).teller, at)
        return ticket

    def _here(self, book: Book, at: datetime) -> Ticket:
        """The ticket that is at this counter."""
        return seat.here(self._lobby, book, self.number, at)

    def _keep(self, book: Book, ticket: Ticket, what: str, at: datetime, **detail: object) -> Ticket:
        """Write the ticket and what happened to it at this counter."""
        who = self._shift.who(book)
        return self._lobby.floor.keep(book, ticket, what, at, who, self.number, **detail, **self._program)
