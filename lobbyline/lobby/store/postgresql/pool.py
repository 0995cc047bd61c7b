"""The connections of one program: as many as it needs at once, which is mostly one."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from lobbyline.lobby.store.postgresql.talk import Talk

SPARE = 3  # kept open while nobody needs them


class Pool:
    """Lends a connection for the time of a section or a reading; the last that came back goes out first."""

    def __init__(self, new: Callable[[], Talk]) -> None:
        self._new = new
        self._free: list[Talk] = []
        self._all: set[Talk] = set()
        self._lock = threading.Lock()

    @contextmanager
    def lent(self) -> Iterator[Talk]:
        talk = self._free_one() or self._new_one()
        try:
            yield talk
        finally:
            self._come_back(talk)

    def close(self) -> None:
        """Close all of them, also those that are out; who asks again gets a new one."""
        with self._lock:
            for talk in self._all:
                talk.end()
            self._all.clear()
            self._free.clear()

    def _free_one(self) -> Talk | None:
        with self._lock:
            return self._free.pop() if self._free else None

    def _new_one(self) -> Talk:
        talk = self._new()
        with self._lock:
            self._all.add(talk)
        return talk

    def _come_back(self, talk: Talk) -> None:
        """Keep it for the next one; when it is lost, so are probably those that lie here."""
        with self._lock:
            if talk in self._all and not talk.over and len(self._free) < SPARE:
                self._free.append(talk)
                return
            gone = [talk, *(self._free if talk.over else ())]
            self._free = [one for one in self._free if one not in gone]
            self._all -= set(gone)
        for one in gone:
            one.end()
