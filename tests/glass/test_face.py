"""A program with a window: a welcome first, and behind it what is to be touched."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from lobbyline.glass.service import OPEN, OPENING
from lobbyline.glass.welcome import Welcome, kept
from tests.glass.test_window import supervisor
from tests.patience import PATIENCE

WELCOME = Welcome(600, 400, "景祺街支行", ("请稍候", "One moment, please"), "#0E1620", "#F2F5F8")
PROGRAM = """
import sys
from pathlib import Path
from lobbyline.glass import face
from lobbyline.glass.welcome import Welcome, kept
from tests.glass.panes import BUTTONS, theme

class Face:
    def __init__(self, window):
        print(window.rootObject().property("name"), "lobbyline.lobby" in sys.modules)
        if sys.argv[2] == "fail":
            raise OSError("what is behind it cannot be opened")
        (Path(sys.argv[1]) / "Page.qml").write_text(BUTTONS)
        window.dress(theme())
        window.load(Path(sys.argv[1]) / "Page.qml", {"title": "A 012"})
        self.window = window
    def close(self):
        print("closed", self.window.rootObject().property("title"))
        self.window.dispose()

sys.exit(face.run("try", kept(Path(sys.argv[1]) / "welcome.json"), Face))
"""


def start(folder: Path, what: str) -> subprocess.Popen[str]:
    WELCOME.keep(folder / "welcome.json")
    told = {**os.environ, "NOTIFY_SOCKET": str(folder / "notify"), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-c", PROGRAM, str(folder), what]
    return subprocess.Popen(command, env=told, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_a_welcome_stands_before_anything_is_loaded(tmp_path: Path) -> None:
    """The first picture needs nothing of a lobby; the program is ready with the picture behind it, not before."""
    with supervisor(tmp_path) as line:
        program = start(tmp_path, "stay")
        assert [line.recv(99), line.recv(99)] == [OPENING.encode(), OPEN.encode()]
        program.terminate()
        told, _ = program.communicate(timeout=PATIENCE)
    assert (program.returncode, told) == (0, "景祺街支行 False\nclosed A 012\n")


def test_what_cannot_be_opened_is_told_like_any_error(tmp_path: Path) -> None:
    """The error goes to whoever started the program, which never says that it is ready."""
    with supervisor(tmp_path) as line:
        program = start(tmp_path, "fail")
        _, told = program.communicate(timeout=PATIENCE)
        assert line.recv(99) == OPENING.encode()
        line.settimeout(0)
        with pytest.raises(BlockingIOError):
            line.recv(99)
    assert program.returncode == 1
    assert "what is behind it cannot be opened" in told


def test_the_next_start_greets_as_the_last_one_looked(tmp_path: Path) -> None:
    """What was kept comes back; a file that was damaged is as good as none, and a full disk costs nothing."""
    file = tmp_path / "welcome.json"
    assert kept(file) is None
    WELCOME.keep(file)
    assert kept(file) == WELCOME
    for damage in ('{"width": "wide"}', "{}", "[]", "", '{"width": 1, "height": "x", "sentences": []}'):
        file.write_text(damage)
        assert kept(file) is None
    WELCOME.keep(tmp_path / "nowhere" / "welcome.json")
    assert not (tmp_path / "nowhere").exists()
