"""The lobby of one branch, opened once by each program: settings, memory, and a room for everyone who asks.

May be used from any thread; the store keeps one connection for each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from lobbyline.lobby.branch import Branch, Text
from lobbyline.lobby.config.folder import Setup
from lobbyline.lobby.config.in_use import InUse
from lobbyline.lobby.config.versions import Versions
from lobbyline.lobby.devices import DeviceBook
from lobbyline.lobby.errors import Refusal
from lobbyline.lobby.hall.floor import Floor
from lobbyline.lobby.people import seat
from lobbyline.lobby.people.attendant import Attendant
from lobbyline.lobby.reception.emergency import Emergency
from lobbyline.lobby.reception.outbox import Outbox
from lobbyline.lobby.reception.reception import Reception
from lobbyline.lobby.rule import forecast
from lobbyline.lobby.rule.crowd import Kinds
from lobbyline.lobby.rule.forecast import Learned
from lobbyline.lobby.rule.line import Line
from lobbyline.lobby.rule.reason import Reason
from lobbyline.lobby.seal import FILE, Seal
from lobbyline.lobby.store.bell import Watch
from lobbyline.lobby.store.book import Book
from lobbyline.lobby.store.pages.counters import CounterRow
from lobbyline.lobby.store.pages.tickets import LastLook
from lobbyline.lobby.store.rows import Asked, Rows
from lobbyline.lobby.store.store import open_store

if TYPE_CHECKING:
    from lobbyline.lobby.copies import Copies
    from lobbyline.lobby.counter.authorisation import Authorisations
    from lobbyline.lobby.counter.desk import Desk
    from lobbyline.lobby.counter.filled import Filled
    from lobbyline.lobby.counter.rating import Ratings
    from lobbyline.lobby.counter.referral import Referrals
    from lobbyline.lobby.counter.review import ReviewDesk
    from lobbyline.lobby.counter.vouchers import Vouchers
    from lobbyline.lobby.day import DayEnd
    from lobbyline.lobby.hall.complaints import Complaints
    from lobbyline.lobby.hall.lookout import Lookout
    from lobbyline.lobby.hall.view import Hall
    from lobbyline.lobby.people.passes import Machines, Tokens
    from lobbyline.lobby.people.roster import People
    from lobbyline.lobby.people.sessions import Sessions
    from lobbyline.lobby.reception.booking import Booking
    from lobbyline.lobby.report.records import Records


T = TypeVar("T")

DAYS_LEARNED = 20  # days whose visits teach how long jobs and waits are


class Lobby:
    """Everything a face needs of the branch."""

    _lesson: tuple[date, Learned] | None = None

    def __init__(self, setup: Setup, data: Path, where: str = "", series: str = "") -> None:
        self.setup = setup
        self.branch: Branch = setup.branch
        self._last_look = LastLook()
        self.data = data
        self.where = where  # the program, as events tell it
        self.reader = ""  # the language in which refusals are told; the branch's first unless somebody reads another
        self.series = series  # the letter of every number, in the file of an emergency; else each line has its own
        self.reception = Reception(self)
        self.attendant = Attendant(self)
        self.outbox = Outbox(self)
        self.devices = DeviceBook(self)
        self.floor = Floor(self)
        self.versions = Versions(self)
        self.in_use = InUse(self)
        self.emergency = Emergency(self)
        self.store = open_store(setup.branch.store.url, data, setup.branch.id, away=bool(self.emergency.letter))

    def catch_up(self) -> bool:
        """Take a newly applied version, as every write does; whether there was one."""
        with self.read() as book:
            return self.in_use.follow(book)

    def adopt(self, setup: Setup) -> None:
        """From now on everything is done under these files."""
        self.setup, self.branch, self._last_look = setup, setup.branch, LastLook()

    def desk(self, counter: int, by: str = "", via: str = "", here: str | None = None) -> Desk:
        """The teller's side of one counter, for the person `by` or the program `via`, who saw `here` at it."""
        from lobbyline.lobby.counter.desk import Desk

        with self.speaking():
            found = self.branch.counter(counter)
            if found is None:
                known = [other.number for other in self.branch.counters]
                raise Refusal("unknown_counter", counter=counter, known=known)
        return Desk(self, found, by, via, here)

    def watch(self, name: str) -> Watch:
        """Wake when any program committed something, under the files in use by then; close it when done."""
        watch = self.store.watch(name)
        watch.first = self.catch_up
        return watch

    def close(self) -> None:
        self.emergency.close()
        self.store.close()

    def say(self, table: str, code: str, facts: Mapping[str, object] | None = None, language: str = "") -> str:
        """A sentence of the branch's words, as `Setup.say` has it under the files in use."""
        return self.setup.say(table, code, facts, language)

    def why(self, reason: Reason | None) -> Text:
        """Why a number was called."""
        return self.setup.text("why", reason.code, reason.facts) if reason else Text({})

    # Rooms that only some programs enter: each is loaded when it is first asked for

    @cached_property
    def hall(self) -> Hall:
        from lobbyline.lobby.hall.view import Hall

        return Hall(self)

    @cached_property
    def lookout(self) -> Lookout:
        from lobbyline.lobby.hall.lookout import Lookout

        return Lookout(self)

    @cached_property
    def records(self) -> Records:
        from lobbyline.lobby.report.records import Records

        return Records(self)

    @cached_property
    def ratings(self) -> Ratings:
        from lobbyline.lobby.counter.rating import Ratings

        return Ratings(self)

    @cached_property
    def complaints(self) -> Complaints:
        from lobbyline.lobby.hall.complaints import Complaints

        return Complaints(self)

    @cached_property
    def referrals(self) -> Referrals:
        from lobbyline.lobby.counter.referral import Referrals

        return Referrals(self)

    @cached_property
    def review(self) -> ReviewDesk:
        from lobbyline.lobby.counter.review import ReviewDesk

        return ReviewDesk(self)

    @cached_property
    def booking(self) -> Booking:
        from lobbyline.lobby.reception.booking import Booking

        return Booking(self)

    @cached_property
    def vouchers(self) -> Vouchers:
        from lobbyline.lobby.counter.vouchers import Vouchers

        return Vouchers(self)

    @cached_property
    def day_end(self) -> DayEnd:
        from lobbyline.lobby.day import DayEnd

        return DayEnd(self)

    @cached_property
    def copies(self) -> Copies:
        from lobbyline.lobby.copies import Copies

        return Copies(self)

    @cached_property
    def people(self) -> People:
        from lobbyline.lobby.people.roster import People

        return People(self)

    @cached_property
    def sessions(self) -> Sessions:
        from lobbyline.lobby.people.sessions import Sessions

        return Sessions(self)

    @cached_property
    def machines(self) -> Machines:
        from lobbyline.lobby.people.passes import Machines

        return Machines(self)

    @cached_property
    def tokens(self) -> Tokens:
        from lobbyline.lobby.people.passes import Tokens

        return Tokens(self)

    @cached_property
    def authorisations(self) -> Authorisations:
        from lobbyline.lobby.counter.authorisation import Authorisations

        return Authorisations(self)

    @cached_property
    def filled(self) -> Filled:
        from lobbyline.lobby.counter.filled import Filled

        return Filled(self)

    # What the rooms of the lobby share

    @contextmanager
    def write(self) -> Iterator[Book]:
        """One durable change; a refusal inside undoes it and goes out with its sentence."""
        with self.speaking(), self.store.section() as rows:
            yield self._opened(rows)

    def change(self, work: Callable[[Book], T], *ahead: Asked) -> T:
        """One durable change that is thought out before its turn comes, and again in it if somebody was quicker.

        For what takes long to work out; `work` does nothing but read the book and write in it. `ahead` is what it is
        known to ask.
        """
        with self.speaking():
            return self.store.change(lambda rows: work(self._opened(rows, *ahead)))

    @contextmanager
    def read(self) -> Iterator[Book]:
        with self.speaking(), self.store.reading() as rows:
            yield self._book(rows)

    @contextmanager
    def speaking(self) -> Iterator[None]:
        """Give refusals the sentence that the branch has for them."""
        try:
            yield
        except Refusal as refusal:
            language = self.reader if self.reader in self.branch.languages else ""
            refusal.sentence = self.say("refusal", refusal.code, refusal.facts, language)
            raise

    def day(self, at: datetime) -> date:
        """The branch's calendar day."""
        return at.astimezone(self.branch.zone).date()

    def counters(self, book: Book, at: datetime) -> dict[int, CounterRow]:
        """The counters as they stand today; what was left open yesterday is closed."""
        today = self.day(at)
        return {number: self._today(row, today) for number, row in book.counters().items()}

    def counter(self, book: Book, number: int, at: datetime) -> CounterRow:
        return self._today(book.counter(number), self.day(at))

    def line(self, book: Book, at: datetime) -> Line:
        """Who waits now. While no counter is open (before the first teller came) all of them are counted on."""
        day = self.day(at)
        book.expect(*self.ahead_of_line(at))
        rows = self.counters(book, at)
        branch = seat.manned(self.branch, book, rows)
        open_now = [counter for counter in branch.counters if (row := rows.get(counter.number)) and row.state == "open"]
        return Line(
            branch=branch,
            tickets=book.waiting(day),
            counters=open_now or branch.counters,
            serving=book.at_counters(day),
            at=at,
            recent=book.privileged_calls(branch.policy.looks_back),
            learned=self._learned(book, day),
        )

    def ahead_of_line(self, at: datetime) -> tuple[Asked, ...]:
        """What a look at the line asks."""
        return Book.of_line(self.day(at), self.branch.policy.looks_back)

    def kinds(self, book: Book, at: datetime) -> Kinds:
        """What the rule knows of customers, with what was learned of their business."""
        return Kinds(self.branch, self._learned(book, self.day(at)).minutes)

    def _learned(self, book: Book, day: date) -> Learned:
        """What the latest days taught; worked out once a day."""
        if self._lesson is None or self._lesson[0] != day:
            days = book.days_before(day, DAYS_LEARNED)
            minutes = {
                code: service.minutes for code, service in self.branch.services.items() if not service.review_minutes
            }
            self._lesson = (day, forecast.learn(minutes, book.served_in(days), book.told_in(days)))
        return self._lesson[1]

    @cached_property
    def seal(self) -> Seal:
        return Seal(self.data / FILE)

    def _opened(self, rows: Rows, *ahead: Asked) -> Book:
        """The book for a change: a version counts from the next ticket on."""
        book = self._book(rows)
        book.expect(Book.STANDING, *ahead)
        if self.in_use.follow(book):
            book = self._book(rows)
        book.mark()  # what is noted follows on it
        return book

    def _book(self, rows: Rows) -> Book:
        return Book(rows, self.branch.zone, self.setup.version, self.where, self._last_look)

    def _today(self, row: CounterRow, today: date) -> CounterRow:
        yesterday = self.day(row.since) < today
        return replace(row, state="closed", teller="") if yesterday else row


def open_lobby(setup: Setup, data: Path, where: str = "") -> Lobby:
    """Open (and the first time make) the memory in the folder `data`, for the program `where`."""
    return Lobby(setup, data, where)
