"""What tells a branch's other machines that something was committed: after the commit, and many at once as one."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
from psycopg import sql

from lobbyline.lobby.store import bell
from lobbyline.lobby.store.postgresql.link import connect
from lobbyline.lobby.store.postgresql.talk import Said, Talk

if TYPE_CHECKING:
    from lobbyline.lobby.store.postgresql.engine import PostgreSQL

RING_SECONDS = 0.02  # between two notices to other machines: whoever listens re-reads everything anyway
RETRY_SECONDS = 1.0  # between two tries to listen again


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
        talk: Talk | None = None
        notice = Said("SELECT pg_notify($1, '')", (channel(self._branch).encode(),))
        while self._rung.wait() and not self._closed.is_set():
            self._rung.clear()
            try:
                if talk is None or talk.over:
                    talk = Talk(connect(self._url))
                    talk.ask(Said("SET synchronous_commit = off"))  # a notice need not outlive a power cut
                talk.ask(notice)
            except psycopg.OperationalError:  # whoever listens also polls
                self._closed.wait(RETRY_SECONDS)
            self._closed.wait(RING_SECONDS)
        if talk:
            talk.end()


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
