"""[[readers]] of devices.toml: what customers hold cards and codes to."""

from __future__ import annotations

from pydantic import Field

from lobbyline.lobby.settings.places import Port
from lobbyline.lobby.settings.setting import Settings

KEYBOARD = "keyboard"


class Reader(Settings):
    """A reader at the kiosk."""

    name: str = Field(description="How messages call it.")
    port: Port = Field(
        description='Stable device path; a relative path is inside the data folder. "keyboard" for one that types.'
    )
    model: str = Field(description="A profile of assets/readers.")
    machine: str = Field("", description="The machine it is plugged in at, where there are several.")
    baudrate: int | None = Field(None, ge=300, le=1000000, description="Instead of the model's own speed.")
