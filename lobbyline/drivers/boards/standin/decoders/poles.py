"""Pole and desk displays, two lines of twenty characters: CD5220 and Epson."""

from __future__ import annotations

from collections.abc import Iterator

from lobbyline.drivers.boards.standin.hearing import GREEN, Heard, Look, Noisy, latin


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
        if end < 0:
            return None
        return end + 1 if data[2:3] in (b"\x41", b"\x42") else 0

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
        if data[0] not in (0x1B, 0x1F):
            return 1 if data[0] == 0x0C or data[0] >= 0x20 else 0
        size = 2
        if data[0] == 0x1F and len(data) > 1:
            size = {0x24: 4, 0x58: 3}.get(data[1], 0)
        return size if len(data) >= size else None

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
