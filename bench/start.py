"""How soon programs are there: faces beside a bare Qt Quick window, the others and the command beside bare Python."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench import Figure
from tests.conftest import copy_of_sample

STARTS = 7
DEADLINE = 20.0
REST = 12.0  # seconds left alone: the clock, the forecasts and a leaflet have had their turns
OFF_SCREEN = {"QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"}
MORNING = "2026-11-24T10:00"
BARE_PYTHON = [sys.executable, "-c", "pass"]
COMMANDS = (["waiting"], ["take", "W1"], ["show", "A001"], ["counter", "2", "next"])

BARE = """
import QtQuick
Rectangle {
    id: root
    property int page: 0
    color: "white"
    Rectangle {
        anchors.fill: parent
        color: "#eee"
        visible: root.page === 0
        Text { text: "A 012"; font.pixelSize: 160 }
    }
    Rectangle {
        anchors.fill: parent
        color: tap.pressed ? "#ccc" : "#ddd"
        visible: root.page === 1
        TapHandler { id: tap }
        Text { text: "A 013"; font.pixelSize: 160 }
    }
}
"""
BARE_PROGRAM = """
import sys
from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickView
from lobbyline.systemd import notify
app = QGuiApplication([])
window = QQuickView()
window.setResizeMode(QQuickView.ResizeMode.SizeRootObjectToView)
window.resize(1080, 1920)
window.setSource(QUrl.fromLocalFile(sys.argv[1]))
window.frameSwapped.connect(lambda: notify("READY=1"))
window.show()
app.exec()
"""


@dataclass(frozen=True)
class Moment:
    """A moment of a program's life: seconds since its start, and of them the processor's."""

    time: float
    work: float


@dataclass(frozen=True)
class Life:
    """What a program showed of itself: its first sign, when it was ready, megabytes, share of a core at rest."""

    first: Moment
    ready: Moment
    memory: float
    idle: float


def bare_window(folder: Path) -> list[str]:
    """The command of a window that shows two words."""
    (folder / "bare.qml").write_text(BARE, encoding="utf-8")
    return [sys.executable, "-c", BARE_PROGRAM, str(folder / "bare.qml")]


def program(folder: Path, branch: Path, *words: str) -> list[str]:
    """A call of the command as systemd makes it."""
    place = ["--branch", str(branch), "--data", str(folder / "data"), "--at", MORNING]
    return [sys.executable, "-m", "lobbyline.technician", *words, *place]


def of_face(folder: Path, branch: Path, face: str) -> Iterator[Figure]:
    """A program with a window, beside the bare one."""
    ours, bare = program(folder, branch, face), bare_window(folder)
    lives(folder, ours), lives(folder, bare)  # the first start of each makes files and fills caches
    starts = [(lives(folder, ours), lives(folder, bare)) for _ in range(STARTS)]
    plain = [life.ready for _, life in starts]
    yield Figure("a bare window: start to its picture", middle(plain).time * 1000, "ms")
    yield beside(f"{face}: start to the first picture", [life.first for life, _ in starts], plain, "aim 1.3 ×")
    yield beside(f"{face}: start until it is ready", [life.ready for life, _ in starts], plain)


def middle(moments: list[Moment]) -> Moment:
    return Moment(median(one.time for one in moments), median(one.work for one in moments))


def beside(name: str, ours: list[Moment], plain: list[Moment], aim: str = "") -> Figure:
    """Time beside time, and, since a machine may have much else to do, work beside work."""
    we, they = middle(ours), middle(plain)
    note = f"{aim}{', ' if aim else ''}by the processor's time {we.work / they.work:.2f} ×"
    return Figure(name, we.time * 1000, "ms", they.time * 1000, note)


def of_rest(folder: Path, branch: Path, face: str, seconds: float) -> Iterator[Figure]:
    """The same two programs left alone: memory, and what they do meanwhile."""
    ours, bare = lives(folder, program(folder, branch, face), seconds), lives(folder, bare_window(folder), seconds)
    yield Figure(f"{face}: memory after the start", ours.memory, "MB", bare.memory, "aim 1.3 ×")
    yield Figure(
        f"{face}: one core at rest", ours.idle * 100, "%", None, f"under 0.5 %; the bare window {bare.idle:.2%}"
    )


def lives(folder: Path, command: list[str], rest: float = 0.0) -> Life:
    """Start a program, wait until it says that it is ready, let it rest."""
    address = folder / "notify"
    address.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.bind(str(address))
        line.settimeout(DEADLINE)
        began = time.monotonic()
        told = {**os.environ, **OFF_SCREEN, "NOTIFY_SOCKET": str(address)}
        process = subprocess.Popen(command, env=told, stderr=subprocess.DEVNULL)
        word = line.recv(99)
        first = Moment(time.monotonic() - began, worked(process.pid))
        while b"READY=1" not in word:
            word = line.recv(99)
        ready = Moment(time.monotonic() - began, worked(process.pid))
        time.sleep(2 if rest else 0.1)
        memory, before = resident(process.pid), worked(process.pid)
        time.sleep(rest)
        idle = (worked(process.pid) - before) / rest if rest else 0.0
        process.kill()
        process.wait()
    return Life(first, ready, memory, idle)


def resident(process: int) -> float:
    """Megabytes in memory."""
    return int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def worked(process: int) -> float:
    """Seconds of work until now, to the nanosecond, of the threads that there are."""
    threads = Path(f"/proc/{process}/task").glob("*/schedstat")
    return sum(int(thread.read_text(encoding="ascii").split()[0]) for thread in threads) / 1e9


def figures() -> Iterator[Figure]:
    with TemporaryDirectory() as name:
        folder = Path(name)
        branch = copy_of_sample(folder / "branch")
        yield from of_commands(folder, branch)
        yield from of_services(folder, branch)
        for face in ("kiosk", "screen"):
            yield from of_face(folder, branch, face)
            yield from of_rest(folder, branch, face, REST)


def of_services(folder: Path, branch: Path) -> Iterator[Figure]:
    """The programs without a window, beside a Python that does nothing."""
    for name in ("boards", "staff"):
        command = program(folder, branch, name)
        starts = [(lives(folder, command).ready, took(BARE_PYTHON)) for _ in range(STARTS)]
        yield beside(f"{name}: start until it is ready", [ours for ours, _ in starts], [plain for _, plain in starts])


def of_commands(folder: Path, branch: Path) -> Iterator[Figure]:
    """What a teller or a technician asks for, from the key to the answer."""
    took(program(folder, branch, "counter", "2", "open", "--by", "bench"))
    for words in COMMANDS:
        times = [(took(program(folder, branch, *words)), took(BARE_PYTHON)) for _ in range(STARTS)]
        yield beside(f"lobbyline {' '.join(words)}", [ours for ours, _ in times], [plain for _, plain in times])


def took(command: list[str]) -> Moment:
    """How a command was at its end."""
    began = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, command
    return Moment(time.monotonic() - began, used.ru_utime + used.ru_stime)
