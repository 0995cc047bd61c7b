"""ALPHA frames beside those of alphasignpy, somebody else's library for the same signs.

Its 100 ms marks (FF) are no bytes of the wire. Known difference: its FILL is 26, where the manual says 30.
"""

from __future__ import annotations

from datetime import datetime

from alphasign.commands.special import WriteSpecialFunction as Special
from alphasign.commands.string_file import WriteString
from alphasign.commands.text import WriteText
from alphasign.packet import Packet
from alphasign.protocol import DisplayMode, DisplayPosition
from hypothesis import given
from hypothesis import strategies as st

from tests.drivers.boards.presets import preset

TEXTS = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), min_size=1, max_size=60)
ADDRESSES = st.integers(0, 255)
MODES = {"a": DisplayMode.ROTATE, "b": DisplayMode.HOLD, "c": DisplayMode.FLASH}


def theirs(command: WriteText | WriteString | Special, address: int, checksum: bool) -> str:
    packet = Packet(address=f"{address:02X}").add(command, checksum=checksum)
    wire: bytes = packet.to_bytes().replace(b"\xff", b"")
    return wire.hex(" ")


def ours(frame: str, **values: int | str) -> str:
    return preset("alpha").frame(frame, values).hex(" ")


@given(TEXTS, ADDRESSES, st.sampled_from(sorted(MODES)), st.integers(1, 3))
def test_a_priority_text_is_the_same(text: str, address: int, mode: str, colour: int) -> None:
    """With and without its checksum, in every colour and mode that we use."""
    command = WriteText(f"\x1c{colour}{text}", "0", DisplayPosition.MIDDLE_LINE, MODES[mode])
    given: dict[str, int | str] = {"address": address, "mode": mode, "colour": colour, "text": text}
    assert ours("priority", **given) == theirs(command, address, checksum=False)
    assert ours("priority_checked", **given) == theirs(command, address, checksum=True)


@given(TEXTS, ADDRESSES, st.sampled_from("123AZ"))
def test_a_string_is_the_same(text: str, address: int, label: str) -> None:
    """With and without its checksum."""
    command = WriteString(text, label)
    assert ours("string", address=address, label=label, text=text) == theirs(command, address, checksum=False)
    assert ours("string_checked", address=address, label=label, text=text) == theirs(command, address, checksum=True)


@given(ADDRESSES, st.datetimes(), ADDRESSES)
def test_clock_date_address_and_reset_are_the_same(address: int, now: datetime, new: int) -> None:
    """The special functions that a technician needs."""
    pairs = [
        (ours("clock", address=address, hour=now.hour, minute=now.minute), Special.set_time(now.hour, now.minute)),
        (
            ours("date", address=address, month=now.month, day=now.day, year=now.year),
            Special.set_date(now.month, now.day, now.year % 100),
        ),
        (ours("address", address=address, new=new), Special.set_serial_address(f"{new:02X}")),
        (ours("reset", address=address), Special.soft_reset()),
    ]
    for mine, command in pairs:
        assert mine == theirs(command, address, checksum=False)
