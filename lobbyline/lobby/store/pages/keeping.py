"""The pages of the memory that are torn out when their days are over. Nothing here decides when."""

from __future__ import annotations

from datetime import date

from lobbyline.lobby.store.pages.page import Pages

CHILDREN = (
    "erase_voucher_tickets", "erase_controls", "erase_papers", "erase_reviews", "erase_ratings", "erase_referrals",
    "erase_alerts", "erase_past_days",
)  # fmt: skip


class KeepingBook(Pages):
    """Erasure of what is old; the chain of events is never touched."""

    def erase_before(self, day: date) -> int:
        """Erase every number drawn before a day with all that belongs to it; how many there were."""
        for name in CHILDREN:
            self._rows.run(name, **self._on(day))
        return len(self._rows.made("erase_tickets", **self._on(day)))
