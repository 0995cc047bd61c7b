"""What is drawn on this machine: lines that a printer has no letters for, codes, and pictures of files.

Pillow is imported here and nowhere else on the way to a printer.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw

from lobbyline.drivers.errors import DeviceError
from lobbyline.drivers.printers.escpos import ALIGN, Align, Picture, Qr, Text, cells, width
from lobbyline.drivers.printers.letters import baseline, letters
from lobbyline.drivers.printers.profile import ROW, Profile

DARK = 144  # of 255: what is darker is printed; thin strokes of a small hanzi stay whole


def row(words: str, text: Text, profile: Profile) -> Picture:
    """One line as a picture, letter for letter in the columns where the printer would have set it."""
    height = ROW * text.high
    left = ALIGN[text.align] * (profile.dots - width(words, text.wide)) // 2
    sheet = Image.new("L", (profile.dots, height), 255)
    for char in words:
        wide = width(char, text.wide)
        if not char.isspace():
            sheet.paste(_letter(char, wide, height, text.bold), (left, 0))
        left += wide
    return _picture(sheet, text.leading)


def _letter(char: str, width: int, height: int, bold: bool) -> Image.Image:
    """One character in its cell: drawn square, then stretched where the line is wider or taller than usual."""
    natural = height * cells(char) // 2
    cell = Image.new("L", (natural, height), 255)
    ImageDraw.Draw(cell).text((natural / 2, baseline(height)), char, fill=0, font=letters(height, bold), anchor="ms")
    return cell if natural == width else cell.resize((width, height))


def _picture(sheet: Image.Image, leading: int = 0) -> Picture:
    """Black and white by threshold: dithering would fray letters."""
    dots = sheet.point([255 * (grey < DARK) for grey in range(256)]).convert("1")
    return Picture(sheet.width, dots.tobytes(), leading)


@lru_cache(maxsize=8)
def _matrix(data: bytes) -> list[list[bool]]:
    import qrcode  # only printers without their own QR need it

    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=0)
    code.add_data(data)
    return [[bool(module) for module in row] for row in code.get_matrix()]


def squares(data: bytes, qr: Qr, profile: Profile) -> Picture:
    matrix = _matrix(data)
    side = len(matrix) * qr.module
    sheet = Image.new("L", (profile.dots, side), 255)
    left = ALIGN[qr.align] * (profile.dots - side) // 2
    draw = ImageDraw.Draw(sheet)
    for y, x in ((y, x) for y, row in enumerate(matrix) for x, black in enumerate(row) if black):
        corner = (left + x * qr.module, y * qr.module)
        draw.rectangle((*corner, corner[0] + qr.module - 1, corner[1] + qr.module - 1), fill=0)
    return _picture(sheet)


def picture_of(file: Path, high: int, room: int, align: Align, leading: int) -> Picture:
    """A PNG file, `high` dots high unless the paper is too narrow; black where it is dark, see-through is white.

    DeviceError when it cannot be read: the sentence is for whoever put it there.
    """
    dots = _read(file, high, room)
    sheet = Image.new("L", (room, dots.height), 255)
    sheet.paste(dots, (ALIGN[align] * (room - dots.width) // 2, 0))
    return _picture(sheet, leading)


@lru_cache(maxsize=8)
def _read(file: Path, high: int, room: int) -> Image.Image:
    try:
        with Image.open(file) as opened:
            seen = opened.convert("RGBA")
    except OSError as error:
        raise DeviceError(f"The picture {file} cannot be printed: {error}. Save it as PNG again.") from error
    paper = Image.alpha_composite(Image.new("RGBA", seen.size, "white"), seen).convert("L")
    scale = min(high / paper.height, room / paper.width)
    return paper.resize((max(1, round(paper.width * scale)), max(1, round(paper.height * scale))))
