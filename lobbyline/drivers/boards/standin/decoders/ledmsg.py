"""LEDmsg: a text with marks that change its colour."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lobbyline.drivers.boards.standin.hearing import AMBER, DIGIT_COLOURS, RED, Heard, Look, Noisy, latin


class Ledmsg(Noisy):
    """LEDmsg: `![`, three digits, the text, `]`; /C1 to /C7 change the colour."""

    def frame_size(self, data: bytes) -> int | None:
        if not b"![".startswith(data[:2]):
            return 0
        end = data.find(b"]")
        if end < 0:
            return None
        return end + 1 if data[2:5].isdigit() else 0

    def heard(self, frame: bytes) -> Iterator[Heard]:
        text, colours, colour = "", list[str](), RED
        for piece in re.split(r"(/C[1-7])", latin(frame[5:-1])):
            if re.fullmatch("/C[1-7]", piece):
                colour = DIGIT_COLOURS.get(piece[2], AMBER)
            else:
                text, colours = text + piece, colours + [colour] * len(piece)
        yield Heard(int(frame[2:5]) or None, Look(text, tuple(colours), "real time"))
