"""[alerts]: when the lobby manager is told of something."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from lobbyline.lobby.settings.setting import Settings


class Levels(Settings):
    """From which value an alert is yellow, orange, red; a colour that is 0 is never reached."""

    yellow: float = Field(ge=0, description="Worth a look.")
    orange: float = Field(ge=0, description="Worth a walk.")
    red: float = Field(ge=0, description="Worth whatever else is being done.")

    @model_validator(mode="after")
    def ascends(self) -> Self:
        given = [value for value in (self.yellow, self.orange, self.red) if value]
        if given != sorted(given):
            raise ValueError("has colours that do not ascend: yellow, then orange, then red")
        return self

    def colour(self, value: float) -> str:
        """The highest colour that the value has reached; empty below the first."""
        reached = [name for name in ("yellow", "orange", "red") if 0 < getattr(self, name) <= value]
        return reached[-1] if reached else ""


def _levels(yellow: float, orange: float, red: float, meaning: str) -> Levels:
    levels: Levels = Field(Levels(yellow=yellow, orange=orange, red=red), description=meaning)
    return levels


class Alerts(Settings):
    """When the lobby manager is told of something; minutes unless said otherwise."""

    waiting: Levels = _levels(10, 15, 20, "People who wait in the whole hall.")
    wait: Levels = _levels(10, 20, 30, "Longest wait of a line.")
    water: float = Field(15, ge=0, description="Wait after which somebody is brought water and something to read.")
    idle: Levels = _levels(3, 6, 10, "An open counter without a customer while somebody waits whom it could serve.")
    job: Levels = _levels(2, 3, 4, "Time of a job at the counter, as a multiple of its expected minutes …")
    job_least: float = Field(10, ge=0, description="… but never before so many minutes.")
    leaving: Levels = _levels(5, 10, 20, "Percent of today's customers who left or missed their call …")
    leaving_from: int = Field(20, ge=1, description="… once so many numbers were drawn.")
    low_rating: int = Field(
        1, ge=0, le=4, description="A rating up to this is an alert: 1 is dissatisfied; 0 is never."
    )
    help: Literal["yellow", "orange", "red"] = Field("red", description="Colour of a press of the help button.")
    complaint: Literal["yellow", "orange", "red"] = Field("orange", description="Colour of a complaint.")
    opening: float = Field(
        20, ge=0, description="Minutes of waiting, of all who wait, that another counter must save to be suggested."
    )
