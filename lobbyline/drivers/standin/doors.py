"""Where a stand-in is reached: a TCP port that serves one client at a time, or a pseudo-terminal.

Once a pseudo-terminal is open it has one endless conversation, as a serial line has.
"""

from __future__ import annotations

import os
import select
import socket
from pathlib import Path
from typing import Protocol

from lobbyline.drivers.standin.terminal import Terminal

TICK = 0.05
MOUTHFUL = 512


class Mouth(Protocol):
    """One conversation."""

    def hear(self) -> bytes | None: ...  # nothing within a tick is empty; None when it is over
    def say(self, data: bytes) -> None: ...
    def hang_up(self) -> None: ...
    def close(self) -> None: ...


class SocketMouth:
    """A client on the network."""

    def __init__(self, client: socket.socket) -> None:
        self._client = client
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        client.settimeout(TICK)

    def hear(self) -> bytes | None:
        try:
            return self._client.recv(MOUTHFUL) or None
        except TimeoutError:
            return b""
        except OSError:
            return None

    def say(self, data: bytes) -> None:
        self._client.sendall(data)

    def hang_up(self) -> None:
        self._client.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._client.close()


class PortDoor:
    """Listens on a port; 0 takes a free one."""

    def __init__(self, host: str, port: int) -> None:
        self._listener = socket.create_server((host, port), backlog=4)
        self._listener.settimeout(TICK)
        self.port: int = self._listener.getsockname()[1]

    def visitor(self) -> Mouth | None:
        try:
            client, _ = self._listener.accept()
        except TimeoutError:
            return None
        return SocketMouth(client)

    def close(self) -> None:
        self._listener.close()


class LineMouth:
    """The device's end of a pseudo-terminal."""

    def __init__(self, file: int) -> None:
        self._file = file

    def hear(self) -> bytes | None:
        if not select.select([self._file], [], [], TICK)[0]:
            return b""
        try:
            return os.read(self._file, MOUTHFUL)
        except OSError:
            return None

    def say(self, data: bytes) -> None:
        os.write(self._file, data)

    def hang_up(self) -> None:
        """A cable pulled and put back is no event on a serial line."""

    def close(self) -> None:
        """The line stays plugged in."""


class LineDoor:
    """A pseudo-terminal; its far end is kept open, so that clients may come and go."""

    port = 0

    def __init__(self, name: Path) -> None:
        self._terminal = Terminal(name)

    def visitor(self) -> Mouth | None:
        return LineMouth(self._terminal.near)

    def close(self) -> None:
        self._terminal.close()
