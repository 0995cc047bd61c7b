"""The modules that read Chinese resident ID cards (SAM-V, GA 450 and GA 467), on a serial line or USB adapter, 115200.

The host asks: is a card there, select it, read it. An answer is AA AA AA 96 69, two bytes of length, three of status,
data, and the XOR of all from the length on. The text of a card is 256 bytes of UTF-16LE in fixed columns. The picture
behind it is biometric: it is never looked at and leaves with the answer. Cards of foreigners (letter I in the last
columns) are laid out otherwise and are passed over.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import xor

from lobbyline.drivers.readers.readings import Person

HEAD = bytes.fromhex("AA AA AA 96 69")
FIND, SELECT, READ = (0x20, 0x01), (0x20, 0x02), (0x30, 0x01)
FOUND, DONE = 0x9F, 0x90
TEXT = 256
COLUMNS = (  # bytes of each column, in order
    ("name", 30),
    ("gender", 2),
    ("people", 4),
    ("birth", 16),
    ("address", 70),
    ("number", 36),
    ("issuer", 30),
    ("since", 16),
    ("until", 16),
    ("rest", 36),
)
KIND = 14  # place in `rest` of the letter that tells other kinds of card


@dataclass(frozen=True)
class Answer:
    """What a module said: its status and the data behind it."""

    status: int
    data: bytes


def framed(body: bytes) -> bytes:
    """A body between head and check byte; the length counts the check byte, too."""
    long = (len(body) + 1).to_bytes(2, "big") + body
    return HEAD + long + bytes([reduce(xor, long)])


def request(command: tuple[int, int]) -> bytes:
    """What the host asks."""
    return framed(bytes(command))


def answer(heard: bytes) -> Answer | None:
    """The first whole answer in what was heard; nothing while it is not all there, or is damaged."""
    start = heard.find(HEAD)
    if start < 0 or len(heard) < start + len(HEAD) + 2:
        return None
    begin = start + len(HEAD)
    end = begin + 2 + int.from_bytes(heard[begin : begin + 2], "big")
    whole = heard[begin:end]
    if len(heard) < end or len(whole) < 6 or reduce(xor, whole) != 0:
        return None
    return Answer(whole[4], whole[5:-1])


def person(data: bytes) -> Person | None:
    """The printed lines of a resident's card, out of the answer to READ."""
    text = data[4 : 4 + TEXT]
    if len(text) < TEXT or int.from_bytes(data[:2], "big") != TEXT:
        return None
    column, place = {}, 0
    for name, width in COLUMNS:
        column[name] = text[place : place + width].decode("utf-16-le", "replace").rstrip(" \0")
        place += width
    if column["rest"][KIND : KIND + 1] == "I" or not column["number"]:
        return None
    return Person(column["name"], column["number"], day(column["birth"]), column["address"], day(column["until"]))


def day(written: str) -> str:
    """20360101 as 2036-01-01; 长期 stays as it is."""
    return f"{written[:4]}-{written[4:6]}-{written[6:8]}" if written.isdecimal() and len(written) == 8 else written


def card_data(person: Person) -> bytes:
    """The answer's data that a module gives for a card: text, and a picture in which nobody is."""
    columns = {"name": person.name, "number": person.number, "address": person.address}
    columns |= {"birth": person.birth.replace("-", ""), "until": person.until.replace("-", "")}
    text = b"".join(_column(columns.get(name, ""), width) for name, width in COLUMNS)
    return TEXT.to_bytes(2, "big") + (1024).to_bytes(2, "big") + text + bytes(1024)


def _column(written: str, width: int) -> bytes:
    return written.ljust(width // 2).encode("utf-16-le")[:width]
