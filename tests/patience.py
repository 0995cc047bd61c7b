"""How long tests wait for what must happen.

Long: a machine with much else to do is no fault of ours, and where things go well nobody waits.
"""

from __future__ import annotations

import select
import time
from collections.abc import Callable
from typing import Protocol

PATIENCE = 60.0  # seconds
LOOK = 0.01  # seconds between two looks


class Heard(Protocol):
    """Something that wakes whoever waits for its descriptor: a program's watch."""

    def fileno(self) -> int: ...


def rings(bell: Heard) -> bool:
    """Whether a bell rings by itself, before anybody looks whether there is news."""
    return bool(select.select([bell], [], [], PATIENCE)[0])


def until(holds: Callable[[], object], what: str = "what was waited for") -> None:
    """Wait for a condition; `AssertionError` when it never comes true."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, f"never happened: {what}"
        time.sleep(LOOK)
