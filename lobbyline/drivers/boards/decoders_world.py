"""Stand-ins of boards from elsewhere, written from the makers' manuals."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lobbyline.drivers.boards.hearing import AMBER, GREEN, RED, Heard, Look, Noisy

COLOURS = {"1": RED, "2": GREEN, "3": AMBER}


def latin(data: bytes) -> str:
    return data.decode("ascii", "replace")


MODES = {"a": "rotating", "b": "steady", "c": "flashing", "m": "scrolling", "o": "automatic"}


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
                colour = COLOURS.get(latin(piece[1:]), AMBER)
            else:
                shown, colours = shown + latin(piece), colours + [colour] * len(piece)
        return Look(shown, tuple(colours), mode)


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


class Daktronics(Noisy):
    """Daktronics RTD: `16 20000000 01 004010 pos4 02 text 04 SUM 17`, acknowledged."""

    longest = 256
    YES = bytes.fromhex("16 32 30 30 30 30 30 30 30 01 39 30 30 30 30 04 38 30 17")

    def frame_size(self, data: bytes) -> int | None:
        if data[0] != 0x16 or not b"20000000\x01".startswith(data[1:10]):
            return 0
        end = data.find(b"\x17", 10)
        if end < 0:
            return None
        return end + 1 if f"{sum(data[1 : end - 2]) & 0xFF:02X}".encode() == data[end - 2 : end] else 0

    def heard(self, frame: bytes) -> Iterator[Heard]:
        text = frame.partition(b"\x02")[2].partition(b"\x04")[0]
        yield Heard(None, Look.of(latin(text), AMBER, "text"), self.YES)


class Ed400(Noisy):
    """EDI ED400: `02`, two digits of address, the digits, `03`."""

    longest = 32

    def frame_size(self, data: bytes) -> int | None:
        if data[0] != 2 or any(byte not in b"0123456789 -." for byte in data[1:].partition(b"\x03")[0]):
            return 0
        end = data.find(b"\x03")
        return None if end < 0 else end + 1 if end > 3 else 0

    def heard(self, frame: bytes) -> Iterator[Heard]:
        yield Heard(int(frame[1:3]), Look.of(latin(frame[3:-1]), RED, "number"))


class FourBytes(Noisy):
    """Address, high byte, low byte, their sum."""

    longest = 8

    def frame_size(self, data: bytes) -> int | None:
        if len(data) < 4:
            return None
        return 4 if (data[0] + data[1] + data[2]) & 0xFF == data[3] else 0

    def heard(self, frame: bytes) -> Iterator[Heard]:
        yield Heard(frame[0], Look.of(f"{frame[1] << 8 | frame[2]:4}", RED, "number"))


class Led485(Noisy):
    """LED-485 in ASCII: `$001,text#`; questions end with `&`."""

    longest = 64

    def frame_size(self, data: bytes) -> int | None:
        if data[0] != 0x24:
            return 0
        found = re.match(rb"\$(\d{3}),([^$#&]*)[#&]", data)
        return found.end() if found else None

    def heard(self, frame: bytes) -> Iterator[Heard]:
        if frame.endswith(b"#"):
            yield Heard(int(frame[1:4]), Look.of(latin(frame[5:-1]), RED, "number"))


class Ledmsg(Noisy):
    """LEDmsg: `![`, three digits, the text, `]`; /C1 to /C7 change the colour."""

    def frame_size(self, data: bytes) -> int | None:
        if not b"![".startswith(data[:2]):
            return 0
        end = data.find(b"]")
        return None if end < 0 else end + 1 if data[2:5].isdigit() else 0

    def heard(self, frame: bytes) -> Iterator[Heard]:
        text, colours, colour = "", list[str](), RED
        for piece in re.split(r"(/C[1-7])", latin(frame[5:-1])):
            if re.fullmatch("/C[1-7]", piece):
                colour = COLOURS.get(piece[2], AMBER)
            else:
                text, colours = text + piece, colours + [colour] * len(piece)
        yield Heard(int(frame[2:5]) or None, Look(text, tuple(colours), "real time"))


class TwoLines(Noisy):
    """A pole display: two lines of twenty characters."""

    WIDTH = 20

    def __init__(self) -> None:
        super().__init__()
        self.lines = [" " * self.WIDTH, " " * self.WIDTH]

    def look(self) -> Heard:
        return Heard(None, Look.of("\n".join(self.lines), GREEN, "text"))


class Cd5220(TwoLines):
    """CD5220: `1B 51 41 text 0D` above, `1B 51 42 text 0D` below, `1B 2A n` brightness."""

    def frame_size(self, data: bytes) -> int | None:
        if data[0] != 0x1B or data[1:2] not in (b"", b"\x51", b"\x2a"):
            return 0
        if data[1:2] == b"\x2a":
            return 3 if len(data) > 2 else None
        end = data.find(b"\x0d")
        return None if end < 0 else end + 1 if data[2:3] in (b"\x41", b"\x42") else 0

    def heard(self, frame: bytes) -> Iterator[Heard]:
        if frame[1] == 0x51:
            self.lines[frame[2] - 0x41] = latin(frame[3:-1])[: self.WIDTH].ljust(self.WIDTH)
            yield self.look()


class Epson(TwoLines):
    """Epson: `1B 40` init, `0C` clear, `1F 24 x y` cursor, `1F 58 n` brightness; everything else is written down."""

    def __init__(self) -> None:
        super().__init__()
        self.x, self.y = 0, 0

    def frame_size(self, data: bytes) -> int | None:
        if data[0] in (0x1B, 0x1F):
            size = 2 if data[0] == 0x1B else {0x24: 4, 0x58: 3}.get(data[1], 0) if len(data) > 1 else 2
            return size if len(data) >= size else None
        return 1 if data[0] == 0x0C or data[0] >= 0x20 else 0

    def heard(self, frame: bytes) -> Iterator[Heard]:
        if frame in (b"\x0c", b"\x1b\x40"):
            self.lines, self.x, self.y = [" " * self.WIDTH] * 2, 0, 0
            yield self.look()
        elif frame[:2] == b"\x1f\x24" and 1 <= frame[2] <= self.WIDTH and 1 <= frame[3] <= len(self.lines):
            self.x, self.y = frame[2] - 1, frame[3] - 1
        elif len(frame) == 1:
            line = self.lines[self.y]
            self.lines[self.y] = line[: self.x] + latin(frame) + line[self.x + 1 :]
            self.x += 1
            if self.x == self.WIDTH:
                self.x, self.y = 0, (self.y + 1) % len(self.lines)
                yield self.look()
