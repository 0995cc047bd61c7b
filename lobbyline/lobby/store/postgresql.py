"""The memory on a PostgreSQL server, shared by the machines of a branch, and by many branches apart from each other.

Every write is one section: the branch's own row is updated first, which queues its writers fairly and counts its
changes; the commit waits for the server's disk. Who listens is told after the commit, by a thread of its own: a
notice inside of the transaction would line up the commits of all branches one behind the other.
"""

from __future__ import annotations

import contextlib
import re
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import psycopg
from psycopg import sql
from psycopg.abc import PQGen
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.pq import TransactionStatus
from psycopg.rows import DictRow, dict_row, tuple_row
from psycopg.types.numeric import FloatLoader
from psycopg.types.string import TextLoader

from lobbyline.lobby.errors import StoreError
from lobbyline.lobby.store import bell, postgresql_schema
from lobbyline.lobby.store.statements import STATEMENTS, laying
from lobbyline.lobby.store.store import PAGE, Row, Rows, Store

# A forgotten transaction must not hold up a branch, nor a lost line a teller.
OPTIONS = {
    "connect_timeout": "3",
    "application_name": "lobbyline",
    "keepalives_idle": "5",
    "keepalives_interval": "2",
    "keepalives_count": "3",
    "tcp_user_timeout": "10000",
    "options": "-c idle_in_transaction_session_timeout=15s -c lock_timeout=8s -c statement_timeout=10s",
}
ANSWER_SECONDS = 12.0  # a server that says nothing for longer than it may work at one statement hangs, or its line does
LOOK_SECONDS = 0.1  # between two looks whether somebody wants the program to end
RING_SECONDS = 0.02  # between two notices to other machines: whoever listens re-reads everything anyway
AWAY_SECONDS = 5.0  # after a connection that failed, in which no other is tried
RETRY_SECONDS = 1.0  # between two tries to listen again
# A machine that is lost in the middle of a change holds the branch's row: given up before others are refused.
ENTER = (
    "BEGIN; SET LOCAL idle_in_transaction_session_timeout = '3s'; UPDATE branch SET changes = changes + 1 WHERE id = {}"
)

Answer = TypeVar("Answer")


class PostgreSQLRows(Rows):
    """Runs named statements on one connection."""

    def __init__(self, connection: Connection, branch: str) -> None:
        super().__init__(branch)
        self._connection = connection

    def all(self, name: str, /, **values: Any) -> list[DictRow]:
        return self._connection.execute(spoken(name), {"branch": self.branch, **values}).fetchall()

    def run(self, name: str, /, **values: Any) -> None:
        self._connection.execute(spoken(name), {"branch": self.branch, **values})

    def columns(self, table: str) -> list[str]:
        found = self._connection.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped",
            (table,),
        )
        return [row["attname"] for row in found.fetchall()]

    def pages(self, table: str, columns: list[str]) -> Iterator[list[tuple[Any, ...]]]:
        with self._connection.cursor(name=f"pages_of_{table}", row_factory=tuple_row) as cursor:
            cursor.execute(
                sql.SQL("SELECT {} FROM {} WHERE branch = %s").format(names(columns), sql.Identifier(table)),
                (self.branch,),
            )
            while page := cursor.fetchmany(PAGE):
                yield page

    def fill(self, table: str, columns: list[str], rows: list[tuple[Any, ...]]) -> None:
        into = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names(columns))
        with self._connection.cursor() as cursor, cursor.copy(into) as copy:
            for row in rows:
                copy.write_row(row)

    def lay(self, table: str, rows: Sequence[Row], key: tuple[str, ...] = ()) -> None:
        if rows:
            columns = list(dict(rows[0]))
            statement = laying(table, columns, key, ["%s"] * len(columns)).encode()
            with self._connection.cursor() as cursor:
                cursor.executemany(statement, [tuple(row[column] for column in columns) for row in rows])

    def filled(self) -> None:
        """Other branches draw from the same sequences: they only go forward."""
        for table in postgresql_schema.DRAWN:
            self._connection.execute(
                sql.SQL(
                    "SELECT setval(pg_get_serial_sequence({name}, 'id'), greatest("
                    "nextval(pg_get_serial_sequence({name}, 'id')), (SELECT max(id) FROM {table})))"
                ).format(name=sql.Literal(table), table=sql.Identifier(table))
            )


def names(columns: list[str]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, columns))


@cache
def spoken(name: str) -> bytes:
    """A named statement as PostgreSQL and psycopg write it."""
    text = re.sub(r"--.*", "", STATEMENTS[name])
    text = re.sub(r"json_each\(:(\w+)\)", r"json_array_elements_text(CAST(:\1 AS json))", text)
    return re.sub(r":(\w+)", r"%(\1)s", text).encode()


class Connection(psycopg.Connection[DictRow]):
    """A connection that gives up a server from which no answer comes; what was sent last may have happened."""

    patience: float | None = ANSWER_SECONDS

    def wait(self, gen: PQGen[Answer], interval: float = LOOK_SECONDS, timeout: float | None = None) -> Answer:
        try:
            return super().wait(gen, interval, timeout or self.patience)
        except psycopg.OperationalError as error:
            if self.pgconn.transaction_status != TransactionStatus.ACTIVE:
                raise
            self.pgconn.finish()
            raise psycopg.OperationalError("no answer came in time") from error

    @contextmanager
    def unhurried(self) -> Iterator[None]:
        """What changes tables with a whole history in them takes its time."""
        self.execute("SET statement_timeout = 0")
        self.patience = None
        try:
            yield
            self.execute("RESET statement_timeout")
        finally:
            self.patience = ANSWER_SECONDS


def connect(url: str) -> Connection:
    """A connection as all of ours are: every value comes back as SQLite would give it."""
    address = make_conninfo("", **{**OPTIONS, **conninfo_to_dict(url)})
    connection = Connection.connect(address, autocommit=True, row_factory=dict_row)
    connection.adapters.register_loader("numeric", FloatLoader)
    connection.adapters.register_loader("json", TextLoader)  # as it was written: the chain counts every letter
    connection.adapters.register_dumper(bool, Flag)
    return connection


class Flag(psycopg.adapt.Dumper):
    """A yes or no goes into a number, as SQLite has it."""

    def dump(self, obj: bool) -> bytes:
        return b"1" if obj else b"0"


class Away:
    """Remembers that the server did not answer, so that a window does not stand still at every look.

    In a program that listens for changes, whoever asks again within a moment is told at once what was found out
    before; the one that listens finds out when the server is back.
    """

    def __init__(self) -> None:
        self.listening = 0
        self._until, self._why = 0.0, ""

    @contextmanager
    def noticed(self) -> Iterator[None]:
        if self.listening and time.monotonic() < self._until:
            raise psycopg.OperationalError(self._why)
        try:
            yield
        except psycopg.OperationalError as error:
            self._until, self._why = time.monotonic() + AWAY_SECONDS, str(error)
            raise

    def over(self) -> None:
        self._until = 0.0


class PostgreSQLOwn:
    """What one thread keeps open."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    @property
    def broken(self) -> bool:
        return self.connection.closed

    def close(self) -> None:
        self.connection.close()


class PostgreSQL(Store[PostgreSQLOwn]):
    """The memory of one branch on a server."""

    def __init__(self, url: str, data: Path, branch: str) -> None:
        super().__init__(branch, without_password(url))
        self.url = url
        self._bells = data / "bell"
        self._enter = sql.SQL(ENTER).format(branch).as_string()
        self._bells.mkdir(parents=True, exist_ok=True)
        self._ringer = Ringer(url, branch)
        self.away = Away()
        try:
            self.version()
        except StoreError:
            self.close()
            raise

    @contextmanager
    def section(self) -> Iterator[Rows]:
        with self._translated(), self.pace.measured():
            connection = self._own().connection
            connection.execute(self._enter)
            try:
                yield PostgreSQLRows(connection, self.branch)
                connection.execute("COMMIT")
            except BaseException:
                leave(connection)
                raise
        bell.ring(self._bells)
        self._ringer.ring()

    @contextmanager
    def reading(self) -> Iterator[Rows]:
        with self._translated():
            connection = self._own().connection
            connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            try:
                yield PostgreSQLRows(connection, self.branch)
            finally:
                leave(connection)

    def watch(self, name: str) -> bell.Watch:
        return Listening(self._bells, name, self)

    def check(self) -> list[str]:
        """Ask for an answer: the server looks after its own pages."""
        self.version()
        return []

    def copy(self, target: Path) -> None:
        raise StoreError(f"{target} is not made: whoever keeps the server of {self.where} copies it, with pg_dump")

    def tidy(self) -> None: ...  # the server sweeps by itself

    def size(self) -> int:
        with self._translated():
            found = self._own().connection.execute("SELECT pg_database_size(current_database()) AS size").fetchone()
        return int(found["size"]) if found else 0

    def reserve_gone(self) -> None: ...

    def restore_reserve(self) -> None: ...

    def close(self) -> None:
        self._ringer.close()
        super().close()

    def _open(self) -> PostgreSQLOwn:
        with self.away.noticed():
            connection = connect(self.url)
        try:
            postgresql_schema.must_fit(connection, self.branch, self.where)
        except BaseException:
            connection.close()
            raise
        return PostgreSQLOwn(connection)

    def version(self) -> int:
        """Counts the changes of the branch."""
        with self._translated():
            found = (
                self._own().connection.execute("SELECT changes FROM branch WHERE id = %s", (self.branch,)).fetchone()
            )
        return int(found["changes"]) if found else 0

    def _translated(self) -> AbstractContextManager[None]:
        return translated(self.where)


@contextmanager
def translated(url: str) -> Iterator[None]:
    """The server's errors as sentences for the technician; our own bugs (a broken constraint) stay bugs."""
    where = without_password(url)
    try:
        yield
    except psycopg.OperationalError as error:
        raise StoreError(f"{where}: {advice_for(error)} ({first_line(error)})") from error
    except psycopg.errors.InsufficientPrivilege as error:
        raise StoreError(f"{where}: this role may not do that: sign in as the owner ({first_line(error)})") from error


def leave(connection: Connection) -> None:
    """Undo what was begun; a broken connection has undone it by itself."""
    with contextlib.suppress(psycopg.OperationalError):
        if not connection.closed:
            connection.execute("ROLLBACK")


def without_password(url: str) -> str:
    return re.sub(r"(://[^:/@]+):[^@/]*@", r"\1@", url)


def advice_for(error: psycopg.OperationalError) -> str:
    """What a technician can do about it."""
    if isinstance(error, psycopg.errors.DiskFull):
        return "the server's disk is full: free some space; everything acknowledged is kept"
    if isinstance(error, psycopg.errors.ReadOnlySqlTransaction):
        return "the server takes no changes now: is it a stand-by?"
    if isinstance(error, psycopg.errors.LockNotAvailable | psycopg.errors.QueryCanceled):
        return "the server is too slow: look for a forgotten transaction"
    if isinstance(error, psycopg.errors.TooManyConnections) or "connection slots" in str(error):
        return "the server has no connection left: raise its max_connections"
    if "password authentication" in str(error):
        return "the password is not right: check the password file"
    return "the server cannot be reached: check the line, the address and whether it runs"


def first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__


def channel(branch: str) -> str:
    return f"lobbyline_{branch}"


class Ringer:
    """Tells other machines after commits, without holding up the one that committed; many at once become one."""

    def __init__(self, url: str, branch: str) -> None:
        self._url, self._branch = url, branch
        self._rung, self._closed = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()

    def ring(self) -> None:
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="ringer", daemon=True)
                self._thread.start()
        self._rung.set()

    def close(self) -> None:
        self._closed.set()
        self._rung.set()
        if self._thread:
            self._thread.join()

    def _run(self) -> None:
        connection: Connection | None = None
        while self._rung.wait() and not self._closed.is_set():
            self._rung.clear()
            try:
                if connection is None or connection.closed:
                    connection = connect(self._url)
                    connection.execute("SET synchronous_commit = off")  # a notice need not outlive a power cut
                connection.execute("SELECT pg_notify(%s, '')", (channel(self._branch),))
            except psycopg.OperationalError:  # whoever listens also polls
                self._closed.wait(RETRY_SECONDS)
            self._closed.wait(RING_SECONDS)
        if connection:
            connection.close()


class Listening(bell.Watch):
    """Wakes one program when a program of any machine committed something."""

    def __init__(self, folder: Path, name: str, store: PostgreSQL) -> None:
        super().__init__(folder, name, store.version)
        self._store = store
        store.away.listening += 1
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._listen, name=f"listening-{name}", daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._closed.set()
        self._thread.join()
        self._store.away.listening -= 1
        super().close()

    def _listen(self) -> None:
        while not self._closed.is_set():
            try:
                with connect(self._store.url) as connection:
                    connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel(self._store.branch))))
                    self._store.away.over()
                    self.ring()  # what was committed before we listened
                    while not self._closed.is_set():
                        for _ in connection.notifies(timeout=RETRY_SECONDS, stop_after=1):
                            self.ring()
            except psycopg.OperationalError:  # meanwhile the poll does it
                self._closed.wait(RETRY_SECONDS)
