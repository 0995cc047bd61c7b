"""AM03127 and its relatives: pages in plain characters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lobbyline.drivers.boards.standin.hearing import AMBER, GREEN, RED, Heard, Look, Noisy


class Am03127(Noisy):
    """AM03127: `<IDXX>` data, its XOR in hex, `<E>`; answered ACK or NACK, but never when all are meant."""

    longest = 1024
    HUES = dict.fromkeys("ABC", RED) | dict.fromkeys("DEF", GREEN) | dict.fromkeys("GHIJ", AMBER)
    MARK = re.compile(r"<(?:C([A-Z])|A[A-E]|U(BC|BE)|B[A-Z])>")

    def frame_size(self, data: bytes) -> int | None:
        if not b"<ID".startswith(data[:3]):
            return 0
        again, end = data.find(b"<ID", 3), data.find(b"<E>")
        if again > 0 and (end < 0 or again < end):
            return 0
        return None if end < 0 else end + 3

    def heard(self, frame: bytes) -> Iterator[Heard]:
        match = re.fullmatch(rb"<ID([0-9A-F]{2})>(.*)([0-9A-F]{2})<E>", frame, re.DOTALL)
        if not match:
            return
        address, check = int(match[1], 16), 0
        for byte in match[2]:
            check ^= byte
        whole = check == int(match[3], 16)
        answer = (b"ACK" if whole else b"NACK") if address else b""
        yield Heard(address or None, self._page(match[2].decode("cp1252", "replace")) if whole else None, answer)

    def _page(self, data: str) -> Look | None:
        page = re.fullmatch(r"<L\d><P[A-Z]><F[A-Z]><M(.)><W[A-Z]><F[A-Z]>(.*)", data, re.DOTALL)
        if not page:
            return None
        text, colours, colour, place = "", list[str](), RED, 0
        for mark in (*self.MARK.finditer(page[2]), None):
            piece = page[2][place : mark.start() if mark else None] + (
                {"BC": "<", "BE": ">"}.get(mark[2], "") if mark else ""
            )
            text, colours = text + piece, colours + [colour] * len(piece)
            colour = self.HUES.get(mark[1], RED) if mark and mark[1] else colour
            place = mark.end() if mark else place
        return Look(text, tuple(colours), "blinking" if page[1] in "BRbr" else "steady")
