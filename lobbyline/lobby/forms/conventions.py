"""How a branch judges what stands on paper, where the rules leave it a choice."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

SATURDAY = 5


@dataclass(frozen=True)
class Conventions:
    """The days of rest, which move the end of a cheque's period; and whether 整 follows 角."""

    holidays: Collection[date] = ()
    workdays: Collection[date] = ()  # weekends that are worked
    zheng_after_jiao: bool = False

    def rests(self, day: date) -> bool:
        """Whether banks rest on this day."""
        return day in self.holidays or (day.weekday() >= SATURDAY and day not in self.workdays)


USUAL = Conventions()
