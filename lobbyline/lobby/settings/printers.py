"""[[printers]] of devices.toml: the ticket printers."""

from __future__ import annotations

from pydantic import Field

from lobbyline.lobby.settings.places import PrinterAddress
from lobbyline.lobby.settings.setting import Settings


class Printer(Settings):
    """A ticket printer."""

    name: str = Field(description="How the other files and messages call it.")
    at: PrinterAddress = Field(
        description='"tcp://host:port", "serial:/dev/…?baud=115200", "usblp:/dev/usb/lp0" or "usb:0519:2013".'
    )
    model: str = Field("generic-80", description="A profile of assets/printers.")
    machine: str = Field("", description="The machine it is plugged in at, where there are several.")
