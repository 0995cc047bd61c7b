"""The back office and the day's end by command."""

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
