"""[hours.NAME]: when a kind of business is open."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from lobbyline.lobby.settings.setting import Settings
from lobbyline.lobby.settings.window import Window, Windows

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAYS = (*WEEKDAYS, "holiday")  # every kind of day that has windows


class Hours(Settings):
    """When a kind of business is open: windows for each weekday, and for holidays."""

    mon: Windows = Field([], description="Windows of Monday.")
    tue: Windows = Field([], description="Windows of Tuesday.")
    wed: Windows = Field([], description="Windows of Wednesday.")
    thu: Windows = Field([], description="Windows of Thursday.")
    fri: Windows = Field([], description="Windows of Friday.")
    sat: Windows = Field([], description="Windows of Saturday.")
    sun: Windows = Field([], description="Windows of Sunday.")
    holiday: Windows = Field([], description="Windows of a day of `holidays`.")
    last_ticket_minutes: int = Field(
        15, ge=0, le=240, description="No ticket in the last minutes before the end of the day's last window."
    )

    def windows(self, day: str) -> list[Window]:
        """The windows of one of DAYS, in order."""
        windows: list[Window] = getattr(self, day)
        return sorted(windows, key=lambda window: window.start)
