"""The lobby manager's list: what needs a person is raised once, taken and done by somebody, and gone with its cause.

The rules (`alerts.py`) say what there is now; `look` compares it with the list and writes only what differs.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import TYPE_CHECKING

from lobbyline.lobby.branch import Counter
from lobbyline.lobby.errors import Refusal
from lobbyline.lobby.hall.alerts import COLOURS, Cause, Scene, causes, graver
from lobbyline.lobby.rule.opening import Suggestion, suggestion
from lobbyline.lobby.store.book import Book
from lobbyline.lobby.store.pages.counters import CounterRow
from lobbyline.lobby.store.pages.floor import AlertRow

if TYPE_CHECKING:
    from lobbyline.lobby.lobby import Lobby


@dataclass(frozen=True)
class Changes:
    """How the list differs from what there is."""

    raised: list[Cause]
    kept: list[AlertRow]

    def __bool__(self) -> bool:
        return bool(self.raised or self.kept)


class Lookout:
    """Looks after the hall."""

    def __init__(self, lobby: Lobby) -> None:
        self._lobby = lobby

    def now(self, at: datetime) -> list[Cause]:
        """What there is now, gravest first, whatever the list says."""
        with self._lobby.read() as book:
            return causes(self._scene(book, at))

    def look(self, at: datetime) -> None:
        """Bring the list up to date; nothing is written while nothing changes."""
        with self._lobby.read() as book:
            found = causes(self._scene(book, at))
            if not changes(found, book.floor.alerts_open(), at):
                return
        with self._lobby.write() as book:  # another program may have been quicker
            differing, day = changes(found, book.floor.alerts_open(), at), self._lobby.day(at)
            for row in differing.kept:
                book.floor.keep_alert(row)
            for cause in differing.raised:
                facts = json.dumps(dict(cause.facts), ensure_ascii=False, sort_keys=True)
                book.floor.raise_alert(day, cause.name, cause.kind, cause.level, facts, cause.detail, cause.since, at)

    def listed(self) -> list[AlertRow]:
        """What is raised and not done, gravest first, then newest."""
        with self._lobby.read() as book:
            rows = [row for row in book.floor.alerts_open() if row.done_at is None]
        return sorted(rows, key=lambda row: (COLOURS.index(row.level), row.since), reverse=True)

    def suggestion(self, at: datetime) -> Suggestion | None:
        """The counter that should be opened, or should help, if the forecast says that it is worth it."""
        with self._lobby.read() as book:
            line, rows = self._lobby.line(book, at), self._lobby.counters(book, at)
        if not any(row.state == "open" for row in rows.values()):
            return None  # before the first teller came there is nothing to compare with
        closed = [
            one for one in self._lobby.branch.counters if one not in line.counters and not self._paused(rows, one)
        ]
        return suggestion(line, closed, self._lobby.branch.alerts.opening)

    def take(self, id: int, by: str, at: datetime) -> AlertRow:
        """Somebody goes there; the others see who."""

        def move(row: AlertRow) -> AlertRow:
            if row.taken_by and row.taken_by != by:
                raise Refusal("alert_taken", person=row.taken_by)
            return row if row.taken_at else row.taken(by, at)

        return self._act(id, "alert_taken", by, at, move)

    def done(self, id: int, by: str, at: datetime) -> AlertRow:
        """It was looked after; it comes back only when it becomes graver or begins anew."""
        return self._act(id, "alert_done", by, at, lambda row: row if row.done_at else row.done(by, at))

    def say(self, told: AlertRow | Cause, language: str = "") -> str:
        """The calm sentence of an alert, in the reader's language."""
        language = language or self._lobby.branch.languages[0]
        facts: dict[str, object] = {name: self._named(name, fact, language) for name, fact in told.facts.items()}
        return self._lobby.say("alert", f"{told.kind}_known" if "trouble" in facts else told.kind, facts, language)

    def _paused(self, rows: Mapping[int, CounterRow], counter: Counter) -> bool:
        """A paused counter comes back by itself."""
        return counter.number in rows and rows[counter.number].state == "paused"

    def _named(self, name: str, fact: str | int, language: str) -> str | int:
        """A fact that is a code of the files, by the name that people know it by."""
        branch, code = self._lobby.branch, str(fact)
        if name == "device":
            return self._lobby.devices.shown(code, language)
        if name == "trouble":
            return self._lobby.devices.say(code, language)
        if name == "about" and code in branch.complaints.kinds:
            return branch.complaints.kinds[code].say(language)
        if name == "voucher" and code in branch.vouchers:
            return branch.vouchers[code].name.say(language)
        if name == "holder" and not code:
            return self._lobby.say("voucher", "vault", {}, language)
        if name == "service" and code in branch.services:
            return branch.services[code].name.say(language)
        if name in ("queue", "zone") and code in branch.queues:
            queue = branch.queues[code]
            return (queue.name if name == "queue" else queue.zone).say(language)
        return fact

    def _act(self, id: int, what: str, by: str, at: datetime, move: Callable[[AlertRow], AlertRow]) -> AlertRow:
        """One touch in one transaction; the same touch again changes nothing."""
        with self._lobby.write() as book:
            if not by.strip():
                raise Refusal("person_unknown")
            row = book.floor.alert(id)
            if row is None:
                raise Refusal("unknown_alert")
            moved = move(row)
            if moved != row:
                book.floor.keep_alert(moved)
                book.note(what, at, by, alert=row.name, level=row.level)
        return moved

    def _scene(self, book: Book, at: datetime) -> Scene:
        lobby, day = self._lobby, self._lobby.day(at)
        midnight = datetime.combine(day, time(), lobby.branch.zone)
        line, rows = lobby.line(book, at), lobby.counters(book, at)
        open_now = [one for one in lobby.branch.counters if one.number in rows and rows[one.number].state == "open"]
        free = [one.number for one in open_now if one.number not in line.serving]
        return Scene(
            line=line,
            open_counters=open_now,
            free_since={number: book.floor.last_at(number) or rows[number].since for number in free},
            presses=book.help_presses(midnight),
            complaints=book.floor.complaints(midnight),
            doubtful=book.doubtful_prints(day),
            devices=book.devices(),
            strays=book.floor.strays(day),
            low_ratings=book.floor.low_ratings(day, lobby.branch.alerts.low_rating),
            outcomes=book.outcomes(day),
            counts=book.voucher_counts(day),
            disk_low=bool(lobby.store.reserve_gone()),
        )


def changes(found: Iterable[Cause], listed: Iterable[AlertRow], at: datetime) -> Changes:
    """What is raised anew, and which rows change: gone with their cause, or calmer than they were.

    A cause that became graver is raised again: its row goes and a new one comes.
    """
    rows, raised, kept = {row.name: row for row in listed}, list[Cause](), list[AlertRow]()
    for cause in found:
        row = rows.pop(cause.name, None)
        if row is None:
            raised.append(cause)
        elif graver(cause.level, row.level):
            kept.append(replace(row, gone_at=at))
            raised.append(cause)
        elif (row.level, row.facts, row.detail) != (cause.level, dict(cause.facts), cause.detail):
            kept.append(replace(row, level=cause.level, kind=cause.kind, facts=dict(cause.facts), detail=cause.detail))
    kept += [replace(row, gone_at=at) for row in rows.values()]
    return Changes(raised, kept)
