"""The branch's time, the only place that asks the machine for it."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo


def ahead_of_now(moment: datetime) -> timedelta:
    """How far a clock that shows this moment now is ahead of the machine's."""
    return moment - datetime.now(UTC)


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
        return self._told().astimezone(self.zone)

    def _told(self) -> datetime:
        """In UTC: reckoned on the wall's clock, the hour that comes twice in autumn would stand still."""
        told = datetime.now(UTC) + self.ahead
        if self._since is None:
            return told
        return max(told, self._since.astimezone(UTC) + timedelta(seconds=time.monotonic() - self._started))
