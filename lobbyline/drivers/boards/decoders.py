"""What stand-in boards understand: decoders written from the makers' documents, apart from the part language.

Each takes bytes as they come, skips noise, and says what was heard for which address and what the board answers.
A mistake in the part language or in a protocol's file shows here, because nothing is shared with them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lobbyline.drivers.boards import decoders_china as china
from lobbyline.drivers.boards import decoders_world as world
from lobbyline.drivers.boards.hearing import AMBER, DARK, GREEN, RED, Decoder, Heard, Look, Noisy

__all__ = ["DARK", "DECODERS", "Decoder", "Heard", "Look", "Silent"]


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


PINGAN_STATES = {
    0: ("欢迎光临", GREEN, "welcome"),
    1: ("请{ticket}号到{window}号窗口", RED, "call"),
    2: ("暂停服务", AMBER, "pause"),
    4: ("{ticket} 正在办理", GREEN, "serving"),
}


class Pingan(Noisy):
    """平安力合 V2.1: `A0 LEN CMD ADD SCMD hi lo WIN [letter] CHK FF`, sums modulo 100, receipts."""

    def frame_size(self, data: bytes) -> int | None:
        if data[0] != 0xA0 or (len(data) > 1 and not 3 <= data[1] <= 12):
            return 0
        if len(data) < 2 or len(data) < data[1] + 4:
            return None
        size = data[1] + 4
        good = data[size - 1] == 0xFF and data[size - 2] == sum(data[1 : size - 2]) % 100
        return size if good else 0

    def heard(self, frame: bytes) -> Iterator[Heard]:
        command, address = frame[2], frame[3]
        if command == 0x98:
            yield Heard(address, None, self._signed(bytes([5, 0x98, address, 0x50, 0xA3, 0x03])))
        elif command in (0x28, 0x2A) and frame[4] in PINGAN_STATES and len(frame) >= 10:
            yield Heard(address, self._look(frame), self._signed(bytes([3, 0x14, address, 0x50])))

    def _look(self, frame: bytes) -> Look:
        letter = frame[8:-2].decode("ascii", "replace")
        words, colour, state = PINGAN_STATES[frame[4]]
        ticket = f"{letter}{frame[5] * 100 + frame[6]:03}"
        return Look.of(words.format(ticket=ticket, window=frame[7]), colour, state)

    def _signed(self, body: bytes) -> bytes:
        return b"\xa0" + body + bytes([sum(body) % 100, 0xFF])


ZHONGYI_COLOURS = {0: RED, 1: GREEN, 2: AMBER}


class Zhongyi(Noisy):
    """重庆中意: `A0 90 ADD A5 LENH LENL (character colour)… XOR`, answered with AA or 55."""

    longest = 4096

    def frame_size(self, data: bytes) -> int | None:
        if not (b"\xa0\x90".startswith(data[:2]) and data[3:4] in (b"", b"\xa5")):
            return 0
        if len(data) < 6:
            return None
        size = int.from_bytes(data[4:6], "big") + 7
        if size > 1024:
            return 0
        return size if len(data) >= size else None

    def heard(self, frame: bytes) -> Iterator[Heard]:
        address, check = frame[2], 0
        for byte in frame[2:-1]:
            check ^= byte
        look = self._look(frame[6:-1]) if check == frame[-1] else None
        verdict = 0xAA if look else 0x55
        yield Heard(address, look, b"\xa0\x90" + bytes([address, 0xA5, verdict]))

    def _look(self, data: bytes) -> Look | None:
        text, colours, place = "", [], 0
        while place < len(data):
            width = 2 if data[place] >= 0xA1 else 1
            if place + width >= len(data) or data[place + width] not in ZHONGYI_COLOURS:
                return None
            text += data[place : place + width].decode("gb2312", "replace")
            colours.append(ZHONGYI_COLOURS[data[place + width]])
            place += width + 1
        return Look(text, tuple(colours), "text")


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


@dataclass
class Silent:
    """A board whose language no stand-in speaks: it shows that bytes came."""

    count: int = field(default=0)

    def feed(self, data: bytes) -> Iterator[Heard]:
        self.count += len(data)
        yield Heard(None, Look.of(f"{self.count} B", AMBER, "bytes"))


DECODERS: dict[str, Callable[[], Decoder]] = {
    "qsystem-candle": Candle,
    "pinganlihe-v21": Pingan,
    "cq-zhongyi-2colour": Zhongyi,
    "modbus-rtu": Modbus,
    "modbus-rtu-ascii": Modbus,
    "pinganlihe-instant": china.Instant,
    "pinganlihe-instant-composite": china.Instant,
    "ruize-matrix": china.Ruize,
    "yinda-imm9013": china.Yinda,
    "yinda-imm9013-composite": china.Yinda,
    "inspur-imm9005": china.Inspur,
    "yongtai-imm90061": china.Yongtai,
    "onbon-bx5k": china.Onbon,
    "alpha": world.Alpha,
    "am03127": world.Am03127,
    "daktronics-rtd": world.Daktronics,
    "ed400": world.Ed400,
    "idhl-4byte": world.FourBytes,
    "xunpeng": china.Xunpeng,
    "led485-ascii": world.Led485,
    "ledmsg": world.Ledmsg,
    "cd5220": world.Cd5220,
    "epson-display": world.Epson,
}
