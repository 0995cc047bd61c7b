"""The hall screen: who is called to which counter, readable at ten metres, and a voice that says it once.

Level-triggered: a bell or half a second wakes it, it reads the whole view again and shows what differs. When the
memory cannot be read, the last truth stays on the wall and customers are asked to listen to the staff.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Slot

from lobbyline.display.leaflets.folder import LeafletFolder, complaints, passed_over, promises
from lobbyline.display.leaflets.leaflet import Judged
from lobbyline.display.leaflets.playlist import Playlist
from lobbyline.display.leaflets.transcoder import Transcoder, height_for
from lobbyline.display.program import KEPT
from lobbyline.display.voice.voice import Voice
from lobbyline.display.wall.model import ScreenModel
from lobbyline.display.wall.showing import showing, theme_at, waited_for
from lobbyline.display.wall.words import Words
from lobbyline.glass import window as glass
from lobbyline.glass.background import Background
from lobbyline.glass.bell import Bell
from lobbyline.glass.listener import Listener
from lobbyline.glass.panel import Panel
from lobbyline.glass.welcome import Welcome
from lobbyline.lobby.clock import Clock
from lobbyline.lobby.errors import StoreError
from lobbyline.lobby.hall.view import HallView
from lobbyline.lobby.lobby import Lobby

PAGE = Path(__file__).parent / "qml" / "Screen.qml"
TICK = 1000  # milliseconds: the clock, and a call that grows old
BROWSE_TICKS = 30  # somebody may put a new leaflet there while the doors are open
FORECAST_TICKS = 15  # waits grow and shrink with time alone


log = logging.getLogger(__name__)


class Projector(QObject):
    """Keeps one window in step with the lobby."""

    def __init__(self, lobby: Lobby, clock: Clock, window: glass.Window) -> None:
        super().__init__()
        self.lobby, self.clock, self.window = lobby, clock, window
        self.setup = lobby.setup
        self.words = Words(self.setup)
        self.model = ScreenModel(self.words, lobby.branch)
        self.view: HallView | None = None
        self.complaint = ""
        self.ticks = 0
        self.theme = ""
        self.transcoder = Transcoder(lobby.data / "films", height_for(lobby.branch.screen))
        self.leaflets, self.playlist = LeafletFolder(lobby.setup.folder / "notices", self.transcoder), Playlist()
        self.background = Background(self)
        self.was_told = self.leaflets.folder.is_dir()  # what an earlier run told may have been mended
        self.warned = ""  # what the journal heard last

    def begin(self) -> None:
        """Read, show, and from now on keep watching."""
        self.watch = self.lobby.watch("screen")
        self.bell = Bell(self.watch, self)
        self.bell.rang.connect(self.look)
        self.timer = QTimer(self)
        self.timer.timeout.connect(self.tick)
        self.look()
        self.browse()
        self.window.load(PAGE, {"screen": self.model})
        self.timer.start(TICK)

    @Slot()
    def look(self) -> None:
        """Read the hall again; what cannot be read leaves the last truth standing."""
        try:
            self.view, self.complaint = self.lobby.hall.view(self.clock()), ""
        except StoreError as error:
            if str(error) != self.complaint:
                log.warning("screen: %s", error)
            self.complaint = str(error)
        if self.setup is not self.lobby.setup:
            self.renew()
        self.show()

    def renew(self) -> None:
        """Other files are in use: words and colours are read again, the rest is read every time."""
        self.setup, self.theme = self.lobby.setup, ""
        self.words = Words(self.setup)
        self.model.speak(self.words, self.lobby.branch)

    @Slot()
    def tick(self) -> None:
        """Time alone changes the clock, the colour of a call, and now and then the forecasts."""
        self.ticks += 1
        if self.lobby.in_use.waiting_for_start and not self.model.now.hero.get("fresh"):
            QCoreApplication.exit(0)  # started again at once, with what only a start can take
        if self.ticks % BROWSE_TICKS == 0:
            self.browse()
        if self.complaint or self.ticks % FORECAST_TICKS == 0:
            self.look()
        else:
            self.show()

    def browse(self) -> None:
        """Look into the folder of notices, in another thread: a large picture must not hold up a call."""
        if not self.background.busy:
            self.background.run(self.judge, self.stock, self.pass_on)

    def judge(self) -> list[Judged]:
        """What the folder holds; the technician hears what cannot be shown."""
        found = self.leaflets.look()
        spoilt, told = ", ".join(passed_over(found)), " ".join((*complaints(found), *promises(found)))
        state, trouble = ("warn", f"passed_over {spoilt}") if spoilt else ("ok", "")
        if spoilt and told != self.warned:
            log.warning("%s", told)
        self.warned = told
        if told or self.was_told:
            with suppress(StoreError):
                self.lobby.devices.report("notices", "screen", state, told, self.clock(), trouble)
        self.was_told = bool(told)
        return found

    def stock(self, found: list[Judged]) -> None:
        self.playlist.fill(found)
        self.show()

    def pass_on(self, error: Exception) -> None:
        """The folder itself cannot be read: the wall goes on with what it has."""
        log.warning("screen: %s: %s", self.leaflets.folder, error)

    def show(self) -> None:
        at, branch = self.clock(), self.lobby.branch
        leaflet = self.playlist.turn(at, branch.screen.leaflet_seconds, waited_for(branch, self.view))
        now = showing(branch, self.words, self.view, at, trouble=bool(self.complaint), leaflet=leaflet)
        self.dress(theme_at(branch.screen, at.astimezone(branch.zone), closed=now.state == "closed"))
        self.model.show(now)

    def dress(self, theme: str) -> None:
        if theme == self.theme:
            return
        self.theme = theme
        self.window.dress(self.lobby.setup.themes[theme])

    def end(self) -> None:
        self.timer.stop()
        self.bell.stop()
        self.background.close()
        self.transcoder.end()
        self.watch.close()


class Screen:
    """The hall screen in its window, and the voice beside it."""

    def __init__(self, window: glass.Window, lobby: Lobby, clock: Clock, finger: Path | None = None) -> None:
        self.projector = project(window, lobby, clock)
        self.voice = Voice(lobby, clock)
        self.listener = Listener(finger, Panel(window)) if finger else None
        self.voice.start()
        window.afterwards(lambda: welcome(self.projector).keep(lobby.data / KEPT))

    def close(self) -> None:
        self.voice.end()
        if self.listener:
            self.listener.close()
        self.projector.end()
        self.projector.window.dispose()


def project(window: glass.Window, lobby: Lobby, clock: Clock) -> Projector:
    """Put the hall into the window, and keep it in step."""
    window.fit(lobby.branch.screen.width, lobby.branch.screen.height)
    projector = Projector(lobby, clock, window)
    projector.begin()
    return projector


def welcome(projector: Projector) -> Welcome:
    """How the next start greets, in the colours of this one."""
    lobby = projector.lobby
    size, colour = lobby.branch.screen, lobby.setup.themes[projector.theme]["colour"]
    sentences = tuple(lobby.say("opening", "screen", language=language) for language in lobby.branch.languages)
    name = lobby.branch.name.say(lobby.branch.languages[0])
    return Welcome(size.width, size.height, name, sentences, colour["paper"], colour["ink"])
