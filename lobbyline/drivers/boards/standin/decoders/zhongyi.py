"""重庆中意: a colour behind every character."""

from __future__ import annotations

from collections.abc import Iterator

from lobbyline.drivers.boards.standin.hearing import COLOURS, Heard, Look, Noisy


class Zhongyi(Noisy):
    """重庆中意: `A0 90 ADD A5 LENH LENL (character colour)… XOR`, answered with AA or 55."""

    longest = 4096

    def frame_size(self, data: bytes) -> int | None:
        if not (b"\xa0\x90".startswith(data[:2]) and data[3:4] in (b"", b"\xa5")):
            return 0
        if len(data) < 6:
            return None
        size = int.from_bytes(data[4:6], "big") + 7
        if size > 1024:
            return 0
        return size if len(data) >= size else None

    def heard(self, frame: bytes) -> Iterator[Heard]:
        address, check = frame[2], 0
        for byte in frame[2:-1]:
            check ^= byte
        look = self._look(frame[6:-1]) if check == frame[-1] else None
        verdict = 0xAA if look else 0x55
        yield Heard(address, look, b"\xa0\x90" + bytes([address, 0xA5, verdict]))

    def _look(self, data: bytes) -> Look | None:
        text, colours, place = "", [], 0
        while place < len(data):
            width = 2 if data[place] >= 0xA1 else 1
            if place + width >= len(data) or data[place + width] not in COLOURS:
                return None
            text += data[place : place + width].decode("gb2312", "replace")
            colours.append(COLOURS[data[place + width]])
            place += width + 1
        return Look(text, tuple(colours), "text")
