"""A stand-in for the touch panel: real touch events at a named item, pictures, and what is on the page.

Rehearsals and tests touch what a customer would touch. Items are looked up in QML, since walking
`childItems()` from Python crashes while delegates are being replaced.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Q_ARG, Q_RETURN_ARG, QMetaObject, QPoint
from PySide6.QtQml import QQmlComponent
from PySide6.QtQuick import QQuickView
from PySide6.QtTest import QTest

PROBE = b"""
import QtQuick
QtObject {
    function seen(item) { return item.visible && item.opacity > 0.01 && item.width > 0 && item.height > 0 }
    function find(item, name) {
        if (!seen(item)) return null
        if (item.objectName === name && item.enabled) return item
        for (let i = item.children.length - 1; i >= 0; --i) {
            const found = find(item.children[i], name)
            if (found !== null) return found
        }
        return null
    }
    function lay(item) {  // what positioners would do before the next picture: nothing moves under the finger
        if (!item.visible) return
        for (let i = 0; i < item.children.length; ++i) lay(item.children[i])
        if (item.forceLayout !== undefined) item.forceLayout()
    }
    function centre(root, name) {
        lay(root)
        const item = find(root, name)
        if (item === null) return []
        const point = item.mapToItem(null, item.width / 2, item.height / 2)
        return [point.x, point.y]
    }
    function box(root, name) {
        lay(root)
        const item = find(root, name)
        return item === null ? [] : placed(item)
    }
    function names(item) { return named(item).map(one => one.objectName) }
    function named(item) {
        let all = []
        if (!seen(item)) return all
        if (item.objectName !== "" && item.enabled) all.push(item)
        for (let i = 0; i < item.children.length; ++i) all = all.concat(named(item.children[i]))
        return all
    }
    function boxes(root) {
        lay(root)
        return named(root).map(item => [item.objectName, ...placed(item)])
    }
    function placed(item) {
        const from = item.mapToItem(null, 0, 0), to = item.mapToItem(null, item.width, item.height)
        return [from.x, from.y, to.x - from.x, to.y - from.y]
    }
    function texts(item) {
        let all = []
        if (!seen(item)) return all
        if (typeof item.text === "string" && item.text !== "") all.push(item.text)
        for (let i = 0; i < item.children.length; ++i) all = all.concat(texts(item.children[i]))
        return all
    }
    function cut(item) {
        let all = []
        if (!seen(item)) return all
        if (item.truncated === true) all.push(item.text)
        for (let i = 0; i < item.children.length; ++i) all = all.concat(cut(item.children[i]))
        return all
    }
}
"""

BY_HAND = False  # sequences commit when told: one that committed as it is collected would run Qt's events in anything
Point = tuple[float, float]


class NoSuchItem(Exception):
    """Nothing of that name is on the page and takes touches now."""

    def __init__(self, name: str, seen: list[str]) -> None:
        super().__init__(f"nothing called {name!r} is visible; there are: {', '.join(seen) or 'none'}")


class Panel:
    """The touch panel of one window."""

    def __init__(self, window: QQuickView) -> None:
        self.window = window
        self.device = QTest.createTouchDevice()
        self.component = QQmlComponent(window.engine())  # kept: its object dies with it
        self.component.setData(PROBE, "probe")
        self.probe = self.component.create()

    def touch(self, *targets: str | Point) -> None:
        """Put one finger on each target at the same moment, then lift them in order."""
        points = [self.place(target) for target in targets]
        press = QTest.touchEvent(self.window, self.device, BY_HAND)
        for number, point in enumerate(points):
            press.press(number, point, self.window)
        press.commit()
        for number in range(len(points)):
            self.lift(points, number)

    def lift(self, points: list[QPoint], number: int) -> None:
        event = QTest.touchEvent(self.window, self.device, BY_HAND)
        event.release(number, points[number], self.window)
        for other in range(number + 1, len(points)):
            event.stationary(other)
        event.commit()

    def place(self, target: str | Point) -> QPoint:
        x, y = self.centre(target) if isinstance(target, str) else target
        return QPoint(round(x), round(y))

    def centre(self, name: str) -> Point:
        place = self.ask("centre", name)
        if not place:
            raise NoSuchItem(name, self.items())
        return place[0], place[1]

    def box(self, name: str) -> tuple[float, float, float, float]:
        """x, y, width and height of an item in the window."""
        place = self.ask("box", name)
        if not place:
            raise NoSuchItem(name, self.items())
        return place[0], place[1], place[2], place[3]

    def boxes(self) -> dict[str, tuple[float, float, float, float]]:
        """The same of everything visible and enabled, by name."""
        return {name: (x, y, width, height) for name, x, y, width, height in map(plain, self.all("boxes"))}

    def items(self) -> list[str]:
        """Names of everything visible and enabled, in the order of the tree."""
        return self.all("names")

    def texts(self) -> list[str]:
        """Every text that can be read, in the order of the tree."""
        return self.all("texts")

    def cut(self) -> list[str]:
        """Every text on the page whose end is not to be seen."""
        return self.all("cut")

    def all(self, what: str) -> list[str]:
        root = self.window.rootObject()
        found = QMetaObject.invokeMethod(self.probe, what, Q_RETURN_ARG("QVariant"), Q_ARG("QVariant", root))
        return list(plain(found))

    def ask(self, question: str, name: str) -> list[float]:
        root = self.window.rootObject()
        answer = QMetaObject.invokeMethod(
            self.probe, question, Q_RETURN_ARG("QVariant"), Q_ARG("QVariant", root), Q_ARG("QVariant", name)
        )
        return list(plain(answer))

    def page(self) -> str:
        """The root item's own word for what it shows: its property `page`."""
        return str(self.window.rootObject().property("page") or "")

    def picture(self, path: Path) -> None:
        """What a customer sees now, as PNG."""
        path.parent.mkdir(parents=True, exist_ok=True)
        if not self.window.grabWindow().save(str(path)):
            raise OSError(f"cannot write {path}")


def plain(value: Any) -> Any:
    return value.toVariant() if hasattr(value, "toVariant") else value
