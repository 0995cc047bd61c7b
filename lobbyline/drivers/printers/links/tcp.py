"""A printer on the network, `tcp://192.168.1.50:9100`.

Many network modules serve one client at a time, so nothing here opens a second connection.
"""

from __future__ import annotations

import socket
from urllib.parse import urlsplit

from lobbyline.drivers.errors import DeviceError
from lobbyline.drivers.printers.links.link import FileWire, Link, Wire

CONNECT_SECONDS = 2.0


class TcpLink(Link):
    """A printer on the network, usually at port 9100."""

    def __init__(self, name: str, address: str) -> None:
        super().__init__(name, address)
        self.host, self.port = _host_and_port(name, address)

    def _connect(self) -> Wire:
        connection = socket.create_connection((self.host, self.port), CONNECT_SECONDS)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        connection.setblocking(False)
        return FileWire(connection)

    def _reason(self, error: OSError) -> str:
        if isinstance(error, TimeoutError):
            return "no answer in time. Is it switched on, and is the network cable in?"
        if isinstance(error, ConnectionRefusedError):
            return "it refuses connections. Is the port right (often 9100), and is no other program connected?"
        if isinstance(error, ConnectionResetError | BrokenPipeError):
            return "the connection broke. Was it switched off or unplugged?"
        return f"{error.strerror or error}. Is the address right, and is the network up?"


def _host_and_port(name: str, address: str) -> tuple[str, int]:
    parts = urlsplit(address)
    try:
        if parts.scheme == "tcp" and parts.hostname and parts.port:
            return parts.hostname, parts.port
    except ValueError:
        pass  # a port that is no number: the same sentence
    raise DeviceError(
        f'Printer "{name}" of devices.toml: its address is written like "tcp://192.168.1.50:9100", not "{address}"'
    )
