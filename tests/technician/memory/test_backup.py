"""`lobbyline backup`: a copy, and back."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import Ask


def test_a_copy_by_command_and_back(ask: Ask, tmp_path: Path) -> None:
    """Taken, listed, verified and laid back; what was there is set aside, and the restoring is an event."""
    ask("take", "W1")
    code, copy = ask("backup")
    assert (code, copy["tickets"]) == (0, 1)
    assert ask("backup", "list")[1] == [copy["file"]]
    ask("take", "W1", at="2026-11-23T10:20")
    assert ask("backup", "verify", copy["file"])[1]["last"] == copy["last"]
    code, back = ask("backup", "restore", copy["file"], "--by", "周经理", at="2026-11-23T10:30")
    assert (code, back["events"]) == (0, copy["events"])
    assert Path(back["aside"]).exists()
    assert [one["ticket"] for one in ask("waiting")[1]] == ["A001"]
    assert ask("doctor", at="2026-11-23T10:31")[0] == 0
    assert ask("backup", "restore", str(tmp_path / "nothing.sqlite"))[0] == 4
