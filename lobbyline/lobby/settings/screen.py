"""[screen]: the hall's television."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from lobbyline.lobby.settings.setting import Settings, Text, at_start_of
from lobbyline.lobby.settings.window import DayWindow


class Screen(Settings):
    """The hall's television."""

    width: int = Field(
        1920, ge=600, le=7680, description="Pixels of the panel.", json_schema_extra=at_start_of("screen")
    )
    height: int = Field(
        1080, ge=480, le=4320, description="Pixels of the panel.", json_schema_extra=at_start_of("screen")
    )
    called_seconds: int = Field(20, ge=5, le=120, description="How long a new call stands alone in its colour.")
    notices: list[Text] = Field([], description="Notices of the bottom strip, one at a time.")
    notice_seconds: int = Field(15, ge=5, le=300, description="How long a notice stands still.")
    leaflets: Literal["always", "calm", "never"] = Field(
        "always",
        description="When the branch's notices/ folder is shown: always, only while no call is fresh, or never.",
    )
    leaflet_seconds: int = Field(
        20, ge=5, le=600, description="How long a leaflet stands still; films play to the end."
    )
    flash_seconds: int = Field(
        4, ge=0, le=10, description="How long a new call flashes for those who do not hear, once a second; 0 is never."
    )
    look: Literal["daylight", "light", "night", "contrast"] = Field(
        "daylight", description="The theme; daylight is light within `day` and night around it."
    )
    day: DayWindow = Field("07:00-18:00", validate_default=True, description="When the hall has daylight.")
