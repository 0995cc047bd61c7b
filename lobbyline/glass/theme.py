"""The look as QML sees it: `import Lobbyline.Glass`, then `Theme.colour.ink`, `Theme.type.title`, `Theme.space.m`.

The values are a plain mapping of tables that the caller read; here they only become bindable, each by itself: a page
reads a thousand of them, and asks Python for none.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QQmlPropertyMap, qmlRegisterSingletonType

URI = "Lobbyline.Glass"
TABLES = ("colour", "type", "space", "corner", "size", "duration")

Tables = Mapping[str, Mapping[str, Any]]

_registered: list[int] = []


class Theme(QObject):
    """One engine's theme: a table of names for each kind of value."""

    changed = Signal()

    def __init__(self, tables: Tables, parent: QObject) -> None:
        super().__init__(parent)
        self.bound = {name: QQmlPropertyMap.create(self) for name in TABLES}
        self.change(tables)

    def change(self, tables: Tables) -> None:
        """Show the running pages in other values: night in the hall, larger type for those who need it."""
        self.tables = tables
        for name, bound in self.bound.items():
            bound.insert(dict(tables.get(name, {})))
        self.changed.emit()

    large = Property(bool, lambda self: bool(self.tables.get("large")), notify=changed)
    colour = Property(QObject, lambda self: self.bound["colour"], constant=True)
    type = Property(QObject, lambda self: self.bound["type"], constant=True)
    space = Property(QObject, lambda self: self.bound["space"], constant=True)
    corner = Property(QObject, lambda self: self.bound["corner"], constant=True)
    size = Property(QObject, lambda self: self.bound["size"], constant=True)
    duration = Property(QObject, lambda self: self.bound["duration"], constant=True)


def offer_theme() -> None:
    """Make `import Lobbyline.Glass` known, once per process and before its first QML engine.

    Registering a Python type later makes every item's `data` refuse its children (PySide 6.11).
    """
    if not _registered:
        # the stubs ask for bytes as the name, the function for str
        _registered.append(qmlRegisterSingletonType(Theme, URI, 1, 0, "Theme", theme_of))  # type: ignore[call-overload]


def theme_of(engine: QObject) -> Theme:
    theme = engine.findChild(Theme)
    assert isinstance(theme, Theme), "the engine was not given a Theme before its first QML file"  # noqa: S101  # our bug
    return theme


def enlarged(tables: Tables, factor: float) -> dict[str, Mapping[str, Any]]:
    """The same theme with larger letters; spaces and colours stay."""
    letters = {name: size if name == "family" else round(size * factor) for name, size in tables["type"].items()}
    return {**tables, "type": letters, "large": {"factor": factor}}
