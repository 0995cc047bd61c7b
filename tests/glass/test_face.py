"""A program with a window: a welcome first, and behind it what is to be touched."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from lobbyline.glass.systemd import OPEN, OPENING
from lobbyline.glass.welcome import Welcome, kept
from tests.ear import Ear
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


def start(folder: Path, what: str, ear: Ear) -> subprocess.Popen[str]:
    WELCOME.keep(folder / "welcome.json")
    around = ear.around | {"PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-c", PROGRAM, str(folder), what]
    return subprocess.Popen(command, env=around, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_a_welcome_stands_before_anything_is_loaded(tmp_path: Path, ear: Ear) -> None:
    """The first picture needs nothing of a lobby; the program is ready with the picture behind it, not before."""
    program = start(tmp_path, "stay", ear)
    assert [ear.word(), ear.word()] == [OPENING, OPEN]
    program.terminate()
    told, _ = program.communicate(timeout=PATIENCE)
    assert (program.returncode, told) == (0, "景祺街支行 False\nclosed A 012\n")


def test_what_cannot_be_opened_is_told_like_any_error(tmp_path: Path, ear: Ear) -> None:
    """The error goes to whoever started the program, which never says that it is ready."""
    program = start(tmp_path, "fail", ear)
    _, told = program.communicate(timeout=PATIENCE)
    assert ear.word() == OPENING
    ear.hears_nothing()
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
