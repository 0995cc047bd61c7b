"""瑞泽: bytes as nibbles, and colours in a frame before the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lobbyline.drivers.boards.standin.hearing import COLOURS_FROM_1, RED, Heard, Look, Noisy, hanzi

COMMANDS = (b"\x43", b"\x44", b"\x48", b"\x53", b"\x54")


class Ruize(Noisy):
    """瑞泽: `80|low6 C0|high6 CMD data 1A`; bytes from 80 on as two nibbles; colours come before the text."""

    def __init__(self) -> None:
        super().__init__()
        self.colours: dict[int, list[str]] = {}

    def frame_size(self, data: bytes) -> int | None:
        if data[0] >> 6 != 2 or (len(data) > 1 and data[1] >> 6 != 3) or data[2:3] not in (b"", *COMMANDS):
            return 0
        end = data.find(b"\x1a", 3)
        return None if end < 0 else end + 1

    def heard(self, frame: bytes) -> Iterator[Heard]:
        address, command, data = frame[0] & 0x3F | (frame[1] & 0x3F) << 6, frame[2:3], frame[3:-1]
        if command == b"\x43":
            self.colours[address] = [COLOURS_FROM_1.get(code, RED) for code in data[::2]]
        elif command == b"\x44":
            yield Heard(address, self._look(address, unfolded(data)))
        elif command == b"\x54":
            yield Heard(address, Look("", (), "blank"))
        elif command == b"\x48":
            yield Heard(address, None, b"\x3b")

    def _look(self, address: int, text: bytes) -> Look:
        """The text, each character in the colour of its first byte."""
        known, colours, place = self.colours.get(address, []), [], 0
        for character in hanzi(text):
            colours.append(known[place] if place < len(known) else RED)
            place += len(character.encode("gb2312", "replace"))
        return Look(hanzi(text), tuple(colours), "text")


def unfolded(data: bytes) -> bytes:
    """Two nibbles are one byte; everything else is itself."""
    pairs = re.sub(rb"([\x00-\x0f])([\x00-\x0f])", lambda m: bytes([m[1][0] << 4 | m[2][0]]), data)
    return bytes(pairs)
