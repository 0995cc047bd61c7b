"""How long the kiosk waits for somebody who does not touch it, and when it asks whether he is still there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lobbyline.kiosk.visit import nobody

if TYPE_CHECKING:
    from lobbyline.kiosk.model import KioskModel

ELDER_SECONDS = 120  # nobody is hurried on the large pages


class IdleTimer:
    """Counts the seconds in which nobody touched anything; they count only while somebody may be there."""

    def __init__(self, kiosk: KioskModel) -> None:
        self.kiosk, self.still = kiosk, 0

    def touched(self) -> bool:
        """Somebody is there; whether a warning stood until now."""
        warned, self.still = self.left > 0, 0
        return warned

    def over(self) -> bool:
        """One second later: whether whoever was here has gone."""
        self.still = self.still + 1 if self.somebody and not self.kiosk.errands.doing else 0
        gone = self.still >= self.seconds + self.kiosk.branch.kiosk.warning_seconds
        self.still = 0 if gone else self.still
        return gone

    @property
    def somebody(self) -> bool:
        """Whether anything on the glass is somebody's own."""
        visit, fresh = self.kiosk.visit, nobody(self.kiosk.branch)
        mine = (visit.language, visit.segment, visit.ways, visit.known)
        empty = (fresh.language, fresh.segment, fresh.ways, fresh.known)
        return self.kiosk.page_name not in ("home", "out") or mine != empty

    @property
    def seconds(self) -> int:
        """Without a touch until the warning."""
        seconds = self.kiosk.branch.kiosk.idle_seconds
        return max(seconds, ELDER_SECONDS) if self.kiosk.visit.ways else seconds

    @property
    def left(self) -> int:
        """Seconds until everything is cleared, while the warning stands; else 0."""
        over = self.still - self.seconds
        return self.kiosk.branch.kiosk.warning_seconds - over if over >= 0 else 0
