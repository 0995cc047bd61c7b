"""A reader of QR codes that is not ours: Debian's libzbar0, called directly."""

from __future__ import annotations

import ctypes
from ctypes import c_char_p, c_int, c_uint, c_ulong, c_void_p
from pathlib import Path

from PIL import Image

GREY = int.from_bytes(b"Y800", "little")
KNOWN = {
    "zbar_image_scanner_create": (c_void_p, ()),
    "zbar_image_create": (c_void_p, ()),
    "zbar_image_set_format": (None, (c_void_p, c_ulong)),
    "zbar_image_set_size": (None, (c_void_p, c_uint, c_uint)),
    "zbar_image_set_data": (None, (c_void_p, c_char_p, c_ulong, c_void_p)),
    "zbar_scan_image": (c_int, (c_void_p, c_void_p)),
    "zbar_image_first_symbol": (c_void_p, (c_void_p,)),
    "zbar_symbol_next": (c_void_p, (c_void_p,)),
    "zbar_symbol_get_data": (c_char_p, (c_void_p,)),
    "zbar_image_destroy": (None, (c_void_p,)),
    "zbar_image_scanner_destroy": (None, (c_void_p,)),
}


def codes(png: Path) -> list[str]:
    """What every code of a picture says."""
    zbar = _library()
    picture = Image.open(png).convert("L")
    dots = picture.tobytes()
    scanner, image = zbar.zbar_image_scanner_create(), zbar.zbar_image_create()
    zbar.zbar_image_set_format(image, GREY)
    zbar.zbar_image_set_size(image, *picture.size)
    zbar.zbar_image_set_data(image, dots, len(dots), None)
    zbar.zbar_scan_image(scanner, image)
    found, symbol = [], zbar.zbar_image_first_symbol(image)
    while symbol:
        found.append(zbar.zbar_symbol_get_data(symbol).decode())
        symbol = zbar.zbar_symbol_next(symbol)
    zbar.zbar_image_destroy(image)
    zbar.zbar_image_scanner_destroy(scanner)
    return found


def _library() -> ctypes.CDLL:
    zbar = ctypes.CDLL("libzbar.so.0")
    for name, (result, arguments) in KNOWN.items():
        function = getattr(zbar, name)
        function.restype, function.argtypes = result, list(arguments)
    return zbar
