"""[keeping]: what is kept how long, and where the copies go."""

from __future__ import annotations

from pydantic import Field

from lobbyline.lobby.settings.setting import Settings


class Keeping(Settings):
    """What is kept how long, and where the copies go. What customers wrote never outlives its day."""

    tickets_days: int = Field(
        400,
        ge=1,
        le=4000,
        description="Days after which numbers, their papers, ratings and reviews are erased; events, which name no "
        "customer, stay.",
    )
    copies: str = Field(
        "copies",
        description="Folder of the nightly copies, best on another disk; a relative one is in the data folder.",
    )
    copies_kept: int = Field(14, ge=1, le=1000, description="So many copies are kept; older ones are removed.")
    copy_hours: int = Field(
        48, ge=1, le=1000, description="A newest copy older than this is a fault that `lobbyline doctor` tells."
    )
