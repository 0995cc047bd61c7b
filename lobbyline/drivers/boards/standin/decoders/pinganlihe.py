"""平安力合: window boards of version 2.1, and 即时信息, which says any text."""

from __future__ import annotations

from collections.abc import Iterator

from lobbyline.drivers.boards.standin.hearing import AMBER, COLOURS, GREEN, RED, Heard, Look, Noisy, hanzi

STATES = {
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
        elif command in (0x28, 0x2A) and frame[4] in STATES and len(frame) >= 10:
            yield Heard(address, self._look(frame), self._signed(bytes([3, 0x14, address, 0x50])))

    def _look(self, frame: bytes) -> Look:
        letter = frame[8:-2].decode("ascii", "replace")
        words, colour, state = STATES[frame[4]]
        ticket = f"{letter}{frame[5] * 100 + frame[6]:03}"
        return Look.of(words.format(ticket=ticket, window=frame[7]), colour, state)

    def _signed(self, body: bytes) -> bytes:
        return b"\xa0" + body + bytes([sum(body) % 100, 0xFF])


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
        yield Heard(frame[1], Look.of(hanzi(frame[11:-1]), COLOURS.get(frame[9], RED), state))
