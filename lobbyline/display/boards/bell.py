"""What wakes the program of the boards: news from a keeper, or a signal that ends it."""

from __future__ import annotations

import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from queue import SimpleQueue
from types import FrameType

from lobbyline.drivers.boards.news import News


class Bell:
    """Wakes the program's thread: news from a keeper, or the end."""

    def __init__(self) -> None:
        self.news: SimpleQueue[News] = SimpleQueue()
        self.ended = False
        self._hear, self._ring = socket.socketpair()
        self._hear.setblocking(False)
        self._ring.setblocking(False)

    def __enter__(self) -> Bell:
        return self

    def __exit__(self, *_: object) -> None:
        self._hear.close()
        self._ring.close()

    def fileno(self) -> int:
        return self._hear.fileno()

    def tell(self, news: News) -> None:
        self.news.put(news)
        self._wake()

    def end(self, _signal: int, _frame: FrameType | None) -> None:
        self.ended = True
        self._wake()

    def all(self) -> list[News]:
        """Everything that was told since the last look."""
        with suppress(BlockingIOError):
            self._hear.recv(4096)
        return [self.news.get() for _ in range(self.news.qsize())]

    def _wake(self) -> None:
        with suppress(BlockingIOError):  # full of bells: nobody will oversleep
            self._ring.send(b"!")


@contextmanager
def ended_by(*signals: signal.Signals, bell: Bell) -> Iterator[None]:
    """Let these signals end the program after the frame that is on its way."""
    before = {number: signal.signal(number, bell.end) for number in signals}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
