"""Every command that a document shows is run, in order, in a branch of the document's own.

`sh` blocks and indented lines that begin with `lobbyline` are run as they stand; words in capitals and file names are
first filled in as a reader would. `console` blocks belong to the machine itself (systemctl, apt-get): they are read by
a shell without being run, and their `lobbyline` lines are run nevertheless.
"""

from __future__ import annotations

import io
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from lobbyline.lobby.config.folder import load
from lobbyline.lobby.lobby import open_lobby
from lobbyline.technician.command import main
from lobbyline.technician.commands import parser
from lobbyline.technician.devices import standins
from lobbyline.technician.setup import edit
from tests.conftest import copy_of_sample, free_port
from tests.patience import PATIENCE

ROOT = Path(__file__).parent.parent
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
FENCED = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
SHOWN = re.compile(r"^(?: {4})?(?:\.venv/bin/)?(lobbyline .*)$", re.MULTILINE)
ENTERS = "\n" * 40  # whoever only presses Enter gets what is usual
MONDAY = "2026-11-23T10:12"
RUNNING = "standin printer"  # it runs until somebody ends it
PLAYED = ("drill", "run")  # each has a test of its own: test_drill.py, and the visit of test_visit.py
# What a reader fills in.
FILLED = {"BRANCH": "branch", "NAME": "front", "TICKET": "A001", "VERSION": "now", "WHO": "zhougang", "WHY": "trying"}
# A loudspeaker, or the server that a document names, may be missing here; a count may have a gap.
ALLOWED = {
    "voice say": (0, 4), "store ": (0, 4), "doctor": (0, 4), "day show": (0, 3), "voucher count": (0, 3),
}  # fmt: skip
ARRIVALS = "at,service,segment,service_seconds,review_seconds,patience_seconds\n" + "".join(
    f"{60 * n},W1,ordinary,240,,\n" for n in range(20)
)
ANSWERS = """branch = { id = "willow", zh = "柳巷支行", en = "Willow Lane", profile = "-" }
printer = { at = "-" }
line1 = { port = "-" }
account = { name = "zhougang", shown = "周刚" }
"""


@dataclass
class Reader:
    """Somebody who tries what a document shows, with a branch, its memory and stand-ins for its devices."""

    folder: Path

    def __post_init__(self) -> None:
        self.branch, self.data = copy_of_sample(self.folder / "branch"), self.folder / "data"
        lobby = open_lobby(load(self.branch), self.data)
        at = datetime.fromisoformat(MONDAY).replace(tzinfo=lobby.branch.zone)
        for _ in range(3):
            lobby.reception.take("W1", at)
        lobby.copies.take(at)
        lobby.close()
        edit.set_key(self.branch / "branch.toml", ("kiosk", "idle_seconds"), 45)  # something to apply, and to take back
        (self.folder / "ARRIVALS.csv").write_text(ARRIVALS)
        (self.data / "setup.toml").write_text(ANSWERS, "utf-8")  # a setup that was left before its last question
        (self.folder / "answers.toml").write_text(ANSWERS, "utf-8")
        (self.folder / "bank.toml").write_text(ANSWERS, "utf-8")
        (self.folder / "branch.toml").write_text('branch = { id = "lane" }\n', "utf-8")
        (self.folder / "day.csv").write_text(ARRIVALS)

    def words(self, line: str) -> list[str]:
        """The command as the reader would type it."""
        kept = sorted((self.data / "copies").glob("*.sqlite"))
        known = FILLED | {"FILE": str(kept[0]) if kept else "", "9100": str(free_port())}
        return [known.get(word, word) for word in shlex.split(line, comments=True)[1:]]

    def tries(self, line: str) -> int:
        """Run one command; its exit code. What takes long or is not complete has a test of its own."""
        words = self.words(line)
        sys.stdin = io.StringIO("{}" if words[0] == "form" else ENTERS)
        if "…" in line:
            return 0
        if words[0] in PLAYED:
            return int(parser().parse_args(words).command != words[0])
        if line.removeprefix("lobbyline ").startswith(RUNNING):
            return self.starts(words)
        place = [] if "--branch" in words else ["--branch", str(self.branch), "--data", str(self.data)]
        try:
            return main([words[0], *place, "--at", MONDAY, *words[1:]])
        except SystemExit as told:  # the help, or a misuse
            return int(told.code or 0)

    def starts(self, words: list[str]) -> int:
        """A program that runs until Ctrl-C, which ends it with 0."""
        place = ["--branch", str(self.branch), "--data", str(self.data)]
        command = [sys.executable, "-m", "lobbyline.technician", words[0], *words[1:], *place]
        process = subprocess.Popen(
            command,
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )
        with process:
            assert process.stdout
            assert any("Ctrl-C ends" in line for line in process.stdout), "it did not say that it runs"
            process.send_signal(signal.SIGINT)
            return process.wait(PATIENCE)


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Reader]:
    monkeypatch.chdir(tmp_path)
    reader = Reader(tmp_path)
    monkeypatch.setattr(sys, "stdin", sys.stdin)
    with standins.started(load(reader.branch), reader.data):
        yield reader


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda file: file.stem)
def test_what_a_document_shows_works(document: Path, reader: Reader, capsys: pytest.CaptureFixture[str]) -> None:
    """Each `lobbyline` line, one after another, ends as it should."""
    for line in SHOWN.findall(document.read_text("utf-8")):
        ended = reader.tries(line)
        allowed = next((codes for start, codes in ALLOWED.items() if line.startswith(f"lobbyline {start}")), (0,))
        assert ended in allowed, f"{line}: {ended}: {capsys.readouterr()}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda file: file.stem)
def test_what_belongs_to_the_machine_is_well_formed(document: Path) -> None:
    """Blocks for a shell are understood by one, and `make` is asked only for what it makes."""
    text = document.read_text("utf-8")
    for language, block in FENCED.findall(text):
        if language in ("sh", "console"):
            read = subprocess.run(["sh", "-n"], input=block, text=True, capture_output=True, check=False)
            assert (read.returncode, read.stderr) == (0, ""), block
    shown = re.findall(r"^make ([a-z-]+)|`make ([a-z-]+)`", text, re.MULTILINE)
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert {one or other for one, other in shown} <= targets
