"""The kiosk's readers: threads on their lines, and keys that come too fast for a finger. The model hears of facts."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent

from lobbyline.drivers.readers.profile import ReaderProfile
from lobbyline.drivers.readers.reader import Reader
from lobbyline.drivers.readers.readings import Reading
from lobbyline.drivers.readers.wedge import Burst
from lobbyline.kiosk.model import KioskModel
from lobbyline.kiosk.reading import facts, profiles
from lobbyline.lobby.errors import StoreError
from lobbyline.lobby.settings.readers import KEYBOARD

log = logging.getLogger(__name__)


class Readers(QObject):
    """All readers of devices.toml, open from the first picture until the kiosk ends."""

    arrived = Signal(object)
    fared = Signal(str, str, str, str)

    def __init__(self, model: KioskModel, window: QObject, seconds: Callable[[], float] = time.monotonic) -> None:
        super().__init__(window)
        self._model, self._window, self._seconds = model, window, seconds
        self._burst = Burst()
        self._threads: list[Reader] = []
        self._typing: list[ReaderProfile] = []
        self.arrived.connect(self.hear, Qt.ConnectionType.QueuedConnection)
        self.fared.connect(self.report, Qt.ConnectionType.QueuedConnection)

    def open(self) -> None:
        """Begin to listen; a reader that is not there is told and waited for."""
        setup, data = self._model.lobby.setup, self._model.lobby.data
        models = profiles(setup)
        for reader in setup.devices.readers:
            profile = models[reader.model]
            if reader.port == KEYBOARD:
                self._typing.append(profile)
                self.report(reader.name, "ok", "", "")
                continue
            tell = self._telling(reader.name)
            thread = Reader(reader.name, data / reader.port, profile, self.arrived.emit, tell, reader.baudrate)
            self._threads.append(thread.start())
        if self._typing:
            self._window.installEventFilter(self)

    def close(self) -> None:
        for thread in self._threads:
            thread.stop()

    def _telling(self, name: str) -> Callable[[str, str, str], None]:
        return lambda *told: self.fared.emit(name, *told)

    @Slot(object)
    def hear(self, reading: Reading) -> None:
        """Something was held to a reader."""
        self._model.read(*facts(reading, self._model.branch))

    @Slot(str, str, str, str)
    def report(self, name: str, state: str, sentence: str, trouble: str) -> None:
        """A reader fares well or not: one line for the technician."""
        log.log(logging.INFO if state == "ok" else logging.WARNING, "%s", sentence or f"reader {name} is well")
        try:
            self._model.lobby.devices.report(name, "reader", state, sentence, self._model.clock(), trouble)
        except StoreError as error:
            log.warning("the store does not answer: %s", error)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002, N802  # as Qt calls it
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.text():
            self._pressed(event.text())
        return False

    def _pressed(self, text: str) -> None:
        """Keys of a reader that types: the first model that knows the line has read it."""
        line = self._burst.press(text, self._seconds())
        readings = [reading for profile in self._typing if line and (reading := profile.reading(line))]
        if readings:
            self.hear(readings[0])
