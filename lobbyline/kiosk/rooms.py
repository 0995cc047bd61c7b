"""What opens behind the kiosk's first picture: the model with its pages, and behind these what prints and reads."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer

from lobbyline.glass.speaker import Speaker
from lobbyline.glass.theme import enlarged
from lobbyline.glass.welcome import Welcome
from lobbyline.glass.window import Window
from lobbyline.kiosk.model import KioskModel
from lobbyline.kiosk.program import KEPT
from lobbyline.kiosk.visit import Way
from lobbyline.lobby.clock import Clock
from lobbyline.lobby.lobby import Lobby

if TYPE_CHECKING:
    from lobbyline.glass.listener import Listener
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
    """Opens once the pages stand: the customer does not wait for what prints and what reads."""

    def __init__(self, lobby: Lobby, clock: Clock, window: Window, model: KioskModel) -> None:
        super().__init__(window)
        self._lobby, self._clock, self._window, self._model = lobby, clock, window, model
        self._press: Press | None = None
        self._readers: Readers | None = None
        self._courier: Courier | None = None

    def open(self) -> None:
        """Start press and readers; what is wrong with their files ends the program, which then says it."""
        self._open_courier()
        self._open_press()
        self._open_readers()

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


class Kiosk:
    """The kiosk in its window: all that is touched, printed and read."""

    def __init__(self, window: Window, lobby: Lobby, clock: Clock, finger: Path | None = None) -> None:
        self.window = window
        self.model = furnish(window, lobby, clock)
        self.back_room = BackRoom(lobby, clock, window, self.model)
        self.model.try_paper, self.model.restart = self.back_room.try_out, QCoreApplication.quit
        self.listener = listen(finger, window) if finger else None
        window.afterwards(self.back_room.open)
        window.afterwards(lambda: welcome(lobby).keep(lobby.data / KEPT))

    def close(self) -> None:
        if self.listener:
            self.listener.close()
        self.back_room.close()
        self.window.dispose()  # before its model, or bindings complain of a kiosk that is gone
        self.model.close()


def furnish(window: Window, lobby: Lobby, clock: Clock) -> KioskModel:
    """Put the pages into the window; what they show and do."""
    size, themes = lobby.branch.kiosk, lobby.setup.themes
    speaker = Speaker({code: speech.file.synthesis for code, speech in lobby.setup.voices.items()})

    def dress(ways: frozenset[Way]) -> None:
        look = themes["contrast" if "contrast" in ways else size.theme]
        window.dress(enlarged(look, ELDER) if "large" in ways else look)

    window.fit(size.width, size.height)
    dress(frozenset())
    model = KioskModel(lobby, clock, dress, speaker.say)
    window.load(PAGE, {"kiosk": model})
    presence = Presence(model)
    presence.setParent(window)
    window.installEventFilter(presence)
    return model


def welcome(lobby: Lobby) -> Welcome:
    """How the next start greets."""
    size = lobby.branch.kiosk
    colour = lobby.setup.themes[size.theme]["colour"]
    sentences = tuple(lobby.say("opening", "kiosk", language=language) for language in lobby.branch.languages)
    name = lobby.branch.name.say(lobby.branch.languages[0])
    return Welcome(size.width, size.height, name, sentences, colour["band"], colour["band_ink"])


def listen(finger: Path, window: Window) -> Listener:
    """Open the panel's stand-in; what it needs of Qt is loaded only then."""
    from lobbyline.glass.listener import Listener
    from lobbyline.glass.panel import Panel

    return Listener(finger, Panel(window))
