"""A change by optimistic concurrency: a look at what it is thought out from, and then the whole of it in one batch.

A batch is a transaction of its own, from its first statement to its last, and leaves nothing open behind it.
"""

from __future__ import annotations

from psycopg import errors
from psycopg.rows import DictRow

from lobbyline.lobby.store.postgresql.pipeline import Pipeline, Statement
from lobbyline.lobby.store.postgresql.rows import PostgreSQLRows, as_text, counted
from lobbyline.lobby.store.rows import OnPaperOnly, Overtaken

ONE_MOMENT = b"SET default_transaction_isolation = 'repeatable read'"  # all statements of a batch see the same
TURN_AFTER = "SELECT take_turn($1, $2)"


class Sketch(PostgreSQLRows):
    """What a change is thought out from: every batch is a moment of its own, and all must be the same moment."""

    def _say(self) -> None:
        if self._changes is None:
            self._ask()

    def _ask(self, *statements: Statement) -> list[list[DictRow]]:
        (found,), *answers = self._pipeline.ask(counted(self.branch), *statements)
        if self._changes not in (None, found["changes"]):
            raise OnPaperOnly
        self._changes = found["changes"]
        return answers


class Batch(PostgreSQLRows):
    """A change that was thought out from the stamp `seen`: its turn and everything it writes go out together."""

    def __init__(self, pipeline: Pipeline, branch: str, seen: object) -> None:
        super().__init__(pipeline, branch, Statement(TURN_AFTER, (branch.encode(), as_text(seen))))

    def _ask(self, *statements: Statement) -> list[list[DictRow]]:
        raise AssertionError(f"a change that was thought out asks nothing more: {statements}")

    def commit(self) -> None:
        try:
            self._ended()
        except errors.SerializationFailure as error:
            raise Overtaken from error
