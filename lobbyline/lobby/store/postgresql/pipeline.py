"""How statements reach a PostgreSQL server, by its pipeline mode: prepared once, many in one batch, then all answers.

What a statement costs here is mostly its journey: the way through the driver, two wake-ups and the wait. So whatever
is known to be asked goes out together.
"""

from __future__ import annotations

import select
from collections.abc import Callable, Collection, Sequence
from functools import partial
from itertools import count
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


class Statement(NamedTuple):
    """A statement with its values as text; $1 is the first of them."""

    text: str
    values: Sequence[bytes | None] = ()


class Pipeline:
    """One connection, which nobody else uses meanwhile."""

    def __init__(self, connection: Connection) -> None:
        self.connection, self._pgconn = connection, connection.pgconn
        self._reader = Transformer(connection)
        self._names: dict[str, bytes] = {}  # of what the server has prepared
        self._columns: dict[str, list[str]] = {}  # of what has answered
        self._numbers = count()
        self._poll = select.poll()
        self._poll.register(self._pgconn.socket)

    @property
    def over(self) -> bool:
        """Whether the connection is lost."""
        return self.connection.closed

    def end(self) -> None:
        self.connection.close()

    def ask(self, *statements: Statement, behind: Statement | None = None) -> list[list[DictRow]]:
        """Send everything in one batch, then read every answer; what went wrong first is raised, and nothing is done.

        Outside of a transaction a batch is one by itself, over when this returns. What is sent `behind` it is another,
        and may come to nothing.
        """
        batches = (statements, (behind,)) if behind else (statements,)
        self._prepare(dict.fromkeys(one.text for batch in batches for one in batch if one.text not in self._names))
        send, names = self._pgconn.send_query_prepared, self._names
        answers = self._exchanged(*([partial(send, names[one.text], one.values) for one in batch] for batch in batches))
        return [self._rows(one, answer) for one, answer in zip(statements, answers, strict=True)]

    def _prepare(self, texts: Collection[str]) -> None:
        """Let the server learn statements before they are sent for the first time."""
        if texts:
            names = {text: b"s%d" % next(self._numbers) for text in texts}
            self._exchanged([partial(self._pgconn.send_prepare, name, text.encode()) for text, name in names.items()])
            self._names |= names

    def _exchanged(self, *batches: Sequence[Callable[[], None]]) -> list[PGresult]:
        """Send all batches, hear all answers: those to the first one.

        Whoever is interrupted here has lost the connection: nobody would know which answer is whose.
        """
        try:
            self._pgconn.enter_pipeline_mode()
            for batch in batches:
                for send in batch:
                    send()
                self._pgconn.pipeline_sync()
            self._flush()
            answers, *_ = [self._heard(len(batch)) for batch in batches]
            self._pgconn.exit_pipeline_mode()
        except BaseException:
            self._pgconn.finish()
            raise
        for answer in answers:
            if answer.status in FAILED:
                raise errors.error_from_result(answer, encoding="utf-8")
        return answers

    def _flush(self) -> None:
        while self._pgconn.flush():
            self._wait(select.POLLIN | select.POLLOUT)
            self._pgconn.consume_input()

    def _heard(self, count: int) -> list[PGresult]:
        """The answers to one batch, and what was wrong with its end, if it was."""
        answers = [self._one() for _ in range(count)]
        while (end := self._one()).status != ExecStatus.PIPELINE_SYNC:
            answers.append(end)
        return answers

    def _one(self) -> PGresult:
        """One answer, and the silence that ends it; the end of a batch has none."""
        while self._pgconn.is_busy():
            self._wait(select.POLLIN)
            self._pgconn.consume_input()
        result = self._pgconn.get_result()
        if result is None:
            raise psycopg.OperationalError(self._pgconn.get_error_message() or "the connection is lost")
        if result.status != ExecStatus.PIPELINE_SYNC:
            self._pgconn.get_result()
        return result

    def _wait(self, events: int) -> None:
        """Wait for the server, but not for ever: what was sent last may have happened."""
        patience = self.connection.patience
        self._poll.modify(self._pgconn.socket, events)
        if not self._poll.poll(patience and patience * MILLISECONDS):
            raise psycopg.OperationalError("no answer came in time")

    def _rows(self, one: Statement, result: PGresult) -> list[DictRow]:
        if not result.ntuples:
            return []
        names = self._columns.get(one.text)
        if names is None:
            names = [(result.fname(column) or b"").decode() for column in range(result.nfields)]
            self._columns[one.text] = names
        self._reader.set_pgresult(result)
        return [dict(zip(names, values, strict=True)) for values in self._reader.load_rows(0, result.ntuples, tuple)]
