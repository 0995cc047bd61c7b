"""The keyboards docked under a field: which keys there are, and what a key does to what was typed.

Keys are named `key-…` and candidates `pick-…` wherever they appear, so that a finger finds them by name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal

Layout = Literal[
    "", "digits", "money", "id", "date", "capitals", "pinyin", "latin", "symbols", "choice", "number", "hand", "radical"
]
Key = dict[str, Any]
Rows = list[list[Key]]

LONGEST = 120  # characters in one field
LETTERS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
SYMBOLS = ("1234567890", "-/()·，。、", ".@_#:&'")
DIGITS = ("1 2 3", "4 5 6", "7 8 9")
PADS = {  # "_" leaves a hole; the last row ends with the key that deletes
    "digits": (*DIGITS, "_ 0"),
    "money": (*DIGITS, "00 0 000", "."),
    "id": (*DIGITS, "X 0"),
    "date": (*DIGITS, "_ 0"),
}
PAD = 3  # keys of a row
COLUMNS, ROWS = 9, 5  # of candidates that are spread out
STRIP = 800  # pixels of the candidates' strip that hold at least this many on every panel
CHARACTER, LARGE_CHARACTER = 50, 66  # pixels of one character
LATIN = 0.55  # of that, for a Latin letter
MARGIN = 64  # pixels of what surrounds a candidate


@dataclass(frozen=True)
class Typing:
    """What stands in the field being typed, and the pinyin letters that are not characters yet."""

    text: str = ""
    letters: str = ""
    layout: Layout = "digits"
    capital: bool = False
    titled: bool = False  # in Latin letters each word begins with a capital
    first: int = 0  # the first candidate on the strip
    spread: bool = False  # candidates stand in place of the keys

    def pressed(self, key: str) -> Typing:
        """After one key: a character, or the name of a special key."""
        special = SPECIAL.get(key)
        if special:
            return special(self)
        if self.layout == "pinyin" and key.isascii() and key.isalpha():
            return replace(self, letters=(self.letters + key)[:30], first=0, spread=False)
        return replace(self, capital=False) if self._full else self._with(key.upper() if self.capital else key)

    def deleted(self) -> Typing:
        if self.letters:
            return replace(self, letters=self.letters[:-1], first=0)
        text = self.text[:-1]
        return replace(self, text=text.rstrip("-") if self.layout == "date" else text, capital=self._begins(text))

    def picked(self, characters: str, rest: str) -> Typing:
        """After a candidate was chosen; letters that were not used stay."""
        return replace(self, text=(self.text + characters)[:LONGEST], letters=rest, first=0, spread=False)

    def suggested(self, words: str) -> Typing:
        """After a suggestion was touched; words of Latin letters stand apart."""
        apart = " " if self.text[-1:].isascii() and self.text[-1:].isalnum() and words[:1].isascii() else ""
        return self.picked(apart + words, "")

    def on(self, layout: Layout) -> Typing:
        there = replace(self, layout=layout, letters="", first=0, spread=False)
        return replace(there, capital=there._begins(self.text))

    @property
    def _full(self) -> bool:
        return len(self.text) >= LONGEST

    def _with(self, character: str) -> Typing:
        text = self.text + character
        if self.layout == "date" and len(text) in (4, 7):
            text += "-"
        return replace(self, text=text[:10] if self.layout == "date" else text, capital=self._begins(text))

    def _begins(self, text: str) -> bool:
        """Whether the next letter is a capital by itself: the first one of a word of a name."""
        return self.titled and self.layout == "latin" and text[-1:] in ("", *" ·-'")


SPECIAL: dict[str, Callable[[Typing], Typing]] = {
    "delete": Typing.deleted,
    "space": lambda typing: typing._with(" "),
    "shift": lambda typing: replace(typing, capital=not typing.capital),
    "chinese": lambda typing: typing.on("pinyin"),
    "latin": lambda typing: typing.on("latin"),
    "symbols": lambda typing: typing.on("symbols"),
    "hand": lambda typing: typing.on("hand"),
    "radical": lambda typing: replace(typing.on("radical"), spread=True),
}


def rows(typing: Typing, words: dict[str, str], letters: str = "", *, chinese: bool = True, hand: bool = False) -> Rows:
    """The keys of the layout, row by row. `letters` stand above the digits of the layout `number`."""
    if typing.layout in PADS:
        return pad(PADS[typing.layout])
    if typing.layout == "number":
        return [[key(letter) for letter in letters], *pad(PADS["digits"])]
    if typing.layout == "capitals":
        return [[key(digit) for digit in "1234567890"], *alphabet(words, capital=True)]
    if typing.layout == "symbols":
        top, middle, bottom = ([key(sign) for sign in row] for row in SYMBOLS)
        below = bottom_row(typing, words, chinese, hand)
        return [top, middle, [*bottom, wide("delete", "", 2, "delete")], below]
    if typing.layout in ("pinyin", "latin"):
        below = bottom_row(typing, words, chinese, hand)
        return [*alphabet(words, typing.capital, shift=typing.layout == "latin"), below]
    if typing.layout == "hand":
        keys = (wide("chinese", words["key_chinese"], 3), wide("anew", words["key_anew"], 3))
        return [[*keys, wide("delete", "", 3, "delete")]]
    return []


def pad(rows_of: tuple[str, ...]) -> Rows:
    """A number pad; its last key deletes."""
    made = [[wide("", "", 1) if sign == "_" else key(sign) for sign in row.split()] for row in rows_of]
    made[-1].append(wide("delete", "", PAD - len(made[-1]), "delete"))
    return made


def alphabet(words: dict[str, str], capital: bool, shift: bool = False) -> Rows:
    top, middle, bottom = ([key(sign.upper() if capital else sign, sign) for sign in row] for row in LETTERS)
    first = [wide("shift", words["key_shift"], 1.5, "shift")] if shift else []
    return [top, middle, [*first, *bottom, wide("delete", "", 1.5 if shift else 2, "delete")]]


def bottom_row(typing: Typing, words: dict[str, str], chinese: bool, hand: bool) -> list[Key]:
    other: Key = wide("chinese", words["key_chinese"], 2)
    if typing.layout == "pinyin" or not chinese:
        other = wide("latin", words["key_latin"], 2)
    symbols = [wide("symbols", words["key_digits"], 2)] if typing.layout != "symbols" else []
    writing = [wide("hand", words["key_hand"], 2)] if hand else []
    return [*symbols, other, *writing, wide("space", words["key_space"], 3 if hand else 5), key("·")]


def key(label: str, sign: str = "") -> Key:
    """A key that types what stands on it; it is called by the small letter."""
    return {"name": f"key-{sign or label}", "label": label, "span": 1, "icon": ""}


def wide(name: str, label: str, span: float, icon: str = "") -> Key:
    return {"name": f"key-{name}" if name else "", "label": label, "span": span, "icon": icon}


def candidate(place: int, text: str) -> Key:
    """A candidate that stands where keys stand."""
    return {"name": f"pick-{place}", "label": text, "span": columns(text), "icon": "", "plain": True}


def strip(candidates: list[str], first: int, *, large: bool = False) -> list[str]:
    """As many candidates from `first` on as fit beside the key for more."""
    character = LARGE_CHARACTER if large else CHARACTER
    room, shown = float(STRIP), list[str]()
    for candidate in candidates[first:]:
        room -= character * ems(candidate) + MARGIN
        if room < 0 and shown:
            break
        shown.append(candidate)
    return shown


def spread(candidates: list[str], first: int) -> list[list[str]]:
    """Candidates from `first` on, in as many rows as stand in place of the keys."""
    packed: list[list[str]] = [[]]
    room = float(COLUMNS)
    for candidate in candidates[first:]:
        if columns(candidate) > room:
            if len(packed) == ROWS:
                break
            packed.append([])
            room = COLUMNS
        packed[-1].append(candidate)
        room -= columns(candidate)
    return packed


def columns(candidate: str) -> float:
    """How many cells a candidate takes: one for a character or a count; of phrases three, two or one stand in a row."""
    if len(candidate) == 1 or candidate.isdigit():
        return 1
    return next((COLUMNS / n for n, longest in ((3, 4.5), (2, 9.5)) if ems(candidate) <= longest), COLUMNS)


def ems(words: str) -> float:
    """How wide words are, in Chinese characters."""
    return sum(LATIN if sign.isascii() else 1 for sign in words)


def spread_rows(candidates: list[str], first: int, words: dict[str, str], *, radical: bool = True) -> Rows:
    """The keys of candidates spread out, and under them the ways back to the letters, to more, and by the radical."""
    made: Rows = []
    place = 0
    for row in spread(candidates, first):
        made.append([candidate(place + n, text) for n, text in enumerate(row)])
        place += len(row)
        rest = COLUMNS - sum(columns(text) for text in row)
        made[-1] += [wide("", "", rest)] if rest else []
    ways = ["letters", *(["radical"] if radical else []), *(["more"] if len(candidates) > place or first else [])]
    return [*made, [wide(way, words[f"key_{way}"], 3) for way in ways]]
