"""The store in the lobby's own words: rows become tickets, events, jobs, and back. Nothing here decides."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from lobbyline.lobby import journal
from lobbyline.lobby.errors import Refusal
from lobbyline.lobby.ticket import Ticket

if TYPE_CHECKING:
    from lobbyline.lobby.store.store import Rows

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LAST_NUMBER = 9999  # of a line in a day
PAGE = 1000  # events read at a time when the chain is verified


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
class CallRow:
    """A call as the hall hears it."""

    id: int
    number: str
    counter: int
    at: datetime
    again: bool


def micros(at: datetime) -> int:
    """Microseconds since 1970 UTC."""
    return (at - EPOCH) // timedelta(microseconds=1)


class Book:
    """One branch's pages within one section or reading."""

    def __init__(self, rows: Rows, branch: str, zone: ZoneInfo, config: str) -> None:
        self._rows, self._branch, self._zone, self._config = rows, branch, zone, config

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

    def add_ticket(
        self, number: str, service: str, queue: str, segment: str, token: str, at: datetime, day: date, promise: int
    ) -> Ticket:
        row = self._rows.first(
            "add_ticket",
            **self._today(day),
            number=number,
            service=service,
            queue=queue,
            segment=segment,
            token=token,
            taken_at=micros(at),
            arrived_at=micros(at),
            promise=promise,
            config=self._config,
        )
        return self._ticket(row)

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
            returned_at=self._micros(ticket.returned_at),
            called_at=self._micros(ticket.called_at),
            counter=ticket.counter,
            calls=ticket.calls,
            misses=ticket.misses,
            ready=ticket.ready,
            why=ticket.why,
        )

    def keep_ready(self, ticket: Ticket, *, ready: bool) -> None:
        """Whether the customer's forms are complete; touches nothing else, since a teller may just be calling."""
        self._rows.run("keep_ready", id=ticket.id, ready=ready)

    def count_overtaken(self, by: Ticket, queues: list[str]) -> None:
        """Everyone who came before `by` and waits in one of `queues` was passed once more."""
        self._rows.run(
            "count_overtaken",
            branch=self._branch,
            day=by.day,
            arrived_at=micros(by.arrived_at),
            id=by.id,
            queues=json.dumps(queues),
        )

    def ticket(self, id: int) -> Ticket:
        return self._ticket(self._rows.first("ticket", id=id))

    def by_number(self, number: str, day: date) -> Ticket | None:
        return self._maybe(self._rows.first("ticket_by_number", **self._today(day), number=number))

    def by_token(self, token: str, day: date) -> Ticket | None:
        return self._maybe(self._rows.first("ticket_by_token", **self._today(day), token=token))

    def waiting(self, day: date) -> list[Ticket]:
        """Today's waiting tickets by arrival."""
        return [self._ticket(row) for row in self._rows.all("tickets_waiting", **self._today(day))]

    def at_counters(self) -> dict[int, Ticket]:
        """Who is called or served, by counter."""
        tickets = [self._ticket(row) for row in self._rows.all("tickets_at_counters", branch=self._branch)]
        return {ticket.counter: ticket for ticket in tickets if ticket.counter is not None}

    def at_counter(self, counter: int) -> Ticket | None:
        return self._maybe(self._rows.first("ticket_at_counter", branch=self._branch, counter=counter))

    def taken_today(self, service: str, day: date) -> int:
        row = self._rows.first("taken_today", **self._today(day), service=service)
        return int(row["taken"]) if row else 0

    # Events

    def note(
        self,
        what: str,
        at: datetime,
        who: str,
        ticket: Ticket | None = None,
        counter: int | None = None,
        **detail: object,
    ) -> None:
        """Append what happened to the chain."""
        last = self._rows.first("last_event", branch=self._branch)
        event = journal.Event(
            branch=self._branch,
            id=(last["id"] if last else 0) + 1,
            at=micros(at),
            what=what,
            ticket=ticket.id if ticket else None,
            counter=counter,
            who=who,
            config=self._config,
            detail=json.dumps(detail, ensure_ascii=False, sort_keys=True),
        )
        self._rows.run("add_event", **asdict(event), hash=event.chained(last["hash"] if last else journal.GENESIS))

    def chain(self) -> Iterator[tuple[journal.Event, str]]:
        """Every event with the hash that was written, oldest first."""
        after = 0
        while rows := self._rows.all("events", branch=self._branch, after=after, most=PAGE):
            for row in rows:
                yield self._event(row), row["hash"]
            after = rows[-1]["id"]

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
        return [self._call(row) for row in self._rows.all("calls_since", branch=self._branch, after=id)]

    def newest_calls(self, since: datetime, most: int) -> list[CallRow]:
        rows = self._rows.all("newest_calls", branch=self._branch, since=micros(since), most=most)
        return [self._call(row) for row in rows]

    def help_since(self, since: datetime) -> list[datetime]:
        rows = self._rows.all("help_since", branch=self._branch, since=micros(since))
        return [self._time(row["at"]) for row in rows]

    # Counters and controls

    def counter(self, number: int) -> CounterRow:
        row = self._rows.first("counter", branch=self._branch, number=number)
        return self._counter(row) if row else CounterRow(number)

    def counters(self) -> dict[int, CounterRow]:
        return {row["number"]: self._counter(row) for row in self._rows.all("counters", branch=self._branch)}

    def keep_counter(self, counter: CounterRow) -> None:
        self._rows.run(
            "keep_counter",
            branch=self._branch,
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
        row = self._rows.first("request", branch=self._branch, key=key)
        return (row["what"], json.loads(row["answer"])) if row else None

    def keep_request(self, key: str, what: str, answer: dict[str, Any], at: datetime) -> None:
        told = json.dumps(answer, ensure_ascii=False)
        self._rows.run("keep_request", branch=self._branch, key=key, at=micros(at), what=what, answer=told)

    # Paper

    def add_print(self, printer: str, ticket: Ticket, copy: int, slip: dict[str, Any], at: datetime) -> PrintRow:
        row = self._rows.first(
            "add_print_job",
            branch=self._branch,
            printer=printer,
            ticket=ticket.id,
            copy=copy,
            slip=json.dumps(slip, ensure_ascii=False),
            at=micros(at),
        )
        return self._print(row)

    def prints(self, printer: str, state: str, most: int = 1000) -> list[PrintRow]:
        rows = self._rows.all("print_jobs", branch=self._branch, printer=printer, state=state, most=most)
        return [self._print(row) for row in rows]

    def prints_of(self, ticket: Ticket) -> list[PrintRow]:
        """The papers of a ticket, newest copy first."""
        return [self._print(row) for row in self._rows.all("print_jobs_of_ticket", ticket=ticket.id)]

    def doubtful_prints(self, day: date) -> list[tuple[str, datetime]]:
        rows = self._rows.all("doubtful_prints", **self._today(day))
        return [(row["number"], self._time(row["at"])) for row in rows]

    def keep_print(self, job: PrintRow, at: datetime) -> None:
        self._rows.run("keep_print_job", id=job.id, state=job.state, fence=job.fence, note=job.note, at=micros(at))

    # Answers

    def keep_answer(self, ticket: Ticket, form: str, sealed: str, at: datetime) -> None:
        self._rows.run("keep_answer", ticket=ticket.id, form=form, sealed=sealed, at=micros(at))

    def answers(self, ticket: Ticket) -> dict[str, str]:
        """Sealed answers by form."""
        return {row["form"]: row["sealed"] for row in self._rows.all("answers", ticket=ticket.id)}

    def forget_answers(self, ticket: Ticket) -> None:
        self._rows.run("forget_answers", ticket=ticket.id)

    def forget_old_answers(self, today: date) -> None:
        self._rows.run("forget_old_answers", **self._today(today))

    # Devices and readers

    def devices(self) -> list[DeviceState]:
        return [self._device(row) for row in self._rows.all("devices", branch=self._branch)]

    def device(self, name: str) -> DeviceState | None:
        row = self._rows.first("device", branch=self._branch, name=name)
        return self._device(row) if row else None

    def keep_device(self, device: DeviceState) -> None:
        values = asdict(device) | {"at": micros(device.at)}
        self._rows.run("keep_device", branch=self._branch, **values)

    def bookmark(self, reader: str) -> int | None:
        row = self._rows.first("bookmark", branch=self._branch, name=reader)
        return int(row["last"]) if row else None

    def turn_page(self, reader: str, last: int) -> None:
        self._rows.run("turn_page", branch=self._branch, name=reader, last=last)

    # Rows

    def _today(self, day: date) -> dict[str, str]:
        return {"branch": self._branch, "day": day.isoformat()}

    def _time(self, at: int) -> datetime:
        return (EPOCH + timedelta(microseconds=at)).astimezone(self._zone)

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
            overtaken=row["overtaken"],
            promise=row["promise"],
            why=row["why"],
            config=row["config"],
            day=row["day"],
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
