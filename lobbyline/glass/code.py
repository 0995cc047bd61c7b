"""QR codes as pictures for QML: `image://code/TEXT`."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtQuick import QQuickImageProvider

QUIET = 2  # modules of white around it; the page gives the rest
DARK, LIGHT = 0xFF000000, 0xFFFFFFFF


class Codes(QQuickImageProvider):
    """Draws a text as a QR code; what makes codes is loaded with the first one."""

    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)

    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:  # noqa: N802, N803  # Qt's names
        from PySide6.QtCore import Qt  # not before the first picture: its enumerations take long

        image = drawn(id)
        side = max(requestedSize.width(), image.width())
        size.setWidth(side)
        size.setHeight(side)
        return image.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.FastTransformation)


def drawn(text: str) -> QImage:
    """One pixel for each module."""
    import qrcode

    code = qrcode.QRCode(border=QUIET)
    code.add_data(text)
    modules = code.get_matrix()
    image = QImage(len(modules), len(modules), QImage.Format.Format_RGB32)
    for y, row in enumerate(modules):
        for x, dark in enumerate(row):
            image.setPixel(x, y, DARK if dark else LIGHT)
    return image
