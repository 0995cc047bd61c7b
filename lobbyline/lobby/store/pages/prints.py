"""The outbox of paper: jobs committed with their ticket and printed after it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from lobbyline.lobby.store.pages.page import Pages, micros
from lobbyline.lobby.ticket import Ticket


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


class PrintPages(Pages):
    """One paper a row."""

    def add_print(self, printer: str, ticket: Ticket, copy: int, slip: dict[str, Any], at: datetime) -> None:
        self._rows.run(
            "add_print_job",
            printer=printer,
            ticket=ticket.id,
            copy=copy,
            slip=json.dumps(slip, ensure_ascii=False),
            at=micros(at),
        )

    def prints(self, printer: str, state: str, most: int = 1000) -> list[PrintRow]:
        rows = self._rows.all("print_jobs", printer=printer, state=state, most=most)
        return [self._print(row) for row in rows]

    def prints_waiting(self) -> dict[str, int]:
        """How many papers each printer has not begun."""
        return {row["printer"]: row["papers"] for row in self._rows.all("prints_waiting")}

    def prints_of(self, ticket: Ticket) -> list[PrintRow]:
        """The papers of a ticket, newest copy first."""
        return [self._print(row) for row in self._rows.all("print_jobs_of_ticket", ticket=ticket.id)]

    def prints_counted(self, day: date) -> dict[str, dict[str, int]]:
        """How the papers of a day ended: printer, state, number."""
        counted: dict[str, dict[str, int]] = {}
        for row in self._rows.all("prints_counted", **self._on(day)):
            counted.setdefault(row["printer"], {})[row["state"]] = row["papers"]
        return counted

    def doubtful_prints(self, day: date) -> list[tuple[str, datetime]]:
        rows = self._rows.all("doubtful_prints", **self._on(day))
        return [(row["number"], self._time(row["at"])) for row in rows]

    def move_print(self, job: PrintRow, printer: str, at: datetime) -> None:
        self._rows.run("move_print_job", id=job.id, printer=printer, at=micros(at))

    def keep_print(self, job: PrintRow, at: datetime) -> None:
        self._rows.run("keep_print_job", id=job.id, state=job.state, fence=job.fence, note=job.note, at=micros(at))

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
