"""[[buses]] of devices.toml: serial lines and the boards on them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from lobbyline.lobby.settings.places import Port
from lobbyline.lobby.settings.setting import Settings

BoardTexts = dict[Literal["welcome", "call", "serving", "prepare", "paused", "closed"], str]


BoardValues = dict[str, int | str]


class Board(Settings):
    """An LED board on a bus."""

    name: str = Field(description="How messages call it.")
    protocol: str = Field(description="A protocol of assets/boards.")
    address: int = Field(1, ge=0, le=65535, description="Its address on the bus.")
    counter: int | None = Field(None, description="The counter it hangs over; none for the main board.")
    width: int = Field(8, ge=2, le=64, description="Characters it can show.")
    row: int = Field(1, ge=1, le=16, description="Which call this row of the main board shows: 1 is the newest.")
    shows: Literal["calls", "next"] = Field(
        "calls", description="Over no counter: the calls, or the next numbers, who please prepare."
    )
    language: str = Field("", description="Language of its texts; the bus's or the branch's first one unless given.")
    texts: BoardTexts = Field({}, description="Its own wordings by state, long to short parted by |.")
    values: BoardValues = Field({}, description="Values of its own for its frames, such as a register or an area.")


class Bus(Settings):
    """One serial line and the boards on it."""

    name: str = Field(description="How messages call it.")
    port: Port = Field(description="Stable device path; a relative path is inside the data folder.")
    baudrate: int | None = Field(None, ge=300, le=1000000, description="Instead of the protocol's own speed.")
    machine: str = Field("", description="The machine it is plugged in at, where there are several.")
    language: str = Field("", description="Language of the texts of all its boards.")
    texts: BoardTexts = Field({}, description="Wordings of all its boards by state.")
    boards: list[Board] = Field(min_length=1, description="The boards on this line.")
