"""[rating]: what customers think of the service."""

from __future__ import annotations

from pydantic import Field

from lobbyline.lobby.settings.setting import Settings


class Rating(Settings):
    """Pads that ask after every visit."""

    counters: list[int] = Field([], description="Counters with a rating pad, a tablet or a serial one.")
    seconds: int = Field(60, ge=10, le=600, description="How long a pad asks after a visit has ended.")
