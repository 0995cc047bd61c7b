"""[standards.CLASS]: what the branch promises itself for each class of business."""

from __future__ import annotations

from pydantic import Field

from lobbyline.lobby.settings.setting import Settings


class Standard(Settings):
    """How soon customers of one class of business should be called, and how many of them at least."""

    minutes: float = Field(gt=0, le=240, description="Called within so many minutes …")
    share: float = Field(90, gt=0, le=100, description="… percent of the customers, at least.")
