"""[hours.NAME]: when a kind of business is open."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from lobbyline.lobby.settings.setting import Settings
from lobbyline.lobby.settings.window import Window, Windows

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Hours(Settings):
    """When a kind of business is open: windows for each weekday, none on holidays."""

    mon: Windows = Field([], description="Windows of Monday.")
    tue: Windows = Field([], description="Windows of Tuesday.")
    wed: Windows = Field([], description="Windows of Wednesday.")
    thu: Windows = Field([], description="Windows of Thursday.")
    fri: Windows = Field([], description="Windows of Friday.")
    sat: Windows = Field([], description="Windows of Saturday.")
    sun: Windows = Field([], description="Windows of Sunday.")
    last_ticket_minutes: int = Field(
        15, ge=0, le=240, description="No ticket in the last minutes before the end of the day's last window."
    )

    def windows(self, day: date) -> list[Window]:
        """The windows of one calendar day, in order."""
        windows: list[Window] = getattr(self, WEEKDAYS[day.weekday()])
        return sorted(windows, key=lambda window: window.start)
