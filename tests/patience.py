"""How long tests wait for what must happen.

Long: a machine with much else to do is no fault of ours, and where things go well nobody waits.
"""

from __future__ import annotations

import time
from collections.abc import Callable

PATIENCE = 60.0  # seconds
LOOK = 0.01  # seconds between two looks


def until(holds: Callable[[], object], what: str = "what was waited for") -> None:
    """Wait for a condition; `AssertionError` when it never comes true."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, f"never happened: {what}"
        time.sleep(LOOK)
