"""The ear of whoever starts a program: what systemd would hear of it."""

from __future__ import annotations

import os
import socket

import pytest

from tests.patience import PATIENCE

PINGED = {"WATCHDOG_USEC": "400000"}  # what a program is told whose pings are waited for
SILENCE = 1.5  # seconds: longer than a slow machine needs from one ping to the next


class Ear:
    """A socket that programs are told of; each datagram is one word."""

    def __init__(self) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind("")  # the kernel gives it a name that no other has
        name: bytes = self._socket.getsockname()
        self.around = {**os.environ, "NOTIFY_SOCKET": f"@{name[1:].decode()}"}

    def word(self) -> str:
        """The next one."""
        self._socket.settimeout(PATIENCE)
        return self._socket.recv(4096).decode()

    def hears(self, *words: str) -> None:
        """Each of these is said, sooner or later, in this order."""
        for word in words:
            while word not in self.word():
                pass

    def hears_nothing(self) -> None:
        """Nothing was said that is not heard yet."""
        self._socket.settimeout(0)
        with pytest.raises(BlockingIOError):
            self._socket.recv(4096)

    def hears_it_fall_silent(self) -> None:
        """What was on its way comes, and then nothing more."""
        self._socket.settimeout(SILENCE)
        with pytest.raises(TimeoutError):
            for _ in range(50):
                self._socket.recv(4096)

    def close(self) -> None:
        self._socket.close()
