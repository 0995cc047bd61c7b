"""Displays that speak Modbus RTU: a number, or six characters."""

from __future__ import annotations

from collections.abc import Iterator

from lobbyline.drivers.boards.standin.hearing import RED, Heard, Look, Noisy


class Modbus(Noisy):
    """A numeric display: register 0 is the number, 70 to 72 hex are six characters; functions 03, 06 and 16."""

    longest = 256

    def __init__(self) -> None:
        super().__init__()
        self.registers: dict[int, dict[int, int]] = {}

    def frame_size(self, data: bytes) -> int | None:
        if len(data) < 2:
            return None
        size = {3: 8, 6: 8, 16: 9 + (data[6] if len(data) > 6 else 0)}.get(data[1], 0)
        if size == 0 or data[0] > 247:
            return 0
        if len(data) < size:
            return None
        return size if self._crc(data[:size]) == 0 else 0

    def heard(self, frame: bytes) -> Iterator[Heard]:
        unit, function = frame[0], frame[1]
        first = int.from_bytes(frame[2:4], "big")
        count = 1 if function == 6 else int.from_bytes(frame[4:6], "big")
        if not all(register == 0 or 0x70 <= register <= 0x72 for register in range(first, first + count)):
            yield Heard(unit or None, None, self._signed(unit, bytes([function | 0x80, 2])))
        elif function == 3:
            yield Heard(unit or None, None, self._signed(unit, self._read(unit, first, count)))
        else:
            data = frame[4:6] if function == 6 else frame[7:-2]
            yield Heard(unit or None, self._write(unit, first, data), self._signed(unit, frame[1:6]))

    def _read(self, unit: int, first: int, count: int) -> bytes:
        values = [self.registers.get(unit, {}).get(register, 0) for register in range(first, first + count)]
        return bytes([3, 2 * count]) + b"".join(value.to_bytes(2, "big") for value in values)

    def _write(self, unit: int, first: int, data: bytes) -> Look:
        registers = self.registers.setdefault(unit, {})
        for place in range(0, len(data), 2):
            registers[first + place // 2] = int.from_bytes(data[place : place + 2], "big")
        if first == 0:
            return Look.of(f"{registers[0]:4}", RED, "number")
        text = b"".join(registers.get(register, 0x2020).to_bytes(2, "big") for register in range(0x70, 0x73))
        return Look.of(text.decode("ascii", "replace"), RED, "characters")

    def _signed(self, unit: int, body: bytes) -> bytes:
        """The answer of one unit; what was said to all is not answered."""
        frame = bytes([unit]) + body
        return frame + self._crc(frame).to_bytes(2, "little") if unit else b""

    def _crc(self, data: bytes) -> int:
        """CRC of the Modbus specification; zero over a frame with its own CRC."""
        crc = 0xFFFF
        for byte in data:
            crc ^= byte
            for _ in range(8):
                crc, low = crc >> 1, crc & 1
                crc ^= 0xA001 if low else 0
        return crc
