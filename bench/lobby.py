"""What a ticket costs: the transactions of `take` and `next` beside a bare durable one-row insert on the same disk.

The line and the forecast are worked out before the write section; what is measured here as a transaction is the
write section itself, from queueing for it to the acknowledgement; the bell that wakes others is rung after it. A bare
insert follows each of them after the same work outside of a transaction, because a disk answers a hurried caller many
times faster than one that pauses, and neighbours disturb both alike.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from unittest.mock import patch

from pysqlite3 import dbapi2 as sqlite3

from bench import Figure
from lobbyline import ASSETS
from lobbyline.lobby.config.folder import Setup, load
from lobbyline.lobby.lobby import Lobby, open_lobby
from lobbyline.lobby.store import bell
from lobbyline.lobby.store.rows import Tables
from lobbyline.lobby.store.sqlite.engine import PRAGMAS

ROUNDS = 12
EACH = 20  # of every kind in a round
WAITING, FEW = 300, 30
PAST = 1_000_000


class Timed:
    """Notes how long the write sections of a lobby last, up to the bell."""

    def __init__(self, lobby: Lobby) -> None:
        self._section, self._ring = lobby.store.section, bell.ring
        self._rung = 0.0
        self.times: list[float] = []
        lobby.store.section = self.section  # type: ignore[method-assign]

    @contextmanager
    def section(self, seen: object = None) -> Iterator[Tables]:
        with patch.object(bell, "ring", self.ring):
            begin = time.perf_counter()
            with self._section(seen) as rows:
                yield rows
            self.times.append(self._rung - begin)

    def ring(self, folder: Path) -> None:
        self._rung = time.perf_counter()
        self._ring(folder)


class Bare:
    """One row, one durable commit: the least that anything here can cost."""

    def __init__(self, path: Path) -> None:
        self.connection = sqlite3.connect(path, isolation_level=None)
        for pragma in PRAGMAS:
            self.connection.execute(f"PRAGMA {pragma}")
        self.connection.execute("CREATE TABLE row (id INTEGER PRIMARY KEY, told TEXT)")
        self.times: list[float] = []

    def insert(self) -> None:
        begin = time.perf_counter()
        self.connection.execute("BEGIN IMMEDIATE")
        self.connection.execute("INSERT INTO row (told) VALUES ('A001 taken')")
        self.connection.execute("COMMIT")
        self.times.append(time.perf_counter() - begin)


class Branch:
    """A lobby with a past and a line, and takers and callers to be timed."""

    def __init__(self, setup: Setup, data: Path, past: int, waiting: int) -> None:
        self.at = datetime(2026, 11, 23, 10, 0, tzinfo=setup.branch.zone)
        self.lobby = open_lobby(setup, data)
        if past:
            fill(self.lobby.data / "lobby.sqlite", past, setup)
        self.timed = Timed(self.lobby)
        self.whole: list[float] = []
        self.take: list[float] = []
        self.next: list[float] = []
        for _ in range(waiting):
            self._later()
            self.lobby.reception.take("W1", self.at, paper=False)
        self.keys = 0

    def round(self, bare: Bare) -> None:
        """As many taken as called, so that the line stays as long as it is."""
        for _ in range(EACH):
            self._one(lambda: self.lobby.reception.take("W1", self.at, key=self._key()), self.take, self.whole)
            self._bare(bare)
        for turn in range(EACH):
            desk = self.lobby.desk(1 + turn % 3)
            self._one(lambda desk=desk: desk.next(self.at, key=self._key()), self.next)  # type: ignore[misc]
            self._bare(bare)

    def _bare(self, bare: Bare) -> None:
        """A bare insert after the reading and the forecast that come before a ticket, too."""
        with self.lobby.read() as book:
            self.lobby.line(book, self.at).ordered()
        bare.insert()

    def _one(self, act: Callable[[], object], times: list[float], whole: list[float] | None = None) -> None:
        self._later()
        self.timed.times.clear()
        begin = time.perf_counter()
        act()
        if whole is not None:
            whole.append(time.perf_counter() - begin)
        times.append(self.timed.times[-1])

    def _later(self) -> None:
        self.at += timedelta(milliseconds=300)

    def _key(self) -> str:
        self.keys += 1
        return f"bench-{self.keys}"


def fill(path: Path, tickets: int, setup: Setup) -> None:
    """A past of finished visits, with three events each."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("BEGIN")
    values = {"branch": setup.branch.id, "tickets": tickets, "config": setup.version}
    count = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :tickets)"
    day = "date('2020-01-01', '+' || (i / 500) || ' days')"
    at = "(1577836800000000 + i * 60000000)"
    connection.execute(
        f"{count} INSERT INTO ticket (id, branch, day, number, service, queue, segment, state, token, taken_at,"
        f" arrived_at, called_at, counter, calls, config, ended_at)"
        f" SELECT i, :branch, {day}, printf('A%04d', i % 500), 'W1', 'A', 'ordinary', 'done',"
        f" hex(randomblob(16)), {at}, {at}, {at} + 300000000, 1, 1, :config, {at} + 500000000 FROM n",
        values,
    )
    for turn, what in enumerate(("taken", "called", "done")):
        connection.execute(
            f"{count} INSERT INTO event (branch, id, at, what, ticket, counter, who, config, detail, hash)"
            f" SELECT :branch, i * 3 + {turn}, {at}, '{what}', i, 1, 'x', :config, '{{}}', printf('%064d', i) FROM n",
            values,
        )
    connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def figures() -> list[Figure]:
    place = Path(tempfile.mkdtemp(prefix="bench-", dir="var" if Path("var").is_dir() else None))
    try:
        return _measured(place)
    finally:
        shutil.rmtree(place)


def _measured(place: Path) -> list[Figure]:
    setup = load(ASSETS / "branches" / "jingqi-street")
    bare = Bare(place / "bare.sqlite")
    branches = {
        f"{waiting} waiting, {past:,} old tickets": Branch(setup, place / f"{past}-{waiting}", past, waiting)
        for past in (0, PAST)
        for waiting in (FEW, WAITING)
    }
    for _ in range(ROUNDS):
        for branch in branches.values():
            branch.round(bare)
    floor = median(bare.times) * 1e3
    found = [Figure("a bare durable insert of one row", floor, "ms")]
    for name, branch in branches.items():
        found += [
            Figure(f"transaction of take, {name}", median(branch.take) * 1e3, "ms", floor),
            Figure(f"transaction of next, {name}", median(branch.next) * 1e3, "ms", floor),
            Figure(f"take with its forecast, {name}", median(branch.whole) * 1e3, "ms"),
        ]
    return found
