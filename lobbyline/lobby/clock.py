"""The branch's time, the only place that asks the machine for it."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo


class Clock:
    """Now, in the branch's time zone; `ahead` of the machine's clock for training and tests.

    With `since`, never before the moment that was known when the program started: a machine that forgot the time goes
    on from there, until its clock is set and tells more.
    """

    def __init__(self, zone: ZoneInfo, ahead: timedelta = timedelta(), since: datetime | None = None) -> None:
        self.zone = zone
        self.ahead = ahead
        self._since = since
        self._started = time.monotonic()

    def __call__(self) -> datetime:
        told = datetime.now(self.zone) + self.ahead
        if self._since is None:
            return told
        return max(told, self._since.astimezone(self.zone) + timedelta(seconds=time.monotonic() - self._started))
