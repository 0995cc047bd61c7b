"""The bytes that come from a printer, as answers. Pure: bytes in, answers out.

Four kinds share one line and are told apart by fixed bits (Epson TM-T88III specification, appendix G): `DLE EOT`
0xx1xx10, the first byte of an automatic report 0xx1xx00, its others and `GS r` 0xx0xxxx; blocks run from 37, 3D or 5F
to 00. XON (11) and XOFF (13) are none of these and are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lobbyline.drivers.printers.dialects import EPSON, Dialect
from lobbyline.drivers.printers.status import Status, reported

BLOCK_STARTS = (0x37, 0x3D, 0x5F)
LONGEST_BLOCK = 80


@dataclass(frozen=True)
class RealTime:
    """The answer to one question; which one, only the asker knows."""

    data: bytes


@dataclass(frozen=True)
class Reported:
    """An automatic report."""

    status: Status


@dataclass(frozen=True)
class Printed:
    """The answer to `GS ( H`: everything before this token is on paper."""

    token: str


@dataclass(frozen=True)
class Processed:
    """The answer to `GS r`: everything before it has been dealt with."""


@dataclass(frozen=True)
class Cleared:
    """The answer to `DLE DC4 8`: the buffers are empty."""


Answer = RealTime | Reported | Printed | Processed | Cleared


@dataclass
class Replies:
    """Takes bytes as they arrive and gives answers as they become complete."""

    dialect: Dialect = EPSON
    _frame: bytearray = field(default_factory=bytearray)
    _report: bytearray = field(default_factory=bytearray)
    _block: bytearray = field(default_factory=bytearray)

    def take(self, data: bytes) -> list[Answer]:
        return [answer for byte in data for answer in self._byte(byte)]

    def _byte(self, byte: int) -> Iterator[Answer]:
        if self._block:
            yield from self._in_block(byte)
        elif self._frame or self.dialect.frame[:1] == bytes([byte]):
            yield from self._in_frame(byte)
        elif byte in BLOCK_STARTS:
            self._block.append(byte)
        elif not self.dialect.frame and byte & self.dialect.mask == self.dialect.fixed:
            yield RealTime(bytes([byte]))
        elif byte & 0x93 == 0x10:
            self._report[:] = [byte]
        elif byte & 0x90 == 0:
            yield from self._plain(byte)

    def _plain(self, byte: int) -> Iterator[Answer]:
        """A byte with bit 4 clear: the rest of a report, or the answer to `GS r`."""
        if not self._report:
            yield Processed()
            return
        self._report.append(byte)
        if len(self._report) == 4:
            yield Reported(reported(bytes(self._report)))
            self._report.clear()

    def _in_frame(self, byte: int) -> Iterator[Answer]:
        """A longer answer; what only began like one is dropped."""
        self._frame.append(byte)
        begun = bytes(self._frame)
        if len(begun) == self.dialect.length:
            yield RealTime(begun)
        elif self.dialect.frame.startswith(begun) or begun.startswith(self.dialect.frame):
            return
        self._frame.clear()

    def _in_block(self, byte: int) -> Iterator[Answer]:
        self._block.append(byte)
        if byte and len(self._block) < LONGEST_BLOCK:
            return
        block = bytes(self._block)
        self._block.clear()
        if block[:2] == b"\x37\x22":
            yield Printed(block[2:-1].decode("ascii", "replace"))
        elif block[:2] == b"\x37\x25":
            yield Cleared()
