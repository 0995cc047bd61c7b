"""The stand-in printer's hand: it takes commands one after another and does on paper what they say.

ESC/POS is read here with code of its own, so that an error in `escpos.py` shows on the paper.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from PIL import Image

from lobbyline.drivers.printers.profile import CELL, ROW, Profile
from lobbyline.drivers.printers.standin import faults
from lobbyline.drivers.printers.standin.faults import Fault
from lobbyline.drivers.printers.standin.paper import Glyph, Paper, line_of, qr_code, raster


class Machine(Protocol):
    """The printer around the hand: its buffer, its sensors and its motor. Every call waits as the machine has to."""

    profile: Profile
    in_order: bool
    unknown: list[bytes]

    @property
    def fault(self) -> Fault | None: ...

    def take(self) -> int: ...  # the next byte
    def say(self, data: bytes) -> None: ...
    def ready(self) -> None: ...  # until nothing stops the head
    def move(self, rows: int) -> None: ...  # at the printer's pace
    def strike(self) -> None: ...  # the blade, which may stick
    def keep(self, piece: Image.Image, words: list[str], codes: list[str]) -> None: ...


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


class Hand:
    """Moves the paper and puts dots on it."""

    def __init__(self, machine: Machine) -> None:
        self.machine, self.profile = machine, machine.profile
        self.paper = Paper(self.profile.dots, self.profile.head_to_cutter)
        self.words: list[str] = []  # on the piece that hangs out
        self.codes: list[str] = []
        self.reset()

    def reset(self) -> None:
        self.style = Style()
        self.line: list[Glyph] = []
        self.code = b""
        self.reporting = False

    def command(self) -> None:
        """Take the next command and do it."""
        byte = self.machine.take()
        if byte == 0x0A:
            self.print_line()
        elif byte in (0x10, 0x1B, 0x1C, 0x1D):
            self.obey(bytes([byte, self.machine.take()]))
        elif byte >= 0x20:
            self.character(byte)

    def takes(self, count: int) -> bytes:
        return bytes(self.machine.take() for _ in range(count))

    def obey(self, name: bytes) -> None:
        known = COMMANDS.get(name)
        if known is None:
            self.machine.unknown.append(name)
            return
        known.act(self, self.takes(known.arguments))

    # Characters and lines

    def character(self, first: int) -> None:
        char = bytes([first])
        if self.style.kanji and first >= 0x81:
            char += bytes([self.machine.take()])
            if 0x30 <= char[1] <= 0x39:
                self.machine.unknown.append(char)  # cheap firmware has no four-byte codes
                return
        self.set(char.decode("gb18030" if self.style.kanji else "cp437", "replace"))

    def set(self, char: str) -> None:
        style = self.style
        width = style.wide * CELL * (2 if len(char.encode("gb18030")) > 1 else 1)
        left = self.line[-1].left + self.line[-1].width if self.line else 0
        if left + width > self.profile.columns * CELL:
            self.print_line()
            left = 0
        self.line.append(Glyph(char, left, width, style.high * ROW, style.bold, style.smooth))

    def print_line(self) -> None:
        self.end_line(max([self.style.spacing, *(glyph.height for glyph in self.line)]))

    def end_line(self, rows: int) -> None:
        """Puts what is in the line on the paper and feeds."""
        self.machine.ready()
        if self.line:
            picture = line_of(self.line)
            self.paper.mark(self.left(picture.width), picture)
            self.words.append("".join(glyph.char for glyph in self.line))
        self.line = []
        self.feed(rows)

    def left(self, width: int) -> int:
        return self.style.align * (self.profile.dots - width) // 2

    def feed(self, rows: int) -> None:
        self.machine.move(rows)

    # Pictures and codes

    def raster(self, arguments: bytes) -> None:
        stride, rows = (int.from_bytes(arguments[start : start + 2], "little") for start in (2, 4))
        picture = raster(stride, self.takes(stride * rows))
        self.put(picture, f"[picture {stride * 8} x {rows}]")

    def put(self, picture: Image.Image, words: str) -> None:
        self.machine.ready()
        self.paper.mark(self.left(picture.width), picture)
        self.words.append(words)
        self.feed(picture.height)

    def extended(self, arguments: bytes) -> None:
        """`GS (`: a letter, a length and a body."""
        body = self.takes(int.from_bytes(self.takes(2), "little"))
        if arguments == b"k":
            self.qr(body)
        elif arguments == b"H":
            self.fence(body)
        else:
            self.machine.unknown.append(b"\x1d(" + arguments)

    def qr(self, body: bytes) -> None:
        match body[:2], body[2:]:
            case b"1C", size:
                self.style.module = size[0]
            case b"1E", level:
                self.style.correction = level[0] - 0x30
            case b"1P", data:
                self.code = data[1:]
            case b"1Q", _:
                self.codes.append(self.code.decode(errors="replace"))
                picture = qr_code(self.code, self.style.module, self.style.correction)
                self.put(picture, f"[QR {self.codes[-1]}]")

    # Answers when their turn has come

    def fence(self, body: bytes) -> None:
        self.machine.ready()
        if body[:2] == b"00" and self.profile.fence == "gsh":
            self.machine.say(b"\x37\x22" + body[2:6] + b"\x00")

    def processed(self, _: bytes) -> None:
        self.machine.ready()
        if self.profile.fence != "none":
            self.machine.say(faults.processed(self.machine.fault))

    def asked_in_order(self, arguments: bytes) -> None:
        """Most firmware answered this when it arrived."""
        if self.machine.in_order:
            self.machine.say(faults.condition(self.machine.fault, arguments[0], self.profile.dialect))

    def cleared_in_order(self, _: bytes) -> None:
        if self.machine.in_order:
            self.machine.say(b"\x37\x25\x00")

    def call_itself(self, arguments: bytes) -> None:
        """`GS I`: a name that proves nothing, as with many clones."""
        if arguments[0] == 0x43:
            self.machine.say(b"\x5fTM-T88III\x00")

    def report_on(self, arguments: bytes) -> None:
        self.reporting = arguments[0] != 0 and self.profile.reports
        if self.reporting:
            self.machine.say(faults.report(self.machine.fault))

    # Cutting and presenting

    def retract(self, arguments: bytes) -> None:
        """`GS R 0` at once; `GS R 1 n` after so many seconds: tickets here fall into a folder, not into an exit."""
        if arguments[0]:
            self.machine.take()

    def cut(self, arguments: bytes) -> None:
        if arguments[0] in (65, 66):
            self.feed(self.paper.head_to_blade + self.machine.take())
        self.fall()

    def present(self, _: bytes) -> None:
        """Feeds to the blade by itself, cuts, and holds the ticket out."""
        self.feed(self.paper.head_to_blade)
        self.fall()

    def fall(self) -> None:
        self.machine.strike()
        piece = self.paper.cut()
        if piece is not None:
            self.machine.keep(piece, self.words, self.codes)
            self.words, self.codes = [], []

    def set_style(self, **style: int) -> None:
        for name, value in style.items():
            setattr(self.style, name, value)


@dataclass(frozen=True)
class Command:
    """How many bytes follow a command's two, and what it does."""

    arguments: int
    act: Callable[[Hand, bytes], None] = field(default=lambda _, __: None)


COMMANDS = {
    b"\x1b@": Command(0, lambda hand, _: hand.reset()),
    b"\x1ba": Command(1, lambda hand, arg: hand.set_style(align=arg[0] % 0x30)),
    b"\x1bE": Command(1, lambda hand, arg: hand.set_style(bold=arg[0] & 1)),
    b"\x1b2": Command(0, lambda hand, _: hand.set_style(spacing=30)),
    b"\x1b3": Command(1, lambda hand, arg: hand.set_style(spacing=arg[0])),
    b"\x1bJ": Command(1, lambda hand, arg: hand.end_line(arg[0])),
    b"\x1bd": Command(1, lambda hand, arg: hand.end_line(arg[0] * hand.style.spacing)),
    b"\x1c&": Command(0, lambda hand, _: hand.set_style(kanji=1)),
    b"\x1c.": Command(0, lambda hand, _: hand.set_style(kanji=0)),
    b"\x1d!": Command(1, lambda hand, arg: hand.set_style(wide=(arg[0] >> 4) + 1, high=(arg[0] & 15) + 1)),
    b"\x1db": Command(1, lambda hand, arg: hand.set_style(smooth=arg[0] & 1)),
    b"\x1da": Command(1, Hand.report_on),
    b"\x1dI": Command(1, Hand.call_itself),
    b"\x1dr": Command(1, Hand.processed),
    b"\x1dV": Command(1, Hand.cut),
    b"\x1bi": Command(0, Hand.present),
    b"\x1cP": Command(4, Hand.present),
    b"\x1dR": Command(1, Hand.retract),
    b"\x1dv": Command(6, Hand.raster),
    b"\x1d(": Command(1, Hand.extended),
    b"\x10\x04": Command(1, Hand.asked_in_order),
    b"\x10\x14": Command(8, Hand.cleared_in_order),
}
