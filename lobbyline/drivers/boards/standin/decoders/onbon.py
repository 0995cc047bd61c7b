"""仰邦 BX-5K: areas of one card, escapes, and an answer to everything."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lobbyline.drivers.boards.standin.hearing import COLOURS_FROM_1, RED, Heard, Look, Noisy, hanzi


class Onbon(Noisy):
    """仰邦 BX-5K: areas of one card, one under the other; every frame is answered, a broken one with a no."""

    SWAPS = ((b"\xa6\x02", b"\xa5"), (b"\x5b\x02", b"\x5a"), (b"\xa6\x01", b"\xa6"), (b"\x5b\x01", b"\x5b"))
    YES, NO_CRC = bytes.fromhex("A0 00 00 00 00"), bytes.fromhex("A0 01 05 00 00")

    def __init__(self) -> None:
        super().__init__()
        self.areas: dict[int, dict[int, tuple[int, Look]]] = {}

    def frame_size(self, data: bytes) -> int | None:
        if data[0] != 0xA5:
            return 0
        body = data.lstrip(b"\xa5")
        end = body.find(b"\x5a")
        return None if end < 0 else len(data) - len(body) + end + 1

    def heard(self, frame: bytes) -> Iterator[Heard]:
        body = self._plain(frame.strip(b"\xa5")[:-1])
        address = int.from_bytes(body[:2], "little")
        if len(body) < 18:
            return
        whole = self._crc(body[:-2]).to_bytes(2, "little") == body[-2:]
        data, anyone = body[14:-2], address == 0xFFFE
        look = self._obey(address, data) if whole else None
        answer = self._answer(address, self.YES if whole else self.NO_CRC)
        yield Heard(None if anyone else address, look, answer)

    def _obey(self, address: int, data: bytes) -> Look | None:
        areas = self.areas.setdefault(address, {})
        if data[:2] == b"\xa3\x10":
            areas.clear()
        elif data[:2] == b"\xa3\x06" and len(data) > 36:
            area = data[9:]
            y, size = int.from_bytes(area[3:5], "little"), int.from_bytes(area[23:27], "little")
            areas[area[9]] = y, self._look(area[27 : 27 + size], area[18])
        else:
            return None
        rows = [look for _, (_, look) in sorted(areas.items(), key=lambda item: item[1][0])]
        return stacked(rows) if rows else Look("", (), "clear")

    def _look(self, data: bytes, mode: int) -> Look:
        text, colours, colour = "", list[str](), RED
        for piece in re.split(r"(\\C[123])", hanzi(data)):
            if re.fullmatch(r"\\C[123]", piece):
                colour = COLOURS_FROM_1[int(piece[2])]
            else:
                text, colours = text + piece, colours + [colour] * len(piece)
        return Look(text, tuple(colours), {1: "static", 2: "quick", 3: "to the left"}.get(mode, "moving"))

    def _answer(self, address: int, data: bytes) -> bytes:
        head = bytes([0, 0x80]) + address.to_bytes(2, "little") + bytes.fromhex("00 00 00 00 00 00 FE 02")
        body = head + len(data).to_bytes(2, "little") + data
        body += self._crc(body).to_bytes(2, "little")
        for plain, swap in ((0xA6, b"\xa6\x01"), (0x5B, b"\x5b\x01"), (0xA5, b"\xa6\x02"), (0x5A, b"\x5b\x02")):
            body = body.replace(bytes([plain]), swap)
        return b"\xa5" * 8 + body + b"\x5a"

    def _plain(self, body: bytes) -> bytes:
        plain, place = b"", 0
        swaps = dict(self.SWAPS)
        while place < len(body):
            pair = body[place : place + 2]
            plain += swaps.get(pair, pair[:1])
            place += 2 if pair in swaps else 1
        return plain

    def _crc(self, data: bytes) -> int:
        """CRC-ARC with a table of sixteen entries, a nibble at a time."""
        crc = 0
        for byte in data:
            for nibble in (byte & 15, byte >> 4):
                crc = crc >> 4 ^ NIBBLES[(crc ^ nibble) & 15]
        return crc


def entry(nibble: int) -> int:
    for _ in range(4):
        nibble = nibble >> 1 ^ (0xA001 if nibble & 1 else 0)
    return nibble


NIBBLES = tuple(entry(nibble) for nibble in range(16))


def stacked(rows: list[Look]) -> Look:
    """Rows of one board as one look, parted by line ends."""
    text, colours = rows[0].text, rows[0].colours
    for row in rows[1:]:
        text, colours = f"{text}\n{row.text}", (*colours, RED, *row.colours)
    return Look(text, colours, rows[0].state)
