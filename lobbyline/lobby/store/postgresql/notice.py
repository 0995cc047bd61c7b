"""What tells a branch's other machines that something was committed, and who listens to it."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
from psycopg import sql

from lobbyline.lobby.store import bell
from lobbyline.lobby.store.postgresql.link import connect
from lobbyline.lobby.store.postgresql.talk import Said

if TYPE_CHECKING:
    from lobbyline.lobby.store.postgresql.engine import PostgreSQL

NOTICE = "SELECT set_config('synchronous_commit', 'off', true), pg_notify($1, '')"
RETRY_SECONDS = 1.0  # between two tries to listen again


def channel(branch: str) -> str:
    return f"lobbyline_{branch}"


def notice(branch: str) -> Said:
    """Tells the branch's other machines; said behind a commit it is a change of its own, which waits for no disk.

    Inside of the change itself it would line up the commits of all branches, one disk behind the other.
    """
    return Said(NOTICE, (channel(branch).encode(),), courtesy=True)  # whoever listens also polls


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
