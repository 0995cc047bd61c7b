"""A stand-in printer on a TCP port or a pseudo-terminal: it prints into a folder, with a printer's pace and faults.

It reads ESC/POS with code of its own, so that an error in `escpos.py` shows on its paper. Each piece of paper that it
cuts becomes `001.png`, dot for dot, and `001.txt`, the words. Like many network modules it serves one client at a time.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

from PIL import Image

from lobbyline.drivers.printers.doors import LineDoor, Mouth, PortDoor
from lobbyline.drivers.printers.paper import WHITE, Glyph, Paper, line_of, qr_code, raster
from lobbyline.drivers.printers.profile import CELL, ROW, Profile

Fault = Literal["paper_out", "paper_low", "cover", "offline", "cutter", "jam", "exit"]
FAULTS: tuple[Fault, ...] = get_args(Fault)
STOPPING = ("paper_out", "cover", "offline", "cutter", "jam")
CLEAR = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"
TICK = 0.05

log = logging.getLogger(__name__)


class Cleared(Exception):
    """The buffer was emptied in the middle of a command."""


class Stopped(Exception):
    """The printer is switched off."""


@dataclass(frozen=True)
class Piece:
    """One piece of paper that was cut."""

    png: Path
    text: str
    codes: tuple[str, ...]
    length_mm: float


@dataclass
class Style:
    """How the next characters will look; `ESC @` brings all of it back."""

    wide: int = 1
    high: int = 1
    align: int = 0
    bold: bool = False
    smooth: bool = False
    kanji: bool = False
    spacing: int = 30
    module: int = 3
    correction: int = 0


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
        self._room = buffer
        self.line = line
        self.in_order = in_order
        self._fault: Fault | None = None
        self._events: list[tuple[int, Fault | Literal["hang_up"]]] = []  # to come, by the rows until then
        self._written = ""  # what the file `fault` said last
        self._change = threading.Condition()
        self._buffer: deque[int] = deque()
        self._clearing = False
        self._stopping = threading.Event()
        self._client: Mouth | None = None
        self._threads: list[threading.Thread] = []
        self._paper = Paper(profile.dots, profile.head_to_cutter)
        self._words: list[str] = []
        self._codes: list[str] = []
        self._reset()
        folder.mkdir(parents=True, exist_ok=True)
        self._number = max((int(path.stem) for path in folder.glob("[0-9]*.png") if path.stem.isdigit()), default=0)

    # From outside

    def start(self) -> StandinPrinter:
        self._stopping.clear()
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
        self._stopping.set()
        with self._change:
            self._change.notify_all()
        for thread in self._threads:
            thread.join()
        self._doors.close()

    @property
    def fault(self) -> Fault | None:
        return self._fault

    @fault.setter
    def fault(self, fault: Fault | None) -> None:
        with self._change:
            self._fault = fault
            if fault is None and self.paper_left_mm is not None and self.paper_left_mm <= 0:
                self.paper_left_mm = None  # a new roll
            self._change.notify_all()
        if self._reporting:
            self._say(self._report())

    def wait_for(self, pieces: int, seconds: float = 5.0) -> bool:
        """Waits until so many pieces of paper have been cut."""
        return self.wait_until(lambda: len(self.tickets) >= pieces, seconds)

    def wait_until(self, done: Callable[[], bool], seconds: float = 5.0) -> bool:
        """Waits for a change of paper or fault that fulfils `done`."""
        with self._change:
            return self._change.wait_for(done, seconds)

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
        while not self._stopping.is_set():
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
        while not self._stopping.is_set():
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
            self._store(data[old:])
            return b""
        for end in range(old + 1, len(data) + 1):
            self._store(data[end - 1 : end])
            self._obey_at_once(data[:end])
        return data[-len(CLEAR) + 1 :]

    def _store(self, data: bytes) -> None:
        """Into the buffer; while it is full, nothing more is read, as on a real printer."""
        with self._change:
            while data and not self._stopping.is_set():
                self._change.wait_for(lambda: len(self._buffer) < self._room or self._stopping.is_set())
                room = self._room - len(self._buffer)
                self._buffer.extend(data[:room])
                data = data[room:]
                self._change.notify_all()

    def _obey_at_once(self, data: bytes) -> None:
        if data[-3:-1] == b"\x10\x04":
            self._say(self._condition(data[-1]))
        elif data.endswith(CLEAR):
            self._empty()

    def _empty(self) -> None:
        with self._change:
            self._buffer.clear()
            self._clearing = True
            self._change.notify_all()
            self._change.wait_for(lambda: not self._clearing or self._stopping.is_set(), 1.0)
        self._say(b"\x37\x25\x00")

    def _say(self, data: bytes) -> None:
        client = self._client
        if client is None or not self.answering:
            return
        try:
            client.say(data)
        except OSError as error:
            log.debug("the client is gone: %s", error)

    def _condition(self, question: int) -> bytes:
        """The answer to `DLE EOT`, in the words of the maker; nothing to a question that it does not know."""
        if question == 20 and self.profile.dialect == "custom":
            return self._custom_condition()
        if question not in (1, 2, 3, 4) or self.profile.dialect == "custom":
            return b""
        fault = self._fault
        answer = (
            0x12
            | {
                1: 0x08 * (fault in STOPPING),
                2: 0x04 * (fault == "cover") | 0x20 * (fault == "paper_out") | 0x40 * (fault in ("cutter", "jam")),
                3: 0x08 * (fault == "cutter") | 0x40 * (fault == "jam"),
                4: 0x6C * (fault == "paper_out") | 0x0C * (fault == "paper_low"),
            }[question]
        )
        if question == 4 and self.profile.dialect == "snbc":
            answer = 0x12 | 0x0C * (fault not in ("paper_out", "paper_low"))
        if question == 4 and self.profile.dialect == "masung" and fault != "exit":
            answer &= ~0x02
        return bytes([answer])

    def _custom_condition(self) -> bytes:
        """Six bytes: 10 0F, then paper, user, recoverable and unrecoverable errors."""
        fault = self._fault
        paper = {"paper_out": 0x05, "paper_low": 0x04, "exit": 0x20}.get(fault or "", 0)
        bits = (paper, 0x02 * (fault == "cover"), 0x40 * (fault == "jam"), 0x01 * (fault == "cutter"))
        return b"\x10\x0f" + bytes(bits)

    def _report(self) -> bytes:
        """The four bytes of an automatic report."""
        fault = self._fault
        first = 0x10 | 0x08 * (fault in STOPPING) | 0x20 * (fault == "cover")
        paper = 0x0F * (fault == "paper_out") | 0x03 * (fault == "paper_low")
        return bytes([first, 0x08 * (fault == "cutter"), paper, 0])

    # The hand: takes commands from the buffer and moves the paper

    def _work(self) -> None:
        while True:
            try:
                self._command()
            except Cleared:
                self._reset()
            except Stopped:
                return

    def _reset(self) -> None:
        self._style = Style()
        self._line: list[Glyph] = []
        self._code = b""
        self._reporting = False

    def _take(self) -> int:
        """The next byte, as soon as there is one."""
        with self._change:
            self._change.wait_for(lambda: self._buffer or self._clearing or self._stopping.is_set())
            self._pass_on()
            byte = self._buffer.popleft()
            self._change.notify_all()
            return byte

    def _pass_on(self) -> None:
        if self._stopping.is_set():
            raise Stopped
        if self._clearing:
            self._clearing = False
            self._change.notify_all()
            raise Cleared

    def _takes(self, count: int) -> bytes:
        return bytes(self._take() for _ in range(count))

    def _command(self) -> None:
        byte = self._take()
        if byte == 0x0A:
            self._print_line()
        elif byte in (0x10, 0x1B, 0x1C, 0x1D):
            self._obey(bytes([byte, self._take()]))
        elif byte >= 0x20:
            self._character(byte)

    def _obey(self, name: bytes) -> None:
        known = COMMANDS.get(name)
        if known is None:
            self.unknown.append(name)
            return
        known.act(self, self._takes(known.arguments))

    def _character(self, first: int) -> None:
        char = bytes([first])
        if self._style.kanji and first >= 0x81:
            char += bytes([self._take()])
            if 0x30 <= char[1] <= 0x39:
                self.unknown.append(char)  # cheap firmware has no four-byte codes
                return
        words = char.decode("gb18030" if self._style.kanji else "cp437", "replace")
        self._set(words)

    def _set(self, char: str) -> None:
        style = self._style
        width = style.wide * CELL * (2 if len(char.encode("gb18030")) > 1 else 1)
        left = self._line[-1].left + self._line[-1].width if self._line else 0
        if left + width > self.profile.columns * CELL:
            self._print_line()
            left = 0
        self._line.append(Glyph(char, left, width, style.high * ROW, style.bold, style.smooth))

    def _print_line(self) -> None:
        self._end_line(max([self._style.spacing, *(glyph.height for glyph in self._line)]))

    def _end_line(self, rows: int) -> None:
        """Puts what is in the line on the paper and feeds."""
        self._ready()
        if self._line:
            picture = line_of(self._line)
            self._paper.mark(self._left(picture.width), picture)
            self._words.append("".join(glyph.char for glyph in self._line))
        self._line = []
        self._feed(rows)

    def _left(self, width: int) -> int:
        return self._style.align * (self.profile.dots - width) // 2

    def _feed(self, rows: int) -> None:
        """Moves the paper at the printer's pace; a fault stops it, and the end of the roll is a fault."""
        self._ready()
        mm = self.profile.mm(rows)
        self._pause(mm / self._speed)
        self._paper.feed(rows)
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

    def _ready(self) -> None:
        """Waits until nothing stops the head."""
        with self._change:
            self._change.wait_for(lambda: self._fault not in STOPPING or self._clearing or self._stopping.is_set())
            self._pass_on()

    def _pause(self, seconds: float) -> None:
        with self._change:
            self._change.wait_for(lambda: self._clearing or self._stopping.is_set(), seconds)
            self._pass_on()

    # What the commands do

    def _raster(self, arguments: bytes) -> None:
        stride, rows = (int.from_bytes(arguments[start : start + 2], "little") for start in (2, 4))
        picture = raster(stride, self._takes(stride * rows))
        self._put(picture, f"[picture {stride * 8} x {rows}]")

    def _put(self, picture: Image.Image, words: str) -> None:
        self._ready()
        self._paper.mark(self._left(picture.width), picture)
        self._words.append(words)
        self._feed(picture.height)

    def _extended(self, arguments: bytes) -> None:
        """`GS (`: a letter, a length and a body."""
        body = self._takes(int.from_bytes(self._takes(2), "little"))
        if arguments == b"k":
            self._qr(body)
        elif arguments == b"H":
            self._fence(body)
        else:
            self.unknown.append(b"\x1d(" + arguments)

    def _qr(self, body: bytes) -> None:
        match body[:2], body[2:]:
            case b"1C", size:
                self._style.module = size[0]
            case b"1E", level:
                self._style.correction = level[0] - 0x30
            case b"1P", data:
                self._code = data[1:]
            case b"1Q", _:
                self._codes.append(self._code.decode(errors="replace"))
                picture = qr_code(self._code, self._style.module, self._style.correction)
                self._put(picture, f"[QR {self._codes[-1]}]")

    def _fence(self, body: bytes) -> None:
        self._ready()
        if body[:2] == b"00" and self.profile.fence == "gsh":
            self._say(b"\x37\x22" + body[2:6] + b"\x00")

    def _processed(self, _: bytes) -> None:
        self._ready()
        if self.profile.fence != "none":
            self._say(bytes([0x0C * (self._fault == "paper_out") | 0x03 * (self._fault == "paper_low")]))

    def _asked_in_order(self, arguments: bytes) -> None:
        """Most firmware answered this when it arrived."""
        if self.in_order:
            self._say(self._condition(arguments[0]))

    def _cleared_in_order(self, _: bytes) -> None:
        if self.in_order:
            self._say(b"\x37\x25\x00")

    def _call_itself(self, arguments: bytes) -> None:
        """`GS I`: a name that proves nothing, as with many clones."""
        if arguments[0] == 0x43:
            self._say(b"\x5fTM-T88III\x00")

    def _retract(self, arguments: bytes) -> None:
        """`GS R 0` at once; `GS R 1 n` after so many seconds: tickets here fall into a folder, not into an exit."""
        if arguments[0]:
            self._take()

    def _report_on(self, arguments: bytes) -> None:
        self._reporting = arguments[0] != 0 and self.profile.reports
        if self._reporting:
            self._say(self._report())

    def _cut(self, arguments: bytes) -> None:
        if arguments[0] in (65, 66):
            self._feed(self._paper.head_to_blade + self._take())
        self._fall()

    def _present(self, _: bytes) -> None:
        """Feeds to the blade by itself, cuts, and holds the ticket out."""
        self._feed(self._paper.head_to_blade)
        self._fall()

    def _fall(self) -> None:
        if self.sticky:
            self.sticky, self.fault = False, "cutter"
        self._ready()
        piece = self._paper.cut()
        if piece is not None:
            self._keep(piece)

    def _keep(self, piece: Image.Image) -> None:
        self._number += 1
        png = self.folder / f"{self._number:03}.png"
        text = "\n".join(self._words) + "\n"
        png.with_suffix(".txt").write_text(text, encoding="utf-8")
        self._with_margins(piece).save(png, dpi=(self.profile.dpi, self.profile.dpi))
        with self._change:
            self.tickets.append(Piece(png, text, tuple(self._codes), self.profile.mm(piece.height)))
            self._words, self._codes = [], []
            self._change.notify_all()

    def _with_margins(self, piece: Image.Image) -> Image.Image:
        width = max(piece.width, self.profile.in_dots(self.profile.paper_mm))
        paper = Image.new("1", (width, piece.height), WHITE)
        paper.paste(piece, ((width - piece.width) // 2, 0))
        return paper

    def _set_style(self, **style: int) -> None:
        for name, value in style.items():
            setattr(self._style, name, value)


@dataclass(frozen=True)
class Command:
    """How many bytes follow a command's two, and what it does."""

    arguments: int
    act: Callable[[StandinPrinter, bytes], None] = field(default=lambda _, __: None)


COMMANDS = {
    b"\x1b@": Command(0, lambda printer, _: printer._reset()),
    b"\x1ba": Command(1, lambda printer, arg: printer._set_style(align=arg[0] % 0x30)),
    b"\x1bE": Command(1, lambda printer, arg: printer._set_style(bold=arg[0] & 1)),
    b"\x1b2": Command(0, lambda printer, _: printer._set_style(spacing=30)),
    b"\x1b3": Command(1, lambda printer, arg: printer._set_style(spacing=arg[0])),
    b"\x1bJ": Command(1, lambda printer, arg: printer._end_line(arg[0])),
    b"\x1bd": Command(1, lambda printer, arg: printer._end_line(arg[0] * printer._style.spacing)),
    b"\x1c&": Command(0, lambda printer, _: printer._set_style(kanji=1)),
    b"\x1c.": Command(0, lambda printer, _: printer._set_style(kanji=0)),
    b"\x1d!": Command(1, lambda printer, arg: printer._set_style(wide=(arg[0] >> 4) + 1, high=(arg[0] & 15) + 1)),
    b"\x1db": Command(1, lambda printer, arg: printer._set_style(smooth=arg[0] & 1)),
    b"\x1da": Command(1, StandinPrinter._report_on),
    b"\x1dI": Command(1, StandinPrinter._call_itself),
    b"\x1dr": Command(1, StandinPrinter._processed),
    b"\x1dV": Command(1, StandinPrinter._cut),
    b"\x1bi": Command(0, StandinPrinter._present),
    b"\x1cP": Command(4, StandinPrinter._present),
    b"\x1dR": Command(1, StandinPrinter._retract),
    b"\x1dv": Command(6, StandinPrinter._raster),
    b"\x1d(": Command(1, StandinPrinter._extended),
    b"\x10\x04": Command(1, StandinPrinter._asked_in_order),
    b"\x10\x14": Command(8, StandinPrinter._cleared_in_order),
}
