"""The memory in one SQLite file: the default, and enough for every branch with one lobby machine.

Every write is one section: flock, BEGIN IMMEDIATE, commit, bell. The flock queues writers fairly where SQLite's
own wait starves them; WAL with synchronous=FULL keeps what was acknowledged through a power cut. mmap stays off.
"""

from __future__ import annotations

import fcntl
import os
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from lobbyline.lobby.errors import StoreError
from lobbyline.lobby.store import bell
from lobbyline.lobby.store.reserve import Reserve
from lobbyline.lobby.store.rows import PAGE, Overtaken, Row, Tables
from lobbyline.lobby.store.sqlite import copies
from lobbyline.lobby.store.sqlite.library import sqlite3
from lobbyline.lobby.store.sqlite.threads import EachThread
from lobbyline.lobby.store.statements import STATEMENTS, upsert_statement
from lobbyline.lobby.store.store import Store

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
MOVED = "the file was moved or replaced while this program had it open: put it back, or start the programs again"
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


class SQLiteRows(Tables):
    """Runs named statements on one connection."""

    def __init__(self, connection: sqlite3.Connection, branch: str, own: object = None) -> None:
        super().__init__(branch)
        self._connection, self._own = connection, own

    @property
    def stamp(self) -> object:
        """Others' commits are counted by SQLite, this connection's own by whoever made these rows."""
        return self._own, self._connection.execute("PRAGMA data_version").fetchone()[0]

    def must_stand_at(self, seen: object) -> None:
        """Refuse what was thought out from another stamp; None is any."""
        if seen is not None and seen != self.stamp:
            raise Overtaken

    def all(self, name: str, /, **values: Any) -> list[sqlite3.Row]:
        return self._connection.execute(STATEMENTS[name], {"branch": self.branch, **values}).fetchall()

    def run(self, name: str, /, **values: Any) -> None:
        self._connection.execute(STATEMENTS[name], {"branch": self.branch, **values}).close()

    def made(self, name: str, /, **values: Any) -> list[sqlite3.Row]:
        return self.all(name, **values)

    def columns(self, table: str) -> list[str]:
        return [row["name"] for row in self._connection.execute("SELECT name FROM pragma_table_info(?)", (table,))]

    def pages(self, table: str, columns: list[str]) -> Iterator[list[tuple[Any, ...]]]:
        found = self._connection.execute(
            f"SELECT {', '.join(columns)} FROM {table} WHERE branch = ?",  # noqa: S608  # names of our own schema
            (self.branch,),
        )
        while page := found.fetchmany(PAGE):
            yield [tuple(row) for row in page]

    def insert(self, table: str, columns: list[str], rows: list[tuple[Any, ...]]) -> None:
        marks = ", ".join("?" * len(columns))
        self._connection.executemany(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})",  # noqa: S608  # as above
            rows,
        )

    def upsert(self, table: str, rows: Sequence[Row], key: tuple[str, ...] = ()) -> None:
        if rows:
            columns = list(dict(rows[0]))
            statement = upsert_statement(table, columns, key, ["?"] * len(columns))
            self._connection.executemany(statement, [tuple(row[column] for column in columns) for row in rows])

    def advance_ids(self) -> None: ...  # SQLite draws the next id behind the largest


class SQLiteOwn:
    """What one thread keeps open: a connection, and the file whose lock is its turn."""

    def __init__(self, connection: sqlite3.Connection, lock: int) -> None:
        self.connection, self.lock = connection, lock
        self.commits = 0
        self._unlock = weakref.finalize(self, os.close, lock)

    @property
    def mark(self) -> object:
        """This connection and what it committed: the numbers of another say nothing here."""
        return self, self.commits

    def close(self) -> None:
        self.connection.close()
        self._unlock()


class SQLite(Store):
    """The memory of a lobby machine in one file."""

    def __init__(self, path: Path, branch: str) -> None:
        super().__init__(branch, str(path))
        self._each = EachThread(self._open)
        if sqlite3.sqlite_version_info < OLDEST_SOUND:
            raise StoreError(
                f"SQLite {sqlite3.sqlite_version} can damage the file; at least 3.51.3 is needed: run make setup"
            )
        self.path, data = path, path.parent
        self._bells = data / "bell"
        try:
            self._bells.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"{data}: {error.strerror}: check --data, its owner and the disk") from error
        self.reserve = Reserve(data)
        self._migrate()
        self._file = identity(path)
        self.reserve.restore()

    @contextmanager
    def section(self, seen: object = None) -> Iterator[Tables]:
        """One durable change of everything or nothing; waits its turn, then rings the bell."""
        with self._translated(), self.pace.measured():
            own = self._mine()
            with self._turn(own.lock):
                self.reserve.mind()
                own.connection.execute("BEGIN IMMEDIATE")
                try:
                    rows = SQLiteRows(own.connection, self.branch, own.mark)
                    rows.must_stand_at(seen)
                    yield rows
                    own.connection.execute("COMMIT")
                    own.commits += 1
                    must_be_writable(own.lock)
                except BaseException:
                    if own.connection.in_transaction:
                        own.connection.execute("ROLLBACK")
                    raise
        bell.ring(self._bells)

    @contextmanager
    def reading(self) -> Iterator[Tables]:
        """Look at one moment of the memory, without holding anyone up."""
        with self._translated():
            own = self._mine()
            own.connection.execute("BEGIN")
            try:
                yield SQLiteRows(own.connection, self.branch, own.mark)
            finally:
                if own.connection.in_transaction:
                    own.connection.execute("ROLLBACK")

    def must_be_kept(self) -> None:
        """What a dying disk let somebody commit can be read, and is no answer to a wish that is repeated."""
        with self._translated():
            must_be_writable(self._mine().lock)

    def watch(self, name: str) -> bell.Watch:
        """Wake whenever any program commits."""
        with self._translated():
            return bell.Watch(self._bells, name, self._version)

    def check(self) -> list[str]:
        """What SQLite's own integrity check finds; empty when all is well."""
        with self._translated():
            return copies.damage(self._mine().connection)

    def copy(self, target: Path) -> None:
        """A copy of this very moment in a file of its own, without what customers wrote; programs go on writing."""
        with self._translated():
            copies.take(self._mine().connection, target)

    def tidy(self) -> None:
        """Leave no trace of what was erased, and give the room back when there is much of it."""
        with self._translated():
            own = self._mine()
            with self._turn(own.lock):
                own.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                free, all_pages = (own.connection.execute(f"PRAGMA {of}").fetchone()[0] for of in PAGES)
                if free * SPARSE > all_pages:
                    own.connection.execute("VACUUM")

    def size(self) -> int:
        return self.path.stat().st_size

    def reserve_gone(self) -> bool:
        return self.reserve.gone

    def restore_reserve(self) -> None:
        self.reserve.restore()

    def close(self) -> None:
        self._each.close()

    def _version(self) -> int:
        with self._translated():
            return int(self._mine().connection.execute("PRAGMA data_version").fetchone()[0])

    def _open(self) -> SQLiteOwn:
        lock = os.open(self.path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        try:
            with self._turn(lock):  # the first program of all turns the file's journal to WAL
                connection = self._connect()
                must_be_writable(lock)  # its byte has room on the disk from the first day on
        except BaseException:
            os.close(lock)
            raise
        return SQLiteOwn(connection, lock)

    def _mine(self) -> SQLiteOwn:
        """What this thread has open; a file that lies elsewhere by now would take numbers that nobody finds again."""
        if self._file != identity(self.path):
            raise StoreError(f"{self.path}: {MOVED}")
        return self._each.mine()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, isolation_level=None, check_same_thread=False)
        connection.row_factory = sqlite3.Row
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        return connection

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
        from lobbyline.lobby.store.sqlite import schema

        with self._translated():
            own = self._each.mine()
            if schema.needed(own.connection, self.path):
                with self._turn(own.lock):
                    copies.before_migration(own.connection, self.path)
                    schema.apply(own.connection, self.path)


def identity(path: Path) -> tuple[int, int] | None:
    """Which file lies there, whatever it is called; None when there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


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
