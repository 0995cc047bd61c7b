"""EDI ED400: digits."""

from __future__ import annotations

from collections.abc import Iterator

from lobbyline.drivers.boards.standin.hearing import RED, Heard, Look, Noisy, latin


class Ed400(Noisy):
    """EDI ED400: `02`, two digits of address, the digits, `03`."""

    longest = 32

    def frame_size(self, data: bytes) -> int | None:
        if data[0] != 2 or any(byte not in b"0123456789 -." for byte in data[1:].partition(b"\x03")[0]):
            return 0
        end = data.find(b"\x03")
        if end < 0:
            return None
        return end + 1 if end > 3 else 0

    def heard(self, frame: bytes) -> Iterator[Heard]:
        yield Heard(int(frame[1:3]), Look.of(latin(frame[3:-1]), RED, "number"))
