"""A receipt as ESC/POS bytes. Pure: nothing here opens, sends or waits.

Text goes out in GB18030 after `FS &`, in sizes of `GS !`; a line with a character that the printer's own font lacks
goes out as a picture of that one line. Lines are wrapped here, by columns, so the printer never wraps.
The commands are described in Epson's ESC/POS application programming guide; quirks are in each printer's profile.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from types import ModuleType
from typing import Literal

from lobbyline.drivers.printers.profile import CELL, ROW, Profile

INITIALISE = b"\x1b@"
KANJI = b"\x1c&"
SMOOTH = b"\x1db\x01"
REPORT_TROUBLE = b"\x1da\x0e"  # GS a: on/offline, errors, paper
ASK_PROCESSED = b"\x1dr\x01"
BAND = 48  # rows of one raster command: small enough that PADDING ends an interrupted one
PADDING = bytes(8192)  # more than the rest of any band
QUIET = 4  # modules of white around a QR code; no printer adds them
THIN_SPACES = "\u2009\u202f"
FENCE_LENGTH = 4

Align = Literal["left", "centre", "right"]
ALIGN: dict[Align, int] = {"left": 0, "centre": 1, "right": 2}


@dataclass(frozen=True)
class Text:
    """A paragraph, wrapped by columns; a size whose longest number or word does not fit is made smaller."""

    words: str
    wide: int = 1
    high: int = 1
    align: Align = "left"
    bold: bool = False
    leading: int = 6  # dots of white below each line
    hang: int = 0  # columns by which the second and further lines are indented


@dataclass(frozen=True)
class Feed:
    """White."""

    dots: int


@dataclass(frozen=True)
class Rule:
    """A thin line across the paper."""

    leading: int = 8


@dataclass(frozen=True)
class Qr:
    """A QR code with its quiet zone."""

    data: str
    module: int = 4
    align: Align = "centre"


@dataclass(frozen=True)
class Picture:
    """Dots as they are: rows of whole bytes, most significant bit left, 1 is black."""

    width: int
    rows: bytes
    leading: int = 0
    align: Align = "left"


@dataclass(frozen=True)
class Report:
    """Asks the printer to tell of trouble by itself, where the model can."""


@dataclass(frozen=True)
class Fence:
    """Asks the printer to answer once everything before this has been dealt with."""

    token: str


@dataclass(frozen=True)
class Cut:
    """Feeds to the blade and cuts."""


Line = Text | Feed | Rule | Qr | Picture | Report | Fence | Cut


@dataclass(frozen=True)
class Receipt:
    """What goes on one piece of paper, from top to bottom."""

    lines: tuple[Line, ...]

    def then(self, *lines: Line) -> Receipt:
        return Receipt((*self.lines, *lines))


@dataclass(frozen=True)
class Strip:
    """Bytes, and the dots by which they move the paper."""

    data: bytes
    dots: int = 0


def render(receipt: Receipt, profile: Profile) -> bytes:
    """The whole receipt as bytes, from `ESC @` on."""
    return opening(profile) + b"".join(strip.data for strip in strips(receipt, profile))


def millimetres(receipt: Receipt, profile: Profile) -> float:
    """How much paper the receipt moves."""
    return profile.mm(sum(strip.dots for strip in strips(receipt, profile)))


def opening(profile: Profile) -> bytes:
    """A known state, whatever the last page left behind."""
    return INITIALISE + profile.prologue + (KANJI if profile.hanzi != "none" else b"")


def plain(words: str) -> str:
    """The words with white space of any kind as single spaces and nothing that could command a printer."""
    spaced = "".join(" " if char in "\t\n\r\v\f\u2028\u2029" else char for char in unicodedata.normalize("NFC", words))
    return "".join(char for char in spaced if unicodedata.category(char) not in {"Cc", "Cf", "Cs"})


def columns(words: str) -> int:
    """Columns of font A that the words take at size 1."""
    return sum(cells(char) for char in words)


def resident(words: str, profile: Profile) -> bool:
    """Whether the printer's own font has every character.

    Only what GBK or GB 2312 names by two bytes counts: cheap firmware knows no four-byte codes.
    """
    words = words.translate(dict.fromkeys(map(ord, THIN_SPACES), " "))
    try:
        return words.encode("gb18030") == words.encode("ascii" if profile.hanzi == "none" else profile.hanzi)
    except UnicodeEncodeError:
        return False


def cells(char: str) -> int:
    if char.isascii():
        return 1
    try:
        return 2 if char.encode("gbk") else 0
    except UnicodeEncodeError:
        return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def strips(receipt: Receipt, profile: Profile) -> Iterator[Strip]:
    """The receipt piece by piece, without the opening; filled up before the cut if the exit needs more paper."""
    dots = 0
    for line in receipt.lines:
        for strip in [*_filling(line, dots, profile), *_line(line, profile)]:
            dots += strip.dots
            yield strip


def _filling(line: Line, dots: int, profile: Profile) -> Iterator[Strip]:
    """White up to the shortest page that the exit can hand out, right before the cut."""
    missing = profile.in_dots(profile.shortest_mm) - dots - profile.head_to_cutter
    if isinstance(line, Cut) and dots and missing > 0:
        yield _feed(missing)


def _line(line: Line, profile: Profile) -> Iterator[Strip]:
    match line:
        case Text():
            yield from _text(line, profile)
        case Feed():
            yield _feed(line.dots)
        case Rule():
            yield from _rule(line, profile)
        case Qr():
            yield from _qr(line, profile)
        case Picture():
            yield from _bands(line)
        case Report():
            yield Strip(REPORT_TROUBLE if profile.reports else b"")
        case Fence():
            yield Strip(_fence(line, profile))
        case Cut():
            yield Strip(profile.cut, profile.head_to_cutter)


def _draw() -> ModuleType:
    """Drawing brings Pillow with it: only a page that needs a picture waits for that."""
    from lobbyline.drivers.printers import drawing

    return drawing


# Text


def _text(text: Text, profile: Profile) -> Iterator[Strip]:
    text = fitted(replace(text, words=plain(text.words)), profile)
    own = max(text.wide, text.high) <= profile.largest_letters
    for row in wrapped(text, profile):
        if own and resident(row, profile):
            yield _row(row, text, profile)
        else:
            yield from _bands(_draw().row(row, text, profile))


def fitted(text: Text, profile: Profile) -> Text:
    """The text in the largest size, up to its own, in which no number and no word is broken."""
    while text.wide > 1 and any(width(piece, text.wide) > profile.dots for piece in _pieces(text.words)):
        text = replace(text, wide=text.wide - 1, high=max(1, min(text.high, text.wide - 1)))
    return text


def wrapped(text: Text, profile: Profile) -> list[str]:
    """The text's lines, each of which fits between the edges of the paper; centred ones are about equally long."""
    room = profile.columns * CELL
    rows = _broken(text, room)
    if text.align == "centre" and len(rows) > 1:
        least = max(width(piece.strip(), text.wide) for piece in _pieces(text.words))
        narrower = (narrow for narrow in range(least, room, CELL) if len(_broken(text, narrow)) == len(rows))
        rows = _broken(text, next(narrower, room))
    return rows


def _broken(text: Text, room: int) -> list[str]:
    """The text's lines in so many dots."""
    rows: list[str] = []
    row = ""
    for piece in _pieces(text.words):
        if row.strip() and width((row + piece).rstrip(), text.wide) > room:
            rows.append(row.rstrip())
            row = " " * text.hang
        row += piece if row.strip() else piece.lstrip(" ") if rows else piece
        while width(row.rstrip(), text.wide) > room:  # one word longer than the paper is wide
            head = _head(row, text.wide, room)
            rows.append(row[:head])
            row = " " * text.hang + row[head:]
    return [*rows, row.rstrip()]


def _head(row: str, wide: int, dots: int) -> int:
    """How many characters fit; at least one."""
    fitting = (count for count in range(len(row), 1, -1) if width(row[:count], wide) <= dots)
    return next(fitting, 1)


# A ticket number with its thin space, a word or figure with what clings to it, blanks, or one character; closing
# punctuation stays with what it closes.
PIECE = re.compile(
    r"(?:[A-Za-z0-9][A-Za-z0-9.,:/%+\-–\u2009\u202f]*|\s+|.)[，。、；：？！）》」』”’,.;:?!)]*",
)


def _pieces(words: str) -> list[str]:
    return PIECE.findall(words)


def width(words: str, wide: int) -> int:
    """In dots."""
    return sum(_thin(wide) if char in THIN_SPACES else cells(char) * wide for char in words) * CELL


def _thin(wide: int) -> int:
    """How wide a thin space is beside letters of this width: about a third of one."""
    return max(1, wide // 3)


def _row(row: str, text: Text, profile: Profile) -> Strip:
    """One line in the printer's own letters. `GS !` alone sets the size: of several commands the last would win."""
    height = ROW * text.high
    smooth = SMOOTH if profile.smoothing and max(text.wide, text.high) > 1 else b""
    style = b"\x1ba" + bytes([ALIGN[text.align]]) + b"\x1bE" + bytes([text.bold]) + smooth
    spacing = b"\x1b3" + bytes([min(255, height + text.leading)])
    return Strip(style + spacing + _sized(row, text) + b"\n", height + text.leading)


def _sized(row: str, text: Text) -> bytes:
    """The characters under their size; thin spaces are narrow blanks of the same height."""
    narrow = _size(_thin(text.wide), text.high) + b" "
    parts = filter(None, re.split(f"([{THIN_SPACES}])", row))
    sized = (narrow if part in THIN_SPACES else _size(text.wide, text.high) + part.encode("gb18030") for part in parts)
    return b"".join(sized)


def _size(wide: int, high: int) -> bytes:
    return b"\x1d!" + bytes([(wide - 1) << 4 | (high - 1)])


# Dots


def _bands(picture: Picture) -> Iterator[Strip]:
    """`GS v 0` in bands; white rows are only fed, and from the left edge rows end at their last black dot."""
    stride = (picture.width + 7) // 8
    rows = [picture.rows[start : start + stride] for start in range(0, len(picture.rows), stride)]
    for start in range(0, len(rows), BAND):
        yield from _band(rows[start : start + BAND], picture.align)
    if picture.leading:
        yield _feed(picture.leading)


def _band(rows: list[bytes], align: Align) -> Iterator[Strip]:
    above = next((index for index, row in enumerate(rows) if any(row)), len(rows))
    below = next((index for index, row in enumerate(reversed(rows)) if any(row)), 0)
    if above:
        yield _feed(above)
    if inked := rows[above : len(rows) - below]:
        yield _raster(inked, align)
        if below:
            yield _feed(below)


def _raster(rows: list[bytes], align: Align) -> Strip:
    stride = max(len(row.rstrip(b"\0")) for row in rows) if align == "left" else len(rows[0])
    place = b"\x1ba" + bytes([ALIGN[align]])
    head = b"\x1dv0\x00" + stride.to_bytes(2, "little") + len(rows).to_bytes(2, "little")
    return Strip(place + head + _quietened(b"".join(row[:stride] for row in rows)), len(rows))


def _quietened(dots: bytes) -> bytes:
    """The same picture without real-time commands: some firmware obeys them even inside a picture. Each costs a dot."""
    for command in (b"\x10\x04", b"\x10\x05", b"\x10\x14"):
        dots = dots.replace(command, bytes([0x10, command[1] | 0x08]))
    return dots


def _feed(dots: int) -> Strip:
    whole, rest = divmod(max(0, dots), 255)
    return Strip(b"\x1bJ\xff" * whole + (b"\x1bJ" + bytes([rest]) if rest else b""), max(0, dots))


def _rule(rule: Rule, profile: Profile) -> Iterator[Strip]:
    stride = profile.columns * CELL // 8
    yield from _bands(Picture(stride * 8, b"\xff" * stride * 2, rule.leading))


# QR


def _qr(qr: Qr, profile: Profile) -> Iterator[Strip]:
    data = plain(qr.data).encode()
    yield _feed(QUIET * qr.module)
    if profile.native_qr:
        yield Strip(b"\x1ba" + bytes([ALIGN[qr.align]]) + _native(data, qr.module), _modules(data) * qr.module)
    else:
        yield from _bands(_draw().squares(data, qr))
    yield _feed(QUIET * qr.module)


def _native(data: bytes, module: int) -> bytes:
    """`GS ( k`: model 2, size of a module, error correction M, store, print."""
    commands = [b"1A2\x00", b"1C" + bytes([module]), b"1E1", b"1P0" + data, b"1Q0"]
    return b"".join(b"\x1d(k" + len(command).to_bytes(2, "little") + command for command in commands)


CAPACITY = (14, 26, 42, 62, 84, 106, 122, 152, 180, 213)  # bytes at error correction M, by version from 1


def _modules(data: bytes) -> int:
    """The side of the code, never too small an estimate."""
    version = next((index for index, room in enumerate(CAPACITY, 1) if len(data) <= room), 40)
    return 17 + 4 * version


# Fences


def _fence(fence: Fence, profile: Profile) -> bytes:
    """`GS ( H` carries the token and answers it; `GS r` only answers."""
    if profile.fence == "none":
        return b""
    if profile.fence == "gsr":
        return ASK_PROCESSED
    return b"\x1d(H\x06\x00" + b"00" + token(fence.token)


def token(words: str) -> bytes:
    """A fence's four printable characters as bytes."""
    data = words.encode("ascii", "replace")
    if len(data) != FENCE_LENGTH or not all(0x20 <= byte <= 0x7E for byte in data):
        raise ValueError(f"a fence carries four printable characters, not {words!r}")
    return data
