"""Alpha and BetaBrite signs: blocks of text, of which the priority text hides all others."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lobbyline.drivers.boards.standin.hearing import AMBER, DIGIT_COLOURS, RED, Heard, Look, Noisy, latin

MODES = {"a": "rotating", "b": "steady", "c": "blinking", "m": "scrolling", "o": "automatic"}


class Alpha(Noisy):
    """Alpha and BetaBrite: `01 T A1 A2` and blocks `02 … [03 sum]` up to 04; the priority text hides all others."""

    def __init__(self) -> None:
        super().__init__()
        self.priority: dict[int, bool] = {}

    def frame_size(self, data: bytes) -> int | None:
        if data[0] != 1 or data[4:5] not in (b"", b"\x02"):
            return 0
        if any(byte not in b"0123456789ABCDEF" for byte in data[2:4]):
            return 0
        end = data.find(b"\x04", 5)
        return None if end < 0 else end + 1

    def heard(self, frame: bytes) -> Iterator[Heard]:
        address = int(frame[2:4], 16)
        for block in frame[4:-1].split(b"\x02")[1:]:
            data, _, check = block.partition(b"\x03")
            if check and int(check, 16) != (sum(data) + 5) & 0xFFFF:  # STX and ETX are summed up, too
                continue
            if look := self._look(address, data):
                yield Heard(address or None, look)

    def _look(self, address: int, data: bytes) -> Look | None:
        if data[:1] != b"A":
            return None
        urgent = data[1:2] == b"0"
        if not urgent and self.priority.get(address):
            return None
        self.priority[address] = urgent and len(data) > 2
        return self._text(data[2:]) if len(data) > 2 else Look("", (), "released")

    def _text(self, data: bytes) -> Look:
        """The text behind its mode, with the colours that it changes on the way."""
        mode = MODES.get(latin(data[2:3]), "special") if data[:1] == b"\x1b" else "automatic"
        shown, colours, colour = "", list[str](), RED
        for piece in re.split(rb"(\x1c.)", data[3:] if data[:1] == b"\x1b" else data):
            if piece[:1] == b"\x1c":
                colour = DIGIT_COLOURS.get(latin(piece[1:]), AMBER)
            else:
                shown, colours = shown + latin(piece), colours + [colour] * len(piece)
        return Look(shown, tuple(colours), mode)
