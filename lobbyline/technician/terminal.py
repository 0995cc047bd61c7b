"""The terminal of whoever calls: how wide its lines are, and which language is read there.

The command itself speaks English. What customers and staff read, it tells in the terminal's language (LC_ALL,
LC_MESSAGES or LANG) where the branch has it, else in the branch's first.
"""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from shutil import get_terminal_size

LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")  # the first that says something counts
PIECES = re.compile("[\u2e80-\uffef] *|[^ \u2e80-\uffef]* *")  # where a line may end: at a space, at a Chinese sign


def language(offered: Sequence[str]) -> str:
    """Of a branch's languages the one that is read here."""
    said = next(filter(None, map(os.environ.get, LOCALE)), "")
    read = re.split("[.@]", said)[0].replace("_", "-").casefold()
    return next((one for one in offered if f"{read}-".startswith(f"{one.casefold()}-")), offered[0])


def table(rows: Iterable[Sequence[str | int]]) -> str:
    """Rows with their parts under one another, numbers at the right; the last part goes on under itself."""
    told = list(rows)
    widths = [max(cells(str(part)) for part in column) for column in zip(*told, strict=True)]
    right = [any(isinstance(part, int) for part in column) for column in zip(*told, strict=True)]
    return "\n".join(hanging("".join(map(placed, row[:-1], widths, right)), str(row[-1])).rstrip() for row in told)


def placed(part: str | int, width: int, right: bool) -> str:  # one of three lists
    """One part of a row, as wide as its column, and the gap behind it."""
    room = " " * (width - cells(str(part)))
    return f"{room}{part}  " if right else f"{part}{room}  "


def hanging(lead: str, sentence: str) -> str:
    """A sentence beside what it is about, in lines as wide as the terminal; in one line where a program reads it."""
    if not sys.stdout.isatty():
        return lead + sentence
    room = get_terminal_size().columns - cells(lead)
    return lead + ("\n" + " " * cells(lead)).join(folded(sentence, room))


def folded(sentence: str, room: int) -> Iterator[str]:
    """A sentence in lines of so many cells; a word that is longer stays whole."""
    line = ""
    for piece in PIECES.findall(sentence):
        if line and cells((line + piece).rstrip()) > room:
            yield line.rstrip()
            line = ""
        line += piece
    yield line.rstrip()


def cells(text: str) -> int:
    """How wide a text is in a terminal: a Chinese sign takes two cells."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
