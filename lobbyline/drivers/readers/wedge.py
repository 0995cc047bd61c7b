"""Readers that type: a keyboard wedge sends its line as keys, faster than any finger, and a key for the end.

Slow keys are a person's and are left alone; so is a burst without an end.
"""

from __future__ import annotations

FASTEST_FINGER = 0.05  # seconds between two keys: typists need more, readers a tenth of it
LEAST = 6  # signs: shorter bursts are a hand on the keys
LONGEST = 2048  # a form as a code
ENDS = "\r\n\t"


class Burst:
    """Keys on their way to becoming a line."""

    def __init__(self) -> None:
        self._signs, self._last = "", float("-inf")

    def press(self, sign: str, at: float) -> str | None:
        """One key at a time in seconds; the line when this key ended one."""
        quick = at - self._last <= FASTEST_FINGER
        self._last = at
        signs = self._signs if quick else ""
        if sign in ENDS:
            self._signs = ""
            return signs if len(signs) >= LEAST else None
        self._signs = (signs + sign)[-LONGEST:]
        return None
