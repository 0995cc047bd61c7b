"""What tells a branch's programs that something was committed, and who listens to it."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
from psycopg import sql

from lobbyline.lobby.store import bell
from lobbyline.lobby.store.postgresql.link import connect
from lobbyline.lobby.store.postgresql.pipeline import Statement

if TYPE_CHECKING:
    from lobbyline.lobby.store.postgresql.engine import PostgreSQL

NOTICE = "SELECT set_config('synchronous_commit', 'off', true), pg_notify($1, '')"
RETRY_SECONDS = 1.0  # between two tries to listen again


def channel(branch: str) -> str:
    return f"lobbyline_{branch}"


def notice(branch: str) -> Statement:
    """Tells whoever listens; said behind a commit it is a change of its own, which waits for no disk.

    Inside of the change itself it would line up the commits of all branches, one disk behind the other.
    """
    return Statement(NOTICE, (channel(branch).encode(),))


class Listener:
    """The one connection on which a program hears what any machine committed, for all its watches."""

    def __init__(self, store: PostgreSQL) -> None:
        self._store = store
        self._watches: set[bell.Watch] = set()
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._thread: threading.Thread | None = None

    def add(self, watch: bell.Watch) -> None:
        with self._lock:
            self._watches.add(watch)
            self._store.away.listening = True
            if self._thread is None:
                self._over = threading.Event()
                self._thread = threading.Thread(target=self._listen, args=[self._over], name="listener", daemon=True)
                self._thread.start()

    def leave(self, watch: bell.Watch) -> None:
        """Whoever is the last ends it."""
        with self._lock:
            self._watches.discard(watch)
            ended, self._thread = (None, self._thread) if self._watches else (self._thread, None)
            self._store.away.listening = bool(self._watches)
            if ended:
                self._over.set()
        if ended:
            ended.join()

    def _listen(self, over: threading.Event) -> None:
        while not over.is_set():
            try:
                with connect(self._store.url) as connection:
                    connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel(self._store.branch))))
                    self._store.away.over()
                    self._ring()  # what was committed before we listened
                    while not over.is_set():
                        for _ in connection.notifies(timeout=RETRY_SECONDS, stop_after=1):
                            self._ring()
            except psycopg.OperationalError:  # meanwhile the poll does it
                over.wait(RETRY_SECONDS)

    def _ring(self) -> None:
        with self._lock:
            watches = list(self._watches)
        for watch in watches:
            watch.ring()


class Heard(bell.Watch):
    """Wakes one program when a program of any machine committed something."""

    def __init__(self, folder: Path, name: str, store: PostgreSQL) -> None:
        bell.ring(folder)  # nobody else does here, and it sweeps what dead programs left
        super().__init__(folder, name, store.version)
        self._listener = store.listener
        self._listener.add(self)

    def close(self) -> None:
        self._listener.leave(self)
        super().close()
