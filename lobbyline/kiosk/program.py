"""The kiosk as a program: window, model and the press that prints, until somebody ends it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QColor

from lobbyline import ASSETS
from lobbyline.drivers.errors import DeviceError
from lobbyline.glass.speaker import Speaker
from lobbyline.glass.theme import enlarged
from lobbyline.glass.window import Window, make_application
from lobbyline.glass.window import run as run_window
from lobbyline.kiosk.model import KioskModel
from lobbyline.kiosk.visit import Way
from lobbyline.lobby.clock import Clock
from lobbyline.lobby.errors import ConfigError
from lobbyline.lobby.lobby import Lobby

if TYPE_CHECKING:
    from lobbyline.glass.finger import Listener
    from lobbyline.kiosk.courier import Courier
    from lobbyline.kiosk.press import Press
    from lobbyline.kiosk.readers import Readers

LOOK_MS = 1000  # between two looks whether the press still lives
PAGE = Path(__file__).parent / "qml" / "Main.qml"
ELDER = 1.35  # letters of the large pages
FINGERS = (QEvent.Type.TouchBegin, QEvent.Type.MouseButtonPress)


class Presence(QObject):
    """Notices every finger on the glass, also beside what can be touched."""

    def __init__(self, model: KioskModel) -> None:
        super().__init__()
        self.model = model

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002, N802  # as Qt calls it
        if event.type() in FINGERS:
            self.model.awake()
        return False


class BackRoom(QObject):
    """Opens once the first picture stands: the customer does not wait for what prints and what reads."""

    def __init__(self, lobby: Lobby, clock: Clock, window: Window, model: KioskModel) -> None:
        super().__init__(window)
        self._lobby, self._clock, self._window, self._model = lobby, clock, window, model
        self._press: Press | None = None
        self._readers: Readers | None = None
        self._courier: Courier | None = None
        self.trouble: Exception | None = None
        if lobby.branch.kiosk.printer or lobby.setup.devices.readers or lobby.emergency.letter:
            once = Qt.ConnectionType(
                Qt.ConnectionType.QueuedConnection.value | Qt.ConnectionType.SingleShotConnection.value
            )
            window.frameSwapped.connect(self.open, once)

    @Slot()
    def open(self) -> None:
        """Start press and readers; what is wrong with their files ends the program, which then says it."""
        try:
            self._open_courier()
            self._open_press()
            self._open_readers()
        except (ConfigError, DeviceError) as error:
            self.trouble = error
            QCoreApplication.exit(1)

    def try_out(self) -> None:
        """A trial paper, for the attendant."""
        if self._press:
            self._press.try_out()

    def close(self) -> None:
        """End after the paper that is being printed."""
        if self._readers:
            self._readers.close()
        if self._press:
            self._press.stop()
        if self._courier:
            self._courier.stop()

    def _open_press(self) -> None:
        from lobbyline.kiosk.press import Press  # as long as a picture takes, and needed by none

        if printer := self._lobby.branch.kiosk.printer:
            self._press = Press(self._lobby, self._clock, printer).start()
            fall = QTimer(self)
            fall.timeout.connect(self._press.check)
            fall.start(LOOK_MS)

    def _open_courier(self) -> None:
        from lobbyline.kiosk.courier import Courier  # needed where there are several machines

        if self._lobby.emergency.letter:
            self._courier = Courier(self._lobby, self._clock).start()

    def _open_readers(self) -> None:
        from lobbyline.kiosk.readers import Readers  # the same

        if self._lobby.setup.devices.readers:
            self._readers = Readers(self._model, self._window)
            self._readers.open()


def open_window(lobby: Lobby, clock: Clock) -> tuple[Window, KioskModel]:
    """The kiosk's window and what it shows, not yet on the screen."""
    size, themes = lobby.branch.kiosk, lobby.setup.themes
    window = Window(themes[size.theme], ASSETS / "icons", size.width, size.height)
    speaker = Speaker({code: tongue.file.synthesis for code, tongue in lobby.setup.voices.items()})

    def dress(ways: frozenset[Way]) -> None:
        look = themes["contrast" if "contrast" in ways else size.theme]
        window.setColor(QColor(look["colour"]["paper"]))
        window.theme.change(enlarged(look, ELDER) if "large" in ways else look)

    model = KioskModel(lobby, clock, dress, speaker.say)
    window.load(PAGE, {"kiosk": model})
    presence = Presence(model)
    presence.setParent(window)
    window.installEventFilter(presence)
    return window, model


def listen(finger: Path, window: Window) -> Listener:
    """Open the panel's stand-in; what it needs of Qt is loaded only then."""
    from lobbyline.glass.finger import Listener, Panel

    return Listener(finger, Panel(window))


def run(lobby: Lobby, clock: Clock, finger: Path | None = None) -> int:
    """Show the kiosk until SIGTERM; with `finger`, a rehearsal may touch it through that socket."""
    app = make_application("lobbyline-kiosk")
    window, model = open_window(lobby, clock)
    back_room = BackRoom(lobby, clock, window, model)
    listener = listen(finger, window) if finger else None
    try:
        code = run_window(app, window)
    finally:
        if listener:
            listener.close()
        back_room.close()
        window.dispose()  # before its model, or bindings complain of a kiosk that is gone
        model.close()
    if back_room.trouble:
        raise back_room.trouble
    return code
