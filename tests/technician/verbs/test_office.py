"""The lobby manager, the back office, the vault and the day's end by command."""

from __future__ import annotations

from tests.conftest import Ask


def test_two_stages_by_command(ask: Ask) -> None:
    """Intake, review by another, fetched, done; and the day accounts for it."""
    ask("take", "B1")
    ask("counter", "5", "open", "--by", "赵敏")
    ask("counter", "5", "next")
    assert ask("counter", "5", "intake")[1]["state"] == "review"
    assert ask("review", "pass", "C001", "--by", "赵敏")[1]["refused"] == "same_person"
    assert ask("review", "list")[1][0]["maker"] == "赵敏"
    assert ask("review", "pass", "C001", "--by", "钱进")[1]["state"] == "waiting"
    ask("counter", "5", "next")
    assert ask("counter", "5", "done")[1]["state"] == "done"
    code, told = ask("day", "end")
    assert (code, told["issued"], told["done"], told["balanced"]) == (0, 1, 1, True)


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


def test_versions_by_command(ask: Ask) -> None:
    """Kept, tried, frozen; compared with itself it is the same."""
    signed = ("--by", "周经理", "--reason", "试一周")
    version = ask("version", "keep", *signed)[1]["version"]
    assert ask("version", "trial", "now", *signed)[1]["stage"] == "trial"
    assert ask("version", "freeze", version[:6], *signed)[1]["stage"] == "frozen"
    one, other = ask("version", "compare", "now", version)[1]
    assert one == other
    assert ask("counter", "1", "hand-over", "李芳")[1]["refused"] == "counter_closed"
