"""The store in the lobby's own words: rows become tickets, events, jobs, and back. Nothing here decides."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cached_property
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from lobbyline.lobby import journal, reason
from lobbyline.lobby.errors import Refusal
from lobbyline.lobby.store.floor_book import FloorBook
from lobbyline.lobby.store.keeping_book import KeepingBook
from lobbyline.lobby.store.people_book import PeopleBook
from lobbyline.lobby.store.report_book import ReportBook
from lobbyline.lobby.store.version_book import VersionBook
from lobbyline.lobby.ticket import Ticket

if TYPE_CHECKING:
    from lobbyline.lobby.store.store import Rows

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LAST_NUMBER = 9999  # of a line in a day
QUARTER = 900_000_000  # microseconds; clocks change at full quarters of an hour
PAGE = 1000  # events read at a time when the chain is verified

ASIDE = " aside"  # behind the name of a form that is not filled to the end


@dataclass(frozen=True)
class CounterRow:
    """A counter as it stands: closed, open or paused, by whom, since when."""

    number: int
    state: str = "closed"
    teller: str = ""
    since: datetime = EPOCH


@dataclass(frozen=True)
class DeviceState:
    """How a device is; for a board also what it shows."""

    name: str
    kind: str
    state: str
    sentence: str
    face: str
    at: datetime


@dataclass(frozen=True)
class PrintRow:
    """A job of the outbox."""

    id: int
    printer: str
    ticket_id: int
    copy: int
    slip: dict[str, Any]
    state: str
    fence: str
    note: str


@dataclass(frozen=True)
class ReviewRow:
    """One pass of a ticket's papers through the back office, with its hand-off times."""

    id: int
    ticket_id: int
    number: str
    maker: str
    counter: int
    handed_at: datetime
    reviewer: str = ""
    begun_at: datetime | None = None
    ended_at: datetime | None = None
    outcome: str = ""
    reason: str = ""

    def closed(self, at: datetime) -> ReviewRow:
        """Nobody will finish it any more."""
        return replace(self, ended_at=at, outcome="void")


@dataclass(frozen=True)
class StockRow:
    """Blank vouchers of one kind that one person (or the vault, "") answers for."""

    kind: str
    holder: str
    stock: int
    first: int
    last: int


@dataclass(frozen=True)
class CallRow:
    """A call as the hall hears it."""

    id: int
    number: str
    counter: int
    at: datetime
    again: bool


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True)


def _written(values: Mapping[str, object]) -> str:
    return _ENCODER.encode(values) if values else "{}"


def micros(at: datetime) -> int:
    """Microseconds since 1970 UTC."""
    return (at - EPOCH) // timedelta(microseconds=1)


class Book:
    """One branch's pages within one section or reading."""

    def __init__(self, rows: Rows, zone: ZoneInfo, config: str, where: str = "") -> None:
        self._rows, self._zone, self.config, self._where = rows, zone, config, where
        self._last: tuple[int, str] | None = None  # the newest event, once it was asked for
        self._offsets: dict[int, timezone] = {}
        self._counters: dict[int, CounterRow] = {}

    @cached_property
    def floor(self) -> FloorBook:
        """The pages of the lobby manager: alerts, ratings, referrals."""
        return FloorBook(self._rows, self._time, micros)

    @cached_property
    def past(self) -> ReportBook:
        """The pages that reports are reckoned from."""
        return ReportBook(self._rows, self._time, micros)

    @cached_property
    def keeping(self) -> KeepingBook:
        """The pages that are torn out when their days are over."""
        return KeepingBook(self._rows)

    @cached_property
    def versions(self) -> VersionBook:
        """The pages of the branch's files."""
        return VersionBook(self._rows, self._time, micros)

    @cached_property
    def people(self) -> PeopleBook:
        """Who may use the staff's pages."""
        return PeopleBook(self._rows, self._time, micros)

    # Tickets

    def draw_number(self, queue: str, day: date, digits: int) -> str:
        """The next free number of a line today: a letter and at least `digits` digits.

        A line that gives more numbers than fit goes on with one digit more; after 9999 it begins again.
        """
        for _ in range(LAST_NUMBER):
            drawn = self._rows.first("draw_number", **self._today(day), queue=queue, top=LAST_NUMBER)
            number = f"{queue}{drawn['last']:0{digits}d}" if drawn else ""
            if not self._rows.first("number_in_use", **self._today(day), number=number):
                return number
        raise Refusal("numbers_used_up", queue=queue)

    def add_ticket(self, new: Ticket) -> Ticket:
        """A ticket that was drawn; it learns its id."""
        row = self._rows.first(
            "add_ticket",
            day=new.day,
            number=new.number,
            service=new.service,
            queue=new.queue,
            segment=new.segment,
            state=new.state,
            token=new.token,
            taken_at=micros(new.taken_at),
            arrived_at=micros(new.arrived_at),
            booked_for=self._micros(new.booked_for),
            config=new.config,
        )
        taken_at, arrived_at = self._time(micros(new.taken_at)), self._time(micros(new.arrived_at))
        return replace(new, id=row["id"] if row else 0, taken_at=taken_at, arrived_at=arrived_at)

    def keep(self, ticket: Ticket) -> None:
        """Write a ticket down as it is after a move."""
        self._rows.run(
            "keep_ticket",
            id=ticket.id,
            service=ticket.service,
            queue=ticket.queue,
            segment=ticket.segment,
            state=ticket.state,
            step=ticket.step,
            taken_at=micros(ticket.taken_at),
            returned_at=self._micros(ticket.returned_at),
            called_at=self._micros(ticket.called_at),
            counter=ticket.counter,
            calls=ticket.calls,
            misses=ticket.misses,
            moves=ticket.moves,
            ready=ticket.ready,
            why=ticket.why.written() if ticket.why else "",
            ended_at=self._micros(ticket.ended_at),
        )

    def keep_ready(self, ticket: Ticket, *, ready: bool) -> None:
        """Whether the customer's forms are complete; touches nothing else, since a teller may just be calling."""
        self._rows.run("keep_ready", id=ticket.id, ready=ready)

    def set_back(self, by: Ticket, seconds: int, queues: list[str], services: list[str]) -> None:
        """Everyone who came before `by` and waits in one of `queues` for one of `services` waits for its work, too."""
        self._rows.run(
            "set_back",
            seconds=seconds,
            day=by.day,
            arrived_at=micros(by.arrived_at),
            id=by.id,
            queues=json.dumps(queues),
            services=json.dumps(services),
        )

    def of_day(self, day: date) -> list[Ticket]:
        """Everybody who came on a day, by arrival."""
        return [self._ticket(row) for row in self._rows.all("tickets_of_day", **self._today(day))]

    def days_before(self, day: date, most: int) -> list[str]:
        """The latest days on which somebody came."""
        return [row["day"] for row in self._rows.all("ticket_days", **self._today(day), most=most)]

    def served_in(self, days: list[str]) -> dict[str, tuple[int, float]]:
        """For each service the finished visits of some days and their mean minutes."""
        rows = self._rows.all("served_in", days=json.dumps(days))
        return {row["service"]: (row["visits"], row["minutes"]) for row in rows}

    def told_in(self, days: list[str]) -> list[tuple[str, float, float]]:
        """For visits of some days: the line, the minutes that were expected, and those that came."""
        rows = self._rows.all("told_in", days=json.dumps(days))
        return [(row["queue"], row["expected"], row["came"]) for row in rows]

    def ticket(self, id: int) -> Ticket:
        return self._ticket(self._rows.first("ticket", id=id))

    def by_number(self, number: str, day: date) -> Ticket | None:
        return self._maybe(self._rows.first("ticket_by_number", **self._today(day), number=number))

    def by_token(self, token: str, day: date) -> Ticket | None:
        return self._maybe(self._rows.first("ticket_by_token", **self._today(day), token=token))

    def waiting(self, day: date) -> list[Ticket]:
        """Today's waiting tickets by arrival."""
        return [self._ticket(row) for row in self._rows.all("tickets_waiting", **self._today(day))]

    def aside(self, state: str, day: date) -> list[Ticket]:
        """Today's tickets that are booked, held, missed or in review."""
        return [self._ticket(row) for row in self._rows.all("tickets_open", **self._today(day), state=state)]

    def left(self, day: date) -> list[Ticket]:
        """What a day and those before it leave unfinished."""
        return [self._ticket(row) for row in self._rows.all("tickets_left", **self._today(day))]

    def outcomes(self, day: date) -> dict[str, int]:
        """How many tickets of a day are in each state."""
        return {row["state"]: row["tickets"] for row in self._rows.all("outcomes", **self._today(day))}

    def calls_counted(self, day: date) -> int:
        """How often anybody was called on a day."""
        return self._count("calls_counted", "calls", **self._today(day))

    def booked_at(self, time: datetime, day: date) -> int:
        return self._count("booked_at", "booked", **self._today(day), booked_for=micros(time))

    def called_since_miss(self, ticket: Ticket) -> int:
        """How many numbers of its line were called since a ticket was missed."""
        return self._count("called_since_miss", "called", day=ticket.day, queue=ticket.queue, ticket=ticket.id)

    def worked_on(self, ticket: Ticket) -> set[str]:
        """Who did something to a ticket at a counter: none of them may be the second person."""
        return {row["who"] for row in self._rows.all("worked_on", ticket=ticket.id)}

    def at_counters(self, day: date) -> dict[int, Ticket]:
        """Who is called or served, by counter."""
        tickets = [self._ticket(row) for row in self._rows.all("tickets_at_counters", **self._today(day))]
        return {ticket.counter: ticket for ticket in tickets if ticket.counter is not None}

    def at_counter(self, counter: int) -> Ticket | None:
        return self._maybe(self._rows.first("ticket_at_counter", counter=counter))

    def taken_today(self, service: str, day: date) -> int:
        return self._count("taken_today", "taken", **self._today(day), service=service)

    # Events

    def mark(self) -> int:
        """The newest event's id: while it stays, so does the line."""
        return self._newest()[0]

    def newest_at(self) -> datetime | None:
        """When the newest event was; None before the first."""
        row = self._rows.first("last_event")
        return self._time(row["at"]) if row else None

    def note(
        self,
        what: str,
        at: datetime,
        who: str,
        ticket: Ticket | None = None,
        counter: int | None = None,
        **detail: object,
    ) -> None:
        """Append what happened to the chain: by whom, and at which counter or in which program."""
        last, previous = self._newest()
        if counter is None and self._where:
            detail["where"] = self._where
        event = journal.Event(
            branch=self._rows.branch,
            id=last + 1,
            at=micros(at),
            what=what,
            ticket=ticket.id if ticket else None,
            counter=counter,
            who=who,
            config=self.config,
            detail=_written(detail),
        )
        chained = event.chained(previous)
        self._rows.run("add_event", **vars(event), hash=chained)
        self._last = (event.id, chained)

    def _newest(self) -> tuple[int, str]:
        if self._last is None:
            row = self._rows.first("last_event")
            self._last = (row["id"], row["hash"]) if row else (0, journal.GENESIS)
        return self._last

    def chain(self) -> Iterator[tuple[journal.Event, str]]:
        """Every event with the hash that was written, oldest first."""
        after = 0
        while rows := self._rows.all("events", after=after, most=PAGE):
            for row in rows:
                yield self._event(row), row["hash"]
            after = rows[-1]["id"]

    def events_after(self, id: int, most: int) -> list[dict[str, Any]]:
        """What happened after an event, oldest first; a number that was erased meanwhile is empty."""
        return [
            json.loads(row["detail"])
            | {
                "id": row["id"],
                "at": self._time(row["at"]).isoformat(),
                "what": row["what"],
                "ticket": self._number(row["ticket"]),
                "counter": row["counter"],
            }
            for row in self._rows.all("events", after=id, most=most)
        ]

    def _number(self, id: int | None) -> str:
        row = None if id is None else self._rows.first("ticket", id=id)
        return str(row["number"]) if row else ""

    def tickets_known(self) -> set[int]:
        """The id of every number that was not erased."""
        return {row["id"] for row in self._rows.all("tickets_known")}

    def events_of(self, ticket: Ticket) -> list[dict[str, Any]]:
        """The life of one ticket, as it is told to people and programs."""
        return [
            {
                "at": self._time(row["at"]).isoformat(),
                "what": row["what"],
                "counter": row["counter"],
                "who": row["who"],
                **json.loads(row["detail"]),
            }
            for row in self._rows.all("events_of_ticket", ticket=ticket.id)
        ]

    def calls_since(self, id: int) -> list[CallRow]:
        return [self._call(row) for row in self._rows.all("calls_since", after=id)]

    def privileged_calls(self, most: int) -> list[bool]:
        """Of the latest calls, newest first, whether they counted against privilege."""
        rows = self._rows.all("latest_calls", most=2 * most)
        first = [json.loads(row["detail"]) for row in rows if row["what"] == "called"]
        return [bool(detail.get("privileged")) for detail in first[:most]]

    def help_presses(self, since: datetime) -> list[tuple[int, datetime]]:
        """Every press of the help button since then, with its event."""
        rows = self._rows.all("help_since", since=micros(since))
        return [(row["id"], self._time(row["at"])) for row in rows]

    def newest_calls(self, since: datetime, most: int) -> list[CallRow]:
        rows = self._rows.all("newest_calls", since=micros(since), most=most)
        return [self._call(row) for row in rows]

    # Counters and controls

    def counter(self, number: int) -> CounterRow:
        """A counter as it stands; asked for by every event, so remembered until it changes."""
        if number not in self._counters:
            row = self._rows.first("counter", number=number)
            self._counters[number] = self._counter(row) if row else CounterRow(number)
        return self._counters[number]

    def counters(self) -> dict[int, CounterRow]:
        return {row["number"]: self._counter(row) for row in self._rows.all("counters")}

    def keep_counter(self, counter: CounterRow) -> None:
        self._counters.pop(counter.number, None)
        self._rows.run(
            "keep_counter",
            number=counter.number,
            state=counter.state,
            teller=counter.teller,
            since=micros(counter.since),
        )

    def controls(self, ticket: Ticket) -> dict[str, str]:
        """Controls that were done, and by whom."""
        return {row["name"]: row["person"] for row in self._rows.all("controls", ticket=ticket.id)}

    def add_control(self, ticket: Ticket, name: str, person: str, at: datetime) -> None:
        self._rows.run("add_control", ticket=ticket.id, name=name, person=person, at=micros(at))

    # Requests

    def request(self, key: str) -> tuple[str, dict[str, Any]] | None:
        """What was asked under a key and what was answered."""
        row = self._rows.first("request", key=key)
        return (row["what"], json.loads(row["answer"])) if row else None

    def keep_request(self, key: str, what: str, answer: dict[str, Any], at: datetime) -> None:
        self._rows.run("keep_request", key=key, at=micros(at), what=what, answer=_written(answer))

    def request_answered(self, what: str, answer: dict[str, Any]) -> str | None:
        """The key under which something was asked that was answered so."""
        row = self._rows.first("request_answered", what=what, answer=_written(answer))
        return str(row["key"]) if row else None

    def sweep_requests(self, before: datetime) -> None:
        """Forget requests that nobody repeats any more."""
        self._rows.run("sweep_requests", before=micros(before))

    # Reviews

    def hand_in(self, ticket: Ticket, maker: str, counter: int, at: datetime) -> None:
        """Papers of a ticket go to the back office."""
        values = {"ticket": ticket.id, "maker": maker, "counter": counter, "at": micros(at)}
        self._rows.run("hand_in", **values)

    def reviews_open(self) -> list[ReviewRow]:
        return [self._review(row) for row in self._rows.all("reviews_open")]

    def review_of(self, ticket: Ticket) -> ReviewRow | None:
        """The review that a ticket's papers are in."""
        row = self._rows.first("review_of", ticket=ticket.id)
        return self._review(row) if row else None

    def review(self, id: int) -> ReviewRow:
        return self._review(self._rows.first("review", id=id))

    def reviews_of(self, ticket: Ticket) -> list[ReviewRow]:
        return [self._review(row) for row in self._rows.all("reviews_of", ticket=ticket.id)]

    def keep_review(self, review: ReviewRow) -> None:
        self._rows.run(
            "keep_review",
            id=review.id,
            reviewer=review.reviewer,
            begun_at=self._micros(review.begun_at),
            ended_at=self._micros(review.ended_at),
            outcome=review.outcome,
            reason=review.reason,
        )

    # Blank vouchers

    def add_vouchers(self, kind: str, serials: range, at: datetime) -> int:
        """Put serials into the vault; how many were new."""
        values = {"kind": kind, "at": micros(at)}
        return sum(self._rows.first("add_voucher", **values, serial=serial) is not None for serial in serials)

    def vouchers_held(self, kind: str, serials: range, holder: str) -> int:
        """How many of the serials somebody has in stock."""
        return self._count("vouchers_counted_by", "found", **self._range(kind, serials), holder=holder)

    def pass_vouchers(self, kind: str, serials: range, holder: str, receiver: str, at: datetime) -> None:
        values = {"holder": holder, "receiver": receiver, "at": micros(at)}
        self._rows.run("pass_vouchers", **self._range(kind, serials), **values)

    def void_vouchers(self, kind: str, serials: range, holder: str, at: datetime) -> None:
        self._rows.run("void_vouchers", **self._range(kind, serials), holder=holder, at=micros(at))

    def next_voucher(self, kind: str, holder: str) -> int | None:
        """The lowest serial somebody has: they are used in order."""
        row = self._rows.first("next_voucher", kind=kind, holder=holder)
        return int(row["serial"]) if row else None

    def use_voucher(self, kind: str, serial: int, ticket: Ticket, at: datetime) -> None:
        values = {"kind": kind, "serial": serial, "ticket": ticket.id, "at": micros(at)}
        self._rows.run("use_voucher", **values)

    def voucher_known(self, kind: str) -> bool:
        """Whether the register of a kind was ever begun."""
        return self._rows.first("voucher_known", kind=kind) is not None

    def voucher_stock(self) -> list[StockRow]:
        return [StockRow(**dict(row)) for row in self._rows.all("voucher_stock")]

    def voucher_states(self) -> dict[str, dict[str, int]]:
        """The whole register: how many of each kind are in stock, used, void."""
        states: dict[str, dict[str, int]] = {}
        for row in self._rows.all("voucher_states"):
            states.setdefault(row["kind"], {})[row["state"]] = row["vouchers"]
        return states

    def keep_voucher_count(
        self, kind: str, holder: str, counted: int, book: int, person: str, witness: str, at: datetime, day: date
    ) -> None:
        values = {"kind": kind, "holder": holder, "counted": counted, "book": book}
        people = {"person": person, "witness": witness, "at": micros(at)}
        self._rows.run("keep_voucher_count", **self._today(day), **values, **people)

    def voucher_counts(self, day: date) -> dict[tuple[str, str], int]:
        """What was counted on a day, by kind and holder."""
        rows = self._rows.all("voucher_counts", **self._today(day))
        return {(row["kind"], row["holder"]): row["counted"] for row in rows}

    # Paper

    def add_print(self, printer: str, ticket: Ticket, copy: int, slip: dict[str, Any], at: datetime) -> PrintRow:
        row = self._rows.first(
            "add_print_job",
            printer=printer,
            ticket=ticket.id,
            copy=copy,
            slip=json.dumps(slip, ensure_ascii=False),
            at=micros(at),
        )
        return self._print(row)

    def prints(self, printer: str, state: str, most: int = 1000) -> list[PrintRow]:
        rows = self._rows.all("print_jobs", printer=printer, state=state, most=most)
        return [self._print(row) for row in rows]

    def prints_of(self, ticket: Ticket) -> list[PrintRow]:
        """The papers of a ticket, newest copy first."""
        return [self._print(row) for row in self._rows.all("print_jobs_of_ticket", ticket=ticket.id)]

    def prints_counted(self, day: date) -> dict[str, dict[str, int]]:
        """How the papers of a day ended: printer, state, number."""
        counted: dict[str, dict[str, int]] = {}
        for row in self._rows.all("prints_counted", **self._today(day)):
            counted.setdefault(row["printer"], {})[row["state"]] = row["papers"]
        return counted

    def doubtful_prints(self, day: date) -> list[tuple[str, datetime]]:
        rows = self._rows.all("doubtful_prints", **self._today(day))
        return [(row["number"], self._time(row["at"])) for row in rows]

    def move_print(self, job: PrintRow, printer: str, at: datetime) -> None:
        self._rows.run("move_print_job", id=job.id, printer=printer, at=micros(at))

    def keep_print(self, job: PrintRow, at: datetime) -> None:
        self._rows.run("keep_print_job", id=job.id, state=job.state, fence=job.fence, note=job.note, at=micros(at))

    # Answers

    def keep_answer(self, ticket: Ticket, form: str, sealed: str, at: datetime) -> None:
        self._rows.run("keep_answer", ticket=ticket.id, form=form, sealed=sealed, at=micros(at))

    def answers(self, ticket: Ticket) -> dict[str, str]:
        """Sealed answers by form, of those that are filled to the end."""
        return {form: sealed for form, sealed in self._answers(ticket).items() if not form.endswith(ASIDE)}

    def put_aside(self, ticket: Ticket, form: str, sealed: str, at: datetime) -> None:
        """Keep a form that is not filled to the end, until it is, or is forgotten like any other."""
        self.keep_answer(ticket, form + ASIDE, sealed, at)

    def unfinished(self, ticket: Ticket, form: str) -> str:
        """Sealed answers of a form that was put aside; empty where there is none."""
        return self._answers(ticket).get(form + ASIDE, "")

    def take_up(self, ticket: Ticket, form: str) -> None:
        """A form that was put aside is filled now."""
        self._rows.run("forget_answer", ticket=ticket.id, form=form + ASIDE)

    def _answers(self, ticket: Ticket) -> dict[str, str]:
        return {row["form"]: row["sealed"] for row in self._rows.all("answers", ticket=ticket.id)}

    def forget_answers(self, ticket: Ticket) -> None:
        self._rows.run("forget_answers", ticket=ticket.id)

    def forget_old_answers(self, today: date) -> None:
        self._rows.run("forget_old_answers", **self._today(today))

    # Devices and readers

    def devices(self) -> list[DeviceState]:
        return [self._device(row) for row in self._rows.all("devices")]

    def device(self, name: str) -> DeviceState | None:
        row = self._rows.first("device", name=name)
        return self._device(row) if row else None

    def keep_device(self, device: DeviceState) -> None:
        values = asdict(device) | {"at": micros(device.at)}
        self._rows.run("keep_device", **values)

    def bookmark(self, reader: str) -> int | None:
        row = self._rows.first("bookmark", name=reader)
        return int(row["last"]) if row else None

    def turn_page(self, reader: str, last: int) -> None:
        self._rows.run("turn_page", name=reader, last=last)

    # Rows

    def _today(self, day: date) -> dict[str, str]:
        return {"day": day.isoformat()}

    def _range(self, kind: str, serials: range) -> dict[str, Any]:
        return {"kind": kind, "first": serials[0], "last": serials[-1]}

    def _count(self, name: str, column: str, **values: Any) -> int:
        row = self._rows.first(name, **values)
        return int(row[column]) if row else 0

    def _time(self, at: int) -> datetime:
        """The branch's time with its offset fixed, so that differences hold through a change of the clocks.

        (Python subtracts two times of one time zone as the clock on the wall shows them.)
        """
        return (EPOCH + timedelta(microseconds=at)).astimezone(self._offset(at))

    def _offset(self, at: int) -> timezone:
        quarter = at // QUARTER
        if quarter not in self._offsets:
            local = (EPOCH + timedelta(microseconds=at)).astimezone(self._zone)
            self._offsets[quarter] = timezone(local.utcoffset() or timedelta())
        return self._offsets[quarter]

    def _maybe_time(self, at: int | None) -> datetime | None:
        return None if at is None else self._time(at)

    def _micros(self, at: datetime | None) -> int | None:
        return None if at is None else micros(at)

    def _maybe(self, row: Any) -> Ticket | None:
        return None if row is None else self._ticket(row)

    def _ticket(self, row: Any) -> Ticket:
        taken_at = self._time(row["taken_at"])
        return Ticket(
            id=row["id"],
            number=row["number"],
            service=row["service"],
            queue=row["queue"],
            segment=row["segment"],
            state=row["state"],
            step=row["step"],
            token=row["token"],
            taken_at=taken_at,
            arrived_at=taken_at if row["arrived_at"] == row["taken_at"] else self._time(row["arrived_at"]),
            returned_at=self._maybe_time(row["returned_at"]),
            called_at=self._maybe_time(row["called_at"]),
            counter=row["counter"],
            calls=row["calls"],
            misses=row["misses"],
            ready=bool(row["ready"]),
            set_back=row["set_back"],
            why=reason.read(row["why"]),
            config=row["config"],
            day=row["day"],
            moves=row["moves"],
            booked_for=self._maybe_time(row["booked_for"]),
            ended_at=self._maybe_time(row["ended_at"]),
        )

    def _event(self, row: Any) -> journal.Event:
        return journal.Event(
            row["branch"],
            row["id"],
            row["at"],
            row["what"],
            row["ticket"],
            row["counter"],
            row["who"],
            row["config"],
            row["detail"],
        )

    def _call(self, row: Any) -> CallRow:
        return CallRow(row["id"], row["number"], row["counter"], self._time(row["at"]), row["what"] == "recalled")

    def _review(self, row: Any) -> ReviewRow:
        return ReviewRow(
            id=row["id"],
            ticket_id=row["ticket"],
            number=row["number"],
            maker=row["maker"],
            counter=row["counter"],
            handed_at=self._time(row["handed_at"]),
            reviewer=row["reviewer"],
            begun_at=self._maybe_time(row["begun_at"]),
            ended_at=self._maybe_time(row["ended_at"]),
            outcome=row["outcome"],
            reason=row["reason"],
        )

    def _counter(self, row: Any) -> CounterRow:
        return CounterRow(row["number"], row["state"], row["teller"], self._time(row["since"]))

    def _device(self, row: Any) -> DeviceState:
        at = self._time(row["at"])
        return DeviceState(row["name"], row["kind"], row["state"], row["sentence"], row["face"], at)

    def _print(self, row: Any) -> PrintRow:
        return PrintRow(
            row["id"],
            row["printer"],
            row["ticket"],
            row["copy"],
            json.loads(row["slip"]),
            row["state"],
            row["fence"],
            row["note"],
        )
