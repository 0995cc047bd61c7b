"""Dialects: how each maker answers when it is asked how it is.

`DLE EOT` 1 to 4 is answered by one byte each, 0xx1xx10 (Epson TM-T88III specification, appendix G). Makers that answer
otherwise have a dialect of their own, named in the printer's profile.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from lobbyline.drivers.printers.status import Status, error_of


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
        error=error_of(error),
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
