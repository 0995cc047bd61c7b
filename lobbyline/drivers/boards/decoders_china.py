"""Stand-ins of Chinese window and main boards, written from the makers' documents."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lobbyline.drivers.boards.hearing import AMBER, GREEN, RED, Heard, Look, Noisy

COLOURS_FROM_0 = {0: RED, 1: GREEN, 2: AMBER}
COLOURS_FROM_1 = {1: RED, 2: GREEN, 3: AMBER}


def hanzi(data: bytes) -> str:
    return data.decode("gb2312", "replace")


class Instant(Noisy):
    """平安力合 即时信息: `AA ADD BB 51 54|50 SUM mode speed stay colour life text FF`, the sum over mode to FF."""

    def frame_size(self, data: bytes) -> int | None:
        if data[0] != 0xAA or data[2:4] not in (b"", b"\xbb", b"\xbb\x51") or data[4:5] not in (b"", b"\x54", b"\x50"):
            return 0
        end = data.find(b"\xff", 11)
        if end < 0:
            return None
        return end + 1 if sum(data[6 : end + 1]) & 0xFF == data[5] else 0

    def heard(self, frame: bytes) -> Iterator[Heard]:
        state = "whole" if frame[4] == 0x50 else "text"
        yield Heard(frame[1], Look.of(hanzi(frame[11:-1]), COLOURS_FROM_0.get(frame[9], RED), state))


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


COMMANDS = (b"\x43", b"\x44", b"\x48", b"\x53", b"\x54")


def unfolded(data: bytes) -> bytes:
    """Two nibbles are one byte; everything else is itself."""
    pairs = re.sub(rb"([\x00-\x0f])([\x00-\x0f])", lambda m: bytes([m[1][0] << 4 | m[2][0]]), data)
    return bytes(pairs)


class Yinda(Noisy):
    """银达汇智: `ADD FE LEN SEQ 86 3C 00 05 00 text 00 CRC`, main boards `ADD FE LEN SEQ 8C 00 text 00 CRC`."""

    longest = 256

    def frame_size(self, data: bytes) -> int | None:
        if data[1:2] not in (b"", b"\xfe") or data[2:3] in (b"\x00", b"\x01", b"\x02"):
            return 0
        if len(data) < 3 or len(data) < data[2]:
            return None
        whole = data[: data[2]]
        return data[2] if remainder(whole[:-2]) == int.from_bytes(whole[-2:], "big") else 0

    def heard(self, frame: bytes) -> Iterator[Heard]:
        head = 9 if frame[4] == 0x86 else 6
        yield Heard(frame[0], Look.of(hanzi(frame[head:-3]), RED, "text"))


def remainder(data: bytes) -> int:
    """CRC-XMODEM as a division of polynomials: the data as one long number, two bytes of zeros behind it."""
    number = int.from_bytes(data + b"\0\0", "big")
    for bit in range(number.bit_length() - 1, 15, -1):
        if number >> bit & 1:
            number ^= 0x11021 << bit - 16
    return number


class Inspur(Noisy):
    """浪潮: `23 14 24 15 13 18` six digits `44 mode speed wait times CHARS` text `07 38 0D 0C 03 02 0D` SUM."""

    START, END = bytes.fromhex("23 14 24 15 13 18"), bytes.fromhex("07 38 0D 0C 03 02 0D")

    def frame_size(self, data: bytes) -> int | None:
        if not self.START.startswith(data[:6]):
            return 0
        end = data.find(self.END, 18)
        if end < 0 or len(data) < end + 8:
            return None
        return end + 8 if sum(data[12 : end + 7]) & 0xFF == data[end + 7] else 0

    def heard(self, frame: bytes) -> Iterator[Heard]:
        text = hanzi(frame[18:-8])
        if frame[6:12].isdigit() and frame[17] == len(text):
            yield Heard(int(frame[6:12]), Look.of(text, RED, "blinking" if frame[13] == 5 else "steady"))


class Yongtai(Noisy):
    """永泰新欣: `AA 55 LEN ADD F8 21 00 text 00`; the length counts what follows it."""

    longest = 258

    def frame_size(self, data: bytes) -> int | None:
        if not b"\xaa\x55".startswith(data[:2]) or not b"\xf8\x21\x00".startswith(data[4:7]):
            return 0
        if len(data) < 3 or len(data) < data[2] + 3:
            return None
        return data[2] + 3 if data[2] >= 5 and data[data[2] + 2] == 0 else 0

    def heard(self, frame: bytes) -> Iterator[Heard]:
        yield Heard(frame[3], Look.of(hanzi(frame[7:-1]), RED, "text"))


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


class Xunpeng(Noisy):
    """讯鹏: `3A colour lo hi info SUM 0A`; one board on a line."""

    longest = 14

    def frame_size(self, data: bytes) -> int | None:
        if data[0] != 0x3A:
            return 0
        if len(data) < 7:
            return None
        return 7 if data[6] == 0x0A and sum(data[:5]) & 0xFF == data[5] else 0

    def heard(self, frame: bytes) -> Iterator[Heard]:
        yield Heard(None, Look.of(f"{frame[2] | frame[3] << 8:4}", GREEN if frame[1] == 0 else RED, "number"))
