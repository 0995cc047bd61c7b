"""What a program owes to whoever started it: say when it is ready, and that its main loop still turns.

One datagram each, no library; without systemd (or our own supervisor, which listens the same way) nobody is told.
"""

from __future__ import annotations

import os
import socket
import time
from contextlib import suppress

QUARTER = 4  # pings in the time after which a silent program is taken for frozen


def notify(message: str) -> None:
    """Tell systemd; without systemd, nobody."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return
    target = f"\0{address[1:]}" if address.startswith("@") else address
    line = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC)
    with line, suppress(OSError):  # whoever listened has gone: the work goes on
        line.sendto(message.encode(), target)


def watched() -> bool:
    """Whether systemd, or our own supervisor, started this program and listens to it."""
    return bool(os.environ.get("NOTIFY_SOCKET"))


def ping_seconds() -> float:
    """How often to ping; 0 when nobody waits for it."""
    microseconds = int(os.environ.get("WATCHDOG_USEC", "0") or 0)
    return microseconds / 1_000_000 / QUARTER


class Pulse:
    """The heart of a main loop: `beat` in every turn, and a loop that stands still is noticed.

    The first beat says that the program is ready; later ones are told as often as somebody waits for them.
    """

    def __init__(self) -> None:
        self._every = ping_seconds()
        self._told: float | None = None

    def beat(self, status: str = "") -> None:
        now = time.monotonic()
        if self._told is None:
            notify("\n".join(["READY=1", *([f"STATUS={status}"] if status else [])]))
        elif not self._every or now - self._told < self._every:
            return
        if self._every:
            notify("WATCHDOG=1")
        self._told = now
