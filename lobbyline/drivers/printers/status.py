"""What a printer says of itself. Pure: bytes in, statuses and answers out.

Four kinds of answers share one line and are told apart by fixed bits (Epson TM-T88III specification, appendix G):
`DLE EOT` 0xx1xx10, the first byte of an automatic report 0xx1xx00, its others and `GS r` 0xx0xxxx; blocks run from
37, 3D or 5F to 00. XON (11) and XOFF (13) are none of these and are passed over. Makers that answer otherwise have a
dialect of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

Paper = Literal["ok", "low", "out"]
Error = Literal["", "recoverable", "unrecoverable"]

BLOCK_STARTS = (0x37, 0x3D, 0x5F)
LONGEST_BLOCK = 80


@dataclass(frozen=True)
class Status:
    """How the printer is."""

    online: bool = True
    paper: Paper = "ok"
    cover_open: bool = False
    cutter_stuck: bool = False
    jammed: bool = False
    at_exit: bool = False  # a ticket that nobody has taken
    error: Error = ""

    @property
    def fault(self) -> str:
        """Why it cannot print, as what to do about it; empty when it can."""
        if self.cover_open:
            return "the cover is open: close it until it clicks"
        if self.paper == "out":
            return "the paper is out: put in a new roll"
        if self.cutter_stuck:
            return "the cutter is stuck: open the cover, clear the paper, switch the printer off and on"
        if self.jammed:
            return "the paper is jammed: open the cover, pull the paper out, close the cover"
        if self.error == "unrecoverable":
            return "it reports an error it cannot recover from: switch it off and on"
        if self.error == "recoverable":
            return "it stopped by itself, usually a hot head: let it cool, then close its cover firmly"
        return "" if self.online else "it is offline: press its ONLINE or FEED button, or switch it off and on"

    @property
    def warning(self) -> str:
        """What will soon stop it; empty when nothing will."""
        if self.paper == "low":
            return "the paper is nearly out: have a new roll ready"
        return "a ticket hangs in the exit: take it out if nobody comes for it" if self.at_exit else ""

    def __str__(self) -> str:
        return self.fault or self.warning or "ready"


def reported(data: bytes) -> Status:
    """The four bytes of an automatic report (`GS a`)."""
    return Status(
        online=not data[0] & 0x08,
        paper="out" if data[2] & 0x0C else "low" if data[2] & 0x03 else "ok",
        cover_open=bool(data[0] & 0x20),
        cutter_stuck=bool(data[1] & 0x08),
        error=_error(data[1]),
    )


def _error(bits: int) -> Error:
    return "unrecoverable" if bits & 0x20 else "recoverable" if bits & 0x44 else ""


# Dialects: how each maker answers when asked


@dataclass(frozen=True)
class Dialect:
    """Questions, the shape of one answer to each, and what all answers together mean."""

    questions: tuple[bytes, ...]
    status: Callable[[Sequence[bytes]], Status]
    mask: int = 0x93  # which bits of an answer of one byte are fixed …
    fixed: int = 0x12  # … and to what
    frame: bytes = b""  # how a longer answer begins
    length: int = 1


def realtime(answers: Sequence[bytes]) -> Status:
    """The four answers to `DLE EOT` 1 to 4, as Epson and most others give them."""
    printer, offline, error, paper = (answer[0] for answer in answers)
    return Status(
        online=not printer & 0x08,
        paper="out" if paper & 0x60 or offline & 0x20 else "low" if paper & 0x0C else "ok",
        cover_open=bool(offline & 0x04),
        cutter_stuck=bool(error & 0x08),
        error=_error(error),
    )


def snbc(answers: Sequence[bytes]) -> Status:
    """SNBC turns the two bits of the roll's end round: set means that there is paper (manual of the BT-UR056)."""
    *others, paper = answers
    turned = paper[0] ^ 0x0C
    return realtime([*others, bytes([turned | 0x60 if turned & 0x0C else turned])])


def masung(answers: Sequence[bytes]) -> Status:
    """Masung says in bit 1 of the fourth answer, fixed elsewhere, whether a ticket waits in the exit (MS-D347)."""
    return replace(realtime(answers), at_exit=bool(answers[3][0] & 0x02))


def custom(answers: Sequence[bytes]) -> Status:
    """Custom answers `DLE EOT 20` with six bytes: 10 0F, paper, user, recoverable, unrecoverable (VKP80, TG2480)."""
    paper, user, recoverable, unrecoverable = answers[0][2:]
    return Status(
        paper="out" if paper & 0x01 else "low" if paper & 0x44 else "ok",
        cover_open=bool(user & 0x03 or unrecoverable & 0x02),
        cutter_stuck=bool(unrecoverable & 0x01),
        jammed=bool(recoverable & 0x40),
        at_exit=bool(paper & 0x20),
        error="unrecoverable" if unrecoverable & 0x4C else "recoverable" if recoverable & 0x0D else "",
    )


QUESTIONS = (b"\x10\x04\x01", b"\x10\x04\x02", b"\x10\x04\x03", b"\x10\x04\x04")
EPSON = Dialect(QUESTIONS, realtime)
DIALECTS: Mapping[str, Dialect] = {
    "epson": EPSON,
    "snbc": Dialect(QUESTIONS, snbc),
    "masung": Dialect(QUESTIONS, masung, mask=0x91, fixed=0x10),
    "custom": Dialect((b"\x10\x04\x14",), custom, frame=b"\x10\x0f", length=6),
}


# One answer of the printer


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
