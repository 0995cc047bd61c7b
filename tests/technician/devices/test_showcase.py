"""The window that shows what the stand-ins show."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from lobbyline import ASSETS
from lobbyline.drivers.boards.standin.dots import picture
from lobbyline.drivers.boards.standin.hearing import RED, Look
from lobbyline.glass.panel import Panel
from lobbyline.glass.systemd import OPEN
from lobbyline.glass.window import Window
from lobbyline.lobby.config.folder import Setup, load
from lobbyline.technician.devices import standins
from lobbyline.technician.devices.showcase import PAGE, SIZE, Showcase
from tests.ear import Ear
from tests.patience import PATIENCE

SAMPLE = ASSETS / "branches" / "jingqi-street"


@pytest.fixture
def setup() -> Setup:
    return load(SAMPLE)


@pytest.fixture
def window(qtbot: QtBot, setup: Setup) -> Iterator[Window]:
    """Not yet loaded."""
    window = Window(*SIZE)
    window.dress(setup.themes["night"])
    yield window
    window.dispose()


def face(data: Path, board: str, text: str) -> None:
    """What a stand-in board leaves."""
    standins.faces(data).mkdir(parents=True, exist_ok=True)
    picture(board, Look(text, (RED,) * len(text), "text"), 8).save(standins.faces(data) / f"{board}.png")


def lit(window: Window) -> int:
    """How many pixels of a small copy of the window are of lit red LEDs."""
    image = window.grabWindow().scaled(480, 190)
    colours = (QColor(image.pixel(x, y)) for x in range(image.width()) for y in range(image.height()))
    return sum(colour.red() > 120 and colour.green() < 90 for colour in colours)


def test_boards_and_paper_are_shown_as_they_change(window: Window, setup: Setup, tmp_path: Path, qtbot: QtBot) -> None:
    """Every board hangs there; a new face and a new piece of paper take the place of the old ones."""
    names = [board.name for board in setup.devices.boards()]
    for name in names:
        face(tmp_path, name, "")
    showcase = Showcase(setup, tmp_path)
    window.load(PAGE, {"showcase": showcase})
    window.show()
    panel = Panel(window)
    qtbot.waitUntil(lambda: f"board-{len(names) - 1}" in panel.items())
    assert "paper-0" not in panel.items()
    dark = lit(window)
    for name in names:
        face(tmp_path, name, "A012>3")
    tray = standins.paper(tmp_path, setup.devices.printers[0].name)
    tray.mkdir(parents=True)
    Image.new("1", (576, 800), 1).save(tray / "001.png")
    showcase.look()
    qtbot.waitUntil(lambda: lit(window) > dark + 50)
    assert "paper-0" in panel.items()


def test_it_stands_in_and_shows_until_it_is_ended(setup: Setup, tmp_path: Path, ear: Ear) -> None:
    """`lobbyline standin --window` is one program: every line is plugged in, and SIGTERM ends it with 0."""
    devices = tmp_path / "branch" / "devices.toml"
    shutil.copytree(SAMPLE, devices.parent)
    devices.write_text(
        re.sub(r'at = "tcp://[^"]*"', 'at = "serial:standin/front"', devices.read_text("utf-8")), "utf-8"
    )
    command = [sys.executable, "-m", "lobbyline.technician", "standin", "--window", "--branch", str(devices.parent)]
    around = ear.around | {"QT_QPA_PLATFORM": "offscreen"}
    program = subprocess.Popen([*command, "--data", str(tmp_path)], env=around)
    assert ear.word() == OPEN
    assert standins.ready(setup, tmp_path)
    program.send_signal(signal.SIGTERM)
    assert program.wait(PATIENCE) == 0
