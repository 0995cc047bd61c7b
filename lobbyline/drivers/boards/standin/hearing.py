"""How a stand-in board hears: frames amid noise, what they say to whom, and what the board looks like then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

RED, GREEN, AMBER = "red", "green", "amber"
COLOURS = {0: RED, 1: GREEN, 2: AMBER}  # as most makers number them
COLOURS_FROM_1 = {1: RED, 2: GREEN, 3: AMBER}
DIGIT_COLOURS = {"1": RED, "2": GREEN, "3": AMBER}


@dataclass(frozen=True)
class Look:
    """What a board shows: characters, each with its colour, and what the board makes of it."""

    text: str
    colours: tuple[str, ...]
    state: str

    @staticmethod
    def of(text: str, colour: str, state: str) -> Look:
        return Look(text, (colour,) * len(text), state)


DARK = Look("", (), "off")


@dataclass(frozen=True)
class Heard:
    """A frame that a board understood: its address (None for all), the new look if any, and the answer if any."""

    address: int | None
    look: Look | None
    answer: bytes = b""


class Decoder(Protocol):
    """Bytes in, frames out."""

    def feed(self, data: bytes) -> Iterator[Heard]: ...


class Noisy:
    """Finds frames amid noise: a frame is tried at every byte, and a byte that begins none is skipped."""

    longest = 600

    def __init__(self) -> None:
        self.buffer = b""

    def feed(self, data: bytes) -> Iterator[Heard]:
        self.buffer += data
        start = 0
        while start < len(self.buffer):
            size = self.frame_size(self.buffer[start:])
            if not size:  # one that is not whole yet stays; but a whole one may begin behind it
                start += 1
                continue
            yield from self.heard(self.buffer[start : start + size])
            self.buffer, start = self.buffer[start + size :], 0
        self.buffer = self.buffer[-self.longest :]

    def frame_size(self, data: bytes) -> int | None:
        """Bytes of the whole frame at the beginning; 0 when none begins here, None when more must come."""
        raise NotImplementedError

    def heard(self, frame: bytes) -> Iterator[Heard]:
        raise NotImplementedError


def hanzi(data: bytes) -> str:
    return data.decode("gb2312", "replace")


def latin(data: bytes) -> str:
    return data.decode("ascii", "replace")
