"""One customer at the kiosk: a value that changes into the next one with each page, and is replaced when he goes."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Literal

from lobbyline.lobby.branch import Band, Branch
from lobbyline.lobby.reception.reception import Place

Way = Literal["large", "voice", "contrast", "low"]
WAYS: tuple[Way, ...] = ("large", "voice", "contrast", "low")
ELDER: frozenset[Way] = frozenset({"large", "voice"})


@dataclass(frozen=True)
class Visit:
    """From the first touch to the empty home page."""

    language: str
    segment: str
    ways: frozenset[Way] = frozenset()
    key: str = field(default_factory=lambda: secrets.token_hex(16))
    service: str = ""
    band: Band | None = None  # the range of amounts that was chosen
    asked: str = ""  # the service whose ranges of amounts were asked for
    origin: str = "home"
    group: str = ""
    leaf: int = 0  # of services that do not fit one page
    questions: tuple[str, ...] = ()  # that somebody who is not sure has been asked
    place: Place | None = None
    typed: bool = False  # the ticket was found by its number, which anybody may have seen
    filled: frozenset[str] = frozenset()
    printed: frozenset[str] = frozenset()  # filled forms that were asked for on paper
    known: dict[str, str] = field(default_factory=dict)  # answers that the next form asks again
    tapped: frozenset[str] = frozenset()  # those of them that a reader delivered


def nobody(branch: Branch) -> Visit:
    """Nobody is there: the first language, no segment but the ordinary one."""
    return Visit(branch.languages[0], "ordinary")


def elder_segment(branch: Branch) -> str:
    """The segment of the large pages; empty where a branch has none."""
    return next((name for name, segment in branch.segments.items() if segment.elder), "")
