"""When a service gives tickets (the sample branch: personal daily 9–17, corporate Monday to Friday 9–16:30)."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from lobbyline.lobby import hours
from lobbyline.lobby.config.folder import Setup


@pytest.mark.parametrize(
    ("service", "when", "expected"),
    [
        ("W1", "2026-11-23T08:59:59", False),
        ("W1", "2026-11-23T09:00:00", True),
        ("W1", "2026-11-23T16:44:59", True),
        ("W1", "2026-11-23T16:45:00", False),
        ("B1", "2026-11-23T16:15:00", False),
        ("B1", "2026-11-28T10:00:00", False),
        ("W1", "2026-11-28T10:00:00", True),
        ("W1", "2027-01-01T09:59:00", False),
        ("W1", "2027-01-01T10:00:00", True),
        ("W1", "2027-01-01T15:45:00", False),
        ("B1", "2027-01-01T10:00:00", False),
        ("W1", "2026-10-01T10:00:00", False),
        ("B1", "2026-10-10T10:00:00", True),
        ("B1", "2026-10-11T10:00:00", False),
    ],
)
def test_open(setup: Setup, service: str, when: str, expected: bool) -> None:
    """Open inside the window, closed before it, in the last fifteen minutes, at weekends and on closed days.

    A holiday has windows of its own, and a Saturday that is worked has those of a Monday.
    """
    at = datetime.fromisoformat(when).replace(tzinfo=setup.branch.zone)
    assert hours.is_open(setup.branch, service, at) is expected


@pytest.mark.parametrize(
    ("service", "when", "opens"),
    [
        ("W1", "2026-11-23T03:00:00", "2026-11-23T09:00:00"),
        ("W1", "2026-11-23T18:00:00", "2026-11-24T09:00:00"),
        ("B1", "2026-11-27T17:00:00", "2026-11-30T09:00:00"),
        ("W1", "2026-12-31T18:00:00", "2027-01-01T10:00:00"),
        ("W1", "2026-09-30T18:00:00", "2026-10-02T10:00:00"),
        ("B1", "2026-02-14T17:00:00", "2026-02-24T09:00:00"),
    ],
)
def test_a_closed_service_says_when_it_opens(setup: Setup, service: str, when: str, opens: str) -> None:
    """The next opening, over nights, weekends and holidays."""
    at = datetime.fromisoformat(when).replace(tzinfo=setup.branch.zone)
    opening = hours.next_opening(setup.branch, service, at)
    assert opening == datetime.fromisoformat(opens).replace(tzinfo=setup.branch.zone)


@pytest.mark.parametrize(
    ("today", "known"),
    [("2026-11-30", None), ("2027-11-30", None), ("2027-12-01", "2027-10-03"), ("2028-03-01", "2027-10-03")],
)
def test_holidays_are_asked_for_in_good_time(setup: Setup, today: str, known: str | None) -> None:
    """A month before the first year of which none is known; a branch without any has none on purpose."""
    ends = hours.holidays_end(setup.branch, date.fromisoformat(today))
    assert (ends and ends.isoformat()) == known
    assert hours.holidays_end(setup.branch.model_copy(update={"holidays": []}), date.fromisoformat(today)) is None


def test_the_sample_knows_the_published_year(setup: Setup) -> None:
    """The State Council's 33 days of 2026 and the six weekends that are worked for them; the law's thirteen of 2027."""
    branch = setup.branch
    assert len([day for day in branch.holidays if day.year == 2026]) == 33
    assert len([day for day in branch.holidays if day.year == 2027]) == 13
    assert [day.weekday() for day in branch.workdays] == [6, 5, 5, 5, 6, 5]
    assert set(branch.closed) <= set(branch.holidays)
