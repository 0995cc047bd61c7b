"""A change of the store as a Qt signal: "something changed", never what. Wake, re-read, compare, act."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Signal, Slot

SAFETY_NET = 500  # milliseconds between two looks when no datagram came


class Watched(Protocol):
    """What `Bell` needs of a watch."""

    def fileno(self) -> int: ...
    def changed(self) -> bool: ...


class Bell(QObject):
    """Emits `rang` after a commit of any process; a lost datagram costs half a second and nothing else."""

    rang = Signal()

    def __init__(self, watch: Watched, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.watch = watch
        self.notifier = QSocketNotifier(watch.fileno(), QSocketNotifier.Type.Read, self)
        self.notifier.activated.connect(self.look)
        self.timer = QTimer(self)
        self.timer.timeout.connect(self.look)
        self.timer.start(SAFETY_NET)

    @Slot()
    def look(self) -> None:
        if self.watch.changed():
            self.rang.emit()

    def stop(self) -> None:
        """Call before closing the watch: a notifier on a closed descriptor never rests."""
        self.notifier.setEnabled(False)
        self.timer.stop()
