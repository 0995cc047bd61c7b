"""When a service gives tickets (the sample branch: personal daily 9–17, corporate Monday to Friday 9–16:30)."""

from __future__ import annotations

from datetime import datetime

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
        ("W1", "2027-01-01T10:00:00", False),
    ],
)
def test_open(setup: Setup, service: str, when: str, expected: bool) -> None:
    """Open inside the window, closed before it, in the last fifteen minutes, at weekends and on holidays."""
    at = datetime.fromisoformat(when).replace(tzinfo=setup.branch.zone)
    assert hours.is_open(setup.branch, service, at) is expected


@pytest.mark.parametrize(
    ("service", "when", "opens"),
    [
        ("W1", "2026-11-23T03:00:00", "2026-11-23T09:00:00"),
        ("W1", "2026-11-23T18:00:00", "2026-11-24T09:00:00"),
        ("B1", "2026-11-27T17:00:00", "2026-11-30T09:00:00"),
        ("W1", "2026-12-31T18:00:00", "2027-01-02T09:00:00"),
    ],
)
def test_a_closed_service_says_when_it_opens(setup: Setup, service: str, when: str, opens: str) -> None:
    """The next opening, over nights, weekends and holidays."""
    at = datetime.fromisoformat(when).replace(tzinfo=setup.branch.zone)
    opening = hours.next_opening(setup.branch, service, at)
    assert opening == datetime.fromisoformat(opens).replace(tzinfo=setup.branch.zone)
