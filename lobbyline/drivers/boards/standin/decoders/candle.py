"""Candle boards of QSystem and Apertum (candle.in.ua); only what arrives is replaced."""

from __future__ import annotations

from collections.abc import Iterator

from lobbyline.drivers.boards.standin.hearing import RED, Heard, Look, Noisy


class Candle(Noisy):
    """Apertum/Candle: `01 ADD BLINK text 07`; only the characters that arrive are replaced."""

    longest = 80

    def __init__(self) -> None:
        super().__init__()
        self.memory: dict[int, str] = {}

    def frame_size(self, data: bytes) -> int | None:
        if data[0] not in (0x01, 0x02, 0x03):
            return 0
        end = data.find(b"\x07", 3)
        body = data[1 : end if end > 0 else len(data)]
        if any(byte < 0x20 for byte in body):
            return 0
        return None if end < 0 else end + 1

    def heard(self, frame: bytes) -> Iterator[Heard]:
        if frame[0] != 0x01:
            return
        address, blink, arrived = frame[1], frame[2], frame[3:-1].decode("cp1251", "replace")
        text = arrived + self.memory.get(address, "")[len(arrived) :]
        self.memory[address] = text
        yield Heard(address, Look.of(text, RED, "steady" if blink == 0x20 else "blinking"))
