"""Where a program sends its signs of life, exactly as it would to systemd."""

from __future__ import annotations

import secrets
import socket
import time
from contextlib import suppress


class NotifySocket:
    """One program's own; silence counts from the moment it said that it is ready."""

    def __init__(self, patience: float) -> None:
        self.given_up_at = 0.0  # when the program was told to end because it was silent
        self._patience = patience
        self._name = f"lobbyline-{secrets.token_hex(8)}"  # abstract: nothing is left behind, nobody guesses it
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK | socket.SOCK_CLOEXEC)
        self._socket.bind(f"\0{self._name}")
        self._heard_at: float | None = None

    def environment(self) -> dict[str, str]:
        """What the program must know to be heard."""
        return {"NOTIFY_SOCKET": f"@{self._name}", "WATCHDOG_USEC": str(round(self._patience * 1_000_000))}

    def silence(self) -> float:
        """Seconds since the last sign of life; 0 before the first."""
        with suppress(BlockingIOError):
            while self._socket.recv(4096):
                self._heard_at = time.monotonic()
        return 0.0 if self._heard_at is None else time.monotonic() - self._heard_at

    def close(self) -> None:
        self._socket.close()
