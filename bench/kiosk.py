"""The kiosk beside a bare Qt Quick window: start, pages, touch, memory, rest; and what journeys cost in touches."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench import Figure

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")

from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer, QUrl
from PySide6.QtQuick import QQuickView
from PySide6.QtTest import QTest

from lobbyline.glass.finger import BY_HAND, Panel
from lobbyline.lobby.config import load
from lobbyline.lobby.lobby import open_lobby
from lobbyline.technician.visit import PLAYED_AT
from tests.conftest import copy_of_sample
from tests.kiosk.hand import Hand
from tests.kiosk.journeys import JOURNEYS
from tests.kiosk.monkey import Monkey
from tests.kiosk.pictures import Waiter

STARTS = 5
CHANGES = 40
IDLE_SECONDS = 10.0
FEW, MANY = 10, 1000  # visits
TOUCHES = 10_000  # of the monkey
DEADLINE = 20.0
TICKS = os.sysconf("SC_CLK_TCK")

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
import os, sys
from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickView
from lobbyline.glass.service import Watchdog
app = QGuiApplication([])
window = QQuickView()
window.setResizeMode(QQuickView.ResizeMode.SizeRootObjectToView)
window.resize(1080, 1920)
window.setSource(QUrl.fromLocalFile(sys.argv[1]))
watchdog = Watchdog(window)
window.show()
app.exec()
"""
KIOSK_PROGRAM = """
import sys
from pathlib import Path
from lobbyline.kiosk.program import run
from lobbyline.lobby.clock import Clock
from lobbyline.lobby.config import load
from lobbyline.lobby.lobby import open_lobby
lobby = open_lobby(load(Path(sys.argv[1])), Path(sys.argv[2]), "kiosk")
sys.exit(run(lobby, Clock(lobby.branch.zone)))
"""


def figures() -> Iterator[Figure]:
    with TemporaryDirectory() as name:
        folder = Path(name)
        branch = copy_of_sample(folder / "branch")
        (folder / "bare.qml").write_text(BARE, encoding="utf-8")
        yield from of_programs(folder, branch)
        yield from of_the_glass(folder, branch)
        yield from of_journeys(folder, branch)


# Two programs, each from its start


@dataclass(frozen=True)
class Life:
    """What a program showed of itself: seconds to its first picture, megabytes, share of a core at rest."""

    start: float
    memory: float
    idle: float


def of_programs(folder: Path, branch: Path) -> Iterator[Figure]:
    kiosk = [sys.executable, "-c", KIOSK_PROGRAM, str(branch), str(folder / "data")]
    bare = [sys.executable, "-c", BARE_PROGRAM, str(folder / "bare.qml")]
    lives(folder, kiosk, 0), lives(folder, bare, 0)  # the first start of each makes files and fills caches
    starts = [(lives(folder, kiosk, 0), lives(folder, bare, 0)) for _ in range(STARTS)]
    ours, theirs = lives(folder, kiosk, IDLE_SECONDS), lives(folder, bare, IDLE_SECONDS)
    first, second = (median(life.start for life in side) * 1000 for side in zip(*starts, strict=True))
    yield Figure("start of the process to the first picture", first, "ms", second, "at most 1.3 ×")
    yield Figure("memory after the start", ours.memory, "MB", theirs.memory, "at most 1.3 ×")
    yield Figure("one core at rest", ours.idle * 100, "%", None, f"under 0.5 %; the bare window {theirs.idle:.2%}")


def lives(folder: Path, command: list[str], rest: float) -> Life:
    """Start a program, wait for its first picture, let it rest."""
    address = folder / "notify"
    address.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.bind(str(address))
        line.settimeout(DEADLINE)
        began = time.monotonic()
        program = subprocess.Popen(
            command, env={**os.environ, "NOTIFY_SOCKET": str(address)}, stderr=subprocess.DEVNULL
        )
        line.recv(99)
        start = time.monotonic() - began
        time.sleep(2 if rest else 0.1)
        memory, before = resident(program.pid), busy(program.pid)
        time.sleep(rest)
        idle = (busy(program.pid) - before) / rest if rest else 0.0
        program.kill()
        program.wait()
    return Life(start, memory, idle)


def resident(process: int) -> float:
    """Megabytes in memory."""
    return int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def busy(process: int) -> float:
    """Seconds of work until now."""
    stat = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(stat[11]) + int(stat[12])) / TICKS


# One window, looked at from inside


class Glass:
    """Waits for the picture that follows something."""

    def __init__(self, window: QQuickView) -> None:
        self.loop = QEventLoop()
        window.frameSwapped.connect(self.loop.quit, Qt.ConnectionType.QueuedConnection)

    def after(self, act: Callable[[], object]) -> float:
        """Milliseconds from an act to its picture."""
        began = time.monotonic()
        act()
        QTimer.singleShot(1000, self.loop.quit)
        self.loop.exec()
        return (time.monotonic() - began) * 1000


def of_the_glass(folder: Path, branch: Path) -> Iterator[Figure]:
    lobby = open_lobby(load(branch), folder / "glass")
    hand = Hand(Waiter(), lobby, PLAYED_AT.replace(tzinfo=lobby.branch.zone))
    hand.model.settling.setInterval(0)
    hand.qtbot.waitUntil(lambda: hand.window.rootObject().property("complete"))
    bare = QQuickView()
    bare.setResizeMode(QQuickView.ResizeMode.SizeRootObjectToView)
    bare.resize(1080, 1920)
    bare.setSource(QUrl.fromLocalFile(str(folder / "bare.qml")))
    bare.show()
    bare.grabWindow()
    place = lobby.reception.take("T1", hand.clock())
    hand.model.hold(place)
    ours, theirs = Glass(hand.window), Glass(bare)
    pages = ["home", "ready", "number", "bands", "elder"]
    changes, plain = list[float](), list[float]()
    for turn in range(CHANGES):
        changes.append(ours.after(lambda turn=turn: hand.model.go(pages[turn % len(pages)])))  # type: ignore[misc]
        plain.append(theirs.after(lambda turn=turn: bare.rootObject().setProperty("page", turn % 2)))  # type: ignore[misc]
    yield Figure("page change to its picture, median", median(changes), "ms", median(plain), "at most 16.7 ms")
    yield Figure("page change to its picture, longest", max(changes), "ms", max(plain))
    hand.model.leave()
    hand.qtbot.waitUntil(lambda: hand.told("settled"))
    place_of = hand.panel.place("service-T1")
    touches = [ours.after(lambda: pressed(hand.panel, place_of)) for _ in range(CHANGES)]
    yield Figure("touch to visible reaction, median", median(touches), "ms", None, "at most 100 ms")
    yield from of_many_visits(hand)
    hand.away()
    bare.close()
    lobby.close()


def pressed(panel: Panel, place: QPoint) -> None:
    """A finger comes down, slips off what it met, and is gone: nothing was touched for good."""
    press = QTest.touchEvent(panel.window, panel.device, BY_HAND)
    press.press(0, place, panel.window)
    press.commit()
    QTimer.singleShot(0, lambda: panel.lift([QPoint(-5, -5)], 0))


def of_many_visits(hand: Hand) -> Iterator[Figure]:
    for number in range(MANY):
        visit(hand)
        if number + 1 == FEW:
            few = resident(os.getpid())
    yield Figure(f"memory after {MANY} visits, beside {FEW}", resident(os.getpid()), "MB", few)


def visit(hand: Hand) -> None:
    """A number taken and given up, with every page drawn on the way."""
    for name, page in (("service-M3", "ready"), ("take", "number"), ("cancel", "cancel"), ("leave", "home")):
        hand.qtbot.waitUntil(lambda: hand.told("settled") and not hand.told("busy"))
        hand.model.touch(name)
        hand.qtbot.waitUntil(lambda page=page: hand.page == page)  # type: ignore[misc]  # bound now


# Customers


def of_journeys(folder: Path, branch: Path) -> Iterator[Figure]:
    at = datetime.combine(PLAYED_AT.date(), PLAYED_AT.time())
    for number, journey in enumerate(JOURNEYS):
        lobby = open_lobby(load(branch), folder / f"journey-{number}")
        hand = Hand(Waiter(), lobby, at.replace(tzinfo=lobby.branch.zone))
        journey.walk(hand)
        yield Figure(f"journey: {journey.name}", hand.count, "", None, f"touches, at most {journey.most}")
        hand.away()
        lobby.close()
    yield monkey(folder, branch)


def monkey(folder: Path, branch: Path) -> Figure:
    """Ten thousand random touches; what is personal afterwards is counted."""
    lobby = open_lobby(load(branch), folder / "monkey")
    hand = Hand(Waiter(), lobby, PLAYED_AT.replace(tzinfo=lobby.branch.zone))
    hand.model.settling.setInterval(0)
    player = Monkey(hand, seed=7)
    player.play(TOUCHES)
    player.goes()
    left = len(hand.model.visit.known) + (hand.model.visit.place is not None) + (hand.model.typist.filling is not None)
    seen, page = len(player.pages), hand.page
    hand.away()
    lobby.close()
    return Figure(
        f"{TOUCHES} random touches: personal things left", left, "", None, f"{seen} pages seen, ends at {page}"
    )
