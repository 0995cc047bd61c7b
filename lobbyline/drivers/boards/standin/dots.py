"""Draws what a stand-in board shows: lit and dark LEDs of a dot matrix in a dark housing."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from lobbyline.drivers.boards.standin.hearing import AMBER, GREEN, RED, Look
from lobbyline.drivers.errors import DeviceError

FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
MONO_SIMPLIFIED = 7  # the face of the collection whose Latin is exactly half a hanzi wide
ROWS = 16
PITCH = 10  # pixels from LED to LED
BORDER, FOOT = 30, 18  # the foot carries the name
HOUSING, PANEL, UNLIT = (24, 26, 29), (10, 11, 13), (40, 34, 36)
LIT = {RED: (255, 66, 46), GREEN: (74, 232, 108), AMBER: (255, 182, 38)}


@dataclass(frozen=True)
class Dots:
    """Which LEDs are lit, and in which colour."""

    columns: int
    rows: int
    lit: dict[tuple[int, int], str]


def cells(character: str) -> int:
    """Half cells that a character takes: a Hanzi two, a Latin letter one."""
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def dots(look: Look, width: int) -> Dots:
    """The LEDs of a look on a board of `width` half cells; a longer text makes it longer, as if it had run through."""
    lines, lit, place = look.text.split("\n"), dict[tuple[int, int], str](), 0
    width = max(width, *(sum(map(cells, line)) for line in lines))
    for number, line in enumerate(lines):
        colours = look.colours[place : place + len(line)]
        lit |= {(x, y + number * ROWS): colour for (x, y), colour in lit_in(line, colours, width).items()}
        place += len(line) + 1
    return Dots(width * ROWS // 2, len(lines) * ROWS, lit)


def lit_in(line: str, colours: tuple[str, ...], width: int) -> dict[tuple[int, int], str]:
    """The LEDs of one line; a text stands in the middle, as most boards put it."""
    left = (width - sum(map(cells, line))) * ROWS // 4
    lit: dict[tuple[int, int], str] = {}
    for character, colour in zip(line, colours, strict=True):
        lit |= {(left + x, y): colour for x, y in glyph(character)}
        left += cells(character) * ROWS // 2
    return lit


@lru_cache(maxsize=512)
def glyph(character: str) -> tuple[tuple[int, int], ...]:
    """The lit dots of one character."""
    width = cells(character) * ROWS // 2
    picture = Image.new("1", (width, ROWS))
    ImageDraw.Draw(picture).text((0, 14), character, fill=1, font=font(), anchor="ls")
    return tuple((x, y) for y in range(ROWS) for x in range(width) if picture.getpixel((x, y)))


@lru_cache(maxsize=1)
def font() -> ImageFont.FreeTypeFont:
    try:
        return ImageFont.truetype(FONT, ROWS, index=MONO_SIMPLIFIED)
    except OSError as error:
        raise DeviceError(f"A board cannot be drawn: {FONT} is missing. Install the package fonts-noto-cjk.") from error


def picture(name: str, look: Look, width: int) -> Image.Image:
    """The board as one sees it from the hall, with its name on the housing."""
    matrix = dots(look, width)
    image = dark_board(matrix.columns, matrix.rows).copy()
    draw = ImageDraw.Draw(image)
    for place, colour in matrix.lit.items():
        disc(draw, place, LIT[colour])
    glow = image.filter(ImageFilter.GaussianBlur(PITCH * 0.7))
    image = Image.blend(image, Image.composite(image, glow, image.convert("L").point(lambda v: 255 * (v > 60))), 0.5)
    label = f"{name}  ·  {look.state}"
    ImageDraw.Draw(image).text((BORDER, image.height - 13), label, fill=(140, 146, 154), font=small(), anchor="ls")
    return image


@lru_cache(maxsize=16)
def dark_board(columns: int, rows: int) -> Image.Image:
    """Housing and panel with all LEDs dark."""
    right, bottom = columns * PITCH + BORDER, rows * PITCH + BORDER
    image = Image.new("RGB", (right + BORDER, bottom + BORDER + FOOT), HOUSING)
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((BORDER - 14, BORDER - 14, right + 13, bottom + 13), 8, fill=PANEL)
    for place in ((x, y) for y in range(rows) for x in range(columns)):
        disc(draw, place, UNLIT)
    return image


@lru_cache(maxsize=1)
def small() -> ImageFont.FreeTypeFont:
    return font().font_variant(size=13)


def disc(draw: ImageDraw.ImageDraw, place: tuple[int, int], colour: tuple[int, int, int]) -> None:
    x, y = BORDER + place[0] * PITCH, BORDER + place[1] * PITCH
    draw.ellipse((x + 1, y + 1, x + PITCH - 3, y + PITCH - 3), fill=colour)
