"""The way to a printer over TCP: one connection, kept; every wait is finite.

Many modules serve one client at a time, so nothing here opens a second connection.
"""

from __future__ import annotations

import socket
import time
from urllib.parse import urlsplit

from lobbyline.drivers.errors import DeviceError

CONNECT_SECONDS = 2.0
STALL_SECONDS = 5.0  # without a byte taken this long, the printer is not taking any
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 10.0


class Interrupted(DeviceError):
    """The printer has some bytes of a page and not the others: `sent` of them were handed over."""

    def __init__(self, sentence: str, sent: int) -> None:
        super().__init__(sentence)
        self.sent = sent


class TcpLink:
    """One kept connection; after a failure the next attempt is refused until the pause is over."""

    def __init__(self, name: str, address: str) -> None:
        self.name = name
        self.address = address
        self.host, self.port = _host_and_port(name, address)
        self.connections = 0  # how many there have been: a page belongs to one
        self._socket: socket.socket | None = None
        self._pause = 0.0
        self._not_before = 0.0
        self._trouble = ""

    def open(self) -> socket.socket:
        """Connects when there is no connection; refuses at once while a failed attempt is recent."""
        if self._socket is not None:
            return self._socket
        if time.monotonic() < self._not_before:
            raise self.error(self._trouble)
        try:
            self._socket = self._connect()
        except OSError as error:
            raise self.failed(_reason(error)) from error
        self.connections += 1
        return self._socket

    def _connect(self) -> socket.socket:
        connection = socket.create_connection((self.host, self.port), CONNECT_SECONDS)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        return connection

    def failed(self, trouble: str) -> DeviceError:
        """Closes the connection, doubles the pause before the next and gives the sentence to raise."""
        self.close()
        self._pause = min(LONGEST_PAUSE, self._pause * 2 or FIRST_PAUSE)
        self._not_before = time.monotonic() + self._pause
        self._trouble = trouble
        return self.error(trouble)

    def error(self, trouble: str) -> DeviceError:
        return DeviceError(f'Printer "{self.name}" at {self.address}: {trouble}')

    def works(self) -> None:
        """The printer answered: the next failure is tried again soon."""
        self._pause = 0.0

    def send(self, data: bytes) -> None:
        """Hands over all of it, or raises `Interrupted` with how much was."""
        connection = self.open()
        sent = 0
        try:
            connection.settimeout(STALL_SECONDS)
            while sent < len(data):
                sent += connection.send(data[sent : sent + 4096])
        except OSError as error:
            raise Interrupted(str(self.failed(_reason(error))), sent) from error

    def receive(self, seconds: float) -> bytes:
        """What arrives first within the time; empty when nothing does."""
        connection = self.open()
        try:
            connection.settimeout(max(0.001, seconds))
            data = connection.recv(4096)
        except TimeoutError:
            return b""
        except OSError as error:
            raise self.failed(_reason(error)) from error
        if not data:
            raise self.failed("it closed the connection. Is another program printing on it, or was it switched off?")
        return data

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None


def _host_and_port(name: str, address: str) -> tuple[str, int]:
    parts = urlsplit(address)
    try:
        if parts.scheme == "tcp" and parts.hostname and parts.port:
            return parts.hostname, parts.port
    except ValueError:
        pass  # a port that is no number: the same sentence
    raise DeviceError(f'Printer "{name}": its address is written like "tcp://192.168.1.50:9100", not "{address}"')


def _reason(error: OSError) -> str:
    """What the system saw and what to try."""
    if isinstance(error, TimeoutError):
        return "no answer in time. Is it switched on, and is the network cable in?"
    if isinstance(error, ConnectionRefusedError):
        return "it refuses connections. Is the port right (often 9100), and is no other program connected?"
    if isinstance(error, ConnectionResetError | BrokenPipeError):
        return "the connection broke. Was it switched off or unplugged?"
    return f"{error.strerror or error}. Is the address right, and is the network up?"
