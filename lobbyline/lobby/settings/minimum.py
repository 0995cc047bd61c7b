"""[minimum]: what every branch of the bank must have before it opens for business."""

from __future__ import annotations

from pydantic import Field

from lobbyline.lobby.settings.services import Complexity, Control
from lobbyline.lobby.settings.setting import Settings


class Minimum(Settings):
    """The least that a branch must have; no program opens for business while an item is missing."""

    languages: list[str] = Field([], description="Languages of kiosk and screen.")
    spoken: list[str] = Field([], description="Languages of the voice.")
    segments: list[str] = Field([], description="Kinds of customers that are known.")
    services: list[str] = Field([], description="Services that are offered.")
    controls: dict[Complexity, list[Control]] = Field(
        {}, description="Controls that every service of a complexity has."
    )
    elder: bool = Field(False, description="A segment with large pages.")
    triage: bool = Field(False, description="A service for who is not sure.")
    paper: bool = Field(False, description="A ticket printer at the kiosk.")
    boards: bool = Field(False, description="At least one call board.")
    idle_seconds: int = Field(0, ge=0, le=600, description="Least seconds a page waits for a touch.")
