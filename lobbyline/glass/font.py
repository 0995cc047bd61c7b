"""The one typeface of both faces, and whether every word of ours can be written in it.

A missing Chinese font shows boxes to customers and nothing in a log: so it is asked for at the start.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication, QTextLayout

FAMILY = "Noto Sans CJK SC"


class FontMissing(Exception):
    """The font that shows Chinese is not installed."""

    def __init__(self, family: str) -> None:
        super().__init__(
            f'The font "{family}" is not installed, so every Chinese character would be a box. '
            "Install the package fonts-noto-cjk and start again."
        )


def use_font(app: QGuiApplication, family: str = FAMILY) -> None:
    """Make `family` the font of everything that names none; `FontMissing` when the machine lacks it."""
    if family not in QFontDatabase.families() or missing_glyphs("取票、存款 A012", family):
        raise FontMissing(family)
    app.setFont(QFont(family, 20))


def missing_glyphs(words: Iterable[str], family: str = FAMILY) -> set[str]:
    """Characters that would appear as boxes: no merging with other fonts, glyph 0 is the box."""
    font = QFont(family, 20)
    font.setStyleStrategy(QFont.StyleStrategy.NoFontMerging)
    letters = {letter for word in words for letter in word if not letter.isspace()}
    return {letter for letter in letters if is_box(letter, font)}


def is_box(letter: str, font: QFont) -> bool:
    layout = QTextLayout(letter, font)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    runs = layout.glyphRuns()
    return not runs or any(0 in run.glyphIndexes() for run in runs)
