"""The checksums that board makers print in their manuals, by the names the protocol files use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial, reduce
from operator import xor


@dataclass(frozen=True)
class Checksum:
    """A checksum: how it is reckoned and how many bytes its result takes."""

    reckon: Callable[[bytes], int]
    size: int


def xor8(data: bytes) -> int:
    return reduce(xor, data, 0)


def neg8(data: bytes) -> int:
    """The byte that makes the sum of all bytes zero."""
    return -sum(data) % 256


def crc16_reflected(data: bytes, poly: int, start: int) -> int:
    """CRC-16 of a wire that sends the lowest bit first."""
    crc = start
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (poly if crc & 1 else 0)
    return crc


def crc16_straight(data: bytes, poly: int, start: int) -> int:
    """CRC-16 with the highest bit first."""
    crc = start
    for byte in data:
        crc ^= byte << 8
        for _ in range(8):
            crc = (crc << 1 ^ (poly if crc & 0x8000 else 0)) & 0xFFFF
    return crc


CHECKSUMS = {
    "sum": Checksum(sum, 1),
    "xor8": Checksum(xor8, 1),
    "neg8": Checksum(neg8, 1),
    "crc16-modbus": Checksum(partial(crc16_reflected, poly=0xA001, start=0xFFFF), 2),
    "crc16-arc": Checksum(partial(crc16_reflected, poly=0xA001, start=0), 2),
    "crc16-xmodem": Checksum(partial(crc16_straight, poly=0x1021, start=0), 2),
    "crc16-ccitt-false": Checksum(partial(crc16_straight, poly=0x1021, start=0xFFFF), 2),
}
