"""The program of the LED boards: what the hall shows is compared with what each board was last told, and told.

It wakes, re-reads, compares and hands faces to one keeper for each bus. A bus that is gone is reported and waited for.
"""

from __future__ import annotations

import logging
import select
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from lobbyline.display.boards.bell import Bell, ended_by
from lobbyline.display.boards.faces import face_for
from lobbyline.display.boards.protocols import protocols
from lobbyline.drivers.boards.keeper import Keeper, Post
from lobbyline.drivers.boards.news import Counts, Fault, News, Shown
from lobbyline.drivers.boards.schedule import Face
from lobbyline.drivers.wire.line import Line
from lobbyline.drivers.wire.protocol import Protocol
from lobbyline.lobby.branch import Board, Bus
from lobbyline.lobby.errors import StoreError
from lobbyline.lobby.hall.view import HallView
from lobbyline.lobby.lobby import Lobby
from lobbyline.systemd import Pulse

POLL = 0.5  # seconds after which a lost bell is made up for
REREAD = timedelta(seconds=30)  # the day ends without anybody committing anything
ACCOUNT = 60.0  # seconds between two reports of what nobody asked for
log = logging.getLogger(__name__)


def run(lobby: Lobby, clock: Callable[[], datetime]) -> int:
    """Keep all boards of the branch until a signal ends it."""
    with Bell() as bell, ended_by(signal.SIGTERM, signal.SIGINT, bell=bell):
        program = Program(lobby, clock, bell)
        program.start()
        pulse = Pulse()
        try:
            while not bell.ended:
                program.step()
                pulse.beat()
        finally:
            program.stop()
    return 0


class Program:
    """The boards of one branch: their keepers, and what each was last wanted to show."""

    def __init__(self, lobby: Lobby, clock: Callable[[], datetime], bell: Bell) -> None:
        self.lobby, self.clock, self.bell = lobby, clock, bell
        self._plug_in()
        self._watch = lobby.watch("boards")
        self._wanted: dict[str, Face] = {}
        self._faulty: set[str] = set()
        self._accounted: dict[str, Counts] = {}
        self._account_at = time.monotonic() + ACCOUNT
        self._read_at: datetime | None = None
        self._complaint = ""
        self._untold: list[News] = []

    def _plug_in(self) -> None:
        """A keeper for each bus, as the files in use have them."""
        self.setup, known = self.lobby.setup, protocols(self.lobby.setup)
        buses, tell = self.setup.devices.buses, self.bell.tell
        self.keepers = {bus.name: keeper_of(bus, known, self.lobby.data, tell) for bus in buses}

    def _renew(self) -> None:
        """Other files are in use: lines are opened anew only when they, their boards or protocols are others."""
        before, now = self.setup, self.lobby.setup
        self.setup = now
        if (before.devices.buses, before.protocols) == (now.devices.buses, now.protocols):
            return
        for keeper in self.keepers.values():
            keeper.stop()
        self._wanted.clear()
        self._faulty.clear()
        self._plug_in()
        self.start()

    def start(self) -> None:
        for keeper in self.keepers.values():
            keeper.start()
        log.info("keeping %d boards on %d buses", len(list(self.lobby.setup.devices.boards())), len(self.keepers))

    def stop(self) -> None:
        for keeper in self.keepers.values():
            keeper.stop()
        with self._forbearing():
            self._account()
        self._watch.close()

    def step(self) -> None:
        """Sleep until something happened, then look at everything."""
        with self._forbearing():
            self._look()
        select.select([self._watch.fileno(), self.bell.fileno()], [], [], POLL)
        self._untold += self._heard()
        with self._forbearing():
            self._tell()
        self.bell.ended |= bool(self.lobby.in_use.waiting_for_start)  # boards keep their last face meanwhile
        for keeper in self.keepers.values():
            if keeper.failure is not None:  # our bug: fall, and let systemd start us again
                raise keeper.failure

    @contextmanager
    def _forbearing(self) -> Iterator[None]:
        """A memory that cannot be asked leaves the last truth on the boards; it is asked again at the next step."""
        try:
            yield
        except StoreError as error:
            if str(error) != self._complaint:
                log.warning("boards: %s", error)
            self._complaint, self._read_at = str(error), None

    def _look(self) -> None:
        at = self.clock()
        if self._watch.changed() or self._read_at is None or not at - REREAD < self._read_at <= at:
            self._read_at = at
            if self.setup is not self.lobby.setup:
                self._renew()
            self._compare(self.lobby.hall.view(at))
            self._complaint = ""

    def _heard(self) -> list[News]:
        news = self.bell.all()
        for fault in news:
            if isinstance(fault, Fault):
                log.warning("%s", fault.sentence)
        return news

    def _tell(self) -> None:
        """What keepers had to say goes into the memory, in order; what it did not take is told again."""
        while self._untold:
            self._report(self._untold[0])
            del self._untold[0]
        if time.monotonic() >= self._account_at:
            self._account()

    def _compare(self, view: HallView) -> None:
        for bus in self.lobby.setup.devices.buses:
            for board in bus.boards:
                face = face_for(view, bus, board, self.lobby.setup)
                if face != self._wanted.get(board.name):
                    self._wanted[board.name] = face
                    self.keepers[bus.name].want(board.name, face, fresh=face.action == "call")

    def _report(self, news: News) -> None:
        at, devices = self.clock(), self.lobby.devices
        if isinstance(news, Shown):
            if news.board in self._faulty:
                log.info("board %s answers again", news.board)
                self._faulty.discard(news.board)
            devices.show(news.board, str(news.face.values["text"]), at, self._counted(news.board))
        elif isinstance(news, Fault):
            self._faulty.add(news.name)
            counted = "" if news.name in self.keepers else f" So far {self._counted(news.name)}."
            kind = "bus" if news.name in self.keepers else "board"
            devices.report(news.name, kind, "fault", news.sentence + counted, at, news.trouble)
        else:
            log.info("bus %s is open", news.name)
            devices.report(news.name, "bus", "ok", "", at)

    def _counted(self, board: str) -> str:
        """How a board has fared; remembered, so that only changes are reported again."""
        counts = next(keeper.counts()[board] for keeper in self.keepers.values() if board in keeper.posts)
        self._accounted[board] = counts
        return str(counts)

    def _account(self) -> None:
        """Now and then the counts of boards that show the same for long; a fault keeps its own sentence."""
        self._account_at = time.monotonic() + ACCOUNT
        for keeper in self.keepers.values():
            for board, counts in keeper.counts().items():
                if counts.sent and board not in self._faulty and counts != self._accounted.get(board):
                    self.lobby.devices.report(board, "board", "ok", self._counted(board), self.clock())


def keeper_of(bus: Bus, known: dict[str, Protocol], data: Path, tell: Callable[[News], object]) -> Keeper:
    """The keeper of one bus, its line set as the first board's protocol asks and the technician overrules."""
    settings = known[bus.boards[0].protocol].serial
    line = Line(bus.name, data / bus.port, replace(settings, baudrate=bus.baudrate or settings.baudrate))
    return Keeper(line, [post_of(board, bus, known[board.protocol]) for board in bus.boards], tell)


def post_of(board: Board, bus: Bus, protocol: Protocol) -> Post:
    """A board as its keeper knows it: wordings of the technician go before the protocol's own."""
    worded = {*bus.texts, *board.texts}
    if board.counter is None and "call" in worded:
        worded.add("serving")
    return Post(board.name, board.address, protocol.saying(worded), board.counter is None, board.values)
