"""One watch on the store for all open pages.

Each page holds a stream of server-sent events that say *that* something changed; the page then reads what it
shows anew. One thread listens to the store and wakes every stream; losing a wake-up or having one too many
changes nothing, because pages read again every few seconds anyway.
"""

from __future__ import annotations

import asyncio
import select
import socket
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from typing import Protocol

from lobbyline.lobby.errors import StoreError

CHANGED = "data: changed\n\n"
PING = ": ping\n\n"
PING_SECONDS = 10.0
# After a ring there is quiet for a moment, so that in a rush all pages read the same and it is worked out once.
QUIET_SECONDS = 0.2
# A safety net as well: the store is asked again this often, rung or not.
LOOK_SECONDS = 0.5


class Watching(Protocol):
    """What the bell needs of the lobby's watch."""

    def fileno(self) -> int: ...

    def changed(self) -> bool: ...

    def close(self) -> None: ...


class Bell:
    """Rings every listener after every change, until it is closed."""

    def __init__(self, watch: Callable[[], Watching], loop: asyncio.AbstractEventLoop) -> None:
        self._watch = watch
        self._loop = loop
        self._listeners: set[asyncio.Event] = set()
        self._closed = threading.Event()
        self._hook, self._hanging = socket.socketpair()
        self._thread = threading.Thread(target=self._listen, name="staff-bell", daemon=True)
        self._thread.start()

    async def stream(self) -> AsyncIterator[str]:
        """What one page hears: at once that it should read, then every change, and a ping in between."""
        listener = asyncio.Event()
        self._listeners.add(listener)
        try:
            yield "retry: 400\n" + CHANGED
            while not self._closed.is_set():
                yield await _heard(listener)
        finally:
            self._listeners.discard(listener)

    def hang_up(self) -> None:
        """Ends every stream; safe from a signal handler."""
        self._closed.set()
        self._loop.call_soon_threadsafe(self._ring)

    def close(self) -> None:
        """Ends every stream and the thread."""
        self.hang_up()
        self._hanging.close()
        self._thread.join()
        self._hook.close()

    def _listen(self) -> None:
        """The thread: the watch is opened here, for it belongs to the thread that waits on it."""
        with closing(self._watch()) as watch:
            while not self._closed.is_set():
                select.select([watch.fileno(), self._hook.fileno()], [], [], LOOK_SECONDS)
                if not self._closed.is_set() and _changed(watch):
                    self._loop.call_soon_threadsafe(self._ring)
                    self._closed.wait(QUIET_SECONDS)

    def _ring(self) -> None:
        for listener in self._listeners:
            listener.set()


def _changed(watch: Watching) -> bool:
    try:
        return watch.changed()
    except StoreError:  # whoever reads will hear of it; this thread waits for better times
        return False


async def _heard(listener: asyncio.Event) -> str:
    try:
        await asyncio.wait_for(listener.wait(), PING_SECONDS)
    except TimeoutError:
        return PING
    listener.clear()
    return CHANGED
