"""[lunch]: who stays while others eat."""

from __future__ import annotations

from datetime import time

from pydantic import Field

from lobbyline.lobby.settings.setting import Settings
from lobbyline.lobby.settings.window import DayWindow


class Cover(Settings):
    """Counters of which some stay open."""

    counters: list[int] = Field(description="Their numbers.", min_length=1)
    least: int = Field(1, ge=1, le=99, description="How many of them stay open.")


class Lunch(Settings):
    """The hours in which tellers eat in turns and the branch stays open."""

    window: DayWindow = Field(description='Like "12:00-13:30".')
    cover: list[Cover] = Field(description="Groups of counters that never all close.", min_length=1)

    def now(self, clock: time) -> bool:
        return self.window.start <= clock < self.window.until
