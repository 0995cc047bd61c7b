"""A branch that plays: its programs as one process of their own, a browser for its pages, and patience."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from playwright.sync_api import Page

PLAYED_AT = datetime(2026, 11, 23, 10, 12)  # a Monday morning in the branch's own zone: it is open
PATIENCE = 60.0  # seconds for anything to happen on a loaded machine
PAUSE = 0.01
DESK = ("--standins", "--fingers")
CHROMIUM = "/usr/bin/chromium"
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
]


class VisitError(Exception):
    """Something that should have happened in the visit did not."""


class Programs:
    """`lobbyline run`, off-screen and as its own process."""

    def __init__(
        self, branch: Path, data: Path, ahead: timedelta, log: BinaryIO | None = None, words: Sequence[str] = DESK
    ) -> None:
        self.branch, self.data, self.ahead = branch, data, ahead
        environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"}
        command = self.command("run", *words)
        self.process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True)

    def command(self, *words: str) -> list[str]:
        """A call of the `lobbyline` command for this branch."""
        place = ["--branch", str(self.branch), "--data", str(self.data), f"--ahead={self.ahead.total_seconds()}"]
        return [sys.executable, "-m", "lobbyline.technician", words[0], *place, *words[1:]]

    def ask(self, *words: str) -> str:
        """What a single `lobbyline` command says."""
        done = subprocess.run(self.command(*words), capture_output=True, text=True, check=True, timeout=PATIENCE)
        return done.stdout.strip()

    def number_of(self, name: str) -> int:
        """The process number of one program; 0 while it does not run."""
        return children(self.process.pid).get(name, 0)

    def kill(self, name: str) -> None:
        """End one program as a power cut would."""
        os.kill(self.number_of(name), signal.SIGKILL)

    def end(self) -> int:
        """Ctrl-C; 0 when everything ended by itself."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)


@contextmanager
def running(
    branch: Path, data: Path, ahead: timedelta, log: Path | None = None, words: Sequence[str] = DESK
) -> Iterator[Programs]:
    """The programs of a branch, ended whatever happens; what they say goes to the terminal, or into a file."""
    with log.open("wb") if log else nullcontext() as told:
        programs = Programs(branch, data, ahead, told, words)
        try:
            yield programs
        finally:
            programs.end()


def children(process: int) -> dict[str, int]:
    """The programs that a supervisor runs now, by name, with their process numbers."""
    told = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    return {_name_of(int(child)): int(child) for child in told.split()}


def _name_of(process: int) -> str:
    """The subcommand that a process of ours runs; nothing for one that has just ended."""
    try:
        words = Path(f"/proc/{process}/cmdline").read_bytes().decode().split("\0")
    except OSError:
        return ""
    return words[words.index("lobbyline.technician") + 1] if "lobbyline.technician" in words else ""


@contextmanager
def browser() -> Iterator[Page]:
    """A page in Debian's Chromium; what does not happen on it is told in a sentence."""
    from playwright.sync_api import Error, sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        page = chromium.new_page(viewport={"width": 1366, "height": 768}, locale="zh-CN")
        page.set_default_timeout(PATIENCE * 1000)
        try:
            yield page
        except Error as error:
            raise VisitError(f"on the staff's page: {error.message.partition(chr(10))[0]}") from error
        chromium.close()


def until(true: Callable[[], bool], what: str) -> None:
    """Wait for something to become true; VisitError when it does not."""
    deadline = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > deadline:
            raise VisitError(f"did not happen within {PATIENCE:g} s: {what}")
        time.sleep(PAUSE)
