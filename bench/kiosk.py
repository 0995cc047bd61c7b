"""The kiosk beside a bare Qt Quick window: start, pages, touch, memory, rest; and what journeys cost in touches."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench import Figure, start
from bench.start import resident

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")

from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer, QUrl
from PySide6.QtQuick import QQuickView
from PySide6.QtTest import QTest

from lobbyline.glass.panel import BY_HAND, Panel
from lobbyline.lobby.config.folder import load
from lobbyline.lobby.lobby import open_lobby
from lobbyline.technician.play.playing import PLAYED_AT
from tests.conftest import copy_of_sample
from tests.kiosk.hand import Hand
from tests.kiosk.journeys import JOURNEYS
from tests.kiosk.monkey import Monkey
from tests.kiosk.pictures import Waiter

CHANGES = 40
IDLE_SECONDS = 10.0
FEW, MANY = 10, 1000  # visits
TOUCHES = 10_000  # of the monkey


def figures() -> Iterator[Figure]:
    with TemporaryDirectory() as name:
        folder = Path(name)
        branch = copy_of_sample(folder / "branch")
        yield from start.of_face(folder, branch, "kiosk")
        yield from start.of_rest(folder, branch, "kiosk", IDLE_SECONDS)
        yield from of_the_glass(folder, branch)
        yield from of_journeys(folder, branch)


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
