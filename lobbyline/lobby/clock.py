"""The branch's time, the only place that asks the machine for it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo


class Clock:
    """Now, in the branch's time zone; with `start` it runs from that moment on, for training and tests."""

    def __init__(self, zone: ZoneInfo, start: datetime | None = None) -> None:
        self._zone = zone
        now = datetime.now(zone)
        self._ahead = (start.replace(tzinfo=start.tzinfo or zone) if start else now) - now

    def __call__(self) -> datetime:
        return (datetime.now(self._zone) + self._ahead).astimezone(self._zone)
