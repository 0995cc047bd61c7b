"""One SQLite file, one write section per branch, named statements.

Every write is one section: flock, BEGIN IMMEDIATE, commit, bell. The flock queues writers fairly where SQLite's
own wait starves them; WAL with synchronous=FULL keeps what was acknowledged through a power cut. mmap stays off.
"""

from __future__ import annotations

import fcntl
import os
import re
import threading
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lobbyline.lobby.errors import StoreError
from lobbyline.lobby.store import bell, copies
from lobbyline.lobby.store.reserve import Reserve

if TYPE_CHECKING:
    import sqlite3
else:  # the interpreter's own library may be the 3.40.1 that can corrupt a WAL file
    from pysqlite3 import dbapi2 as sqlite3

HERE = Path(__file__).parent
OLDEST_SOUND = (3, 51, 3)
PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "busy_timeout = 5000",
    "journal_size_limit = 8000000",
    "secure_delete = ON",
)
PAGES = ("freelist_count", "page_count")
SPARSE = 4  # a file of which more than this part is free is written anew, at night
# What to try, by the first word of SQLite's error name.
ADVICE = {
    "SQLITE_FULL": "the disk is full: free some space; everything acknowledged is kept",
    "SQLITE_READONLY": "the file or its folder cannot be written: check the mount and the owner",
    "SQLITE_CANTOPEN": "the file cannot be opened: check that the folder exists and may be written",
    "SQLITE_CORRUPT": "the file is damaged: stop the programs and restore the last backup",
    "SQLITE_NOTADB": "this is not a database of ours: check --data",
    "SQLITE_IOERR": "the disk failed: check the disk, then start again",
    "SQLITE_BUSY": "another program holds the file: end it",
}


def read_statements(text: str) -> dict[str, str]:
    """Statements by name: what follows each `-- name:` line up to the next."""
    parts = re.split(r"^-- name: (\w+)\n", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], (part.strip() for part in parts[2::2]), strict=True))


STATEMENTS = {
    name: text
    for file in sorted(HERE.glob("*.sql"))
    for name, text in read_statements(file.read_text(encoding="utf-8")).items()
}


class Rows:
    """Runs named statements of one branch on one connection."""

    def __init__(self, connection: sqlite3.Connection, branch: str) -> None:
        self._connection, self.branch = connection, branch

    def all(self, name: str, /, **values: Any) -> list[sqlite3.Row]:
        """Every row at once: a reader that lingers would hold back the WAL."""
        return self._connection.execute(STATEMENTS[name], {"branch": self.branch, **values}).fetchall()

    def first(self, name: str, /, **values: Any) -> sqlite3.Row | None:
        rows = self.all(name, **values)
        return rows[0] if rows else None

    def run(self, name: str, /, **values: Any) -> None:
        self._connection.execute(STATEMENTS[name], {"branch": self.branch, **values}).close()


class Own:
    """What one thread keeps open: a connection, and the file whose lock is its turn."""

    def __init__(self, connection: sqlite3.Connection, lock: int) -> None:
        self.connection, self.lock = connection, lock
        self._unlock = weakref.finalize(self, os.close, lock)

    def close(self) -> None:
        self.connection.close()
        self._unlock()


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


class Store:
    """The memory of a lobby machine: `section()` to change it, `reading()` to look. Safe from any thread."""

    def __init__(self, data: Path, branch: str) -> None:
        if sqlite3.sqlite_version_info < OLDEST_SOUND:
            raise StoreError(
                f"SQLite {sqlite3.sqlite_version} can damage the file; at least 3.51.3 is needed: run make setup"
            )
        self.path, self.branch = data / "lobby.sqlite", branch
        self._bells = data / "bell"
        self._mine = threading.local()
        self._opened: dict[threading.Thread, Own] = {}
        self._opening = threading.Lock()
        self.pace = Pace()
        try:
            self._bells.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"{data}: {error.strerror}: check --data, its owner and the disk") from error
        self.reserve = Reserve(data)
        self._migrate()
        self.reserve.restore()

    @contextmanager
    def section(self) -> Iterator[Rows]:
        """One durable change of everything or nothing; waits its turn, then rings the bell."""
        with self._translated(), self.pace.measured():
            own = self._own()
            with self._turn(own.lock):
                self.reserve.mind()
                own.connection.execute("BEGIN IMMEDIATE")
                try:
                    yield Rows(own.connection, self.branch)
                    own.connection.execute("COMMIT")
                    must_be_writable(own.lock)
                except BaseException:
                    if own.connection.in_transaction:
                        own.connection.execute("ROLLBACK")
                    raise
        bell.ring(self._bells)

    @contextmanager
    def reading(self) -> Iterator[Rows]:
        """Look at one moment of the memory, without holding anyone up."""
        with self._translated():
            connection = self._own().connection
            connection.execute("BEGIN")
            try:
                yield Rows(connection, self.branch)
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    def watch(self, name: str) -> bell.Watch:
        """Wake whenever any program commits."""
        return bell.Watch(self._bells, name, self._version)

    def check(self) -> list[str]:
        """What SQLite's own integrity check finds; empty when all is well."""
        with self._translated():
            return copies.damage(self._own().connection)

    def copy(self, target: Path) -> None:
        """A copy of this very moment in a file of its own, without what customers wrote; programs go on writing."""
        with self._translated():
            copies.take(self._own().connection, target)

    def tidy(self) -> None:
        """Leave no trace of what was erased, and give the room back when there is much of it."""
        with self._translated():
            own = self._own()
            with self._turn(own.lock):
                own.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                free, all_pages = (own.connection.execute(f"PRAGMA {of}").fetchone()[0] for of in PAGES)
                if free * SPARSE > all_pages:
                    own.connection.execute("VACUUM")

    def close(self) -> None:
        """Close what every thread has open."""
        with self._opening:
            for own in self._opened.values():
                own.close()
            self._opened.clear()
        self._mine = threading.local()

    def _version(self) -> int:
        with self._translated():
            return int(self._own().connection.execute("PRAGMA data_version").fetchone()[0])

    def _own(self) -> Own:
        """This thread's connection and lock."""
        own: Own | None = getattr(self._mine, "own", None)
        if own is None:
            own = self._mine.own = self._open()
        return own

    def _open(self) -> Own:
        lock = os.open(self.path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        try:
            with self._turn(lock):  # the first program of all turns the file's journal to WAL
                connection = self._connect()
                must_be_writable(lock)  # its byte has room on the disk from the first day on
        except BaseException:
            os.close(lock)
            raise
        own = Own(connection, lock)
        with self._opening:
            self._close_orphans()
            self._opened[threading.current_thread()] = own
        return own

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, isolation_level=None, check_same_thread=False)
        connection.row_factory = sqlite3.Row
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        return connection

    def _close_orphans(self) -> None:
        """Close what threads that have ended left open: web servers come and go with theirs."""
        for thread in [thread for thread in self._opened if not thread.is_alive()]:
            self._opened.pop(thread).close()

    @contextmanager
    def _turn(self, lock: int) -> Iterator[None]:
        """Queue for the write section; the kernel frees it when a program is killed."""
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(lock, fcntl.LOCK_UN)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """SQLite's errors as sentences for the technician; our own bugs (a broken constraint) stay bugs."""
        try:
            yield
        except (sqlite3.OperationalError, sqlite3.DatabaseError) as error:
            advice = advice_for(error)
            if advice is None:
                raise
            if advice == ADVICE["SQLITE_FULL"]:
                self.reserve.give_up()  # so that the next try has room
            raise StoreError(f"{self.path}: {advice} ({error})") from error
        except OSError as error:
            raise StoreError(f"{self.path}: {error.strerror}: check the disk, the mount and the owner") from error

    def _migrate(self) -> None:
        """Bring the schema up to date, once, whichever program comes first."""
        from lobbyline.lobby.store import migrations  # sqlite-utils is slow to import and seldom needed

        with self._translated():
            own = self._own()
            if migrations.needed(own.connection, self.path):
                with self._turn(own.lock):
                    copies.before_migration(own.connection, self.path)
                    migrations.apply(own.connection, self.path)


def must_be_writable(lock: int) -> None:
    """Do not acknowledge what a disk took while it gave itself up: its file system may call a lost write kept.

    Ext4 that aborts does not say so when it is asked, only when it is written to. Whoever is refused here repeats under
    the same key, and is answered once the disk can be written again.
    """
    os.pwrite(lock, b".", 0)


def advice_for(error: sqlite3.Error) -> str | None:
    """What a technician can do about an error of SQLite; None for a bug of ours."""
    name = str(getattr(error, "sqlite_errorname", "") or "")
    return next((advice for start, advice in ADVICE.items() if name.startswith(start)), None)
