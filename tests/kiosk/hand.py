"""A customer's hand on the kiosk's glass, and an eye that finds words cut off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import Q_ARG, Q_RETURN_ARG, QMetaObject
from PySide6.QtQml import QQmlComponent

from lobbyline.glass.panel import Panel, plain
from lobbyline.glass.window import Window
from lobbyline.kiosk.rooms import furnish
from lobbyline.kiosk.visit import Way
from lobbyline.lobby.clock import Clock
from lobbyline.lobby.config.folder import load
from lobbyline.lobby.lobby import Lobby, open_lobby

Box = tuple[float, float, float, float]

EYE = b"""
import QtQuick
QtObject {
    function text(item, name) {
        if (!item.visible) return ""
        if (item.objectName === name) return item.text
        for (let i = 0; i < item.children.length; ++i) {
            const found = text(item.children[i], name)
            if (found !== "") return found
        }
        return ""
    }
    function cut(item, frame) {
        let found = []
        if (!item.visible || item.opacity < 0.01) return found
        if (item.truncated === true || (item.contentWidth !== undefined && item.contentWidth > item.width + 2))
            found.push(item.text)
        if (item.contentHeight !== undefined && item.text !== "" && frame) {
            const aside = item.horizontalAlignment === Text.AlignHCenter ? (item.width - item.contentWidth) / 2 : 0
            const {x, y} = item.mapToItem(frame, aside, 0)
            if (y < -2 || y + item.contentHeight > frame.height + 2) found.push(item.text + " hangs out")
            if (x < -2 || x + item.contentWidth > frame.width + 2) found.push(item.text + " hangs out beside")
        }
        const inner = item.radius !== undefined && item.name !== undefined ? item : frame  // what may be touched
        for (let i = 0; i < item.children.length; ++i) found = found.concat(cut(item.children[i], inner))
        return found
    }
    function tiny(item) {
        if (!item.visible || item.opacity < 0.01) return []
        const size = item.text && item.fontInfo ? item.fontInfo.pixelSize : 22
        const own = size < 22 ? [item.text + " in " + size] : []
        return Array.from(item.children).reduce((more, child) => more.concat(tiny(child)), own)
    }
    function behind(item, top, bottom) {  // the keys of those who sit
        if (!item.visible || item.opacity < 0.01 || ["home", "language", "help"].includes(item.objectName)) return []
        const words = item.text && item.contentHeight ? item : null
        const from = words?.mapToItem(null, 0, 0).y, to = words?.mapToItem(null, 0, words.contentHeight).y
        const own = words && from < bottom - 2 && to > top + 2 ? [words.text + " behind the keys"] : []
        return Array.from(item.children).reduce((more, child) => more.concat(behind(child, top, bottom)), own)
    }
    function made(item) {
        const children = Array.from(item.children)
        return children.reduce((more, child) => more.concat(made(child)), item.objectName ? [item.objectName] : [])
    }
    function letters(item, words) {
        if (!item.visible) return 0
        if ((item.words ?? item.text) === words) return item.fontInfo.pixelSize
        for (let i = 0; i < item.children.length; ++i) {
            const found = letters(item.children[i], words)
            if (found) return found
        }
        return 0
    }
    function unlike(item) {
        if (!item.visible) return []
        const all = Array.from(item.children), keys = all.filter(key => key.visible && key.label && !key.main)
        const sizes = keys.map(key => letters(key, key.label))
        const found = new Set(sizes.filter(Boolean)).size > 1 ? keys.map((key, i) => key.label + " in " + sizes[i]) : []
        return all.reduce((more, child) => more.concat(unlike(child)), found)
    }
}
"""


class Patience(Protocol):
    """Whoever can wait while the kiosk goes on: pytest-qt's bot."""

    def waitUntil(self, callback: Callable[[], bool], *, timeout: int = ...) -> None: ...  # noqa: N802  # its name


class Hand:
    """Touches by name, as soon as the thing is there to be touched."""

    def __init__(self, qtbot: Patience, lobby: Lobby, at: datetime) -> None:
        self.qtbot, self.lobby = qtbot, lobby
        self.count = 0  # touches of this visit
        self.ways: frozenset[Way] = frozenset()  # in which a tour goes past the pages
        self.clock = Clock(lobby.branch.zone, at - datetime.now(lobby.branch.zone))
        self.window = Window(lobby.branch.kiosk.width, lobby.branch.kiosk.height)
        self.model = furnish(self.window, lobby, self.clock)
        self.model.second.stop()  # seconds pass when a test lets them
        self.model.settling.setInterval(0)
        self.window.appear()
        self.window.grabWindow()  # lay everything out before the first touch
        self.panel = Panel(self.window)
        self.eye = QQmlComponent(self.window.engine())
        self.eye.setData(EYE, "eye")
        self.probe = self.eye.create()

    @property
    def page(self) -> str:
        return self.panel.page()

    def told(self, name: str) -> Any:
        """What the kiosk tells its pages under this name."""
        return self.model.property(name)

    def sees(self, *names: str) -> None:
        """Wait until all of these may be touched."""
        self.qtbot.waitUntil(lambda: set(names) <= set(self.panel.items()))

    def touches(self, *names: str) -> None:
        """One finger on each name, at the same moment."""
        self.sees(*names)
        self.count += 1
        self.panel.touch(*names)

    def goes(self, name: str, page: str) -> None:
        self.touches(name)
        self.qtbot.waitUntil(lambda: self.page == page)

    def types(self, field: str, keys: str) -> None:
        """Choose a field, unless it is the only one of a low page, and type."""
        self.sees("next")
        if f"field-{field}" in self.panel.items():
            self.touches(f"field-{field}")
        for key in keys:
            self.touches(f"key-{key}")

    def reads(self, name: str) -> str:
        """The words that stand on the glass in the item of this name."""
        return str(self._asked("text", name))

    def _asked(self, question: str, *more: object) -> Any:
        """What the eye finds on the whole glass."""
        told = (Q_ARG("QVariant", one) for one in (self.window.rootObject(), *more))
        return plain(QMetaObject.invokeMethod(self.probe, question, Q_RETURN_ARG("QVariant"), *told))

    def tiny(self) -> list[str]:
        """Words in letters that nobody should have to read, once laid out."""
        return self.laid_out(lambda: list(self._asked("tiny")))

    def behind(self) -> list[str]:
        """Words that stand behind the keys of those who sit, once laid out."""
        root, low = self.window.rootObject(), self.told("low") and self.window.height() > self.window.width()
        top, unit = root.property("line") * root.property("unit"), root.property("unit")
        return self.laid_out(lambda: list(self._asked("behind", top, top + 128 * unit))) if low else []

    def made(self) -> list[str]:
        """Names of all that there is, also on pages that are not shown."""
        return list(self._asked("made"))

    def cut_off(self) -> list[str]:
        """Words on the page that do not fit their place, once it has been laid out."""
        return self.laid_out(self._cut_off)

    def laid_out(self, look: Callable[[], list[str]]) -> list[str]:
        """Faults that `look` still finds after a picture: a page that has only just come is laid out with its first."""
        self.qtbot.waitUntil(lambda: self.told("settled"))  # before, nothing can be touched
        if not (found := look()):
            return found
        self.window.grabWindow()
        return look()

    def _cut_off(self) -> list[str]:
        return list(self._asked("cut", None))

    def unlike(self) -> list[str]:
        """Keys that stand side by side with words in different sizes, once laid out."""
        return self.laid_out(lambda: list(self._asked("unlike")))

    def outside(self) -> list[str]:
        """Things to touch that are not wholly on the glass, or smaller than a fingertip, once laid out."""
        return self.laid_out(self._outside)

    def _outside(self) -> list[str]:
        width, height = self.window.width(), self.window.height()
        boxes = {name: box for name, box in self.panel.boxes().items() if name not in WORDS}
        return [*crowded(boxes)] + [
            name
            for name, (x, y, w, h) in boxes.items()
            if x < 0 or y < 0 or x + w > width + 1 or y + h > height + 1 or min(w, h) < 70 * min(width, height) / 1080
        ]

    def touchable(self) -> list[str]:
        """Names of everything on the page that takes touches."""
        return [name for name in self.panel.items() if name not in WORDS]

    def waiting(self) -> list[Any]:
        return [waiting.ticket for waiting in self.lobby.hall.waiting(self.clock())]

    def show(self, page: str) -> None:
        """Put a page on the glass without walking there."""
        self.model.go(page)
        self.model.settle()

    def later(self, seconds: int) -> None:
        """Let seconds pass without anybody touching."""
        for _ in range(seconds):
            self.model.tick()

    def away(self) -> None:
        self.window.dispose()
        self.model.close()


def crowded(boxes: dict[str, Box]) -> Iterator[str]:
    """Pairs of things to touch that lie over each other."""
    for (one, (x, y, w, h)), (other, (left, top, width, height)) in combinations(boxes.items(), 2):
        if x + w > left + 1 and left + width > x + 1 and y + h > top + 1 and top + height > y + 1:
            yield f"{one} over {other}"


WORDS = ("keyboard", "sentence", "hint", "note", "state", "ticket", "paper")  # that have names and take no touches


@contextmanager
def hand_at(qtbot: Patience, folder: Path, data: Path, at: datetime) -> Iterator[Hand]:
    """A kiosk of the branch in `folder`, gone afterwards."""
    lobby = open_lobby(load(folder), data)
    hand = Hand(qtbot, lobby, at)
    try:
        yield hand
    finally:
        hand.away()
        lobby.close()


def evening(at: datetime) -> timedelta:
    """From the morning of `at` to half past five."""
    return at.replace(hour=17, minute=30) - at
