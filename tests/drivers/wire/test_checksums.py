"""Checksums against values that were published with them."""

from __future__ import annotations

import pytest

from lobbyline.drivers.wire.checksums import CHECKSUMS


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("crc16-modbus", 0x4B37),
        ("crc16-arc", 0xBB3D),
        ("crc16-xmodem", 0x31C3),
        ("crc16-ccitt-false", 0x29B1),
    ],
)
def test_each_crc_gives_its_published_check_value(name: str, value: int) -> None:
    """Every CRC gives the check value of its catalogue entry for 123456789."""
    assert CHECKSUMS[name].reckon(b"123456789") == value


@pytest.mark.parametrize(("text", "value"), [("AAHELLO", 0x01FB), ("GaREAD ME", 0x027B)])
def test_the_plain_sum_is_that_of_the_alpha_manual(text: str, value: int) -> None:
    """The sum from STX to ETX is the one on page 60 of the M-Protocol manual."""
    assert CHECKSUMS["sum"].reckon(b"\x02" + text.encode() + b"\x03") == value


def test_a_neg8_makes_the_whole_sum_zero() -> None:
    """Data and its neg8 add up to nothing."""
    data = bytes.fromhex("05 03 E7")
    assert (sum(data) + CHECKSUMS["neg8"].reckon(data)) % 256 == 0


def test_xor8_is_the_sum_of_the_am03127_example() -> None:
    """`<BD>` has the checksum 04 that its sign accepts."""
    assert CHECKSUMS["xor8"].reckon(b"<BD>") == 0x04
