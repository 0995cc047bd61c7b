"""Finds out what a unit can do by asking it, never by its name: clones answer with famous names.

What only eyes can see (how wide it prints, whether it has Chinese letters and draws codes) is on a page that it prints.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Literal

from lobbyline.drivers.printers.dialects import QUESTIONS
from lobbyline.drivers.printers.escpos import INITIALISE, render
from lobbyline.drivers.printers.links.link import Link
from lobbyline.drivers.printers.profile import CELL, Profile
from lobbyline.drivers.printers.receipt import Cut, Feed, Picture, Qr, Receipt, Rule, Text

ANSWER_SECONDS = 0.5
FENCE_SECONDS = 2.0
TOKEN = b"prb1"
ASK_PRINTED = b"\x1d(H\x06\x0000" + TOKEN
ASK_PROCESSED = b"\x1dr\x01"
ASK_NAME = b"\x1dI\x43"
ASK_CUSTOM = b"\x10\x04\x14"
REPORTS_ON, REPORTS_OFF = b"\x1da\x0e", b"\x1da\x00"
OUR_PRINTED = b"\x37\x22" + TOKEN + b"\x00"

Dialect = Literal["epson", "snbc", "masung", "custom"]
Fence = Literal["gsh", "gsr", "none"]


@dataclass(frozen=True)
class Found:
    """What a unit answered."""

    dialect: Dialect
    fence: Fence
    reports: bool
    name: str  # what it calls itself: told, never believed
    answers: tuple[str, ...]  # to DLE EOT 1 to 4, or 20, in hex


def probe(link: Link) -> Found | None:
    """Asks a unit that is well and has a full roll; None when it answers nothing that is known."""
    answers = [ask(link, question, ANSWER_SECONDS, 1) for question in QUESTIONS]
    dialect = dialect_of(answers)
    if dialect is None:
        answers = [ask(link, ASK_CUSTOM, ANSWER_SECONDS, 6)]
        dialect = "custom" if answers[0][:2] == b"\x10\x0f" and len(answers[0]) == 6 else None
    if dialect is None:
        return None
    fence = fence_of(link)
    reports = fence != "none" and dialect == "epson" and len(ask(link, REPORTS_ON, ANSWER_SECONDS, 4)) == 4
    ask(link, REPORTS_OFF, 0.1, 1)
    name = ask(link, ASK_NAME, ANSWER_SECONDS, 80, b"\x00").removeprefix(b"\x5f").rstrip(b"\x00")
    link.send(INITIALISE)
    return Found(dialect, fence, reports, name.decode("ascii", "replace"), tuple(told.hex(" ") for told in answers))


def dialect_of(answers: list[bytes]) -> Dialect | None:
    """Which maker answers `DLE EOT` 1 to 4 like this, when the unit is well and its roll is full."""
    *others, paper = answers
    if not all(len(answer) == 1 for answer in answers) or any(answer[0] & 0x93 != 0x12 for answer in others):
        return None
    if paper[0] & 0x91 == 0x10 and not paper[0] & 0x02:
        return "masung"
    if paper[0] & 0x93 != 0x12:
        return None
    return "snbc" if paper[0] & 0x6C == 0x0C else "epson"


def fence_of(link: Link) -> Fence:
    """Whether it tells when all is printed, when all is processed, or neither."""
    if ask(link, ASK_PRINTED, FENCE_SECONDS, len(OUR_PRINTED)) == OUR_PRINTED:
        return "gsh"
    answer = ask(link, ASK_PROCESSED, FENCE_SECONDS, 1)
    return "gsr" if answer and not answer[0] & 0x90 else "none"


def ask(link: Link, question: bytes, seconds: float, most: int, end: bytes = b"") -> bytes:
    """The answer, as long as it is expected or up to its end; less when no more comes in time. XON, XOFF left out."""
    while link.receive(0.001):
        pass  # what was said before belongs to another question
    link.send(question)
    told = b""
    deadline = time.monotonic() + seconds
    while len(told) < most and not (end and told.endswith(end)) and time.monotonic() < deadline:
        told += link.receive(deadline - time.monotonic()).translate(None, b"\x11\x13")
    return told


def page(profile: Profile) -> bytes:
    """A page that shows to eyes what no answer tells."""
    ruler = "".join(str(column % 10) for column in range(1, profile.columns + 1))
    edge = bytes([0xC0] + [0] * (profile.columns * CELL // 8 - 2) + [0x03])
    return render(
        Receipt(
            (
                Text(f"{profile.dots} dots, {profile.columns} columns: one line, both edges?"),
                Text(ruler, leading=0),
                Picture(profile.columns * CELL, edge * 16),
                Rule(),
                Text("汉字：取款业务，￥100（①）〇", leading=4),
                Text('^ Chinese? If not: hanzi = "none"'),
                Text("王㐂 䶮 (drawn here)"),
                Text("A\u2009012", 6, 6, bold=True),
                Qr("LOBBYLINE", 4),
                Text("^ a code? If not: native_qr = false"),
                Feed(24),
                Cut(),
            )
        ),
        profile,
    )
