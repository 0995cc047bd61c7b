"""`lobbyline board`: a protocol's file is checked, frames are tried on a line, boards are listed with their counts."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from lobbyline import ASSETS
from lobbyline.drivers.boards.standin.bus import StandinBoard, StandinBus
from lobbyline.drivers.wire.line import Line
from lobbyline.drivers.wire.settings import SerialSettings
from lobbyline.lobby.lobby import Lobby
from lobbyline.technician.command import main
from lobbyline.technician.devices.lesson import Lesson
from tests.conftest import Ask


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[StandinBus]:
    """A line with one 重庆中意 board."""
    bus = StandinBus(tmp_path / "faces", tmp_path / "adapter", [StandinBoard("one", "cq-zhongyi-2colour", 1)]).start()
    yield bus
    bus.stop()


def test_a_sound_file_is_told_with_its_vectors(capsys: pytest.CaptureFixture[str]) -> None:
    """Every vector of the file stands in the answer, and what the file has is counted."""
    assert main(["board", "check", str(ASSETS / "boards" / "idhl-4byte.toml")]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "ok  call: 05 03 E7 EF"
    assert told[-1].endswith("idhl-4byte.toml: 1 frame, 7 actions, 1 vector")


def test_a_mistake_is_told_with_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A vector that comes out otherwise is told at its own line, with both frames."""
    file = tmp_path / "mine.toml"
    text = (ASSETS / "boards" / "idhl-4byte.toml").read_text("utf-8")
    file.write_text(text.replace("05 03 E7 EF", "05 03 E7 EE"), "utf-8")
    line = text[: text.index("05 03 E7 EF")].count("\n") + 1
    assert main(["board", "check", str(file)]) == 2
    said = capsys.readouterr().out
    assert said.strip() == f"{file}:{line}: the manual has 05 03 E7 EE, this table makes 05 03 E7 EF."


def test_frames_are_tried_by_hand_and_become_a_file(bus: StandinBus, tmp_path: Path) -> None:
    """Bytes go out, the answer comes back in hex, and what worked is the beginning of a protocol that checks."""
    told: list[str] = []
    lesson = Lesson(Line("by hand", tmp_path / "adapter", SerialSettings()), say=told.append)
    lesson.hold(["A0 90 01 A5 00 05 C7 EB 00 38 01 B4", "keep call", "01 02 03", "what", "?", "end", "A0"])
    assert bus.wait_for("one", "请8")
    assert "→ A0 90 01 A5 00 05 C7 EB 00 38 01 B4" in told
    assert any(line.startswith("← A0 90 01 A5 AA") for line in told)
    assert "← nothing" in told
    assert "'what' is neither bytes in hex like A0 07 nor one of the words above." in told
    assert told.count(lesson.orders()) == 2, "at the beginning, and when asked for"
    assert "→ A0" not in told
    file = tmp_path / "learned.toml"
    file.write_text(told[-1], "utf-8")
    assert main(["board", "check", str(file)]) == 0


def test_a_protocol_is_tried_action_by_action(
    bus: StandinBus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With a protocol its actions can be said, and the answer is judged as the keeper would."""
    orders = "actions\ncall address=1 text=A045\ncall address=2 text=A045\ncall address=1\n"
    monkeypatch.setattr("sys.stdin", io.StringIO(orders))
    named = ["--protocol", "cq-zhongyi-2colour", "--data", str(tmp_path)]
    assert main(["board", "learn", "adapter", *named]) == 0
    told = capsys.readouterr().out
    assert bus.looks["one"].text == "A045"
    assert "  call address text [colour]" in told
    assert told.index("  a yes") < told.index("  not the answer that the file waits for")
    assert "`call` needs more: `text` is missing." in told


def test_boards_are_listed_with_how_they_fared(
    lobby: Lobby, branch_folder: Path, at: datetime, capsys: pytest.CaptureFixture[str]
) -> None:
    """What a board shows and its counts, as its program reported them; a board nobody has seen says so."""
    lobby.devices.show("counter-1", "A012", at, "7 frames sent, 6 acknowledged, 1 time-outs, 3 bytes of garbage")
    assert main(["board", "list", "--json", "--branch", str(branch_folder), "--data", str(lobby.data)]) == 0
    rows = {row["board"]: row for row in json.loads(capsys.readouterr().out)}
    one = rows["counter-1"]
    assert (one["shows"], one["sent"], one["acknowledged"], one["timeouts"], one["garbage"]) == ("A012", 7, 6, 1, 3)
    assert rows["counter-2"]["state"] == "unseen"
    lobby.devices.report("windows", "bus", "fault", "unplugged", at)
    assert main(["board", "list", "--json", "--branch", str(branch_folder), "--data", str(lobby.data)]) == 0
    assert {row["state"] for row in json.loads(capsys.readouterr().out) if row["bus"] == "windows"} == {"no line"}
    lobby.devices.report("windows", "bus", "ok", "", at)
    assert main(["board", "list", "--branch", str(branch_folder), "--data", str(lobby.data)]) == 0
    head, first, *_, empty, asleep = capsys.readouterr().out.splitlines()
    assert head == "board       line        state   sent  answered  lost  garbage  shows"
    assert first == "counter-1   windows 33  ok         7         6     1        3  A012"
    assert (empty, asleep.partition(":")[0]) == ("", "`lobbyline boards` does not run")
    with closing(lobby.watch("boards")):
        assert main(["board", "list", "--branch", str(branch_folder), "--data", str(lobby.data)]) == 0
    assert "does not run" not in capsys.readouterr().out


def test_an_example_of_the_documentation_is_true(tmp_path: Path) -> None:
    """The board of docs/boards.md is a file that checks, with every action a board needs."""
    page = (Path(__file__).parents[3] / "docs" / "boards.md").read_text("utf-8")
    file = tmp_path / "two-lines.toml"
    file.write_text(page.split("```toml\n# boards/two-lines.toml\n")[1].split("```")[0], "utf-8")
    assert main(["board", "check", "--json", str(file)]) == 0


def test_the_devices_of_the_documentation_are_true(branch_folder: Path) -> None:
    """The devices.toml of docs/boards.md is one that `lobbyline check` accepts."""
    page = (Path(__file__).parents[3] / "docs" / "boards.md").read_text("utf-8")
    (branch_folder / "boards").mkdir(exist_ok=True)
    example = page.split("```toml\n# boards/two-lines.toml\n")[1].split("```")[0]
    (branch_folder / "boards" / "two-lines.toml").write_text(example, "utf-8")
    devices = page.split("```toml\n# devices.toml\n")[1].split("```")[0]
    (branch_folder / "devices.toml").write_text(devices, "utf-8")
    kiosk = branch_folder / "branch.toml"
    kiosk.write_text(kiosk.read_text("utf-8").replace('printer = "front"', 'printer = ""'), "utf-8")
    assert main(["check", "--branch", str(branch_folder)]) == 0
    shutil.rmtree(branch_folder / "boards")


def test_frame(ask: Ask) -> None:
    """The bytes that would go on the wire, as in the vendor's manual."""
    values = ("address=33", "ticket=A045", "arrow=<", "window=12")
    assert ask("frame", "qsystem-candle", "call", *values)[1]["hex"] == "01 21 21 41 30 34 35 3C 31 32 07"
    code, actions = ask("frame", "qsystem-candle")
    assert code == 0
    assert "address" in actions["call"]
    assert ask("frame", "qsystem-candle", "call")[0] == 3
    assert ask("frame", "qsystem-cable")[1]["refused"] == "unknown_protocol"


def test_a_value_that_changes_nothing_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """A mistyped key would go unseen; the hall's own values may be more than an action needs."""
    assert (
        main(["frame", "alpha", "call", "address=1", "ticket=A045", "arrow=>", "window=3", "number=45", "mod=b"]) == 0
    )
    told = capsys.readouterr()
    assert "63 1C 31" in told.out, "it flashes as before"
    assert told.err == "note: mod means nothing to `call`. Did you mean `mode`?\n"
