"""When a service gives tickets."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from lobbyline.lobby.branch import Branch, Hours, Window

DAYS_AHEAD = 14  # how far the next opening is looked for: longer than any holiday week


def windows(branch: Branch, service: str, day: date) -> list[Window]:
    """The windows of a service on one day; none on a holiday."""
    return [] if day in branch.holidays else _hours(branch, service).windows(day)


def is_open(branch: Branch, service: str, at: datetime) -> bool:
    """Whether a ticket may be drawn now: inside a window, and not in the last minutes of the day."""
    local = at.astimezone(branch.zone)
    today = windows(branch, service, local.date())
    if not any(window.start <= local.time() < window.until for window in today):
        return False
    last = datetime.combine(local.date(), today[-1].until, branch.zone)
    return at < last - timedelta(minutes=_hours(branch, service).last_ticket_minutes)


def next_opening(branch: Branch, service: str, at: datetime) -> datetime | None:
    """When the service next opens after `at`; None when no opening is in sight."""
    local = at.astimezone(branch.zone)
    for ahead in range(DAYS_AHEAD):
        day = local.date() + timedelta(days=ahead)
        starts = (datetime.combine(day, window.start, branch.zone) for window in windows(branch, service, day))
        opening = next((start for start in starts if start > at), None)
        if opening:
            return opening
    return None


def _hours(branch: Branch, service: str) -> Hours:
    return branch.hours[branch.services[service].hours]
