"""The branch's time, the only place that asks the machine for it."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo


class Clock:
    """Now, in the branch's time zone; `ahead` of the machine's clock for training and tests."""

    def __init__(self, zone: ZoneInfo, ahead: timedelta = timedelta()) -> None:
        self.zone = zone
        self.ahead = ahead

    def __call__(self) -> datetime:
        return datetime.now(self.zone) + self.ahead
