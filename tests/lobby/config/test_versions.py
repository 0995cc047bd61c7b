"""The life of the branch's files."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from lobbyline.lobby.config.folder import load
from lobbyline.lobby.lobby import Lobby, open_lobby
from tests.lobby.heard import refused


def test_draft_trial_frozen(lobby: Lobby, at: datetime) -> None:
    """Each step under a name and with a reason, in this order only."""
    life, now = lobby.versions, lobby.setup.version
    with refused("author_missing"):
        life.keep(lobby.setup, at, "周经理", " ")
    assert life.keep(lobby.setup, at, "周经理", "加一个窗口").stage == "draft"
    with refused("wrong_stage"):
        life.advance("now", "frozen", "周经理", "急", at)
    life.advance(now[:4], "trial", "周经理", "试一周", at)
    frozen = life.advance("now", "frozen", "行长", "等候短了", at)
    assert [(row.stage, row.author) for row in frozen.life] == [
        ("draft", "周经理"), ("trial", "周经理"), ("frozen", "行长"),
    ]  # fmt: skip
    with refused("wrong_stage"):
        life.advance("now", "trial", "周经理", "再试", at)
    with refused("unknown_version"):
        life.find("zzz")


def test_what_is_in_use_is_kept(lobby: Lobby, at: datetime) -> None:
    """The first ticket keeps the files it was drawn under, once."""
    for _ in range(3):
        ticket = lobby.reception.take("W1", at).ticket
    (version,) = lobby.versions.all()
    assert (version.version, version.stage, version.in_use) == (ticket.config, "draft", True)


def test_two_versions_in_one_report_and_the_way_back(branch_folder: Path, tmp_path: Path, at: datetime) -> None:
    """Visits are compared by the version they were drawn under; the kept files come back byte by byte."""
    first = open_lobby(load(branch_folder), tmp_path / "data")
    visit(first, at, minutes=4)
    original = {file: file.read_bytes() for file in branch_folder.rglob("*.toml")}
    branch = branch_folder / "branch.toml"
    branch.write_text(branch.read_text("utf-8").replace("recalls = 3", "recalls = 2"), "utf-8")
    (branch_folder / "words").mkdir()
    (branch_folder / "words" / "en.toml").write_text('[kiosk]\ntitle = "Hello"\n', "utf-8")
    second = open_lobby(load(branch_folder), tmp_path / "data")
    visit(second, at + timedelta(hours=1), minutes=12)
    one, other = second.records.compare(first.setup.version, "now")
    assert (one.days, one.tickets, one.wait_mean, one.over_10) == (1, 1, 4.0, 0.0)
    assert (other.tickets, other.wait_mean, other.over_10, other.served) == (1, 12.0, 1.0, 1)
    second.versions.roll_back(first.setup.version, "周经理", "等候长了", at)
    assert {file: file.read_bytes() for file in branch_folder.rglob("*.toml")} == original
    assert load(branch_folder).version == first.setup.version
    assert second.versions.find(first.setup.version).stage == "back"
    assert (branch_folder / "words" / "en.toml.aside").exists(), "nothing is deleted"


def visit(lobby: Lobby, at: datetime, minutes: int) -> None:
    lobby.reception.take("W1", at)
    called = at + timedelta(minutes=minutes)
    lobby.desk(1).next(called)
    lobby.desk(1).done(called + timedelta(minutes=3))


@pytest.mark.parametrize("verb", ["restore", "leave", "move"])
def test_the_floor_does_it_once(lobby: Lobby, at: datetime, verb: str) -> None:
    """The lobby manager's verbs under one key happen once."""
    lobby.reception.take("W1", at)
    if verb == "restore":
        lobby.desk(1).next(at)
        lobby.desk(1).absent(at)
    words = ("D1",) if verb == "move" else ()
    for _ in range(2):
        getattr(lobby.floor, verb)("A001", *words, at, "周经理", key="once")
    with lobby.read() as book:
        events = [event["what"] for event in book.events_of(lobby.floor.find(book, "A001", at))]
    assert len(events) == len(set(events))
