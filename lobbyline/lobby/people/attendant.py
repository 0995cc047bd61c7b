"""The attendant's menu of a kiosk: who may open it, and what was done there.

Its PIN is kept as a hash, in a file beside the memory or handed over as a systemd credential of the same name.
"""

from __future__ import annotations

import logging
import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from lobbyline.lobby.people import secret

if TYPE_CHECKING:
    from lobbyline.lobby.lobby import Lobby

FILE = "attendant.pin"

log = logging.getLogger(__name__)


class Attendant:
    """Whoever changes the paper of a kiosk."""

    def __init__(self, lobby: Lobby) -> None:
        self._lobby = lobby

    @property
    def known(self) -> bool:
        """Whether there is a PIN: without one nobody opens the menu."""
        return bool(self._hash())

    def fresh_pin(self) -> str:
        """A new PIN; only its hash is kept, so it is told once. Whoever makes it, the kiosk's own user reads it."""
        pin, file = secret.fresh_pin(), self._lobby.data / FILE
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as kept:
            kept.write(secret.hashed(pin))
            if os.geteuid() == 0:
                os.fchown(descriptor, *owner(self._lobby.data))
        return pin

    def admits(self, pin: str) -> bool:
        kept = self._hash()
        return bool(kept) and secret.matches(kept, pin)

    def doubtful(self, at: datetime) -> list[str]:
        """Numbers of today of whose paper nobody knows whether it came out."""
        with self._lobby.read() as book:
            return [number for number, _ in book.doubtful_prints(self._lobby.day(at))]

    def did(self, deed: str, at: datetime) -> None:
        """Write down what was done at the kiosk."""
        with self._lobby.write() as book:
            book.note("attended", at, "attendant", deed=deed)

    def _hash(self) -> str:
        folders = [Path(folder) for folder in [os.environ.get("CREDENTIALS_DIRECTORY")] if folder]
        file = next((one / FILE for one in (*folders, self._lobby.data) if (one / FILE).exists()), None)
        try:
            return file.read_text(encoding="ascii").strip() if file else ""
        except (OSError, UnicodeDecodeError) as error:
            log.warning("%s cannot be read (%s): nobody opens the menu; `lobbyline pin` makes another", file, error)
            return ""


def owner(place: Path) -> tuple[int, int]:
    """User and group of a folder."""
    found = place.stat()
    return found.st_uid, found.st_gid
