"""A stand-in printer on a TCP port or a pseudo-terminal: it prints into a folder, with a printer's pace and faults.

What waits to be printed is in `buffer.py`, what commands do in `hand.py`, what it says of itself in `faults.py`. Each
piece of paper that it cuts becomes `001.png`, dot for dot, and `001.txt`, the words. Like many network modules it
serves one client at a time.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PIL import Image

from lobbyline.drivers.printers.profile import Profile
from lobbyline.drivers.printers.standin.buffer import Buffer, Cleared, Stopped
from lobbyline.drivers.printers.standin.faults import FAULTS, STOPPING, Fault, condition, report
from lobbyline.drivers.printers.standin.hand import Hand
from lobbyline.drivers.printers.standin.paper import WHITE
from lobbyline.drivers.standin.doors import LineDoor, Mouth, PortDoor

CLEAR = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"
TICK = 0.05

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Piece:
    """One piece of paper that was cut."""

    png: Path
    text: str
    codes: tuple[str, ...]
    length_mm: float


class StandinPrinter:
    """A printer with a buffer, a head, a blade and sensors; `fault` may be set at any time."""

    def __init__(
        self,
        folder: Path,
        profile: Profile,
        host: str = "127.0.0.1",
        port: int = 0,
        speed: float | None = None,
        buffer: int = 65536,
        line: Path | None = None,  # where the pseudo-terminal is plugged in; then it has no port
        in_order: bool = False,  # real-time commands only when their turn comes: never inside a picture
    ) -> None:
        self.folder = folder
        self.profile = profile
        self.tickets: list[Piece] = []
        self.unknown: list[bytes] = []  # commands that it did not know
        self.paper_left_mm: float | None = None  # None never ends
        self.clients = 0  # how many have been served
        self.answering = True  # False: connected, but dumb
        self.sticky = False  # True: the next cut sticks
        self.host, self.port = host, port  # port 0 takes a free one at the start
        self._speed = speed or profile.speed
        self.line = line
        self.in_order = in_order
        self._fault: Fault | None = None
        self._events: list[tuple[int, Fault | Literal["hang_up"]]] = []  # to come, by the rows until then
        self._written = ""  # what the file `fault` said last
        self._buffer = Buffer(buffer)
        self._client: Mouth | None = None
        self._threads: list[threading.Thread] = []
        self._hand = Hand(self)
        folder.mkdir(parents=True, exist_ok=True)
        self._number = max((int(path.stem) for path in folder.glob("[0-9]*.png") if path.stem.isdigit()), default=0)

    # From outside

    def start(self) -> StandinPrinter:
        self._buffer.stopped = False
        self._doors = LineDoor(self.line) if self.line else PortDoor(self.host, self.port)
        self.port = self._doors.port
        self._threads = [
            threading.Thread(target=work, name=name, daemon=True)
            for name, work in (("standin-mouth", self._serve), ("standin-hand", self._work))
        ]
        for thread in self._threads:
            thread.start()
        return self

    def stop(self) -> None:
        self._buffer.stop()
        for thread in self._threads:
            thread.join()
        self._doors.close()

    @property
    def fault(self) -> Fault | None:
        return self._fault

    @fault.setter
    def fault(self, fault: Fault | None) -> None:
        with self._buffer.change:
            self._fault = fault
            if fault is None and self.paper_left_mm is not None and self.paper_left_mm <= 0:
                self.paper_left_mm = None  # a new roll
            self._buffer.change.notify_all()
        if self._hand.reporting:
            self.say(report(self._fault))

    def wait_for(self, pieces: int, seconds: float = 30.0) -> bool:
        """Waits until so many pieces of paper have been cut."""
        return self.wait_until(lambda: len(self.tickets) >= pieces, seconds)

    def wait_until(self, done: Callable[[], bool], seconds: float = 30.0) -> bool:
        """Waits for a change of paper or fault that fulfils `done`."""
        with self._buffer.change:
            return self._buffer.change.wait_for(done, seconds)

    def stop_after(self, rows: int, event: Fault | Literal["hang_up"]) -> None:
        """Once so many more rows have moved, a fault comes or the cable is pulled: in the middle of a page."""
        self._events.append((rows, event))

    def hang_up(self) -> None:
        """Ends the client's connection, as a pulled cable does."""
        client = self._client
        if client is not None:
            client.hang_up()

    # The mouth: one client, real-time questions answered at once, everything else into the buffer

    def _serve(self) -> None:
        while not self._buffer.stopped:
            self._heed_file()
            client = self._doors.visitor()
            if client is not None:
                self._client = client
                self.clients += 1
                self._converse(client)
                self._client = None
                client.close()

    def _converse(self, client: Mouth) -> None:
        tail = b""
        while not self._buffer.stopped:
            self._heed_file()
            data = client.hear()
            if data is None:
                return
            if data:
                tail = self._hear(tail + data, len(tail))

    def _heed_file(self) -> None:
        """A fault written into the folder, for training: `echo paper_out > fault`; without the file it is well."""
        file = self.folder / "fault"
        word = file.read_text(encoding="utf-8").strip() if file.exists() else ""
        if word != self._written:
            self._written = word
            self.fault = next((fault for fault in FAULTS if fault == word), None)

    def _hear(self, data: bytes, old: int) -> bytes:
        """Takes in the bytes after the first `old`, answering real-time commands on the way; gives the open tail."""
        if self.in_order or b"\x10" not in data:
            self._buffer.store(data[old:])
            return b""
        for end in range(old + 1, len(data) + 1):
            self._buffer.store(data[end - 1 : end])
            self._obey_at_once(data[:end])
        return data[-len(CLEAR) + 1 :]

    def _obey_at_once(self, data: bytes) -> None:
        if data[-3:-1] == b"\x10\x04":
            self.say(condition(self._fault, data[-1], self.profile.dialect))
        elif data.endswith(CLEAR):
            self._buffer.empty()
            self.say(b"\x37\x25\x00")

    # The machine: what the hand works with, at the printer's pace and with its faults

    def _work(self) -> None:
        while True:
            try:
                self._hand.command()
            except Cleared:
                self._hand.reset()
            except Stopped:
                return

    def take(self) -> int:
        """The next byte, as soon as there is one."""
        return self._buffer.take()

    def say(self, data: bytes) -> None:
        client = self._client
        if client is None or not self.answering:
            return
        try:
            client.say(data)
        except OSError as error:
            log.debug("the client is gone: %s", error)

    def ready(self) -> None:
        """Waits until nothing stops the head."""
        self._buffer.wait(lambda: self._fault not in STOPPING)

    def move(self, rows: int) -> None:
        """Moves the paper at the printer's pace; a fault stops it, and the end of the roll is a fault."""
        self.ready()
        mm = self.profile.mm(rows)
        self._buffer.wait(seconds=mm / self._speed)
        self._hand.paper.feed(rows)
        self._let_happen(rows)
        if self.paper_left_mm is not None:
            self.paper_left_mm -= mm
            if self.paper_left_mm <= 0:
                self.fault = "paper_out"

    def _let_happen(self, rows: int) -> None:
        """What was to come after so many rows."""
        left = [(after - rows, event) for after, event in self._events]
        self._events = [(after, event) for after, event in left if after > 0]
        for event in [event for after, event in left if after <= 0]:
            if event == "hang_up":
                self.hang_up()
            else:
                self.fault = event

    def strike(self) -> None:
        """The blade falls, or sticks once when it was told to."""
        if self.sticky:
            self.sticky, self.fault = False, "cutter"
        self.ready()

    def keep(self, piece: Image.Image, words: list[str], codes: list[str]) -> None:
        """A piece of paper, as a picture with its margins and as words."""
        self._number += 1
        png = self.folder / f"{self._number:03}.png"
        text = "\n".join(words) + "\n"
        png.with_suffix(".txt").write_text(text, encoding="utf-8")
        self._with_margins(piece).save(png, dpi=(self.profile.dpi, self.profile.dpi))
        with self._buffer.change:
            self.tickets.append(Piece(png, text, tuple(codes), self.profile.mm(piece.height)))
            self._buffer.change.notify_all()

    def _with_margins(self, piece: Image.Image) -> Image.Image:
        width = max(piece.width, self.profile.in_dots(self.profile.paper_mm))
        paper = Image.new("1", (width, piece.height), WHITE)
        paper.paste(piece, ((width - piece.width) // 2, 0))
        return paper
