"""The pages of the memory that keep the branch's files: each version, its life, and which one is in use."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from lobbyline.lobby.store.pages.page import Pages, micros

if TYPE_CHECKING:
    from lobbyline.lobby.store.rows import Rows


@dataclass(frozen=True)
class StageRow:
    """A step in the life of a version of the files."""

    version: str
    stage: str
    author: str
    reason: str
    at: datetime


@dataclass(frozen=True)
class Applied:
    """The version in use, and the step that put it there: the same version may be applied again."""

    step: int
    version: str


@dataclass(frozen=True)
class Needed:
    """What tickets that have not ended stand on."""

    services: frozenset[str]
    queues: frozenset[str]
    segments: frozenset[str]


class VersionBook(Pages):
    """A part of `Book`, within the same section or reading."""

    @classmethod
    def of(cls, rows: Rows) -> VersionBook:
        """These pages alone, before it is known what zone the branch is in."""
        return cls(rows, ZoneInfo("UTC"))

    def files(self, version: str) -> dict[str, str] | None:
        """The files of a version, or None when it was never kept."""
        row = self._rows.first("version", hash=version)
        return json.loads(row["files"]) if row else None

    def add(self, version: str, files: dict[str, str], at: datetime) -> None:
        text = json.dumps(files, ensure_ascii=False, sort_keys=True)
        self._rows.run("add_version", hash=version, files=text, at=micros(at))

    def add_stage(self, version: str, stage: str, author: str, reason: str, at: datetime) -> None:
        values = {"hash": version, "stage": stage, "author": author, "reason": reason, "at": micros(at)}
        self._rows.run("add_version_stage", **values)

    def stages(self) -> list[StageRow]:
        rows = self._rows.all("version_stages")
        return [
            StageRow(row["hash"], row["stage"], row["author"], row["reason"], self._time(row["at"])) for row in rows
        ]

    def in_use(self) -> Applied | None:
        """The version that was applied last; None while nobody has applied any."""
        row = self._rows.first("standing")
        return Applied(row["step"], row["version"]) if row and row["step"] else None

    def kept(self) -> list[str]:
        """Every version, the newest first."""
        return [row["hash"] for row in self._rows.all("versions_kept")]

    def branches(self) -> list[str]:
        """The other branches whose versions are here."""
        return [row["branch"] for row in self._rows.all("branches_kept")]

    def needed(self, day: date) -> Needed:
        """What may not vanish from the files while these tickets live."""
        rows = self._rows.all("still_needed", **self._on(day))
        services, queues, segments = (frozenset(row[name] for row in rows) for name in ("service", "queue", "segment"))
        return Needed(services, queues, segments)
