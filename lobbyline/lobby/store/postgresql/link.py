"""The line to a PostgreSQL server: how it is opened, when it is given up, and what its errors are called."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

import psycopg
from psycopg.abc import PQGen
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.pq import TransactionStatus
from psycopg.rows import DictRow, dict_row
from psycopg.types.numeric import FloatLoader
from psycopg.types.string import TextLoader

from lobbyline.lobby.errors import StoreError

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
AWAY_SECONDS = 5.0  # after a connection that failed, in which no other is tried

UNREACHED = "the server cannot be reached: check the line, the address and whether it runs"

Answer = TypeVar("Answer")


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
        self.listening = False
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


class Unreachable(StoreError):
    """The server did not answer: it may be back in a moment."""


@contextmanager
def translated(url: str) -> Iterator[None]:
    """The server's errors as sentences for the technician; our own bugs (a broken constraint) stay bugs."""
    try:
        yield
    except psycopg.OperationalError as error:
        advice = advice_for(error)
        kind = Unreachable if advice == UNREACHED else StoreError
        raise kind(told(url, advice, error)) from error
    except psycopg.errors.InsufficientPrivilege as error:
        raise StoreError(told(url, "this role may not do that: sign in as the owner", error)) from error


def told(url: str, advice: str, error: Exception) -> str:
    return f"{without_password(url)}: {advice} ({first_line(error)})"


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
    return UNREACHED


def first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
