"""A branch that may not open for business: the glass says so, and what is missing; mended, the program starts anew."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from lobbyline.glass.panel import Panel
from lobbyline.glass.window import Window
from lobbyline.kiosk.closed import MOST, Closed
from lobbyline.lobby.config.folder import load
from lobbyline.lobby.errors import ConfigError, Mistake
from tests.ear import Ear
from tests.kiosk.test_look import PANELS
from tests.patience import PATIENCE

ASKED = "\n[minimum]\nspoken = ['yue']\n"


def lacking(folder: Path) -> Path:
    """A branch whose bank asks for a voice that it has not."""
    file = folder / "branch.toml"
    file.write_text(file.read_text("utf-8") + ASKED, "utf-8")
    return folder


def error_of(folder: Path) -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        load(folder)
    return caught.value


@pytest.mark.warns("the kiosk stays closed")
@pytest.mark.parametrize("panel", PANELS)
def test_the_page_says_which_item_is_missing(
    qtbot: QtBot, qapp: QGuiApplication, branch_folder: Path, panel: str
) -> None:
    """Customers read where to go, staff what to do, the technician file, line and item, in the frame of the glass."""
    window = Window(*PANELS[panel])
    closed = Closed(window, error_of(lacking(branch_folder)), lambda: error_of(branch_folder))
    window.appear()
    told = Panel(window).texts()
    closed.close()
    assert "请直接找大堂经理取号" in told
    assert "Please ask our staff for a number" in told
    assert any('the minimum standard asks for "yue" among the languages of [voice]' in line for line in told)


@pytest.mark.warns("the kiosk stays closed")
def test_many_mistakes_leave_room_for_the_customer(qtbot: QtBot, qapp: QGuiApplication) -> None:
    """The first ones, and how many more there are; the journal has all."""
    mistakes = [Mistake(Path("branch.toml"), line, "is wrong") for line in range(1, MOST + 4)]
    window = Window(1080, 1920)
    closed = Closed(window, ConfigError(mistakes), lambda: None)
    window.appear()
    told = Panel(window).texts()
    closed.close()
    assert [line for line in told if "branch.toml" in line] == [str(mistake) for mistake in mistakes[:MOST]]
    assert "… +3" in told


def test_systemd_finds_it_shown_and_mended_it_ends_well(branch_folder: Path, tmp_path: Path, ear: Ear) -> None:
    """Ready with the page on the glass; a moment after the file was mended it ends with 0, to be started again."""
    file, right = branch_folder / "branch.toml", (branch_folder / "branch.toml").read_text("utf-8")
    lacking(branch_folder)
    options = ["--branch", str(branch_folder), "--data", str(tmp_path / "data")]
    command = [sys.executable, "-m", "lobbyline.technician", "kiosk", *options]
    program = subprocess.Popen(command, env=ear.around, stderr=subprocess.PIPE)
    ear.hears("READY=1")
    file.write_text(right, "utf-8")
    _, told = program.communicate(timeout=PATIENCE)
    assert program.returncode == 0
    assert b"the kiosk stays closed" in told
