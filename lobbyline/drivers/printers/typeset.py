"""Words in the columns of a printer: sizes that fit, lines that break between words and never inside a number."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace

from lobbyline.drivers.printers.profile import CELL, Profile
from lobbyline.drivers.printers.receipt import Text

THIN_SPACES = "\u2009\u202f"


def plain(words: str) -> str:
    """The words with white space of any kind as single spaces and nothing that could command a printer."""
    spaced = "".join(" " if char in "\t\n\r\v\f\u2028\u2029" else char for char in unicodedata.normalize("NFC", words))
    return "".join(char for char in spaced if unicodedata.category(char) not in {"Cc", "Cf", "Cs"})


def columns(words: str) -> int:
    """Columns of font A that the words take at size 1."""
    return sum(cells(char) for char in words)


def cells(char: str) -> int:
    if char.isascii():
        return 1
    try:
        return 2 if char.encode("gbk") else 0
    except UnicodeEncodeError:
        return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def fitted(text: Text, profile: Profile) -> Text:
    """The text in the largest size, up to its own, in which no number and no word is broken."""
    while text.wide > 1 and any(width(piece, text.wide) > profile.dots for piece in pieces(text.words)):
        text = replace(text, wide=text.wide - 1, high=max(1, min(text.high, text.wide - 1)))
    return text


def wrapped(text: Text, profile: Profile) -> list[str]:
    """The text's lines, each of which fits between the edges of the paper.

    Centred ones, and those of which the last would be a short rest, end where a clause ends; where they cannot, centred
    ones are about equally long, and of others the last takes from those before it.
    """
    room = profile.columns * CELL
    rows = broken(text, together(text, room), room)
    centred = text.align == "centre"

    def good(found: list[str]) -> bool:
        return centred or not is_rest(found[-1], text.wide, room)

    if len(rows) == 1 or (good(rows) and not centred):
        return rows
    clauses = by_clauses(text, room, len(rows))
    return clauses if clauses and good(clauses) else rebroken(text, room, rows, good)


def by_clauses(text: Text, room: int, count: int) -> list[str]:
    """The text in as many lines, each of whole clauses; nothing when it cannot be."""
    rows = broken(text, CLAUSE.findall(text.words), room)
    return rows if len(rows) == count and all(row[-1] in ENDS for row in rows[:-1]) else []


def rebroken(text: Text, room: int, rows: list[str], good: Callable[[list[str]], bool]) -> list[str]:
    """The narrowest lines that are as many, and good; the lines as they were when there are none."""
    longest = max(width(piece.strip(), text.wide) for piece in together(text, room))
    least = text.hang * text.wide * CELL + longest
    narrower = (broken(text, together(text, room), narrow) for narrow in range(least, room, CELL))
    return next((found for found in narrower if len(found) == len(rows) and good(found)), rows)


def is_rest(row: str, wide: int, room: int) -> bool:
    """Less than a third of a line."""
    return 3 * width(row.strip(), wide) < room


def broken(text: Text, parts: Sequence[str], room: int) -> list[str]:
    """The text's lines in so many dots, its parts kept together where they fit."""
    rows: list[str] = []
    row = ""
    for piece in parts:
        if row.strip() and width((row + piece).rstrip(), text.wide) > room:
            rows.append(row.rstrip())
            row = " " * text.hang
        begins_a_row = bool(rows) and not row.strip()
        row += piece.lstrip(" ") if begins_a_row else piece
        while width(row.rstrip(), text.wide) > room:  # one word longer than the paper is wide
            head = head_of(row, text.wide, room)
            rows.append(row[:head])
            row = " " * text.hang + row[head:]
    return [*rows, row.rstrip()]


def head_of(row: str, wide: int, dots: int) -> int:
    """How many characters fit; at least one."""
    fitting = (count for count in range(len(row), 1, -1) if width(row[:count], wide) <= dots)
    return next(fitting, 1)


# A ticket number with its thin space, a word or figure with what clings to it, blanks, or one character; closing
# punctuation stays with what it closes.
PIECE = re.compile(
    r"(?:[A-Za-z0-9][A-Za-z0-9.,:/%+\-–\u2009\u202f]*|\s+|.)[，。、；：？！）》」』”’,.;:?!)]*",
)


# A clause with what ends it and the blanks behind; a full stop within a figure ends none.
CLAUSE = re.compile(r".+?(?:[，。；：！？]+|[,.;:!?]+(?=\s)|$)\s*")
ENDS = "，。；：！？,.;:!?"


def pieces(words: str) -> list[str]:
    return PIECE.findall(words)


# A remark in brackets, and what closes behind it.
REMARK = re.compile(r"([(（][^()（）]+[)）][，。、；：,.;:]*)")


def together(text: Text, room: int) -> list[str]:
    """The pieces, a remark in brackets being one where a line has room for it."""
    found = REMARK.split(text.words)
    whole = [index % 2 == 1 and width(part, text.wide) <= room for index, part in enumerate(found)]
    return [piece for part, one in zip(found, whole, strict=True) for piece in ([part] if one else pieces(part))]


def width(words: str, wide: int) -> int:
    """In dots."""
    return sum(thin(wide) if char in THIN_SPACES else cells(char) * wide for char in words) * CELL


def thin(wide: int) -> int:
    """How wide a thin space is beside letters of this width: about a third of one."""
    return max(1, wide // 3)
