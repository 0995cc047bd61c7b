"""[voice]: when, how often and how loud the hall's voice calls."""

from __future__ import annotations

from datetime import time

from pydantic import Field

from lobbyline.lobby.settings.setting import Settings
from lobbyline.lobby.settings.window import DayWindow, Windows


class Loudness(Settings):
    """Hours of the day in which the voice is louder or softer than usual."""

    hours: DayWindow = Field(description="From when to when.")
    volume: int = Field(ge=0, le=100, description="Percent of full loudness.")


class Voice(Settings):
    """The voice that calls in the hall."""

    languages: list[str] = Field(
        ["zh", "en"], description="Spoken one after another: folders of assets/voices or of the branch's own voices/."
    )
    repeats: int = Field(2, ge=1, le=3, description="Times a call is spoken.")
    stale_seconds: int = Field(60, ge=5, le=600, description="A call older than this is not spoken any more.")
    volume: int = Field(100, ge=0, le=100, description="Percent of full loudness; the amplifier sets what full is.")
    volumes: list[Loudness] = Field([], description="Hours with a loudness of their own.")
    output: str = Field(
        "",
        pattern=r"^[\w:=,.-]*$",
        description="The sound output, one of `aplay -L`; empty is the machine's own choice.",
    )
    quiet: Windows = Field([], description="Windows of the day in which nothing is spoken; screen and boards go on.")

    def volume_at(self, moment: time) -> int:
        """Percent of full loudness at a time of day; 0 is silence."""
        if any(window.start <= moment < window.until for window in self.quiet):
            return 0
        own = (part.volume for part in self.volumes if part.hours.start <= moment < part.hours.until)
        return next(own, self.volume)
