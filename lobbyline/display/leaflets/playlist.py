"""The leaflets that can be shown, taking turns."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from lobbyline.display.leaflets.leaflet import Judged, Leaflet


@dataclass
class Playlist:
    """Which leaflet stands on the wall: one after another, each for its time."""

    leaflets: list[Leaflet] = field(default_factory=list)
    place: int = 0
    since: datetime | None = None

    def fill(self, found: list[Judged]) -> None:
        """Take what can be shown; the one on the wall stays there as long as it exists."""
        now, fresh = self.now, [leaflet for leaflet in found if isinstance(leaflet, Leaflet)]
        self.leaflets = fresh
        if now in fresh:
            self.place = fresh.index(now)
        else:
            self.place, self.since = min(self.place, max(0, len(fresh) - 1)), None

    @property
    def now(self) -> Leaflet | None:
        return self.leaflets[self.place] if self.place < len(self.leaflets) else None

    def turn(self, at: datetime, seconds: int, waited: Collection[str] = ()) -> Leaflet | None:
        """The leaflet of this moment: those for everyone, and those about what somebody waits for, take turns."""
        if not self.leaflets:
            return None
        since, now = self.since, self.now
        if since is None or now is None:
            self.place, since = self._next(self.place - 1, waited), at
        elif at < since or at - since >= timedelta(seconds=max(seconds, now.seconds)):
            self.place, since = self._next(self.place, waited), at
        self.since = since
        return self.now

    def _next(self, place: int, waited: Collection[str]) -> int:
        """The next place that concerns somebody; beyond the last one when none does."""
        count = len(self.leaflets)
        order = [(place + step) % count for step in range(1, count + 1)]
        return next((place for place in order if self.leaflets[place].about in ("", *waited)), count)
