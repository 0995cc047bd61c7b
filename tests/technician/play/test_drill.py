"""Training: faults are played on stand-ins, the staff's list tells of them, and nothing reaches the real branch."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from lobbyline.lobby.config.folder import load
from lobbyline.technician.command import main
from lobbyline.technician.play import stage, training
from tests.conftest import SAMPLE

pytestmark = pytest.mark.whole


def test_every_fault_is_seen_and_mended(
    branch_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Paper out, board dead, line cut, disk full, kiosk frozen: on the list of the lobby manager, and gone again."""
    monkeypatch.setattr(stage, "FROZEN", 3.0)
    before = sorted(file.read_bytes() for file in branch_folder.rglob("*.toml"))
    code = main(["drill", "--branch", str(branch_folder), "--data", str(tmp_path / "data"), "--json"])
    told = json.loads(capsys.readouterr().out)
    may_mount = os.geteuid() == 0
    assert {one["fault"]: one["outcome"] for one in told} == {
        "paper": "seen", "board": "seen", "line": "seen", "disk": "seen" if may_mount else "skipped", "kiosk": "seen",
    }  # fmt: skip
    assert code == 0
    assert "numbers stay valid" in told[0]["seen"]
    assert sorted(file.read_bytes() for file in branch_folder.rglob("*.toml")) == before
    assert list((tmp_path / "data").iterdir()) == []


def test_the_copy_for_training_has_no_real_device(tmp_path: Path) -> None:
    """Whatever devices.toml names, printers are on this machine, lines in the data folder, and all ports its own."""
    branch = tmp_path / "branch"
    training.training_copy(SAMPLE, branch)
    devices = branch / "devices.toml"
    real = devices.read_text("utf-8").replace('"standin/', '"/dev/serial/by-id/')
    devices.write_text(real + '\n[[printers]]\nname = "back"\nat = "usblp:/dev/usb/lp0"\n', "utf-8")
    setup = load(training.training_copy(branch, tmp_path / "copy"))
    assert [printer.at.rpartition(":")[0] for printer in setup.devices.printers] == ["tcp://127.0.0.1"] * 2
    assert [bus.port for bus in setup.devices.buses] == ["standin/windows", "standin/hall", "standin/main"]
    assert {reader.port for reader in setup.devices.readers} == {"standin/id", "standin/card", "standin/scanner"}
    assert [(line.port, len(line.pads)) for line in setup.devices.keypads] == [("standin/callers", 2)]
    assert setup.devices.buses[0].boards == load(SAMPLE).devices.buses[0].boards
    assert setup.branch.staff.port != load(SAMPLE).branch.staff.port


def test_a_drill_that_is_not_there(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A wrong word is told with the right ones."""
    with pytest.raises(SystemExit):
        main(["drill", "fire", "--data", str(tmp_path)])
    assert 'FAULT is "fire"; allowed: paper, board, line, disk, kiosk' in capsys.readouterr().err
