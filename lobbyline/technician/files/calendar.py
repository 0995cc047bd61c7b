"""Whether somebody has written down the holidays that lie ahead."""

from __future__ import annotations

from datetime import date

from lobbyline.lobby import hours
from lobbyline.lobby.branch import Branch


def ending(branch: Branch, today: date) -> str:
    """What is to be done about holidays that end too soon; nothing when there is time."""
    known = hours.holidays_end(branch, today)
    return f"holidays end with {known}: add those that are published for the next year" if known else ""
