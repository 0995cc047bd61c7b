"""A page on a panel: what it needs, what it shows, how it ends."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QGuiApplication
from pytestqt.qtbot import QtBot

from lobbyline.glass.font import FontMissing, missing_glyphs, use_font
from lobbyline.glass.panel import Panel
from lobbyline.glass.systemd import OPEN
from lobbyline.glass.window import PageBroken
from tests.ear import PINGED, Ear
from tests.glass.panes import ASSETS, Pane
from tests.patience import PATIENCE

PROGRAM = """
import signal
import sys
import time
from pathlib import Path
from PySide6.QtCore import QTimer
from lobbyline.glass.window import make_application, run
from tests.glass.panes import pane

app = make_application("try")
window = pane(Path(sys.argv[1]), title="A 012")
if sys.argv[2] == "freeze":
    signal.signal(signal.SIGUSR1, lambda *_: time.sleep(60))  # handlers run in the thread that draws
if sys.argv[2] == "fail":
    def fall(): raise RuntimeError("a bug of ours")
    QTimer.singleShot(50, fall)
sys.exit(run(app, window))
"""


def start(folder: Path, what: str, around: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", PROGRAM, str(folder), what], env=around, stderr=subprocess.PIPE)


@pytest.mark.qt_log_ignore("Required property title")
def test_a_page_without_its_required_property_is_no_window(qtbot: QtBot, show: Pane) -> None:
    """A forgotten property is said by name before anything is shown."""
    with pytest.raises(PageBroken, match="title"):
        show()


def test_a_missing_font_is_said_with_its_remedy(qapp: QGuiApplication) -> None:
    """Without the Chinese font the program refuses to show boxes and names the package."""
    with pytest.raises(FontMissing, match="fonts-noto-cjk"):
        use_font(qapp, "No Such Family")


def test_rare_names_are_no_boxes_and_nonsense_is(qapp: QGuiApplication) -> None:
    """The font writes names beyond GB 2312; a character outside all fonts is found out."""
    assert missing_glyphs(["㙓喆堃 A 012 ·"]) == set()
    assert missing_glyphs(["\U000f0000"]) == {"\U000f0000"}


def test_an_icon_has_the_asked_colour(qtbot: QtBot, show: Pane) -> None:
    """The icon is drawn in the colour of its address, on nothing."""
    window = show(title="")
    picture = window.grabWindow()
    near = picture.pixelColor(300 + 8, 32)
    assert near == QColor("#0A4C91")


def test_no_drawing_has_a_colour_of_its_own() -> None:
    """Every icon takes the colour it is asked for, whole."""
    coloured = [file.name for file in (ASSETS / "icons").glob("*.svg") if re.search("fill=|stroke", file.read_text())]
    assert coloured == []


def test_systemd_hears_ready_and_sigterm_ends_with_zero(tmp_path: Path, ear: Ear) -> None:
    """READY after the first picture, pings while pictures are drawn, and a clean end when told."""
    program = start(tmp_path, "stay", ear.around | PINGED)
    ear.hears(OPEN, "WATCHDOG=1", "WATCHDOG=1")
    program.send_signal(signal.SIGTERM)
    program.communicate(timeout=PATIENCE)
    assert program.returncode == 0


def test_a_frozen_page_is_not_taken_for_alive(tmp_path: Path, ear: Ear) -> None:
    """Pings come from the thread that draws: when it hangs they end, and systemd starts a new program."""
    program = start(tmp_path, "freeze", ear.around | PINGED)
    ear.hears(OPEN, "WATCHDOG=1")
    program.send_signal(signal.SIGUSR1)
    ear.hears_it_fall_silent()
    program.kill()
    program.communicate(timeout=PATIENCE)


def test_a_bug_in_a_slot_ends_the_process(tmp_path: Path) -> None:
    """An exception nobody expected is told with its traceback and ends the program with 1."""
    program = start(tmp_path, "fail")
    _, told = program.communicate(timeout=PATIENCE)
    assert program.returncode == 1
    assert b"a bug of ours" in told


def test_python_and_pyside_fit_together() -> None:
    """Thousands of signals and void calls in a row: a pair that loses references of True and None dies here."""
    code = """
from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal
class Clock(QObject):
    ticked = Signal(bool)
app, clock, timer = QCoreApplication([]), Clock(), QTimer()
clock.ticked.connect(lambda on: None)
for _ in range(20000):
    clock.ticked.emit(True)
    timer.setInterval(5)
"""
    assert subprocess.run([sys.executable, "-c", code], timeout=PATIENCE, check=False).returncode == 0


def test_the_panel_finds_what_a_repeater_made(qtbot: QtBot, show: Pane) -> None:
    """Delegates are found by name, invisible ones are not."""
    panel = Panel(show(title="A 012"))
    assert panel.items() == ["root", "title", "left", "right"]
    assert panel.box("right") == (100, 200, 100, 100)
