"""Strokes to Chinese characters, by Debian's libzinnia (BSD) and the model of tegaki (LGPL-2.1+), through ctypes.

An extra beside pinyin: people join strokes, which the model reads badly. Without the packages libzinnia0 and
tegaki-zinnia-simplified-chinese there is no such key. Nothing is learned and nothing is kept.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from pathlib import Path

from lobbyline.kiosk.pinyin import FOLDERS

LIBRARY = "libzinnia.so.0"
MODEL = Path("/usr/share/tegaki/models/zinnia/handwriting-zh_CN.model")
SIDE = 300  # the square that the model was taught in
MOST = 12  # characters offered
LONGEST = 60  # strokes of one character: more is scribble

Stroke = Sequence[tuple[float, float]]


def installed() -> bool:
    """Whether library and model are there."""
    return MODEL.is_file() and any(Path(folder, LIBRARY).exists() for folder in FOLDERS)


class Handwriting:
    """One recogniser; strokes go in, characters come out, likeliest first."""

    def __init__(self) -> None:
        self.engine = ctypes.CDLL(LIBRARY)
        for name in ("zinnia_recognizer_new", "zinnia_character_new", "zinnia_recognizer_classify"):
            getattr(self.engine, name).restype = ctypes.c_void_p
        self.engine.zinnia_result_value.restype = ctypes.c_char_p
        self.engine.zinnia_result_size.restype = ctypes.c_size_t
        self._recogniser = ctypes.c_void_p(self.engine.zinnia_recognizer_new())
        self.engine.zinnia_recognizer_open(self._recogniser, str(MODEL).encode())

    def guesses(self, strokes: Sequence[Stroke]) -> list[str]:
        """What these strokes may be, in a square from 0 to 1."""
        character = ctypes.c_void_p(self.engine.zinnia_character_new())
        for setting in (self.engine.zinnia_character_set_width, self.engine.zinnia_character_set_height):
            setting(character, ctypes.c_size_t(SIDE))
        for number, stroke in enumerate(strokes[:LONGEST]):
            for x, y in stroke:
                place = (ctypes.c_int(round(min(max(one, 0), 1) * SIDE)) for one in (x, y))
                self.engine.zinnia_character_add(character, ctypes.c_size_t(number), *place)
        found = self._classified(character) if strokes else []
        self.engine.zinnia_character_destroy(character)
        return found

    def _classified(self, character: ctypes.c_void_p) -> list[str]:
        answer = self.engine.zinnia_recognizer_classify(self._recogniser, character, ctypes.c_size_t(MOST))
        if not answer:
            return []
        result = ctypes.c_void_p(answer)
        size = int(self.engine.zinnia_result_size(result))
        found = [self.engine.zinnia_result_value(result, ctypes.c_size_t(place)).decode() for place in range(size)]
        self.engine.zinnia_result_destroy(result)
        return found
