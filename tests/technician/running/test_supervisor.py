"""Starting, watching and ending programs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.patience import PATIENCE, until

# A supervisor of its own process, with programs that say in a file that they run.
SUPERVISE = """
import sys
from lobbyline.technician.running.supervisor import Program, Supervisor
named = zip(sys.argv[1::2], sys.argv[2::2])
sys.exit(Supervisor([Program(name, [sys.executable, "-c", code]) for name, code in named]).run())
"""
RUNS = """
import os, signal, sys, time
from pathlib import Path

signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
Path({file!r}).open("a").write(f"{{os.getpid()}}\\n")
time.sleep(600)
"""


def supervise(*programs: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", SUPERVISE, *programs]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)


def started(file: Path) -> list[int]:
    return [int(line) for line in file.read_text().split()] if file.exists() else []


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_killed_program_is_started_again_and_ctrl_c_ends_all(tmp_path: Path) -> None:
    """Whatever died comes back; Ctrl-C ends everything cleanly, with 0."""
    one, two = tmp_path / "one", tmp_path / "two"
    supervisor = supervise("one", RUNS.format(file=str(one)), "two", RUNS.format(file=str(two)))
    until(lambda: len(started(one)) == 1 and len(started(two)) == 1)
    os.kill(started(one)[0], signal.SIGKILL)
    until(lambda: len(started(one)) == 2)
    supervisor.send_signal(signal.SIGINT)
    _, told = supervisor.communicate(timeout=PATIENCE)
    assert supervisor.returncode == 0
    assert "one ended (killed by SIGKILL); starting it again" in told
    assert not any(alive(process) for process in (*started(one), *started(two)))


def test_a_broken_file_ends_everything(tmp_path: Path) -> None:
    """A program that ends with 2 would end so again: nothing is started again, and the code is kept."""
    other = tmp_path / "other"
    supervisor = supervise("other", RUNS.format(file=str(other)), "broken", "raise SystemExit(2)")
    supervisor.communicate(timeout=PATIENCE)
    assert supervisor.returncode == 2
    assert len(started(other)) <= 1
    assert not any(alive(process) for process in started(other))


def test_a_program_that_was_still_starting_has_ended_well(tmp_path: Path) -> None:
    """Ctrl-C in the first moment, before a program listens to signals, is a clean end as well."""
    file = tmp_path / "early"
    early = f"import pathlib, time; pathlib.Path({str(file)!r}).write_text('0'); time.sleep(600)"
    supervisor = supervise("early", early)
    until(lambda: started(file))
    supervisor.terminate()
    supervisor.communicate(timeout=PATIENCE)
    assert supervisor.returncode == 0


def test_programs_die_with_their_supervisor(tmp_path: Path) -> None:
    """A killed supervisor leaves no program behind."""
    file = tmp_path / "one"
    supervisor = supervise("one", RUNS.format(file=str(file)))
    until(lambda: len(started(file)) == 1)
    supervisor.kill()
    supervisor.communicate(timeout=PATIENCE)
    until(lambda: not alive(started(file)[0]))


def test_a_program_that_will_not_end_is_killed(tmp_path: Path) -> None:
    """Farewell has an end; it is not called clean."""
    file = tmp_path / "stubborn"
    stubborn = RUNS.format(file=str(file)).replace("lambda *_: sys.exit(0)", "signal.SIG_IGN")
    code = SUPERVISE.replace(
        "sys.exit(Super",
        "import lobbyline.technician.running.supervisor as s; s.FAREWELL_SECONDS = 0.3\nsys.exit(Super",
    )
    command = [sys.executable, "-c", code, "stubborn", stubborn]
    supervisor = subprocess.Popen(command, start_new_session=True)
    until(lambda: len(started(file)) == 1)
    supervisor.terminate()
    assert supervisor.wait(PATIENCE) == 1
    assert not alive(started(file)[0])


# A real main loop's heart: it beats as `boards` and `staff` do, then the loop stands still for ever.
FREEZES = """
import os, time
from pathlib import Path

from lobbyline.systemd import Pulse
Path({file!r}).open("a").write(f"{{os.getpid()}}\\n")
pulse, begun = Pulse(), time.monotonic()
while time.monotonic() - begun < {seconds}:
    pulse.beat()
    time.sleep(0.02)
while True:
    {frozen}
"""
WATCH = SUPERVISE.replace('"-c", code])', '"-c", code], patience=1.0)')


@pytest.mark.parametrize("frozen", ["time.sleep(60)", "pass", "os.kill(os.getpid(), 19)"])
def test_a_frozen_program_is_ended_and_started_again(tmp_path: Path, frozen: str) -> None:
    """Whoever gives no sign of life any more (asleep, spinning or stopped) is ended by the watchdog and comes back."""
    file = tmp_path / "frozen"
    code = FREEZES.format(file=str(file), seconds=0.5, frozen=frozen)
    supervisor = subprocess.Popen(
        [sys.executable, "-c", WATCH, "frozen", code], stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    until(lambda: len(started(file)) > 1)
    assert not alive(started(file)[0])
    supervisor.terminate()
    _, told = supervisor.communicate(timeout=PATIENCE)
    assert "frozen gave no sign of life for 1 s; ending it" in told
    assert "frozen ended (killed by SIGABRT); starting it again" in told


def test_a_program_that_starts_slowly_is_not_frozen(tmp_path: Path) -> None:
    """Silence counts only from the moment a program said that it is ready."""
    file = tmp_path / "slow"
    slow = RUNS.format(file=str(file))  # it never says that it is ready
    supervisor = subprocess.Popen([sys.executable, "-c", WATCH, "slow", slow], start_new_session=True)
    until(lambda: len(started(file)) == 1)
    time.sleep(1.5)
    supervisor.terminate()
    assert supervisor.wait(PATIENCE) == 0
    assert len(started(file)) == 1
