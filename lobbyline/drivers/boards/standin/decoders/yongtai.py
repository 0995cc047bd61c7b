"""永泰新欣: a length and no checksum."""

from __future__ import annotations

from collections.abc import Iterator

from lobbyline.drivers.boards.standin.hearing import RED, Heard, Look, Noisy, hanzi


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
