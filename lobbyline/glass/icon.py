"""Icons in any colour: `image://icon/cash/0B5CAD` is `cash.svg` painted in that colour.

The software renderer has no shader effects, so the tint happens here, once per icon, size and colour.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtQuick import QQuickImageProvider
from PySide6.QtSvg import QSvgRenderer

FALLBACK = "help"
SIDE = 96


class Icons(QQuickImageProvider):
    """Serves one folder of single-colour SVG drawings to QML under `image://icon/`."""

    def __init__(self, folder: Path) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)
        self.folder = folder

    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:  # noqa: N802, N803  # Qt's names
        name, _, colour = id.partition("/")
        side = max(requestedSize.width(), requestedSize.height())
        image = paint(self.drawing(name), colour or "000000", side if side > 0 else SIDE)
        size.setWidth(image.width())
        size.setHeight(image.height())
        return image

    def drawing(self, name: str) -> Path:
        """The file of an icon; a name that a technician invented shows the question mark instead of nothing."""
        path = self.folder / f"{name}.svg"
        return path if path.is_file() else self.folder / f"{FALLBACK}.svg"


def paint(drawing: Path, colour: str, side: int) -> QImage:
    """The drawing's shape, filled with `RRGGBB`: our drawings name no colour of their own."""
    shape = drawing.read_bytes().replace(b"<svg ", b'<svg fill="#%s" ' % colour[-6:].encode(), 1)
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(shape).render(painter)
    painter.end()
    return image
