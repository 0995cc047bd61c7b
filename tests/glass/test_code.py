"""The QR code on the glass."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor

from lobbyline.glass.code import Codes


def test_a_code_is_drawn_dark_on_white_at_the_asked_size() -> None:
    """Its corner is white, its finder pattern dark, and it fills the place it was given."""
    size = QSize()
    image = Codes().requestImage("k3Jd-_8sTo", size, QSize(240, 240))
    assert (image.width(), image.height(), size) == (240, 240, QSize(240, 240))
    module = 240 / (21 + 2 * 2)
    assert image.pixelColor(1, 1) == QColor("white")
    assert image.pixelColor(round(2.5 * module), round(2.5 * module)) == QColor("black")
