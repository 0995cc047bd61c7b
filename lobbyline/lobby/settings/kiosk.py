"""[kiosk]: the customers' touchscreen."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from lobbyline.lobby.settings.setting import Settings, Text, at_start_of

Share = Annotated[float, Field(strict=False, ge=0.5, le=1)]
LEAST_WIDE = 0.65  # of a wide panel: less holds no keyboard


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
    reach: Share | None = Field(
        None,
        description="Share of the panel's height, from its lower edge, that somebody in a wheelchair reaches: about "
        "1.2 m above the floor, from 0.5 to 1. With `low` nothing to touch stands higher. Left out: half of a tall "
        "panel, all of a wide one.",
    )
    theme: Literal["light", "contrast"] = Field("light", description="The look everybody finds; a key changes it.")
    consent: Consent | None = Field(None, description="Said before a form is filled; none says our own words.")

    @model_validator(mode="after")
    def leaves_room(self) -> Self:
        if self.wide and self.in_reach < LEAST_WIDE:
            raise ValueError(
                f"reach is {self.reach}; a wide panel needs {LEAST_WIDE} or more for its keys: hang it lower"
            )
        return self

    @property
    def wide(self) -> bool:
        return self.width > self.height

    @property
    def in_reach(self) -> float:
        """The share of the height in which everything to touch stands for those who sit."""
        return self.reach or (1 if self.wide else 0.5)
