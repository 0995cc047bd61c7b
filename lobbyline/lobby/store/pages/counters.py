"""Counters as they stand, the controls that were done at them, and what was answered to a key."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lobbyline.lobby.store.pages.page import EPOCH, Pages, micros, written
from lobbyline.lobby.ticket import Ticket


@dataclass(frozen=True)
class CounterRow:
    """A counter as it stands: closed, open or paused, by whom, since when."""

    number: int
    state: str = "closed"
    teller: str = ""
    since: datetime = EPOCH


class CounterPages(Pages):
    """What tellers do, apart from the tickets themselves."""

    _counters: dict[int, CounterRow] | None = None  # as they stand, once they were asked for

    def counter(self, number: int) -> CounterRow:
        """A counter as it stands."""
        return self.counters().get(number, CounterRow(number))

    def counters(self) -> dict[int, CounterRow]:
        """Every counter that was ever opened; asked for by every event, so remembered."""
        if self._counters is None:
            self._counters = {row["number"]: self._counter(row) for row in self._rows.all("counters")}
        return self._counters

    def keep_counter(self, counter: CounterRow) -> None:
        self._counters = self.counters() | {counter.number: counter}
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

    def request(self, key: str) -> tuple[str, dict[str, Any]] | None:
        """What was asked under a key and what was answered."""
        row = self._rows.first("request", key=key)
        return (row["what"], json.loads(row["answer"])) if row else None

    def keep_request(self, key: str, what: str, answer: dict[str, Any], at: datetime) -> None:
        self._rows.run("keep_request", key=key, at=micros(at), what=what, answer=written(answer))

    def request_answered(self, what: str, answer: dict[str, Any]) -> str | None:
        """The key under which something was asked that was answered so."""
        row = self._rows.first("request_answered", what=what, answer=written(answer))
        return str(row["key"]) if row else None

    def sweep_requests(self, before: datetime) -> None:
        """Forget requests that nobody repeats any more."""
        self._rows.run("sweep_requests", before=micros(before))

    def _counter(self, row: Any) -> CounterRow:
        return CounterRow(row["number"], row["state"], row["teller"], self._time(row["since"]))
