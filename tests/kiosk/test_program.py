"""The kiosk as systemd starts it."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from lobbyline.glass.finger import Finger
from lobbyline.glass.systemd import OPEN
from lobbyline.lobby.config.folder import Setup
from tests.ear import PINGED, Ear
from tests.patience import PATIENCE

PROGRAM = """
import sys
from datetime import datetime
from pathlib import Path
from lobbyline.kiosk.program import run
from lobbyline.lobby.clock import Clock
from lobbyline.lobby.config.folder import load
from lobbyline.lobby.lobby import open_lobby

lobby = open_lobby(load(Path(sys.argv[1])), Path(sys.argv[2]))
zone = lobby.branch.zone
clock = Clock(zone, datetime(2026, 11, 23, 10, 12, tzinfo=zone) - datetime.now(zone))
sys.exit(run(lambda: (lobby, clock), Path(sys.argv[2]), Path(sys.argv[3])))
"""
FROZEN = PROGRAM.replace(
    "sys.exit(run",
    """
import signal, time
signal.signal(signal.SIGUSR1, lambda *_: time.sleep(60))  # handlers run in the thread that draws
sys.exit(run""",
)


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


@pytest.mark.parametrize("face", ["kiosk", "display"])
def test_the_first_picture_waits_for_nothing(face: str) -> None:
    """What shows the welcome loads neither the lobby nor what reads its files."""
    look = f"import sys, lobbyline.{face}.program; print(*sys.modules)"
    told = subprocess.run([sys.executable, "-c", look], check=True, capture_output=True, text=True).stdout.split()
    assert set(told).isdisjoint({"lobbyline.lobby", "lobbyline.kiosk.model", "pydantic"})


def test_nobody_waits_for_what_prints() -> None:
    """The pages need nothing of the press: it is loaded after them."""
    look = "import sys, lobbyline.kiosk.rooms; sys.exit('lobbyline.kiosk.press' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", look], check=False).returncode == 0


def test_a_frozen_kiosk_is_not_taken_for_alive(setup: Setup, tmp_path: Path, ear: Ear) -> None:
    """Its press goes on in a thread of its own, but when the pages hang the pings end, and systemd starts it anew."""
    command = [sys.executable, "-c", FROZEN, str(setup.folder), str(tmp_path / "data"), str(tmp_path / "finger")]
    program = subprocess.Popen(command, env=ear.around | PINGED, stderr=subprocess.DEVNULL)
    ear.hears(OPEN, "WATCHDOG=1")
    program.send_signal(signal.SIGUSR1)
    ear.hears_it_fall_silent()
    program.kill()
    program.wait(PATIENCE)


def test_a_wrong_layout_of_the_paper_ends_it_with_file_and_line(setup: Setup, tmp_path: Path) -> None:
    """What only the press finds out is told like any mistake of a file, and the program does not stay up without it."""
    branch = shutil.copytree(setup.folder, tmp_path / "miswritten")
    (branch / "tickets").mkdir()
    (branch / "tickets" / "ordinary.toml").write_text('[[lines]]\ntext = "{numbr}"\n')
    command = [sys.executable, "-m", "lobbyline.technician", "kiosk", "--branch", str(branch), "--data", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 2
    assert f"{branch / 'tickets' / 'ordinary.toml'}:2: " in done.stdout
