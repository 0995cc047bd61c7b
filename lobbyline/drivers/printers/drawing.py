"""What is drawn on this machine: lines that a printer has no letters for, codes, and pictures of files.

Pillow is imported here and nowhere else on the way to a printer.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw

from lobbyline.drivers.errors import DeviceError
from lobbyline.drivers.printers.escpos import ALIGN
from lobbyline.drivers.printers.letters import baseline, letters
from lobbyline.drivers.printers.profile import ROW, Profile
from lobbyline.drivers.printers.receipt import Align, Picture, Qr, Text
from lobbyline.drivers.printers.typeset import cells, width

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
    ImageDraw.Draw(cell).text(
        (natural / 2, baseline(char, height)), char, fill=0, font=letters(height, bold), anchor="ms"
    )
    return cell if natural == width else cell.resize((width, height))


def _picture(sheet: Image.Image, leading: int = 0, align: Align = "left") -> Picture:
    """Black and white by threshold: dithering would fray letters."""
    dots = sheet.point([255 * (grey < DARK) for grey in range(256)]).convert("1")
    return Picture(sheet.width, dots.tobytes(), leading, align)


@lru_cache(maxsize=8)
def _matrix(data: bytes) -> list[list[bool]]:
    import qrcode  # only printers without their own QR need it

    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=0)
    code.add_data(data)
    return [[bool(module) for module in row] for row in code.get_matrix()]


def squares(data: bytes, qr: Qr) -> Picture:
    """A QR code without its quiet zone."""
    matrix = _matrix(data)
    code = Image.new("L", (len(matrix), len(matrix)), 255)
    code.putdata([0 if black else 255 for row in matrix for black in row])
    side = len(matrix) * qr.module
    return _picture(code.resize((side, side), Image.Resampling.NEAREST), align=qr.align)


def picture_of(file: Path, high: int, room: int, align: Align, leading: int) -> Picture:
    """A PNG file, `high` dots high unless the paper is too narrow; black where it is dark, see-through is white.

    DeviceError when it cannot be read: the sentence is for whoever put it there.
    """
    return _picture(_read(file, high, room), leading, align)


@lru_cache(maxsize=8)
def _read(file: Path, high: int, room: int) -> Image.Image:
    try:
        with Image.open(file, formats=["PNG"]) as opened:
            seen = opened.convert("RGBA")
    except Exception as error:  # a decoder falls over damaged bytes in many ways
        raise DeviceError(f"The picture {file} cannot be printed: {error}. Save it as PNG again.") from error
    paper = Image.alpha_composite(Image.new("RGBA", seen.size, "white"), seen).convert("L")
    scale = min(high / paper.height, room / paper.width)
    return paper.resize((max(1, round(paper.width * scale)), max(1, round(paper.height * scale))))
