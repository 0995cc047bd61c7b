"""When a service gives tickets. Spans are measured in real time, so that a change of the clocks shifts nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from lobbyline.lobby.branch import WEEKDAYS, Branch, Hours, Window

DAYS_AHEAD = 14  # how far the next opening is looked for: longer than any holiday week
DAYS_TO_ASK = 31  # before a year begins, its holidays have been published, and somebody has to write them down


def windows(branch: Branch, service: str, day: date) -> list[Window]:
    """The windows of a service on one day."""
    return on(branch, _hours(branch, service), day)


def on(branch: Branch, hours: Hours, day: date) -> list[Window]:
    """The windows of one kind of business on one day of the calendar; a weekend that is worked is like a Monday."""
    if day in branch.closed:
        return []
    if day in branch.holidays:
        return hours.windows("holiday")
    return hours.windows("mon" if day in branch.workdays else WEEKDAYS[day.weekday()])


def holidays_end(branch: Branch, today: date) -> date | None:
    """The last holiday that is known, from a month before the first year on of which none is."""
    year = (today + timedelta(days=DAYS_TO_ASK)).year
    return max(branch.holidays) if branch.holidays and all(day.year < year for day in branch.holidays) else None


def within(branch: Branch, service: str, at: datetime) -> bool:
    """Whether a moment lies in one of the service's windows."""
    local = at.astimezone(branch.zone)
    return any(window.start <= local.time() < window.until for window in windows(branch, service, local.date()))


def is_open(branch: Branch, service: str, at: datetime) -> bool:
    """Whether a ticket may be drawn now: inside a window, and not in the last minutes of the day."""
    if not within(branch, service, at):
        return False
    day = at.astimezone(branch.zone).date()
    last = _moment(branch, day, windows(branch, service, day)[-1].until)
    return at.astimezone(UTC) < last - timedelta(minutes=_hours(branch, service).last_ticket_minutes)


def next_opening(branch: Branch, service: str, at: datetime) -> datetime | None:
    """When the service next opens after `at`; None when no opening is in sight."""
    today = at.astimezone(branch.zone).date()
    for ahead in range(DAYS_AHEAD):
        day = today + timedelta(days=ahead)
        starts = (_moment(branch, day, window.start) for window in windows(branch, service, day))
        opening = next((start for start in starts if start > at.astimezone(UTC)), None)
        if opening:
            return opening.astimezone(branch.zone)
    return None


def _moment(branch: Branch, day: date, clock: time) -> datetime:
    """A time of the branch's wall clock as a moment of the world."""
    return datetime.combine(day, clock, branch.zone).astimezone(UTC)


def _hours(branch: Branch, service: str) -> Hours:
    return branch.hours[branch.services[service].hours]
