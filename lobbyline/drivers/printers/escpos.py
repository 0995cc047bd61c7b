"""A receipt as ESC/POS bytes. Pure: nothing here opens, sends or waits.

Text goes out in GB18030 after `FS &`, in sizes of `GS !`; a line with a character that the printer's own font lacks
goes out as a picture of that one line. Lines were wrapped before (`typeset.py`), so the printer never wraps.
The commands are described in Epson's ESC/POS application programming guide; quirks are in each printer's profile.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from types import ModuleType

from lobbyline.drivers.printers.profile import CELL, ROW, Profile
from lobbyline.drivers.printers.receipt import (
    Align,
    Cut,
    Feed,
    Fence,
    Line,
    Picture,
    Qr,
    Receipt,
    Report,
    Rule,
    Text,
)
from lobbyline.drivers.printers.typeset import THIN_SPACES, fitted, plain, thin, wrapped

INITIALISE = b"\x1b@"
KANJI = b"\x1c&"
SMOOTH = b"\x1db\x01"
REPORT_TROUBLE = b"\x1da\x0e"  # GS a: on/offline, errors, paper
ASK_PROCESSED = b"\x1dr\x01"
BAND = 48  # rows of one raster command: small enough that PADDING ends an interrupted one
PADDING = bytes(8192)  # more than the rest of any band
QUIET = 4  # modules of white around a QR code; no printer adds them
FENCE_LENGTH = 4

ALIGN: dict[Align, int] = {"left": 0, "centre": 1, "right": 2}


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


def resident(words: str, profile: Profile) -> bool:
    """Whether the printer's own font has every character.

    Only what GBK or GB 2312 names by two bytes counts: cheap firmware knows no four-byte codes.
    """
    words = words.translate(dict.fromkeys(map(ord, THIN_SPACES), " "))
    try:
        return words.encode("gb18030") == words.encode("ascii" if profile.hanzi == "none" else profile.hanzi)
    except UnicodeEncodeError:
        return False


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


def _row(row: str, text: Text, profile: Profile) -> Strip:
    """One line in the printer's own letters. `GS !` alone sets the size: of several commands the last would win."""
    height = ROW * text.high
    smooth = SMOOTH if profile.smoothing and max(text.wide, text.high) > 1 else b""
    style = b"\x1ba" + bytes([ALIGN[text.align]]) + b"\x1bE" + bytes([text.bold]) + smooth
    spacing = b"\x1b3" + bytes([min(255, height + text.leading)])
    return Strip(style + spacing + _sized(row, text) + b"\n", height + text.leading)


def _sized(row: str, text: Text) -> bytes:
    """The characters under their size; thin spaces are narrow blanks of the same height."""
    narrow = _size(thin(text.wide), text.high) + b" "
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
