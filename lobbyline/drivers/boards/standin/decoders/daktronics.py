"""Daktronics RTD: a text at a place."""

from __future__ import annotations

from collections.abc import Iterator

from lobbyline.drivers.boards.standin.hearing import AMBER, Heard, Look, Noisy, latin


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
