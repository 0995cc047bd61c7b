"""Days as people of a language write them; `calendar` is that table of the words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date


def day_written(day: date, calendar: Mapping[str, str], form: str = "day") -> str:
    """The whole day, or another form of it: `short` without a year, `weekday`, or `beside` another language."""
    month, weekday = (calendar[name].split() for name in ("months", "weekdays"))
    return calendar[form].format(year=day.year, month=month[day.month - 1], day=day.day, weekday=weekday[day.weekday()])
