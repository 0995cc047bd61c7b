"""What stands on the glass before anything of the branch is read: its name on its paper, as they were the last time.

A program that starts for the first time knows neither, and shows empty paper.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from lobbyline import durable


@dataclass(frozen=True)
class Welcome:
    """One face's first picture. The size is that of the panel, where no screen says its own."""

    width: int
    height: int
    name: str = ""
    sentences: tuple[str, ...] = ()
    paper: str = "#FFFFFF"
    ink: str = "#000000"

    def keep(self, file: Path) -> None:
        """For the next start. A disk that takes nothing costs no more than an older picture."""
        if kept(file) == self:
            return
        with suppress(OSError):
            durable.write(file, json.dumps(asdict(self), ensure_ascii=False).encode())


def kept(file: Path) -> Welcome | None:
    """The one of the last start; none where there is no file, or one that cannot be read."""
    try:
        read = json.loads(file.read_text("utf-8"))
        told = Welcome(**read | {"sentences": tuple(read["sentences"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return told if isinstance(told.width, int) and isinstance(told.height, int) else None
