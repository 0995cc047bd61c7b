"""The pages of the memory that are torn out when their days are over. Nothing here decides when."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lobbyline.lobby.store.rows import Rows

CHILDREN = (
    "erase_voucher_tickets", "erase_controls", "erase_papers", "erase_reviews", "erase_ratings", "erase_referrals",
    "erase_alerts",
)  # fmt: skip


class KeepingBook:
    """Erasure of what is old; the chain of events is never touched."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def erase_before(self, day: date) -> int:
        """Erase every number drawn before a day with all that belongs to it; how many there were."""
        for name in CHILDREN:
            self._rows.run(name, day=day.isoformat())
        return len(self._rows.made("erase_tickets", day=day.isoformat()))
