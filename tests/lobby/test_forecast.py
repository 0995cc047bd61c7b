"""How long it takes."""

from __future__ import annotations

import pytest

from lobbyline.lobby.forecast import Job, Wait, around, waits

ONE, BOTH = frozenset({1}), frozenset({1, 2})


@pytest.mark.parametrize(
    ("minutes", "low", "high"), [(0, 0, 5), (3, 0, 5), (8, 5, 15), (12, 5, 20), (30, 20, 40), (60, 40, 80)]
)
def test_a_wait_is_a_range_of_fives(minutes: float, low: int, high: int) -> None:
    """Never one exact minute: rounded outward to five."""
    assert around(minutes) == Wait(low, high)


def test_a_long_wait_is_called_crowded() -> None:
    """Above an hour no figure is told."""
    assert around(60).crowded
    assert not around(30).crowded


def test_jobs_are_spread_over_counters() -> None:
    """Each counter takes the first job it can do as soon as it is free."""
    line = [Job(1, 10, BOTH), Job(2, 3, BOTH), Job(3, 3, BOTH), Job(4, 3, ONE)]
    assert waits(line, {1: 0, 2: 2}) == {1: 0, 2: 2, 3: 5, 4: 10}


def test_a_busy_counter_is_waited_for() -> None:
    """The rest of the job that is being done counts."""
    assert waits([Job(1, 5, ONE)], {1: 7, 2: 0}) == {1: 7}


def test_a_job_no_open_counter_can_do_still_gets_a_range() -> None:
    """It waits for all the work before it rather than for ever."""
    assert waits([Job(1, 5, frozenset({9})), Job(2, 3, ONE)], {1: 0})[1] == 8
