"""Quiet pictures of figures: zero-based, labelled where the eye already is, drawn as SVG that the style sheet colours.

No colour, size or script stands in the drawing itself: classes are given, `reports.css` says what they look like.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

from markupsafe import Markup, escape

WIDTH = 392  # about as wide as it is shown, so that its letters are as large as those around it
ROW, BAR = 28, 16  # of a picture with bars
NAME, GUTTER, FIGURE = 156, 10, 96  # most room for names on the left, beside them, for figures on the right
TALL, FOOT, HEAD = 120, 22, 20  # of a picture with columns
WIDEST = 48  # pixels of a column
CLEAR = 24  # pixels between a column and its stroke in which its figure fits
LETTER, NARROW = 13, 7.4  # pixels of a wide letter, and of one that is not
LEAST = 1.5  # pixels of a bar that is not nothing


@dataclass(frozen=True)
class Bar:
    """One bar: what it is, how long, what is written at its end, a stroke further on, and what stands beside."""

    name: str
    value: float
    figure: str
    mark: float | None = None
    quiet: bool = False
    beside: str = ""


def bars(rows: Sequence[Bar], about: str, most: float = 0) -> Markup:
    """Bars from the left, one below the other; `most` fills the room, or else the longest value."""
    room = min(NAME, max((width(row.name) for row in rows), default=0))
    scale = (WIDTH - room - GUTTER - FIGURE) / (most or longest(rows))
    parts = [part for place, row in enumerate(rows) for part in _bar(row, room, place * ROW, scale)]
    return _picture(parts, len(rows) * ROW, about)


def _bar(row: Bar, room: float, top: float, scale: float) -> Iterable[Markup]:
    middle, left = top + ROW / 2, room + GUTTER
    end = left + max(row.value, row.mark or 0) * scale
    yield _words(room, middle + 5, shortened(row.name, room), "name end")
    if row.value:
        length = max(LEAST, row.value * scale)
        yield _box(left, middle - BAR / 2, length, BAR, "beam quiet" if row.quiet else "beam")
    if row.mark is not None:
        yield _box(left + row.mark * scale - 1, middle - BAR / 2, 2, BAR, "mark")
    yield _figures(end + 8, middle + 5, row)


def columns(rows: Sequence[Bar], about: str) -> Markup:
    """Columns from the ground; figures stand above, names below, of as many as there is room for."""
    most = longest(rows)
    wide, scale = min(WIDEST, WIDTH / max(len(rows), 1)), TALL / most
    parts = [part for place, row in enumerate(rows) for part in _column(row, place * wide, wide, scale)]
    parts += list(_names(rows, wide))
    parts.append(_box(0, HEAD + TALL, WIDTH, 1, "ground"))
    return _picture(parts, HEAD + TALL + FOOT, about)


def _column(row: Bar, left: float, wide: float, scale: float) -> Iterable[Markup]:
    gap = min(6.0, wide * 0.2)
    tall = row.value * scale
    if row.value:
        yield _box(
            left + gap / 2, HEAD + TALL - tall, wide - gap, max(LEAST, tall), "beam quiet" if row.quiet else "beam"
        )
    if row.mark is not None:
        yield _box(left + gap / 2, HEAD + TALL - row.mark * scale - 1, wide - gap, 2, "mark")
    if row.figure:
        mark = (row.mark or 0) * scale
        top = tall if mark > tall + CLEAR else max(tall, mark)  # below the stroke where there is room for it
        yield _words(left + wide / 2, HEAD + TALL - top - 6, row.figure, "figure middle")


def _names(rows: Sequence[Bar], wide: float) -> Iterable[Markup]:
    """Names below their columns, none over another or over the picture's sides."""
    room = max((width(row.name) for row in rows), default=0)
    first, every = ceil((room - wide) / 2 / wide), ceil((room + GUTTER) / wide)
    for place in range(max(0, first), len(rows), every):
        middle = (place + 0.5) * wide
        if middle + room / 2 <= WIDTH + GUTTER:
            yield _words(middle, HEAD + TALL + 16, rows[place].name, "name middle")


def longest(rows: Sequence[Bar]) -> float:
    return max((max(row.value, row.mark or 0) for row in rows), default=0) or 1


def width(text: str) -> float:
    """About how many pixels a text takes."""
    return sum(LETTER if ord(letter) > 0x2E7F else NARROW for letter in text)


def shortened(text: str, room: float) -> str:
    """The text if it fits; else its beginning and an ellipsis."""
    if width(text) <= room:
        return text
    fits = max(place for place in range(len(text)) if place < 2 or width(text[:place]) + LETTER <= room)
    return text[:fits] + "…"


def _picture(parts: Iterable[Markup], height: float, about: str) -> Markup:
    head = Markup('<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}">').format(
        WIDTH, round(height), about
    )
    return head + Markup("").join(parts) + Markup("</svg>")


def _box(x: float, y: float, wide: float, tall: float, kind: str) -> Markup:
    return Markup('<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" class="{}"/>').format(
        x, y, wide, tall, kind
    )


def _figures(x: float, y: float, row: Bar) -> Markup:
    """The figure of a bar, and quieter what stands beside it."""
    beside = Markup(' <tspan class="beside" dx="4">{}</tspan>').format(row.beside) if row.beside else Markup("")
    return Markup('<text x="{:.1f}" y="{:.1f}" class="figure">{}{}</text>').format(x, y, row.figure, beside)


def _words(x: float, y: float, text: str, kind: str) -> Markup:
    return Markup('<text x="{:.1f}" y="{:.1f}" class="{}">{}</text>').format(x, y, kind, escape(text))
