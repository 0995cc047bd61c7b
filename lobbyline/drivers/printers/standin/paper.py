"""The paper in the stand-in printer: dots where the head put them, pieces where the blade fell.

The blade stands behind the head, so the first millimetres of each piece are white, as on a real printer, and a cut
without a feed goes through what was printed last.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageDraw

from lobbyline.drivers.printers.letters import baseline, letters
from lobbyline.drivers.printers.profile import ROW

WHITE, BLACK = 1, 0
DARK_ENOUGH = 150  # of 255: thin strokes of a small hanzi stay whole


@dataclass(frozen=True)
class Glyph:
    """One character as it will stand in the line."""

    char: str
    left: int
    width: int
    height: int
    bold: bool = False
    smooth: bool = False


class Paper:
    """A roll of paper under a print head."""

    def __init__(self, dots: int, head_to_blade: int) -> None:
        self.dots = dots
        self.head_to_blade = head_to_blade
        self.head = head_to_blade  # rows below the edge of this piece
        self._marks: list[tuple[int, int, Image.Image]] = []

    def mark(self, left: int, picture: Image.Image) -> None:
        """Puts dots under the head and onwards; the paper does not move."""
        self._marks.append((left, self.head, picture))

    def feed(self, rows: int) -> None:
        self.head += rows

    def cut(self) -> Image.Image | None:
        """The piece that falls; what is between blade and head belongs to the next. None when nothing hangs out."""
        length = self.head - self.head_to_blade
        if length <= 0:
            return None
        piece = Image.new("1", (self.dots, length), WHITE)
        for left, top, picture in self._marks:
            piece.paste(picture, (left, top))
        self._marks = [(left, top - length, mark) for left, top, mark in self._marks if top + mark.height > length]
        self.head = self.head_to_blade
        return piece


def line_of(glyphs: list[Glyph]) -> Image.Image:
    """The glyphs of a line, standing on one baseline."""
    height = max(glyph.height for glyph in glyphs)
    row = Image.new("1", (glyphs[-1].left + glyphs[-1].width, height), WHITE)
    for glyph in glyphs:
        row.paste(
            drawn(glyph.char, glyph.width, glyph.height, glyph.bold, glyph.smooth), (glyph.left, height - glyph.height)
        )
    return row


@lru_cache(maxsize=2048)
def drawn(char: str, width: int, height: int, bold: bool, smooth: bool) -> Image.Image:
    """A character in its box: with smoothing as the font draws it at that size, otherwise as enlarged dots."""
    size = height if smooth else ROW
    natural = size if len(char.encode("gb18030")) > 1 else size // 2
    cell = Image.new("L", (natural, size), 255)
    ImageDraw.Draw(cell).text((natural / 2, baseline(char, size)), char, fill=0, font=letters(size, bold), anchor="ms")
    method = Image.Resampling.BILINEAR if smooth else Image.Resampling.NEAREST
    return dots(cell if (natural, size) == (width, height) else cell.resize((width, height), method))


def dots(grey: Image.Image) -> Image.Image:
    """Black where it is dark enough."""
    return grey.point([255 * (value >= DARK_ENOUGH) for value in range(256)]).convert("1", dither=Image.Dither.NONE)


def qr_code(data: bytes, module: int, correction: int) -> Image.Image:
    """The code as the printer draws it: without a quiet zone."""
    import qrcode  # only when a code is printed
    from qrcode.constants import ERROR_CORRECT_H, ERROR_CORRECT_L, ERROR_CORRECT_M, ERROR_CORRECT_Q

    levels = (ERROR_CORRECT_L, ERROR_CORRECT_M, ERROR_CORRECT_Q, ERROR_CORRECT_H)
    code = qrcode.QRCode(error_correction=levels[correction], border=0)
    code.add_data(data)
    matrix = code.get_matrix()
    side = len(matrix)
    picture = Image.new("1", (side, side), WHITE)
    picture.putdata([BLACK if black else WHITE for row in matrix for black in row])
    return picture.resize((side * module, side * module), Image.Resampling.NEAREST)


def raster(stride: int, data: bytes) -> Image.Image:
    """Rows of whole bytes; 1 is black."""
    return Image.frombytes("1", (stride * 8, len(data) // stride), bytes(byte ^ 0xFF for byte in data))
