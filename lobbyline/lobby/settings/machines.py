"""[machines] of devices.toml: which machine of a branch has what, where there are several."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from lobbyline.lobby.settings.queues import letter
from lobbyline.lobby.settings.setting import Program, Settings


def letter_or_none(value: str) -> str:
    return value and letter(value)


class Machine(Settings):
    """One machine of a branch on several; its name is its host name, or what `--machine` says."""

    programs: list[Program] = Field(
        ["kiosk", "screen", "boards", "keypads", "staff"], description="What `lobbyline run` starts here."
    )
    printer: str = Field("", description="Where its kiosk prints; the printer of [kiosk] unless given.")
    emergency: Annotated[str, AfterValidator(letter_or_none)] = Field(
        "",
        description=(
            "Letter of the numbers that its kiosk gives while the server cannot be reached; empty gives none. "
            "A letter of no line and of no other machine."
        ),
    )
