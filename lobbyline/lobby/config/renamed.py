"""Keys that were renamed: the old name is still understood, and told as a note until the file says the new one.

Words that are no more said are passed over with a note. Each stands with its date in docs/config-changes.md too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lobbyline.lobby.config.toml import Table
from lobbyline.lobby.errors import Mistake


@dataclass(frozen=True)
class Renamed:
    """One key of a table that has another name since a day."""

    since: date
    file: str
    table: str
    old: str
    new: str


@dataclass(frozen=True)
class Unsaid:
    """Words of a section that nothing says since a day, and where what they said is written now."""

    since: date
    table: str
    keys: tuple[str, ...]
    now: str


RENAMED = (Renamed(date(2026, 11, 25), "branch.toml", "rules", "held", "holds"),)
DAYS = (
    "date",
    "today",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
    *(f"month_{number}" for number in range(1, 13)),
)
UNSAID = (
    Unsaid(date(2026, 11, 26), "kiosk", ("today", "months", "weekdays"), "[calendar]"),
    Unsaid(date(2026, 11, 26), "screen", DAYS, "[calendar]"),
)


def brought_up(table: Table) -> tuple[Table, list[Mistake]]:
    """The file with today's names, and a note for every old one; where both stand, the old one is left as a mistake."""
    return _unsaid(table) if table.file.parent.name == "words" else _renamed(table)


def _unsaid(table: Table) -> tuple[Table, list[Mistake]]:
    data, notes = dict(table.data), []
    for change in UNSAID:
        section = data.get(change.table)
        if not isinstance(section, dict):
            continue
        data[change.table] = {key: word for key, word in section.items() if key not in change.keys}
        sentence = f"is not said since {change.since}: {change.now} has it"
        notes += [table.mistake((change.table, key), f"{key} {sentence}") for key in section if key in change.keys]
    return (Table(table.file, data, table.text), notes) if notes else (table, [])


def _renamed(table: Table) -> tuple[Table, list[Mistake]]:
    data, notes = dict(table.data), []
    for change in RENAMED:
        section = data.get(change.table)
        if change.file != table.file.name or not isinstance(section, dict):
            continue
        if change.old in section and change.new not in section:
            data[change.table] = {change.new if key == change.old else key: section[key] for key in section}
            notes.append(table.mistake((change.table, change.old), _note(change)))
    return (Table(table.file, data, table.text), notes) if notes else (table, [])


def _note(change: Renamed) -> str:
    return f"{change.old} is called {change.new} since {change.since}: the old name is still understood"
