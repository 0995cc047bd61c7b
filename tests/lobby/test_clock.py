"""The branch's time, where clocks change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest

from lobbyline.lobby import clock
from lobbyline.lobby.clock import Clock, ahead_of_now

BERLIN = ZoneInfo("Europe/Berlin")
BACK = datetime(2026, 10, 25, 1, 0, tzinfo=UTC)  # from 3:00 to 2:00


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """What the machine's clock says: its last entry."""
    told = [BACK]

    class Machine(datetime):
        @classmethod
        def now(cls, zone: tzinfo | None = None) -> datetime:  # type: ignore[override]  # its own kind is not needed
            return told[-1].astimezone(zone)

    monkeypatch.setattr(clock, "datetime", Machine)
    return told


@pytest.mark.parametrize("since", [None, datetime(2026, 10, 24, tzinfo=UTC)])
def test_the_hour_that_comes_twice_passes_twice(machine: list[datetime], since: datetime | None) -> None:
    """In the night when clocks go back no moment is told twice: the branch's time goes on as the world's does."""
    branch = Clock(BERLIN, since=since)
    for minutes in range(-90, 91, 30):
        machine.append(BACK + timedelta(minutes=minutes))
        assert branch().astimezone(UTC) == machine[-1]
    assert branch().isoformat() == "2026-10-25T03:30:00+01:00"


def test_a_training_in_summer_begins_at_the_time_that_was_named(machine: list[datetime]) -> None:
    """A clock that is set to another season shows the time that was meant, not one an hour beside it."""
    machine.append(datetime(2026, 12, 1, 8, 0, tzinfo=UTC))
    named = datetime(2026, 7, 1, 10, 0, tzinfo=BERLIN)
    assert Clock(BERLIN, ahead_of_now(named))().isoformat() == named.isoformat()
