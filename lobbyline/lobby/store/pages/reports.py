"""The pages of the memory that reports are reckoned from: rows become visits and moments of tickets and counters."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any, NamedTuple

from lobbyline.lobby.store.pages.page import Pages, micros
from lobbyline.lobby.ticket import Ticket

MINUTE = 60e6  # microseconds


class Visit(NamedTuple):
    """One visit as figures need it; lengths in minutes, None where it never came so far.

    Past days are written down with these fields, in this order: a schema that changes them empties `past_day`.
    """

    day: str
    number: str
    service: str
    queue: str
    segment: str
    state: str
    hour: int  # of the arrival, at the branch
    counter: int | None  # where it was done
    told: float | None  # the wait that was expected when the number was drawn
    wait: float | None  # from arrival to the first call
    served: float | None  # from the last call to the end of a visit that was done
    steps: Sequence[float | None]  # called to greeted, then each of the five steps
    filled: bool  # the form was ready before the first call
    lost: float | None  # minutes waited before a counter sent him to the right line
    referred: bool
    review: float | None  # from hand-in to the reviewer's last word
    sent_back: int
    misses: int
    moves: int
    rating: int


@dataclass(frozen=True)
class Moment:
    """Something happened: to a ticket, or to a counter; or (without either) somebody was shown to a machine."""

    at: datetime
    what: str
    counter: int | None
    ticket: int | None
    service: str
    queue: str


@dataclass(frozen=True)
class Progress:
    """How far a day has come; where nothing is open any more, a day of which this stays the same stays the same."""

    drawn: int = 0
    ended: int = 0
    rated: int = 0

    @property
    def over(self) -> bool:
        return self.drawn == self.ended


NOTHING = Progress()
Minutes = Mapping[str, tuple[float, float, float, float]]  # of each counter


@dataclass(frozen=True)
class PastDay:
    """A day as it was reckoned when it had come so far."""

    progress: Progress
    visits: Sequence[Visit]
    used: Minutes
    diverted: int


class ReportBook(Pages):
    """One branch's past within one reading."""

    def progress(self, first: date, last: date) -> dict[date, Progress]:
        """How far each of some days has come on which somebody drew a number."""
        rows = self._rows.all("progress_between", **self._days(first, last))
        return {date.fromisoformat(row["day"]): Progress(row["drawn"], row["ended"], row["rated"]) for row in rows}

    def kept(self, first: date, last: date) -> dict[date, PastDay]:
        """Those of some days that were reckoned once, as they were then."""
        return {
            date.fromisoformat(row["day"]): _past_day(row)
            for row in self._rows.all("past_days", **self._days(first, last))
        }

    def kept_so_far(self) -> dict[date, Progress]:
        """How far every day had come that was reckoned."""
        return {date.fromisoformat(row["day"]): _reckoned(row) for row in self._rows.all("past_days_marked")}

    def keep(self, day: date, past: PastDay) -> None:
        """Write down what a day was like."""
        self._rows.run(
            "keep_past_day",
            **self._on(day),
            drawn=past.progress.drawn,
            rated=past.progress.rated,
            visits=json.dumps(past.visits, ensure_ascii=False),
            used=json.dumps(past.used),
            diverted=past.diverted,
        )

    def visits(self, first: date, last: date) -> list[Visit]:
        """Every visit of some days, by arrival."""
        return [self._visit(row) for row in self._rows.all("visits_between", **self._days(first, last), version="")]

    def visits_under(self, version: str, most: int) -> list[Visit]:
        """The visits whose numbers were drawn under one version of the files, of the latest days that it had."""
        days = [row["day"] for row in self._rows.all("days_under", version=version, most=most)]
        if not days:
            return []
        rows = self._rows.all("visits_between", first=days[-1], last=days[0], version=version)
        return [self._visit(row) for row in rows]

    def moments(self, since: datetime, until: datetime) -> list[Moment]:
        """What happened to tickets and counters, in its order."""
        days = self._days(since.date(), until.date())
        rows = self._rows.all("moments_between", since=micros(since), until=micros(until), **days)
        return [self._moment(row) for row in rows]

    def calls_before(self, ticket: Ticket, until: datetime) -> list[dict[str, Any]]:
        """The calls of numbers that came later on a ticket's day, as events with whose they were."""
        values = {"day": ticket.day, "arrived": micros(ticket.arrived_at), "until": micros(until)}
        return [
            json.loads(row["detail"])
            | {
                "at": self._time(row["at"]).isoformat(),
                "counter": row["counter"],
                "number": row["number"],
                "arrived_at": self._time(row["arrived_at"]),
            }
            for row in self._rows.all("calls_before", **values)
        ]

    def _moment(self, row: Any) -> Moment:
        service, queue, line = row["service"] or "", row["queue"] or "", row["line"]
        if line:
            told = json.loads(line)
            service, queue = told.get("service", service), told.get("queue", queue)
        return Moment(self._time(row["at"]), row["what"], row["counter"], row["ticket"], service, queue)

    def _visit(self, row: Any) -> Visit:
        arrived, called, ended = row["arrived_at"], row["last_called"], row["ended_at"]
        first = row["first_called"]
        moments = (called, row["greeted"], row["asked"], row["operated"], row["confirmed"], ended)
        return Visit(
            day=row["day"],
            number=row["number"],
            service=row["service"],
            queue=row["queue"],
            segment=row["segment"],
            state=row["state"],
            hour=self._time(arrived).hour,
            counter=row["counter"],
            told=row["told"],
            wait=minutes(arrived, first),
            served=minutes(called, ended) if row["state"] == "done" else None,
            steps=tuple(minutes(start, end) for start, end in pairwise(moments)),
            filled=row["filled"] is not None and (first is None or row["filled"] <= first),
            lost=minutes(arrived, row["sent_on"]),
            referred=row["referred"] is not None,
            review=minutes(row["handed_in"], row["reviewed"]),
            sent_back=row["sent_back"] or 0,
            misses=row["misses"],
            moves=row["moves"],
            rating=row["level"] or 0,
        )


def _past_day(row: Any) -> PastDay:
    visits = [Visit(*visit) for visit in json.loads(row["visits"])]
    return PastDay(_reckoned(row), visits, json.loads(row["used"]), row["diverted"])


def _reckoned(row: Any) -> Progress:
    """Only days that were over are kept."""
    return Progress(row["drawn"], row["drawn"], row["rated"])


def minutes(start: int | None, end: int | None) -> float | None:
    """The minutes between two moments; None when one of them never came, or the clock was set back between."""
    return (end - start) / MINUTE if start is not None and end is not None and end >= start else None
