"""The letters for lines drawn on this machine: Noto Sans Mono CJK, which has the rare hanzi of names."""

from __future__ import annotations

from functools import lru_cache

from PIL import ImageFont

from lobbyline.drivers.errors import DeviceError

FACES = {
    False: "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    True: "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc",
}
MONO_SIMPLIFIED = 7  # the face within Debian's collection whose Latin is exactly half a hanzi wide


@lru_cache(maxsize=32)
def letters(height: int, bold: bool = False) -> ImageFont.FreeTypeFont:
    """The font whose hanzi are `height` dots high."""
    try:
        return ImageFont.truetype(FACES[bold], height, index=MONO_SIMPLIFIED)
    except OSError as error:
        raise DeviceError(
            f"Chinese characters cannot be drawn: {FACES[bold]} is missing. Install the package fonts-noto-cjk."
        ) from error


def baseline(char: str, height: int) -> int:
    """How far under the top of a row of `height` dots a letter stands: Latin ones higher, for the tails of g and y."""
    return round(height * (0.8 if char.isascii() else 0.875))
