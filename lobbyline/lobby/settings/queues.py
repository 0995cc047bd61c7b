"""[queues.LETTER]: the lines of waiting customers."""

from __future__ import annotations

import re

from pydantic import Field

from lobbyline.lobby.settings.setting import Settings, Text


def letter(value: str) -> str:
    """The letter of a line, as it stands before the number."""
    if not re.fullmatch(r"[A-Z]", value):
        raise ValueError("a queue is one capital letter, A to Z")
    return value


class Queue(Settings):
    """One line of waiting customers with its own letter."""

    name: Text = Field(description="What customers call the line.")
    digits: int = Field(3, ge=2, le=4, description="Digits of the number; it restarts daily and rolls over at the top.")
    head_start: float = Field(0, ge=0, le=120, description="Minutes this line is treated as having arrived earlier.")
    max_wait: float = Field(
        45, ge=1, le=480, description="Minutes of waiting from which a ticket is late, and is hardly set back any more."
    )
    zone: Text = Field(description="Where to sit, as printed on the ticket.")
