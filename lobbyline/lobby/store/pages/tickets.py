"""The tickets of a branch: drawn, moved through their life, found again."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from lobbyline.lobby.errors import Refusal
from lobbyline.lobby.rule import reason
from lobbyline.lobby.store.pages.page import Pages, micros
from lobbyline.lobby.store.rows import Row
from lobbyline.lobby.ticket import AT_COUNTER, Ticket

LAST_NUMBER = 9999  # of a line in a day


class LastLook:
    """The tickets that a program saw when it looked last: whoever has not moved since need not be read again."""

    def __init__(self) -> None:
        self._at: dict[str, dict[int, tuple[Row, Ticket]]] = {}

    def again(self, name: str, rows: Sequence[Row], read: Callable[[Row], Ticket]) -> list[Ticket]:
        """The tickets in the rows of a statement, in their order."""
        last, now = self._at.get(name, {}), {}
        for row in rows:
            same = last.get(row["id"])
            now[row["id"]] = same if same and same[0] == row else (row, read(row))
        self._at[name] = now
        return [ticket for _, ticket in now.values()]


class TicketPages(Pages):
    """One customer's number a row."""

    _last_look: LastLook
    _seated: dict[int, Ticket] | None = None  # who is at a counter, once it was asked for

    def draw_number(self, queue: str, day: date, digits: int) -> str:
        """The next free number of a line today: a letter and at least `digits` digits.

        A line that gives more numbers than fit goes on with one digit more; after 9999 it begins again.
        """
        last = self._last_number(queue, day, digits)
        if last < LAST_NUMBER:
            return spelled(queue, last + 1, digits)
        drawn = {row["number"] for row in self._rows.all("numbers_drawn", **self._on(day), queue=queue)}
        free = (spelled(queue, again, digits) for again in range(1, LAST_NUMBER))
        number = next((number for number in free if number not in drawn), None)
        if number is None:
            raise Refusal("numbers_used_up", queue=queue)
        return number

    def _last_number(self, queue: str, day: date, digits: int) -> int:
        """The highest number of a line today, 0 before the first."""
        row = self._rows.first("newest_number", **self._on(day), queue=queue)
        if row is None or row["last"] is None:
            return 0
        number = row["last"].removeprefix(queue)
        if len(number) == digits and int(number) < 10**digits - 1:
            return int(number)
        return self._count("highest_number", "last", **self._on(day), queue=queue)  # there may be longer ones

    def add_ticket(self, new: Ticket) -> Ticket:
        """A ticket that was drawn; it learns its id."""
        id = 1 + self._count("standing", "newest_ticket")
        self._rows.run(
            "add_ticket",
            id=id,
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
        return replace(new, id=id, taken_at=taken_at, arrived_at=arrived_at)

    def keep(self, ticket: Ticket) -> None:
        """Write a ticket down as it is after a move."""
        if self._seated is not None:
            others = {number: other for number, other in self._seated.items() if other.id != ticket.id}
            self._seated = others | ({ticket.counter: ticket} if ticket.counter and ticket.state in AT_COUNTER else {})
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
        self._seated = None
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
        return [self._ticket(row) for row in self._rows.all("tickets_of_day", **self._on(day))]

    def days_before(self, day: date, most: int) -> list[str]:
        """The latest days on which somebody came."""
        return [row["day"] for row in self._rows.all("ticket_days", **self._on(day), most=most)]

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

    def named(self, number_or_token: str, day: date) -> Ticket | None:
        """A day's ticket by its number, however it is typed, or by the token of its QR code."""
        wanted, today = number_or_token.strip(), self._on(day)
        row = self._rows.first("ticket_by_number", **today, number="".join(wanted.split()).upper())
        row = row or self._rows.first("ticket_by_token", **today, token=wanted)
        return self._ticket(row) if row else None

    def waiting(self, day: date) -> list[Ticket]:
        """Today's waiting tickets by arrival."""
        return self._looked("tickets_waiting", **self._on(day))

    def aside(self, state: str, day: date) -> list[Ticket]:
        """Today's tickets that are booked, held, missed or in review."""
        return [self._ticket(row) for row in self._rows.all("tickets_open", **self._on(day), state=state)]

    def left(self, day: date) -> list[Ticket]:
        """What a day and those before it leave unfinished."""
        return [self._ticket(row) for row in self._rows.all("tickets_left", **self._on(day))]

    def outcomes(self, day: date) -> dict[str, int]:
        """How many tickets of a day are in each state."""
        return {row["state"]: row["tickets"] for row in self._rows.all("outcomes", **self._on(day))}

    def calls_counted(self, day: date) -> int:
        """How often anybody was called on a day."""
        return self._count("calls_counted", "calls", **self._on(day))

    def booked_at(self, time: datetime, day: date) -> int:
        return self._count("booked_at", "booked", **self._on(day), booked_for=micros(time))

    def called_since_miss(self, ticket: Ticket) -> int:
        """How many numbers of its line were called since a ticket was missed."""
        return self._count("called_since_miss", "called", day=ticket.day, queue=ticket.queue, ticket=ticket.id)

    def worked_on(self, ticket: Ticket) -> set[str]:
        """Who did something to a ticket at a counter: none of them may be the second person."""
        return {row["who"] for row in self._rows.all("worked_on", ticket=ticket.id)}

    def at_counters(self, day: date) -> dict[int, Ticket]:
        """Who is called or served, by counter; what earlier days left there is nobody's customer any more."""
        today = day.isoformat()
        return {number: ticket for number, ticket in self._at_counters().items() if ticket.day >= today}

    def at_counter(self, counter: int) -> Ticket | None:
        """Who is called or served there, even since an earlier day."""
        return self._at_counters().get(counter)

    def _at_counters(self) -> dict[int, Ticket]:
        if self._seated is None:
            tickets = self._looked("tickets_at_counters")
            self._seated = {ticket.counter: ticket for ticket in tickets if ticket.counter is not None}
        return self._seated

    def taken_today(self, service: str, day: date) -> int:
        return self._count("taken_today", "taken", **self._on(day), service=service)

    def tickets_known(self) -> set[int]:
        """The id of every number that was not erased."""
        return {row["id"] for row in self._rows.all("tickets_known")}

    def _looked(self, name: str, **values: Any) -> list[Ticket]:
        return self._last_look.again(name, self._rows.all(name, **values), self._ticket)

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


def spelled(queue: str, number: int, digits: int) -> str:
    """A number as it is printed: the letter of its line and at least so many digits."""
    return f"{queue}{number:0{digits}d}"
