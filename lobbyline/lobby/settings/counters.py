"""[[counters]]: where tickets are served."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from lobbyline.lobby.settings.setting import Settings, Text
from lobbyline.lobby.settings.window import Windows


class Counter(Settings):
    """A place where tickets are served."""

    number: int = Field(ge=1, le=99, description="The number over the counter.")
    name: Text = Field(description="What the sign says.")
    queues: list[str] = Field(description="Letters of the lines it serves.", min_length=1)
    first: list[str] = Field(
        [], description="Letters of the lines it serves before all others, wherever their customers wait."
    )
    services: list[str] = Field([], description="Only these services; empty means every service of its lines.")
    helps: list[str] = Field(
        [], description="Letters of further lines it could take from, by number, when it is free and the hall is full."
    )
    advises: Literal["", "personal", "corporate"] = Field(
        "", description="An advice desk of a relationship manager, for personal or for corporate products."
    )
    hours: Windows = Field(
        [], description="When a teller is planned to sit here; empty: always. For simulation, plan and forecast."
    )
