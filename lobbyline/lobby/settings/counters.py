"""[[counters]]: where tickets are served."""

from __future__ import annotations

from pydantic import Field

from lobbyline.lobby.settings.setting import Settings, Text
from lobbyline.lobby.settings.window import Windows


class Counter(Settings):
    """A place where tickets are served."""

    number: int = Field(ge=1, le=99, description="The number over the counter.")
    name: Text = Field(description="What the sign says.")
    queues: list[str] = Field(description="Letters of the lines it serves.", min_length=1)
    first: list[str] = Field([], description="Letters of the lines it serves before all others.")
    services: list[str] = Field([], description="Only these services; empty means every service of its lines.")
    hours: Windows = Field(
        [], description="When a teller is planned to sit here; empty: always. For simulation, plan and forecast."
    )
