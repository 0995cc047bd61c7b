"""The files of a branch have a life: draft, trial, frozen. Each version keeps its files, its author and the reason.

First hold to a rule, then improve it, then freeze it: a version is tried out in the lobby, its figures are compared
with those of the version before, and then it is frozen or the former files come back. What a program runs under
without having been told is kept as a draft, so that every ticket's version can be looked up.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from statistics import fmean, quantiles
from typing import TYPE_CHECKING

from lobbyline.lobby.errors import Refusal
from lobbyline.lobby.store.book import Book, StageRow, VisitRow

if TYPE_CHECKING:
    from lobbyline.lobby.lobby import Lobby

# From which stages a version may come to which; "back" is a return to kept files.
STAGES: dict[str, tuple[str, ...]] = {
    "draft": ("",),
    "trial": ("draft", "back"),
    "frozen": ("trial",),
    "back": ("draft", "trial", "frozen", "back"),
}
LEAST_OF_TEN = 10  # visits; a ninetieth percentile of fewer says nothing


@dataclass(frozen=True)
class Version:
    """A version with its newest stage and everything that led there."""

    version: str
    stage: str
    life: list[StageRow]
    in_use: bool


@dataclass(frozen=True)
class Figures:
    """What the visits under one version were like; minutes, and shares of 1."""

    version: str
    tickets: int
    served: int
    wait_mean: float
    wait_p90: float
    over_10: float
    over_20: float
    over_30: float
    counter_mean: float
    missed: float
    abandoned: float
    moved: float


class Versions:
    """The versions of one branch's files."""

    def __init__(self, lobby: Lobby) -> None:
        self._lobby = lobby
        self._kept = False

    def all(self) -> list[Version]:
        """Every version that was ever kept, oldest first."""
        with self._lobby.read() as book:
            rows = book.version_stages()
        return [self._version(version, rows) for version in dict.fromkeys(row.version for row in rows)]

    def find(self, version: str) -> Version:
        """A version by its first digits, or "now" for the files that are in use."""
        wanted = self._lobby.setup.version if version == "now" else version
        known = [one for one in self.all() if one.version.startswith(wanted)]
        if len(known) != 1:
            with self._lobby.speaking():
                raise Refusal("unknown_version", version=version, known=", ".join(one.version for one in self.all()))
        return known[0]

    def keep(self, at: datetime, author: str, reason: str) -> Version:
        """Keep the files as they are now, as a draft."""
        with self._lobby.write() as book:
            self._must_say(author, reason)
            self._keep_now(book, at, author, reason)
        return self.find("now")

    def advance(self, version: str, stage: str, author: str, reason: str, at: datetime) -> Version:
        """A draft to trial, a trial to frozen; under a name and with a reason."""
        found = self.find(version)
        with self._lobby.write() as book:
            self._must_say(author, reason)
            if found.stage not in STAGES[stage]:
                raise Refusal("wrong_stage", version=found.version, stage=found.stage, wanted=stage)
            self._note(book, found.version, stage, author, reason, at)
        return self.find(found.version)

    def roll_back(self, version: str, author: str, reason: str, at: datetime) -> list[Path]:
        """Put the kept files of a version back into the branch's folder; programs read them at their next start.

        The files that are there now are kept as a version first.
        """
        found = self.find(version)
        with self._lobby.write() as book:
            self._must_say(author, reason)
            files = book.version_files(found.version) or {}
            self._keep_now(book, at, author, f"before going back to {found.version}")
            self._note(book, found.version, "back", author, reason, at)
        return lay_down(self._lobby.setup.folder, files)

    def compare(self, one: str, other: str) -> tuple[Figures, Figures]:
        """The figures of two versions, side by side."""
        first, second = self.find(one).version, self.find(other).version
        with self._lobby.read() as book:
            return figures(first, book.visits_under(first)), figures(second, book.visits_under(second))

    def remember(self, book: Book, at: datetime) -> None:
        """Keep what this program runs under, at its first ticket; costs nothing after that."""
        if not self._kept and book.version_files(self._lobby.setup.version) is None:
            self._keep_now(book, at, self._lobby.where or "program", "in use without having been kept")

    def remembered(self) -> None:
        """The transaction that kept the files was committed."""
        self._kept = True

    def _keep_now(self, book: Book, at: datetime, author: str, reason: str) -> None:
        version = self._lobby.setup.version
        if book.version_files(version) is None:
            book.add_version(version, dict(self._lobby.setup.files), at)
            self._note(book, version, "draft", author, reason, at)

    def _note(self, book: Book, version: str, stage: str, author: str, reason: str, at: datetime) -> None:
        book.add_version_stage(version, stage, author, reason, at)
        book.note("version", at, author, version=version, stage=stage, reason=reason)

    def _must_say(self, author: str, reason: str) -> None:
        if not author.strip() or not reason.strip():
            raise Refusal("author_missing")

    def _version(self, version: str, rows: list[StageRow]) -> Version:
        life = [row for row in rows if row.version == version]
        return Version(version, life[-1].stage, life, version == self._lobby.setup.version)


def lay_down(folder: Path, files: dict[str, str]) -> list[Path]:
    """Write the branch's own files of a version; files it did not have are set aside, not deleted."""
    own = {name: text for name, text in files.items() if not name.startswith("assets/")}
    written = []
    for file in sorted(folder.rglob("*.toml")):
        if file.relative_to(folder).as_posix() not in own:
            file.replace(file.with_suffix(".toml.aside"))
    for name, text in own.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.write_bytes(text.encode())
        draft.replace(path)
        written.append(path)
    return written


def figures(version: str, visits: list[VisitRow]) -> Figures:
    """A version's visits in figures."""
    waits = [_minutes(visit.arrived_at, visit.first_called) for visit in visits if visit.first_called]
    done = [visit for visit in visits if visit.state == "done"]
    at_counter = [_minutes(visit.last_called, visit.ended_at) for visit in done if visit.last_called]
    p90 = quantiles(waits, n=10)[-1] if len(waits) >= LEAST_OF_TEN else max(waits, default=0.0)
    return Figures(
        version=version,
        tickets=len(visits),
        served=len(done),
        wait_mean=fmean(waits) if waits else 0.0,
        wait_p90=p90,
        over_10=_share([wait > 10 for wait in waits]),
        over_20=_share([wait > 20 for wait in waits]),
        over_30=_share([wait > 30 for wait in waits]),
        counter_mean=fmean(at_counter) if at_counter else 0.0,
        missed=_share([visit.misses > 0 for visit in visits]),
        abandoned=_share([visit.state == "abandoned" for visit in visits]),
        moved=_share([visit.moves > 0 for visit in visits]),
    )


def _minutes(start: datetime | None, end: datetime | None) -> float:
    return max(0.0, (end - start).total_seconds() / 60) if start and end else 0.0


def _share(holds: list[bool]) -> float:
    return sum(holds) / len(holds) if holds else 0.0
