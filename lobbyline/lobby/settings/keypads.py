"""[[keypads]]: callers beside tellers and rating pads before customers, on serial lines."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from lobbyline.lobby.settings.places import Port
from lobbyline.lobby.settings.setting import Settings


class Pad(Settings):
    """One keypad."""

    name: str = Field(description="How messages call it.")
    address: int = Field(1, ge=0, le=65535, description="Its address on the line.")
    counter: int = Field(description="The counter it belongs to.")
    use: Literal["caller", "rating"] = Field(
        "caller", description="Beside the teller, to call; or before the customer, to rate: it does nothing else."
    )


class KeypadLine(Settings):
    """One serial line and the keypads on it."""

    name: str = Field(description="How messages call it.")
    port: Port = Field(description="Stable device path; a relative path is inside the data folder.")
    protocol: str = Field(description="A protocol of assets/keypads, or of the branch's own keypads/.")
    machine: str = Field("", description="The machine it is plugged in at, where there are several.")
    baudrate: int | None = Field(None, ge=300, le=1000000, description="Instead of the protocol's own speed.")
    pads: list[Pad] = Field(min_length=1, description="The keypads on this line.")
