"""[kiosk]: the customers' touchscreen."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from lobbyline.lobby.settings.setting import Settings, Text, at_start_of


class Consent(Settings):
    """What a customer agrees to by filling a form on the kiosk."""

    version: str = Field(
        min_length=1, max_length=20, description="Kept with what was filled in; change it with the text."
    )
    text: Text = Field(description="What the answers are for, and how long they are kept.")


class Kiosk(Settings):
    """The customers' touchscreen."""

    printer: str = Field(
        "",
        description="Name of the ticket printer in devices.toml; empty prints nothing.",
        json_schema_extra=at_start_of("kiosk"),
    )
    width: int = Field(
        1080, ge=600, le=4096, description="Pixels of the panel.", json_schema_extra=at_start_of("kiosk")
    )
    height: int = Field(
        1920, ge=600, le=4096, description="Pixels of the panel.", json_schema_extra=at_start_of("kiosk")
    )
    idle_seconds: int = Field(
        30, ge=5, le=600, description="Without a touch this long, the page clears itself after a warning."
    )
    warning_seconds: int = Field(10, ge=3, le=60, description="How long the warning stands before the page clears.")
    theme: Literal["light", "contrast"] = Field("light", description="The look everybody finds; a key changes it.")
    consent: Consent | None = Field(None, description="Said before a form is filled; none says our own words.")
