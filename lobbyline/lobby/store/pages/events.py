"""What happened, append-only and chained by hash, and what is read from it: calls, cries for help."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lobbyline.lobby import journal
from lobbyline.lobby.store.pages.page import Pages, micros, written
from lobbyline.lobby.ticket import Ticket

PAGE = 1000  # events read at a time when the chain is verified


@dataclass(frozen=True)
class CallRow:
    """A call as the hall hears it."""

    id: int
    number: str
    counter: int
    at: datetime
    again: bool


class EventPages(Pages):
    """The chain of events."""

    config = ""  # the version of the files that things happen under
    _where = ""  # the program in which they do
    _last: tuple[int, str] | None = None  # the newest event, once it was asked for

    def mark(self) -> int:
        """The newest event's id: while it stays, so does the line."""
        return self._newest()[0]

    def newest_at(self) -> datetime | None:
        """When the newest event was; None before the first."""
        row = self._rows.first("standing")
        return self._maybe_time(row["at"]) if row else None

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
            detail=written(detail),
        )
        chained = event.chained(previous)
        self._rows.run("add_event", **vars(event), hash=chained)
        self._last = (event.id, chained)

    def _newest(self) -> tuple[int, str]:
        if self._last is None:
            row = self._rows.first("standing")
            self._last = (row["id"], row["hash"]) if row and row["id"] else (0, journal.GENESIS)
        return self._last

    def chain(self) -> Iterator[tuple[journal.Event, str]]:
        """Every event with the hash that was written, oldest first."""
        after = 0
        while rows := self._rows.all("events", after=after, most=PAGE):
            for row in rows:
                yield self._event(row), row["hash"]
            after = rows[-1]["id"]

    def moment(self, event: journal.Event) -> datetime:
        """When an event was, in the branch's own time."""
        return self._time(event.at)

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
        rows = self._rows.all("latest_calls", most=most)
        return [bool(json.loads(row["detail"]).get("privileged")) for row in rows]

    def help_presses(self, since: datetime) -> list[tuple[int, datetime]]:
        """Every press of the help button since then, with its event."""
        rows = self._rows.all("help_since", since=micros(since))
        return [(row["id"], self._time(row["at"])) for row in rows]

    def newest_calls(self, since: datetime, most: int) -> list[CallRow]:
        rows = self._rows.all("newest_calls", since=micros(since), most=most)
        return [self._call(row) for row in rows]

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
