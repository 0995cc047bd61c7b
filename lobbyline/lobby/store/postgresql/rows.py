"""The rows of a branch on a server: named statements as it understands them, sent together where they may be.

A reading and a turn hold one transaction over as many batches as they need.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from typing import Any, Self

import psycopg
from psycopg import sql
from psycopg.pq import TransactionStatus
from psycopg.rows import DictRow, tuple_row

from lobbyline.lobby.store.postgresql import schema
from lobbyline.lobby.store.postgresql.notice import notice
from lobbyline.lobby.store.postgresql.pipeline import Pipeline, Statement
from lobbyline.lobby.store.rows import PAGE, Asked, Row, Tables
from lobbyline.lobby.store.statements import STATEMENTS, upsert_statement

BEGIN_READING = Statement("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
BEGIN = Statement("BEGIN ISOLATION LEVEL READ COMMITTED")  # whoever waited for his turn sees what was written meanwhile
# A machine that is lost in the middle of a change holds the branch's row: given up before others are refused.
TURN = (
    "UPDATE branch SET changes = changes + 1 WHERE id = $1"
    " RETURNING changes - 1 AS changes, set_config('idle_in_transaction_session_timeout', '3s', true)"
)
COMMIT, ROLLBACK = Statement("COMMIT"), Statement("ROLLBACK")
IDLE = TransactionStatus.IDLE
UNKNOWN_SIGN = "\ufffd"


class PostgreSQLRows(Tables):
    """Runs named statements on one connection, from its first words to its last.

    What is written waits for the next question or for the commit, and goes with it. So does what will be asked; and
    what was answered is known until something is written.
    """

    def __init__(self, pipeline: Pipeline, branch: str, *opening: Statement) -> None:
        super().__init__(branch)
        self._pipeline = pipeline
        self._unsent: list[Statement] = []
        self._expected: dict[tuple[Any, ...], Statement] = {}
        self._known: dict[tuple[Any, ...], list[DictRow]] = {}
        self._opening = opening
        self._changes: int | None = None

    @property
    def stamp(self) -> object:
        self._say()
        return self._changes

    def all(self, name: str, /, **values: Any) -> list[DictRow]:
        key = (name, *values.values())
        if key in self._known:
            return self._known[key]
        if key not in self._expected:
            return self._ask(self._statement(name, values))[0]
        expected, self._expected = self._expected, {}
        self._known |= zip(expected, self._ask(*expected.values()), strict=True)
        return self._known[key]

    def run(self, name: str, /, **values: Any) -> None:
        self._known.clear()
        self._unsent.append(self._statement(name, values))

    def made(self, name: str, /, **values: Any) -> list[DictRow]:
        self._known.clear()
        return self._ask(self._statement(name, values))[0]

    def ahead(self, *asked: Asked) -> None:
        self._expected |= {(name, *values.values()): self._statement(name, values) for name, values in asked}

    @contextmanager
    def left(self) -> Iterator[Self]:
        """What was begun and not committed is undone in the end; a broken connection has undone it by itself."""
        try:
            yield self
        finally:
            self._opening, self._unsent = (), []
            with suppress(psycopg.OperationalError):
                if not self._pipeline.over and self._pipeline.connection.info.transaction_status != IDLE:
                    self._pipeline.ask(ROLLBACK)

    def _ended(self, *end: Statement) -> None:
        """Say what is left, and tell behind it that something was committed."""
        self._pipeline.ask(*self._opening, *self._unsent, *end, behind=notice(self.branch))

    def _say(self) -> None:
        """Whatever was not said yet is said now."""
        self._ask()

    def _ask(self, *statements: Statement) -> list[list[DictRow]]:
        opening, before = self._opening, [*self._opening, *self._unsent]
        self._opening, self._unsent = (), []
        answers = self._pipeline.ask(*before, *statements) if before or statements else []
        if opening:
            self._changes = answers[len(opening) - 1][0]["changes"]
        return answers[len(before) :]

    def _statement(self, name: str, values: dict[str, Any]) -> Statement:
        text, keys = spoken(name)
        values = {"branch": self.branch, **values}
        return Statement(text, [as_text(values[key]) for key in keys])

    def columns(self, table: str) -> list[str]:
        self._say()
        found = self._pipeline.connection.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped",
            (table,),
        )
        return [row["attname"] for row in found.fetchall()]

    def pages(self, table: str, columns: list[str]) -> Iterator[list[tuple[Any, ...]]]:
        self._say()
        with self._pipeline.connection.cursor(name=f"pages_of_{table}", row_factory=tuple_row) as cursor:
            cursor.execute(
                sql.SQL("SELECT {} FROM {} WHERE branch = %s").format(names(columns), sql.Identifier(table)),
                (self.branch,),
            )
            while page := cursor.fetchmany(PAGE):
                yield page

    def insert(self, table: str, columns: list[str], rows: list[tuple[Any, ...]]) -> None:
        self._say()
        into = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names(columns))
        with self._pipeline.connection.cursor() as cursor, cursor.copy(into) as copy:
            for row in rows:
                copy.write_row(row)

    def upsert(self, table: str, rows: Sequence[Row], key: tuple[str, ...] = ()) -> None:
        if rows:
            self._say()
            columns = list(dict(rows[0]))
            statement = upsert_statement(table, columns, key, ["%s"] * len(columns)).encode()
            with self._pipeline.connection.cursor() as cursor:
                cursor.executemany(statement, [tuple(row[column] for column in columns) for row in rows])

    def advance_ids(self) -> None:
        """Other branches draw from the same sequences: they only go forward."""
        self._say()
        for table in schema.DRAWN:
            self._pipeline.connection.execute(
                sql.SQL(
                    "SELECT setval(pg_get_serial_sequence({name}, 'id'), greatest("
                    "nextval(pg_get_serial_sequence({name}, 'id')), (SELECT max(id) FROM {table})))"
                ).format(name=sql.Literal(table), table=sql.Identifier(table))
            )


class Reading(PostgreSQLRows):
    """One moment of the memory."""

    def __init__(self, pipeline: Pipeline, branch: str) -> None:
        super().__init__(pipeline, branch, BEGIN_READING, counted(branch))


class Turn(PostgreSQLRows):
    """A turn to write: the branch's own row is where its writers queue, and counts their changes."""

    def __init__(self, pipeline: Pipeline, branch: str) -> None:
        super().__init__(pipeline, branch, BEGIN, Statement(TURN, (branch.encode(),)))

    def commit(self) -> None:
        self._ended(COMMIT)


def names(columns: list[str]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, columns))


def counted(branch: str) -> Statement:
    """How many changes a branch has seen."""
    return Statement("SELECT changes FROM branch WHERE id = $1", (branch.encode(),))


def as_text(value: object) -> bytes | None:
    """A value as the server reads it; a yes or no is a number, as SQLite has it.

    A text there holds no NUL, which would be taken for its end.
    """
    if value is None:
        return None
    if isinstance(value, str):
        return value.replace("\0", UNKNOWN_SIGN).encode()
    return b"%d" % value if isinstance(value, int) else str(value).encode()


@cache
def spoken(name: str) -> tuple[str, tuple[str, ...]]:
    """A named statement as PostgreSQL writes it, and the values it takes, in their order."""
    text = re.sub(r"--.*", "", STATEMENTS[name])
    text = re.sub(r"json_each\(:(\w+)\)", r"json_array_elements_text(CAST(:\1 AS json))", text)
    keys = tuple(dict.fromkeys(re.findall(r":(\w+)", text)))
    return re.sub(r":(\w+)", lambda found: f"${keys.index(found[1]) + 1}", text), keys
