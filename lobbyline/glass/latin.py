"""Chinese in Latin syllables with tone digits (`nin2 hao3`), as espeak-ng's Mandarin voice reads them.

The transliteration is ICU's, which comes with Qt; without it a sentence stays as it was written.
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from functools import cached_property
from pathlib import Path

import PySide6

TONES = {"\u0304": "1", "\u0301": "2", "\u030c": "3", "\u0300": "4"}
WORD = re.compile(r"[^\W\d_]++(?!\d)")  # a syllable with its digit is left alone
LONGEST = 4000  # UTF-16 units of a sentence in Latin letters


class Latin:
    """ICU's transform from Han to Latin letters."""

    @cached_property
    def transform(self) -> tuple[ctypes.CDLL, str, int] | None:
        """The library, the ending of its functions' names, and the opened transform."""
        folder = Path(PySide6.__file__).parent / "Qt" / "lib"
        file = next(iter(sorted(folder.glob("libicui18n.so.*"))), None)
        if file is None:
            return None
        library, version = ctypes.CDLL(str(file)), file.name.rpartition(".")[2]
        opener = getattr(library, f"utrans_openU_{version}")
        opener.restype = ctypes.c_void_p
        name, error = units("Han-Latin"), ctypes.c_int(0)
        opened = opener(name, len("Han-Latin"), 0, None, 0, None, ctypes.byref(error))
        return (library, version, opened) if error.value <= 0 and opened else None

    def __call__(self, sentence: str) -> str:
        if self.transform is None:
            return sentence
        library, version, opened = self.transform
        text = ctypes.create_string_buffer(sentence.encode("utf-16-le"), 2 * LONGEST)
        length = ctypes.c_int(len(sentence.encode("utf-16-le")) // 2)
        end, error = ctypes.c_int(length.value), ctypes.c_int(0)
        change = getattr(library, f"utrans_transUChars_{version}")
        change(ctypes.c_void_p(opened), text, ctypes.byref(length), LONGEST, 0, ctypes.byref(end), ctypes.byref(error))
        return toned(text.raw[: 2 * length.value].decode("utf-16-le")) if error.value <= 0 else sentence


def units(text: str) -> ctypes.Array[ctypes.c_char]:
    """A text as ICU takes it."""
    return ctypes.create_string_buffer(text.encode("utf-16-le") + b"\0\0")


def toned(latin: str) -> str:
    """Tone marks as digits behind their syllables; no mark is a light one, capitals are spelled, wide signs narrow."""
    return WORD.sub(lambda word: _syllable(word[0]), unicodedata.normalize("NFKC", latin))


def _syllable(word: str) -> str:
    signs = unicodedata.normalize("NFD", word)
    tone = next((TONES[sign] for sign in signs if sign in TONES), "")
    plain = "".join(sign for sign in signs if sign not in TONES)
    return unicodedata.normalize("NFC", plain) + (tone or ("5" if plain.islower() else ""))
