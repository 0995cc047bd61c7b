"""Small pages to try the glass with."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lobbyline.glass.window import Window

ASSETS = Path(__file__).parents[2] / "assets"
BUTTONS = """
import QtQuick
import Lobbyline.Glass
Rectangle {
    id: root
    objectName: "root"
    property string page: "counting"
    property var touched: []
    required property string title
    color: Theme.colour.paper
    Text { objectName: "title"; text: root.title; color: Theme.colour.ink; font.pixelSize: Theme.type.title }
    Row {
        y: 200
        Repeater {
            model: ["left", "right", "hidden"]
            Rectangle {
                required property string modelData
                objectName: modelData
                visible: modelData !== "hidden"
                width: 100; height: 100; color: Theme.colour.accent
                TapHandler { onTapped: root.touched = root.touched.concat([parent.objectName]) }
            }
        }
    }
    Image { x: 300; source: "image://icon/help/0A4C91"; sourceSize: Qt.size(64, 64) }
}
"""


def theme(name: str = "light") -> dict[str, Any]:
    return tomllib.loads((ASSETS / "themes" / f"{name}.toml").read_text(encoding="utf-8"))


Pane = Callable[..., Window]


def pane(folder: Path, qml: str = BUTTONS, **properties: object) -> Window:
    """A shown window of 600 x 400 with a page of its own."""
    file = folder / "Page.qml"
    file.write_text(qml, encoding="utf-8")
    window = Window(600, 400)
    window.dress(theme())
    window.load(file, properties)
    window.show()
    return window
