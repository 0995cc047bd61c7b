"""Where a rehearsal in another process touches this one: requests for a `Panel` on a unix socket."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QSocketNotifier, Slot

from lobbyline.glass.panel import NoSuchItem, Panel
from lobbyline.sockets import short


class Listener(QObject):
    """Takes requests, one JSON line each; `finger.py` is the other end."""

    def __init__(self, path: Path, panel: Panel) -> None:
        super().__init__()
        self.panel, self.path = panel, path
        path.unlink(missing_ok=True)
        self.ear = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        with short(path.parent) as place:
            self.ear.bind(f"{place}/{path.name}")
        self.ear.listen()
        self.notifier = QSocketNotifier(self.ear.fileno(), QSocketNotifier.Type.Read, self)
        self.notifier.activated.connect(self.greet)
        self.lines: list[Line] = []

    @Slot()
    def greet(self) -> None:
        self.lines = [line for line in self.lines if line.open]
        self.lines.append(Line(self.ear.accept()[0], self.panel, self))

    def close(self) -> None:
        self.notifier.setEnabled(False)
        self.ear.close()
        for line in self.lines:
            line.close()
        self.path.unlink(missing_ok=True)


class Line(QObject):
    """One finger's connection: a request, its answer, the next request."""

    def __init__(self, wire: socket.socket, panel: Panel, parent: QObject) -> None:
        super().__init__(parent)
        self.wire, self.panel, self.heard, self.open = wire, panel, b"", True
        self.notifier = QSocketNotifier(wire.fileno(), QSocketNotifier.Type.Read, self)
        self.notifier.activated.connect(self.read)

    @Slot()
    def read(self) -> None:
        heard = self.wire.recv(65536)
        if not heard:
            self.close()
            return
        *requests, self.heard = (self.heard + heard).split(b"\n")
        for request in requests:
            self.wire.sendall(json.dumps(answer(self.panel, request), ensure_ascii=False).encode() + b"\n")

    def close(self) -> None:
        if self.open:
            self.open = False
            self.notifier.setEnabled(False)
            self.wire.close()


def answer(panel: Panel, request: bytes) -> dict[str, Any]:
    """What goes back: `{"ok": true, …}`, or `{"ok": false, "error": …}` in a sentence."""
    try:
        return {"ok": True, **act(panel, json.loads(request))}
    except (NoSuchItem, OSError, ValueError) as error:
        return {"ok": False, "error": str(error)}


def act(panel: Panel, request: dict[str, Any]) -> dict[str, Any]:
    match request:
        case {"touch": str(name)}:
            panel.touch(name)
            return {}
        case {"touch": [int() | float() as x, int() | float() as y]}:
            panel.touch((x, y))
            return {}
        case {"picture": str(path)}:
            panel.picture(Path(path))
            return {}
        case {"page": True}:
            return {"page": panel.page()}
        case {"items": True}:
            return {"items": panel.items()}
        case {"texts": True}:
            return {"texts": panel.texts()}
    raise ValueError(f"not understood: {json.dumps(request)}")
