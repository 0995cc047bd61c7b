"""Starts programs, watches them, starts again what died, and ends them all cleanly.

What systemd does on a lobby machine, this does on a desk: a program that ends because of a broken file is not
started again, every other death is followed by a new start, later each time, and one that is frozen is ended.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FrameType

from lobbyline.technician.running.notify_socket import NotifySocket

BAD_CONFIG = 2
LOOK_SECONDS = 0.1
READY_SECONDS = 3.0
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 10.0  # seconds before a dead program is started again
WELL_SECONDS = 30.0  # a program that ran this long has recovered
FAREWELL_SECONDS = 15.0  # how long a program may take to end before it is killed: as long as systemd gives it
PR_SET_PDEATHSIG = 1


def _die_with_parent() -> None:
    """Ask the kernel to end this child when the supervisor is killed."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Program:
    """One program that should always run."""

    name: str
    command: list[str]
    ready: Callable[[], bool] = lambda: True  # whether programs after it may start
    patience: float = 0.0  # seconds without a sign of life after which it is taken for frozen; 0 is for ever
    signs: NotifySocket | None = None  # of life
    process: subprocess.Popen[bytes] | None = None
    pause: float = FIRST_PAUSE
    since: float = 0.0
    due: float = field(default_factory=time.monotonic)

    def start(self) -> None:
        """Start it in a session of its own: Ctrl-C reaches the supervisor alone, which ends all in order."""
        self.signs = NotifySocket(self.patience) if self.patience else None
        told = os.environ | (self.signs.environment() if self.signs else {})
        self.process = subprocess.Popen(  # our own command, no shell
            self.command, env=told, start_new_session=True, preexec_fn=_die_with_parent
        )
        self.since = time.monotonic()

    def mind(self) -> str:
        """End a program that is frozen, and say so once; one that does not even die of that is killed."""
        silence = self.signs.silence() if self.signs and self.process else 0.0
        if self.signs is None or self.process is None or silence <= self.patience:
            return ""
        if self.signs.given_up_at and time.monotonic() - self.signs.given_up_at > self.patience:
            self.process.kill()
        elif not self.signs.given_up_at:
            self.signs.given_up_at = time.monotonic()
            self.process.send_signal(signal.SIGABRT)
            self.process.send_signal(signal.SIGCONT)  # one that was stopped must run to die
            return f"{self.name} gave no sign of life for {self.patience:g} s; ending it"
        return ""

    def ended(self) -> int | None:
        """The exit code of a program that has just ended."""
        code = self.process.poll() if self.process else None
        if code is None:
            return None
        self.process = None
        if self.signs:
            self.signs.close()
        if time.monotonic() - self.since > WELL_SECONDS:
            self.pause = FIRST_PAUSE
        self.due = time.monotonic() + self.pause
        self.pause = min(self.pause * 2, LONGEST_PAUSE)
        return code

    def end(self) -> None:
        if self.process:
            self.process.terminate()

    def wait(self, until: float) -> bool:
        """Whether it ended well and in time; otherwise it is killed. One that was still starting dies of the signal."""
        if self.process is None:
            return True
        try:
            return self.process.wait(max(0.0, until - time.monotonic())) in (0, -signal.SIGTERM)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            return False


class Supervisor:
    """Keeps programs running until SIGINT or SIGTERM; returns 0 when all of them ended cleanly."""

    def __init__(self, programs: list[Program]) -> None:
        self._programs = programs
        self._over = False

    def run(self) -> int:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._signalled)
        code = 0
        for program in self._programs:
            program.start()
            self._wait_until_ready(program)
        while not self._over:
            code = self._look()
            time.sleep(LOOK_SECONDS)
        farewell = self._farewell()
        return code or farewell

    def _wait_until_ready(self, program: Program) -> None:
        """Give a program a moment to be ready for those after it; they can wait by themselves if it takes longer."""
        until = time.monotonic() + READY_SECONDS
        while not (self._over or program.ready()) and time.monotonic() < until:
            time.sleep(LOOK_SECONDS)

    def _signalled(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002  # the signature of a handler
        self._over = True

    def _look(self) -> int:
        """Start what is due and take note of what ended; a broken file ends everything."""
        for program in self._programs:
            if frozen := program.mind():
                print(frozen, file=sys.stderr, flush=True)
            code = program.ended()
            if code == BAD_CONFIG:
                self._over = True
                return BAD_CONFIG
            if code is not None:
                print(f"{program.name} ended ({_told(code)}); starting it again", file=sys.stderr, flush=True)
            if program.process is None and time.monotonic() >= program.due and not self._over:
                program.start()
        return 0

    def _farewell(self) -> int:
        """End every program, last started first; 1 when one had to be killed or failed on its way out."""
        until = time.monotonic() + FAREWELL_SECONDS
        for program in reversed(self._programs):
            program.end()
        ended = [program.wait(until) for program in reversed(self._programs)]
        return 0 if all(ended) else 1


def _told(code: int) -> str:
    if code < 0:
        return f"killed by {signal.Signals(-code).name}"
    return f"exit code {code}" if code else os.strerror(0)
