"""A pseudo-terminal in the place of a serial line."""

from __future__ import annotations

import os
import tty
from pathlib import Path


class Terminal:
    """A pseudo-terminal under a stable name, as /dev/serial/by-id leads to an adapter; `near` is the device's end.

    The far end is kept open and set raw: without an opener a pseudo-terminal gives its near end an error, and a fresh
    one echoes.
    """

    def __init__(self, name: Path) -> None:
        self.near, self._far = os.openpty()
        tty.setraw(self._far)
        name.parent.mkdir(parents=True, exist_ok=True)
        name.unlink(missing_ok=True)
        name.symlink_to(os.ttyname(self._far))
        self._name = name

    def close(self) -> None:
        """Pull the adapter: the name is gone, and whoever has the line open gets an error."""
        self._name.unlink(missing_ok=True)
        os.close(self._far)
        os.close(self.near)
