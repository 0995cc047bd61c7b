"""银达汇智: window boards and main boards."""

from __future__ import annotations

from collections.abc import Iterator

from lobbyline.drivers.boards.standin.hearing import RED, Heard, Look, Noisy, hanzi


class Yinda(Noisy):
    """银达汇智: `ADD FE LEN SEQ 86 3C 00 05 00 text 00 CRC`, main boards `ADD FE LEN SEQ 8C 00 text 00 CRC`."""

    longest = 256

    def frame_size(self, data: bytes) -> int | None:
        if data[1:2] not in (b"", b"\xfe") or data[2:3] in (b"\x00", b"\x01", b"\x02"):
            return 0
        if len(data) < 3 or len(data) < data[2]:
            return None
        whole = data[: data[2]]
        return data[2] if remainder(whole[:-2]) == int.from_bytes(whole[-2:], "big") else 0

    def heard(self, frame: bytes) -> Iterator[Heard]:
        head = 9 if frame[4] == 0x86 else 6
        yield Heard(frame[0], Look.of(hanzi(frame[head:-3]), RED, "text"))


def remainder(data: bytes) -> int:
    """CRC-XMODEM as a division of polynomials: the data as one long number, two bytes of zeros behind it."""
    number = int.from_bytes(data + b"\0\0", "big")
    for bit in range(number.bit_length() - 1, 15, -1):
        if number >> bit & 1:
            number ^= 0x11021 << bit - 16
    return number
