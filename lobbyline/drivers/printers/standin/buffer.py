"""The receive buffer between a stand-in printer's mouth and its hand.

While it is full nothing more is taken in, as on a real printer. Emptied or switched off in the middle of a command, it
ends that command: whoever waits here hears of it as an exception.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable

EMPTYING_SECONDS = 1.0  # at most, until the hand has let go of its command


class Cleared(Exception):
    """The buffer was emptied in the middle of a command."""


class Stopped(Exception):
    """The printer is switched off."""


class Buffer:
    """Bytes in at one end, out at the other; `change` wakes whoever waits for anything in the printer."""

    def __init__(self, room: int) -> None:
        self.change = threading.Condition()
        self.stopped = False
        self._room = room
        self._bytes: deque[int] = deque()
        self._emptying = False

    def store(self, data: bytes) -> None:
        """All of it, as room is made."""
        with self.change:
            while data and not self.stopped:
                self.change.wait_for(lambda: len(self._bytes) < self._room or self.stopped)
                room = self._room - len(self._bytes)
                self._bytes.extend(data[:room])
                data = data[room:]
                self.change.notify_all()

    def take(self) -> int:
        """The next byte, as soon as there is one."""
        with self.change:
            self.wait(lambda: bool(self._bytes))
            byte = self._bytes.popleft()
            self.change.notify_all()
            return byte

    def wait(self, done: Callable[[], bool] = lambda: False, seconds: float | None = None) -> None:
        """Until something is done, or for a time; cut short when the buffer is emptied or the printer switched off."""
        with self.change:
            self.change.wait_for(lambda: done() or self._emptying or self.stopped, seconds)
            if self.stopped:
                raise Stopped
            if self._emptying:
                self._emptying = False
                self.change.notify_all()
                raise Cleared

    def empty(self) -> None:
        """Forget everything, and end the command that waits for the rest."""
        with self.change:
            self._bytes.clear()
            self._emptying = True
            self.change.notify_all()
            self.change.wait_for(lambda: not self._emptying or self.stopped, EMPTYING_SECONDS)

    def stop(self) -> None:
        with self.change:
            self.stopped = True
            self.change.notify_all()
