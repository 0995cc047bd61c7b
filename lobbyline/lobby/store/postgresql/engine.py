"""The memory on a PostgreSQL server, shared by the machines of a branch, and by many branches apart from each other.

Every write is one section: the branch's own row is updated first, which queues its writers fairly and counts its
changes; the commit waits for the server's disk. Who listens is told in the same journey, behind it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from lobbyline.lobby.errors import StoreError
from lobbyline.lobby.store.bell import Watch
from lobbyline.lobby.store.postgresql import schema
from lobbyline.lobby.store.postgresql.link import (
    Away,
    Unreachable,
    connect,
    translated,
    without_password,
)
from lobbyline.lobby.store.postgresql.notice import Heard, Listener
from lobbyline.lobby.store.postgresql.optimistic import ONE_MOMENT, Batch, Sketch
from lobbyline.lobby.store.postgresql.pipeline import Pipeline, Statement
from lobbyline.lobby.store.postgresql.pool import Pool
from lobbyline.lobby.store.postgresql.rows import Reading, Turn, counted
from lobbyline.lobby.store.rows import Tables
from lobbyline.lobby.store.store import Store


class PostgreSQL(Store):
    """The memory of one branch on a server."""

    def __init__(self, url: str, data: Path, branch: str, *, away: bool = False) -> None:
        super().__init__(branch, without_password(url))
        self.url = url
        self._bells = data / "bell"
        self._bells.mkdir(parents=True, exist_ok=True)
        self.away = Away()
        self._pool = Pool(self._open)
        self.listener = Listener(self)
        try:
            self.version()
        except StoreError as error:
            if away and isinstance(error, Unreachable):
                return
            self.close()
            raise

    @contextmanager
    def section(self, seen: object = None) -> Iterator[Tables]:
        with self._translated(), self.pace.measured(), self._pool.lent() as pipeline:
            rows = Turn(pipeline, self.branch) if seen is None else Batch(pipeline, self.branch, seen)
            with rows.left():
                yield rows
                rows.commit()

    def reading(self) -> AbstractContextManager[Tables]:
        return self._looking(Reading)

    def sketching(self) -> AbstractContextManager[Tables]:
        return self._looking(Sketch)

    @contextmanager
    def _looking(self, kind: type[Reading | Sketch]) -> Iterator[Tables]:
        with self._translated(), self._pool.lent() as pipeline, kind(pipeline, self.branch).left() as rows:
            yield rows

    def watch(self, name: str) -> Watch:
        return Heard(self._bells, name, self)

    def check(self) -> list[str]:
        """Ask for an answer: the server looks after its own pages."""
        self.version()
        return []

    def copy(self, target: Path) -> None:
        raise StoreError(f"{target} is not made: whoever keeps the server of {self.where} copies it, with pg_dump")

    def tidy(self) -> None: ...  # the server sweeps by itself

    def size(self) -> int:
        with self._translated(), self._pool.lent() as pipeline:
            found = pipeline.ask(Statement("SELECT pg_database_size(current_database()) AS size"))[0]
        return int(found[0]["size"])

    def reserve_gone(self) -> None: ...

    def restore_reserve(self) -> None: ...

    def close(self) -> None:
        self._pool.close()

    def _open(self) -> Pipeline:
        with self.away.noticed():
            connection = connect(self.url)
        try:
            schema.must_fit(connection, self.branch, self.where)
            connection.execute(ONE_MOMENT)
        except BaseException:
            connection.close()
            raise
        return Pipeline(connection)

    def version(self) -> int:
        """Counts the changes of the branch."""
        with self._translated(), self._pool.lent() as pipeline:
            found = pipeline.ask(counted(self.branch))[0]
        return int(found[0]["changes"]) if found else 0

    def _translated(self) -> AbstractContextManager[None]:
        return translated(self.where)
