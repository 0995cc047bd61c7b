"""What the keeper of a bus has to say: faces that were shown, troubles, and how each board has fared."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lobbyline.drivers.boards.schedule import Face

TOLD = re.compile(r"(\d+) frames sent, (\d+) acknowledged, (\d+) time-outs, (\d+) bytes of garbage")


@dataclass(frozen=True)
class Shown:
    """A board acknowledged a face, or was sent it and never answers."""

    board: str
    face: Face


@dataclass(frozen=True)
class Fault:
    """A board, or the bus by its own name, is in trouble."""

    name: str
    sentence: str
    trouble: str = ""  # its code


@dataclass(frozen=True)
class Restored:
    """The bus is open (again)."""

    name: str


News = Shown | Fault | Restored


@dataclass(frozen=True)
class Counts:
    """What happened between us and one board, for the technician."""

    sent: int = 0
    acknowledged: int = 0
    timeouts: int = 0
    garbage: int = 0

    def __add__(self, more: Counts) -> Counts:
        return Counts(
            self.sent + more.sent,
            self.acknowledged + more.acknowledged,
            self.timeouts + more.timeouts,
            self.garbage + more.garbage,
        )

    def __str__(self) -> str:
        return (
            f"{self.sent} frames sent, {self.acknowledged} acknowledged, "
            f"{self.timeouts} time-outs, {self.garbage} bytes of garbage"
        )

    @staticmethod
    def told(sentence: str) -> Counts | None:
        """The counts that stand in a sentence about a board."""
        found = TOLD.search(sentence)
        return Counts(*map(int, found.groups())) if found else None
