"""A window that shows what the stand-ins show and print: `lobbyline standin --window`, and `make run` on a screen."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot

from lobbyline.glass import window as glass
from lobbyline.lobby.config.folder import Setup
from lobbyline.technician.devices import standins

PAGE = Path(__file__).parent / "qml" / "Showcase.qml"
SIZE = (1920, 760)
PLACE = (glass.BESIDE, 1160)  # on a desk: under the hall screen
LOOK_MS = 200
LIST: type = "QVariantList"  # type: ignore[assignment]  # the stubs know no C++ names of types


class Showcase(QObject):
    """The pictures that the stand-ins leave in DATA, as they change."""

    boards_changed = Signal()
    papers_changed = Signal()

    def __init__(self, setup: Setup, data: Path) -> None:
        super().__init__()
        self.faces = [standins.faces(data) / f"{board.name}.png" for board in setup.devices.boards()]
        self.trays = [standins.paper(data, printer.name) for printer in setup.devices.printers]
        self.seen: list[dict[str, str]] = []
        self.printed: list[dict[str, str]] = []
        self.look()

    @Slot()
    def look(self) -> None:
        """See what is new since the last look."""
        seen, printed = pictures(self.faces), pictures(newest(tray) for tray in self.trays)
        if seen != self.seen:
            self.seen = seen
            self.boards_changed.emit()
        if printed != self.printed:
            self.printed = printed
            self.papers_changed.emit()

    boards = Property(LIST, lambda self: self.seen, notify=boards_changed)
    papers = Property(LIST, lambda self: self.printed, notify=papers_changed)


def newest(tray: Path) -> Path:
    """The last piece of paper of a stand-in printer; a name of nothing before there was one."""
    return max(tray.glob("[0-9]*.png"), default=tray / "none.png")


def pictures(files: Iterable[Path]) -> list[dict[str, str]]:
    """The pictures that there are; each address says when it was made, so that a new one is loaded."""
    there = [file for file in files if file.exists()]
    return [{"name": file.stem, "source": f"{file.absolute().as_uri()}#{file.stat().st_mtime_ns}"} for file in there]


def show(setup: Setup, data: Path) -> int:
    """Show the window until it is told to end; beside the others where they stand on a desk."""
    os.environ.setdefault(glass.ON_A_DESK, "1")
    app = glass.make_application("lobbyline-standins")
    window = glass.Window(*SIZE, place=PLACE)
    window.dress(setup.themes["night"])
    showcase = Showcase(setup, data)
    window.load(PAGE, {"showcase": showcase})
    timer = QTimer(window)
    timer.timeout.connect(showcase.look)
    timer.start(LOOK_MS)
    try:
        return glass.run(app, window)
    finally:
        window.dispose()
