"""What every thread of a program keeps open for itself."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar


class Closable(Protocol):
    def close(self) -> None: ...


T = TypeVar("T", bound=Closable)


class EachThread(Generic[T]):
    """One for each thread, opened when it first asks; what threads that have ended left open is closed."""

    def __init__(self, new: Callable[[], T]) -> None:
        self._new = new
        self._mine = threading.local()
        self._opened: dict[threading.Thread, T] = {}
        self._opening = threading.Lock()

    def mine(self) -> T:
        own: T | None = getattr(self._mine, "own", None)
        if own is None:
            own = self._mine.own = self._new()
            with self._opening:
                self._close_orphans()
                self._opened[threading.current_thread()] = own
        return own

    def close(self) -> None:
        """Close what every thread has open; who asks again gets a new one."""
        with self._opening:
            for own in self._opened.values():
                own.close()
            self._opened.clear()
        self._mine = threading.local()

    def _close_orphans(self) -> None:
        for thread in [thread for thread in self._opened if not thread.is_alive()]:
            self._opened.pop(thread).close()
