"""How statements reach a PostgreSQL server: prepared once, several in one breath, and all the answers after that.

What a statement costs here is mostly its journey: the way through the driver, two wake-ups and the wait. So whatever
is known to be asked goes out together.
"""

from __future__ import annotations

import select
from collections.abc import Sequence
from typing import NamedTuple

import psycopg
from psycopg import errors
from psycopg.adapt import Transformer
from psycopg.pq import ExecStatus
from psycopg.pq.abc import PGresult
from psycopg.rows import DictRow

from lobbyline.lobby.store.postgresql.link import Connection

MILLISECONDS = 1000.0
FAILED = (ExecStatus.FATAL_ERROR, ExecStatus.BAD_RESPONSE)


class Said(NamedTuple):
    """A statement with its values as text; $1 is the first of them."""

    text: str
    values: Sequence[bytes | None] = ()


class Talk:
    """Speaks on one connection, which nobody else uses meanwhile."""

    def __init__(self, connection: Connection) -> None:
        self.connection, self._pgconn = connection, connection.pgconn
        self._reader = Transformer(connection)
        self._names: dict[str, bytes] = {}  # of what the server has prepared
        self._columns: dict[str, list[str]] = {}  # of what has answered
        self._drawn = 0
        self._poll = select.poll()
        self._poll.register(self._pgconn.socket)

    @property
    def over(self) -> bool:
        """Whether the connection is lost."""
        return self.connection.closed

    def end(self) -> None:
        self.connection.close()

    def ask(self, *said: Said, behind: Said | None = None) -> list[list[DictRow]]:
        """Say everything in one breath, then hear every answer; what went wrong first is raised, and nothing is done.

        Outside of a transaction a breath is one by itself, over when this returns. What is said `behind` it is another,
        and may come to nothing. Whoever is interrupted here has lost the connection: nobody would know which answer is
        whose.
        """
        try:
            answers, *_ = self._exchanged(said, *([behind],) if behind else ())
        except BaseException:
            self._pgconn.finish()
            raise
        for answer in answers:
            if answer.status in FAILED:
                raise errors.error_from_result(answer, encoding="utf-8")
        return [self._rows(one, answer) for one, answer in zip(said, answers, strict=True)]

    def _exchanged(self, *breaths: Sequence[Said]) -> list[list[PGresult]]:
        self._pgconn.enter_pipeline_mode()
        sent = [self._breathed(said) for said in breaths]
        self._flush()
        answers = [self._answered(said, new) for said, new in zip(breaths, sent, strict=True)]
        self._pgconn.exit_pipeline_mode()
        return answers

    def _breathed(self, said: Sequence[Said]) -> list[bool]:
        """Send what is one breath; for each statement, whether it had to be prepared first."""
        new = [self._send(one) for one in said]
        self._pgconn.pipeline_sync()
        return new

    def _answered(self, said: Sequence[Said], prepared: Sequence[bool]) -> list[PGresult]:
        """The answers to one breath, and what was wrong with its end, if it was."""
        return [*(self._heard(one, new=new) for one, new in zip(said, prepared, strict=True)), *self._end()]

    def _send(self, one: Said) -> bool:
        """Send a statement, whether it had to be prepared first: in its place, since some must be the very first."""
        new = one.text not in self._names
        if new:
            self._drawn += 1
            self._names[one.text] = b"s%d" % self._drawn
            self._pgconn.send_prepare(self._names[one.text], one.text.encode())
        self._pgconn.send_query_prepared(self._names[one.text], one.values)
        return new

    def _flush(self) -> None:
        while self._pgconn.flush():
            self._wait(select.POLLIN | select.POLLOUT)
            self._pgconn.consume_input()

    def _heard(self, one: Said, *, new: bool) -> PGresult:
        """The answer to one statement: what was wrong with preparing it, or what came of it."""
        prepared = self._one() if new else None
        result = self._one()
        if prepared and prepared.status != ExecStatus.COMMAND_OK:  # it is wrong, or something before it was
            del self._names[one.text]
            return prepared
        return result

    def _end(self) -> list[PGresult]:
        """What was wrong with committing a breath: mostly nothing."""
        end = self._sure()
        if end.status == ExecStatus.PIPELINE_SYNC:
            return []
        self._next()  # the silence that ends it
        self._next()  # and the end itself
        return [end]

    def _one(self) -> PGresult:
        """One answer, and the silence that ends it."""
        result = self._sure()
        self._next()
        return result

    def _sure(self) -> PGresult:
        result = self._next()
        if result is None:
            raise psycopg.OperationalError(self._pgconn.get_error_message() or "the connection is lost")
        return result

    def _next(self) -> PGresult | None:
        while self._pgconn.is_busy():
            self._wait(select.POLLIN)
            self._pgconn.consume_input()
        return self._pgconn.get_result()

    def _wait(self, events: int) -> None:
        """Wait for the server, but not for ever: what was sent last may have happened."""
        patience = self.connection.patience
        self._poll.modify(self._pgconn.socket, events)
        if not self._poll.poll(patience and patience * MILLISECONDS):
            raise psycopg.OperationalError("no answer came in time")

    def _rows(self, one: Said, result: PGresult) -> list[DictRow]:
        if not result.ntuples:
            return []
        names = self._columns.get(one.text)
        if names is None:
            names = [(result.fname(column) or b"").decode() for column in range(result.nfields)]
            self._columns[one.text] = names
        self._reader.set_pgresult(result)
        return [dict(zip(names, values, strict=True)) for values in self._reader.load_rows(0, result.ntuples, tuple)]
