"""The connections of one program: as many as it needs at once, which is mostly one."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from lobbyline.lobby.store.postgresql.pipeline import Pipeline

SPARE = 3  # kept open while nobody needs them


class Pool:
    """Lends a connection for the time of a section or a reading; the last that came back goes out first."""

    def __init__(self, new: Callable[[], Pipeline]) -> None:
        self._new = new
        self._free: list[Pipeline] = []
        self._all: set[Pipeline] = set()
        self._lock = threading.Lock()

    @contextmanager
    def lent(self) -> Iterator[Pipeline]:
        pipeline = self._free_one() or self._new_one()
        try:
            yield pipeline
        finally:
            self._come_back(pipeline)

    def close(self) -> None:
        """Close all of them, also those that are out; who asks again gets a new one."""
        with self._lock:
            for pipeline in self._all:
                pipeline.end()
            self._all.clear()
            self._free.clear()

    def _free_one(self) -> Pipeline | None:
        with self._lock:
            return self._free.pop() if self._free else None

    def _new_one(self) -> Pipeline:
        pipeline = self._new()
        with self._lock:
            self._all.add(pipeline)
        return pipeline

    def _come_back(self, pipeline: Pipeline) -> None:
        """Keep it for the next one; when it is lost, so are probably those that lie here."""
        with self._lock:
            if pipeline in self._all and not pipeline.over and len(self._free) < SPARE:
                self._free.append(pipeline)
                return
            gone = [pipeline, *(self._free if pipeline.over else ())]
            self._free = [one for one in self._free if one not in gone]
            self._all -= set(gone)
        for one in gone:
            one.end()
