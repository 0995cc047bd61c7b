"""讯鹏: a number, its colour, and no address."""

from __future__ import annotations

from collections.abc import Iterator

from lobbyline.drivers.boards.standin.hearing import GREEN, RED, Heard, Look, Noisy


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
