"""The memory of one branch, whatever engine keeps it: one write section at a time, readings, a notice of changes.

Statements, rules and tests are the same for every engine. An engine gives its write section, its rows, its notice
and its schema; SQLite is the default and needs nothing, PostgreSQL serves a branch on several machines.
"""

from __future__ import annotations

import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TypeVar

from lobbyline.lobby.store.bell import Watch
from lobbyline.lobby.store.rows import Draft, Overtaken, Rows, Tables


class Pace:
    """How many changes this program committed, and the seconds they took with their waiting."""

    def __init__(self) -> None:
        self.changes, self.seconds = 0, 0.0
        self._lock = threading.Lock()

    @contextmanager
    def measured(self) -> Iterator[None]:
        begun = time.monotonic()
        yield
        with self._lock:
            self.changes, self.seconds = self.changes + 1, self.seconds + time.monotonic() - begun


CROWDED_SECONDS = 1.0  # in which nobody tries again to be the only one

T = TypeVar("T")


class Store(ABC):
    """The memory of a branch: `section()` to change it, `reading()` to look. Safe from any thread."""

    def __init__(self, branch: str, where: str) -> None:
        self.branch = branch
        self.where = where  # a path, or an address without its password: as people are told
        self.pace = Pace()
        self._crowded_until = 0.0

    @abstractmethod
    def section(self, seen: object = None) -> AbstractContextManager[Tables]:
        """One durable change of everything or nothing; waits its turn, then lets every program know.

        `seen` is the stamp of what a change was thought out from; `Overtaken` when there was another one since.
        """

    @abstractmethod
    def reading(self) -> AbstractContextManager[Tables]:
        """Look at one moment of the memory, without holding anyone up."""

    def sketching(self) -> AbstractContextManager[Tables]:
        """Look at what a change is thought out from; `OnPaperOnly` when it does not hold still for that long."""
        return self.reading()

    def change(self, work: Callable[[Rows], T]) -> T:
        """One durable change that is thought out beside the line of writers, and only written down in its turn.

        When somebody was quicker, it is thought out again in that turn, and for a while everything is, since there is
        a crowd: `work` may be done twice, and must do nothing but read and write rows.
        """
        draft = self._drafted(work) if time.monotonic() > self._crowded_until else None
        if draft and not draft.written:
            self.must_be_kept()
            return draft.answer
        try:
            with self.section(draft and draft.seen) as rows:
                return draft.write(rows) if draft else work(rows)
        except Overtaken:
            self._crowded_until = time.monotonic() + CROWDED_SECONDS
        with self.section() as rows:
            return work(rows)

    def _drafted(self, work: Callable[[Rows], T]) -> Draft[T] | None:
        with self.sketching() as rows:
            return Draft.of(work, rows)

    def must_be_kept(self) -> None:  # noqa: B027  # where a server answers, it has been kept
        """Refuse to answer with what was read where it could be read before it was sure to be kept."""

    @abstractmethod
    def watch(self, name: str) -> Watch:
        """Wake whenever any program committed something."""

    @abstractmethod
    def check(self) -> list[str]:
        """What the engine's own check of itself finds; empty when all is well."""

    @abstractmethod
    def copy(self, target: Path) -> None:
        """A copy of this very moment in a file of its own, without what customers wrote; programs go on writing."""

    @abstractmethod
    def tidy(self) -> None:
        """Leave no trace of what was erased, and give the room back when there is much of it."""

    @abstractmethod
    def size(self) -> int:
        """Bytes on the disk."""

    @abstractmethod
    def reserve_gone(self) -> bool | None:
        """Whether the room that was held back for a full disk is used up; None where the disk is another's."""

    @abstractmethod
    def restore_reserve(self) -> None:
        """Hold room back again, where there is room for it."""

    @abstractmethod
    def close(self) -> None:
        """Close what every thread has open."""


def open_store(url: str, data: Path, branch: str, *, away: bool = False) -> Store:
    """The engine that a branch's `[store] url` names: a file in `data`, or the address of a PostgreSQL server.

    `away`: a server that cannot be reached now may come later.
    """
    if url.startswith(("postgresql://", "postgres://")):
        from lobbyline.lobby.store.postgresql.engine import PostgreSQL  # 200 ms to import, and few branches need it

        return PostgreSQL(url, data, branch, away=away)
    from lobbyline.lobby.store.sqlite.engine import SQLite

    return SQLite(data / url, branch)
