"""The kiosk as systemd starts it."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from pathlib import Path

from lobbyline.glass.fingertip import Finger
from lobbyline.lobby.config import Setup
from tests.patience import PATIENCE

PROGRAM = """
import sys
from datetime import datetime
from pathlib import Path
from lobbyline.kiosk.program import run
from lobbyline.lobby.clock import Clock
from lobbyline.lobby.config import load
from lobbyline.lobby.lobby import open_lobby

lobby = open_lobby(load(Path(sys.argv[1])), Path(sys.argv[2]))
zone = lobby.branch.zone
clock = Clock(zone, datetime(2026, 11, 23, 10, 12, tzinfo=zone) - datetime.now(zone))
sys.exit(run(lobby, clock, Path(sys.argv[3])))
"""


def test_a_number_without_a_printer_and_a_clean_end(setup: Setup, tmp_path: Path) -> None:
    """With nothing at the printer's address a number is still given; SIGTERM ends it with 0, without a complaint."""
    socket = tmp_path / "finger"
    command = [sys.executable, "-c", PROGRAM, str(setup.folder), str(tmp_path / "data"), str(socket)]
    program = subprocess.Popen(command, stderr=subprocess.PIPE)
    with Finger(socket, PATIENCE) as finger:
        for item, page in (("service-M3", "ready"), ("take", "number"), ("done", "home")):
            finger.wait_for(item)
            finger.touch(item)
            finger.wait_for_page(page)
    program.send_signal(signal.SIGTERM)
    _, told = program.communicate(timeout=PATIENCE)
    assert program.returncode == 0
    assert b"TypeError" not in told


def test_nobody_waits_for_what_prints() -> None:
    """The first picture needs nothing of the press: it is loaded after that."""
    look = "import sys, lobbyline.kiosk.program; sys.exit('lobbyline.kiosk.press' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", look], check=False).returncode == 0


def test_a_wrong_layout_of_the_paper_ends_it_with_file_and_line(setup: Setup, tmp_path: Path) -> None:
    """What only the press finds out is told like any mistake of a file, and the program does not stay up without it."""
    branch = shutil.copytree(setup.folder, tmp_path / "miswritten")
    (branch / "tickets").mkdir()
    (branch / "tickets" / "ordinary.toml").write_text('[[lines]]\ntext = "{numbr}"\n')
    command = [sys.executable, "-m", "lobbyline.technician", "kiosk", "--branch", str(branch), "--data", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 2
    assert f"{branch / 'tickets' / 'ordinary.toml'}:2: " in done.stdout
