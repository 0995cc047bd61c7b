"""The bell: after a commit, every program that listens gets an empty datagram.

The notice says *that* something changed, never what; a lost or doubled one changes nothing, since listeners
also poll. Sockets live in a folder beside the database.
"""

from __future__ import annotations

import contextlib
import os
import select
import socket
from collections.abc import Callable
from pathlib import Path

from lobbyline.lobby.errors import StoreError
from lobbyline.sockets import short

POLL_SECONDS = 0.5  # how long a lost bell can delay a change


def ring(folder: Path) -> None:
    """Wake everyone who listens; never wait for anyone and never fail: what is told has happened already."""
    with contextlib.suppress(OSError), _bell() as bell, short(folder) as place:  # without the folder everybody polls
        for name in os.listdir(folder):  # noqa: PTH208  # names, not paths, go into the address
            try:
                bell.sendto(b"", f"{place}/{name}")
            except ConnectionRefusedError:  # its program died: sweep what it left
                with contextlib.suppress(OSError):
                    (folder / name).unlink()
            except OSError:  # a full mailbox has woken its owner already
                continue


def _bell() -> socket.socket:
    return socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK)


def listeners(folder: Path) -> list[str]:
    """Who listens now: a program's name and its process number."""
    found = []
    with short(folder) as place:
        for name in sorted(os.listdir(folder)):  # noqa: PTH208  # as above
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as bell, contextlib.suppress(OSError):
                bell.connect(f"{place}/{name}")
                found.append(name)
    return found


class Watch:
    """Wakes one program when anything was committed: wake, re-read, compare, act."""

    def __init__(self, folder: Path, name: str, version: Callable[[], int]) -> None:
        self._path = folder / f"{name}-{os.getpid()}"
        self._version = version
        self.first: Callable[[], object] = lambda: None  # done after every change, before anybody is told of it
        self._seen: int | None = None
        self._socket = _bell()
        self._path.unlink(missing_ok=True)
        with short(folder) as place:
            self._socket.bind(f"{place}/{self._path.name}")

    def fileno(self) -> int:
        """The bell's descriptor, for select() and QSocketNotifier."""
        return self._socket.fileno()

    def changed(self) -> bool:
        """Whether something was committed since the last look; true the first time.

        A memory that cannot be asked counts as changed: whoever reads it then learns why, and a watch outlives it.
        """
        self._drain()
        try:
            version = self._version()
            if version == self._seen:
                return False
            self.first()
        except StoreError:
            self._seen = None
            return True
        self._seen = version
        return True

    def wait(self, seconds: float) -> bool:
        """Wait for the bell at most `seconds`, then say whether something was committed."""
        select.select([self._socket], [], [], seconds)
        return self.changed()

    def ring(self) -> None:
        """Wake this one program: something changed that no bell of this machine tells."""
        with contextlib.suppress(OSError), short(self._path.parent) as place:
            self._socket.sendto(b"", f"{place}/{self._path.name}")

    def close(self) -> None:
        self._socket.close()
        self._path.unlink(missing_ok=True)

    def _drain(self) -> None:
        with contextlib.suppress(BlockingIOError):
            while True:
                self._socket.recv(1)
