"""What systemd gets: units it understands, sandboxes that are tight, and programs that live inside them."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from lobbyline.technician.running import programs
from lobbyline.technician.running.supervisor import FAREWELL_SECONDS
from lobbyline.technician.setup import panels
from tests.ear import PINGED, Ear
from tests.patience import PATIENCE

UNITS = Path(__file__).parents[2] / "systemd"
SERVICES = sorted(UNITS.glob("*.service"))
FACES = ("boards", "keypads", "kiosk", "screen", "staff")
EXPOSURE = 2.5  # of 10; systemd calls it OK

# As systemd starts a program with MemoryDenyWriteExecute (the kernel itself can forbid it since Linux 6.3).
CONFINED = """
import ctypes, os, sys
ctypes.CDLL(None).prctl(65, 1, 0, 0, 0)
os.execv(sys.executable, [sys.executable, "-m", "lobbyline.technician", *sys.argv[1:]])
"""


def settings(unit: Path) -> dict[str, list[str]]:
    """The settings of a unit and of what it shares with others, each with every value it is given."""
    shared = {
        file.name: file
        for place in (f"lobbyline-{unit.suffix}.d", f"{unit.name}.d")
        for file in (UNITS / place).glob("*.conf")
    }
    found: dict[str, list[str]] = {}
    for file in (unit, *shared.values()):
        for key, value in re.findall(r"^(\w+)=(.*)$", file.read_text("utf-8"), re.MULTILINE):
            found.setdefault(key, []).append(value)
    return found


def told(*command: object) -> subprocess.CompletedProcess[str]:
    words = [str(word) for word in command]
    return subprocess.run(words, check=False, capture_output=True, text=True, env=os.environ | {"LC_ALL": "C.UTF-8"})


def test_systemd_understands_every_unit(tmp_path: Path) -> None:
    """`systemd-analyze verify` has nothing to say; the programs stand where the package puts them."""
    shutil.copytree(UNITS, tmp_path, dirs_exist_ok=True)
    units = sorted(unit for unit in tmp_path.iterdir() if unit.suffix in (".service", ".target", ".timer"))
    for unit in units:
        text = re.sub(r"/usr/bin/(lobbyline|weston)\b", "/bin/true", unit.read_text("utf-8"))
        unit.write_text(text, "utf-8")
    found = told("systemd-analyze", "verify", "--man=no", "--recursive-errors=yes", *units)
    assert (found.returncode, found.stdout, found.stderr) == (0, "", "")


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.stem)
def test_a_service_is_hardly_exposed(unit: Path) -> None:
    """What a program does not need it may not do."""
    found = told("systemd-analyze", "security", "--offline=yes", "--threshold=25", unit)
    assert found.returncode == 0, found.stdout
    exposure = re.search(r"Overall exposure level for \S+: ([\d.]+)", found.stdout)
    assert exposure
    assert float(exposure[1]) <= EXPOSURE


@pytest.mark.parametrize("face", FACES)
def test_a_program_is_watched_and_started_again(face: str) -> None:
    """Ready when it says so, ended when it is silent, started again for ever, but not with a wrong file."""
    found = settings(UNITS / f"lobbyline-{face}.service")
    assert found["Type"] == ["notify"]
    assert found["ExecStart"] == [f"/usr/bin/lobbyline {face}"]
    assert found["WatchdogSec"] == [f"{programs.PATIENCE:g}"]
    assert (found["Restart"], found["StartLimitIntervalSec"]) == (["always"], ["0"])
    assert found["RestartPreventExitStatus"] == ["2"]
    assert found["LimitCORE"] == ["0"]
    assert found["TimeoutStopSec"] == [f"{FAREWELL_SECONDS:g}"]


@pytest.mark.parametrize("face", FACES)
def test_a_program_lives_where_no_memory_is_both_written_and_run(
    branch_folder: Path, tmp_path: Path, ear: Ear, face: str
) -> None:
    """Started as its unit starts it, it says that it is ready and gives signs of life."""
    unit = settings(UNITS / f"lobbyline-{face}.service")
    assert unit["MemoryDenyWriteExecute"] == ["yes"]
    given = dict(pair.split("=", 1) for line in unit["Environment"] for pair in line.split())
    given |= {"QT_QPA_PLATFORM": "offscreen", "LOBBYLINE_BRANCH": str(branch_folder)}
    given |= {"LOBBYLINE_DATA": str(tmp_path / "data")}
    process = subprocess.Popen(
        [sys.executable, "-c", CONFINED, face], env=ear.around | given | PINGED, stderr=subprocess.DEVNULL
    )
    try:
        ear.hears("READY=1", "WATCHDOG=1")
    finally:
        process.send_signal(signal.SIGTERM)
        code = process.wait(PATIENCE)
    assert code == 0


def test_the_kiosks_sandbox_leaves_libusb_what_it_starts_with() -> None:
    """A USB printer needs its device and the netlink socket by which libusb hears of plugs."""
    kiosk = settings(UNITS / "lobbyline-kiosk.service")
    assert "AF_NETLINK" in kiosk["RestrictAddressFamilies"]
    assert "char-usb_device rw" in kiosk["DeviceAllow"]


@pytest.mark.parametrize(
    ("face", "sentence"),
    [("screen", "@resources is included (e.g. setpriority is allowed)"), ("kiosk", "@resources is not included")],
)
def test_only_the_screen_may_make_films_at_the_lowest_priority(tmp_path: Path, face: str, sentence: str) -> None:
    """As systemd itself puts the files together: what the shared sandbox forbids, one unit has back."""
    shutil.copytree(UNITS, tmp_path / "usr" / "lib" / "systemd" / "system")
    found = told("systemd-analyze", "security", "--offline=yes", f"--root={tmp_path}", f"lobbyline-{face}.service")
    assert sentence in found.stdout


def test_the_target_starts_everything() -> None:
    """Every face and every timer belongs to the one target."""
    wanted = set(" ".join(settings(UNITS / "lobbyline.target")["Wants"]).split())
    timers = {timer.name for timer in UNITS.glob("*.timer")} - {
        "lobbyline-upload.timer"
    }  # where there is a head office
    assert wanted == {*(f"lobbyline-{face}.service" for face in FACES), *timers}


def test_the_user_and_its_folders(tmp_path: Path) -> None:
    """One user that cannot log in; the memory is nobody else's."""
    if os.geteuid():
        pytest.skip("only root gives files to another user")
    (tmp_path / "etc").mkdir()
    sysusers, tmpfiles = tmp_path / "lobbyline.conf", tmp_path / "tmpfiles.conf"
    shutil.copy(UNITS / "lobbyline.sysusers", sysusers)
    shutil.copy(UNITS / "lobbyline.tmpfiles", tmpfiles)
    made = told("systemd-sysusers", f"--root={tmp_path}", sysusers)
    assert made.returncode == 0, made.stderr
    user = (tmp_path / "etc" / "passwd").read_text().split(":")
    assert (user[0], user[6].strip()) == ("lobbyline", "/usr/sbin/nologin")
    laid = told("systemd-tmpfiles", "--create", f"--root={tmp_path}", tmpfiles)
    assert laid.returncode == 0, laid.stderr
    memory = (tmp_path / "var" / "lib" / "lobbyline").stat()
    assert (memory.st_mode & 0o777, memory.st_uid) == (0o700, int(user[2]))


def test_each_window_has_its_output(tmp_path: Path) -> None:
    """The compositor tells the windows apart by the names that the programs give them."""
    faces = {"kiosk": "kiosk/program.py", "screen": "display/program.py"}
    for face, file in faces.items():
        panels.put(tmp_path, face, "DP-1", "normal")
        code = (UNITS.parent / "lobbyline" / file).read_text("utf-8")
        assert f'face.run("lobbyline-{face}"' in code
    assert list(panels.read(tmp_path)) == ["lobbyline-kiosk", "lobbyline-screen"]
    assert settings(UNITS / "lobbyline-panels.service")["ExecStart"] == [
        "/usr/bin/weston --config=/etc/lobbyline/branch/panels.ini --modules=systemd-notify.so --socket=panels"
    ]


def test_udev_rules_are_well_formed() -> None:
    """Every rule is a list of keys, and every jump has its label."""
    lines = [line for line in (UNITS / "60-lobbyline.rules").read_text("utf-8").splitlines() if line.strip()]
    rules = [line for line in lines if not line.startswith("#")]
    key = r'[A-Z]+(?:\{[\w/]+\})?(?:==|!=|\+=|=)"(?:[^"\\]|\\.)*"'
    assert [line for line in rules if not re.fullmatch(rf"{key}(?:, {key})*", line)] == []
    jumps, labels = (set(re.findall(rf'{word}="(\w+)"', "\n".join(rules))) for word in ("GOTO", "LABEL"))
    assert jumps == labels
