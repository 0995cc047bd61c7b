"""The lobby manager's hand on a number, and appointments, by command."""

from __future__ import annotations

from tests.conftest import Ask


def test_the_floor_by_command(ask: Ask) -> None:
    """Restore, move, leave and void; an appointment and its times."""
    for _ in range(3):
        ask("take", "W1")
    ask("counter", "1", "next")
    ask("counter", "1", "absent")
    assert ask("restore", "A001")[1]["state"] == "waiting"
    assert ask("move", "A002", "D1")[1]["service"] == "D1"
    assert ask("leave", "A003")[1]["state"] == "abandoned"
    assert ask("void", "A002")[1]["refused"] == "reason_missing"
    assert ask("void", "A002", "--by", "周经理", "--reason", "重复取号")[1]["state"] == "void"
    assert ask("appointment", "book", "O1", "2026-11-23T11:00")[1]["ticket"] == "Y001"
    assert "2026-11-23T11:00:00+08:00" not in ask("appointment", "times", "O1", "2026-11-23")[1]
    assert ask("appointment", "arrive", "Y001")[1]["state"] == "waiting"


def test_a_day_without_a_free_time(ask: Ask) -> None:
    """A day on which all is closed has no times, and says so to people."""
    assert ask("appointment", "times", "O1", "2027-02-06") == (0, [])
