"""Quiet pictures of figures: zero-based, labelled where the eye already is, drawn as SVG that the style sheet colours.

No colour, size or script stands in the drawing itself: classes are given, `staff.css` says what they look like.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

WIDTH = 520
ROW, BAR = 30, 18  # of a picture with bars
NAME, FIGURE = 132, 92  # room for names on the left, figures on the right
TALL, FOOT, HEAD = 132, 22, 20  # of a picture with columns
CLEAR = 24  # pixels between a column and its stroke in which its figure fits
LETTER = 12.5  # pixels of a wide letter
LEAST = 1.5  # pixels of a bar that is not nothing


@dataclass(frozen=True)
class Bar:
    """One bar: what it is, how long, what is written at its end, and a stroke further on."""

    name: str
    value: float
    figure: str
    mark: float | None = None
    quiet: bool = False


def bars(rows: Sequence[Bar], about: str) -> Markup:
    """Bars from the left, one below the other; the longest value fills the room."""
    most = max((max(row.value, row.mark or 0) for row in rows), default=0) or 1
    room = WIDTH - NAME - FIGURE
    parts = [part for place, row in enumerate(rows) for part in _bar(row, place * ROW, room / most)]
    return _picture(parts, len(rows) * ROW, about)


def _bar(row: Bar, top: float, scale: float) -> Iterable[Markup]:
    middle = top + ROW / 2
    end = NAME + max(row.value, row.mark or 0) * scale
    yield _words(NAME - 10, middle + 5, shortened(row.name, NAME - 10), "name end")
    if row.value:
        length = max(LEAST, row.value * scale)
        yield _box(NAME, middle - BAR / 2, length, BAR, "beam quiet" if row.quiet else "beam")
    if row.mark is not None:
        yield _box(NAME + row.mark * scale - 1, middle - BAR / 2, 2, BAR, "mark")
    yield _words(end + 8, middle + 5, row.figure, "figure")


def columns(rows: Sequence[Bar], about: str, every: int = 1) -> Markup:
    """Columns from the ground; every so many have their name below, the tallest and named figures stand above."""
    most = max((max(row.value, row.mark or 0) for row in rows), default=0) or 1
    wide, scale = WIDTH / max(len(rows), 1), TALL / most
    parts = [part for place, row in enumerate(rows) for part in _column(row, place * wide, wide, scale)]
    parts += [
        _words((place + 0.5) * wide, HEAD + TALL + 16, row.name, "name middle")
        for place, row in enumerate(rows)
        if place % every == 0
    ]
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


def stack(parts: Sequence[Bar], about: str) -> Markup:
    """One bar parted into shares, each named on it or above it."""
    total, drawn, left = sum(part.value for part in parts) or 1, list[Markup](), 0.0
    for place, part in enumerate(parts):
        wide = part.value / total * WIDTH
        drawn.append(_box(left, 22, max(0.0, wide - 2), 26, f"part part-{place % 5}"))
        if shortened(part.name, wide) == part.name:
            drawn.append(_words(left + 2, 15, part.name, "name"))
        if shortened(part.figure, wide) == part.figure:
            drawn.append(_words(left + 2, 66, part.figure, "figure"))
        left += wide
    return _picture(drawn, 74, about)


def shortened(text: str, room: float) -> str:
    """The text if it fits; else its beginning and an ellipsis."""
    width = 0.0
    for place, letter in enumerate(text):
        width += LETTER if ord(letter) > 0x2E7F else LETTER * 0.56
        if width > room:
            return text[: max(1, place - 1)] + "…"
    return text


def _picture(parts: Iterable[Markup], height: float, about: str) -> Markup:
    head = Markup('<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}">').format(
        WIDTH, round(height), about
    )
    return head + Markup("").join(parts) + Markup("</svg>")


def _box(x: float, y: float, wide: float, tall: float, kind: str) -> Markup:
    return Markup('<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" class="{}"/>').format(
        x, y, wide, tall, kind
    )


def _words(x: float, y: float, text: str, kind: str) -> Markup:
    return Markup('<text x="{:.1f}" y="{:.1f}" class="{}">{}</text>').format(x, y, kind, escape(text))
