"""A receipt as values: what goes on one piece of paper, whatever printer it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Align = Literal["left", "centre", "right"]


@dataclass(frozen=True)
class Text:
    """A paragraph, wrapped by columns; a size whose longest number or word does not fit is made smaller."""

    words: str
    wide: int = 1
    high: int = 1
    align: Align = "left"
    bold: bool = False
    leading: int = 6  # dots of white below each line
    hang: int = 0  # columns by which the second and further lines are indented


@dataclass(frozen=True)
class Feed:
    """White."""

    dots: int


@dataclass(frozen=True)
class Rule:
    """A thin line across the paper."""

    leading: int = 8


@dataclass(frozen=True)
class Qr:
    """A QR code with its quiet zone."""

    data: str
    module: int = 4
    align: Align = "centre"


@dataclass(frozen=True)
class Picture:
    """Dots as they are: rows of whole bytes, most significant bit left, 1 is black."""

    width: int
    rows: bytes
    leading: int = 0
    align: Align = "left"


@dataclass(frozen=True)
class Report:
    """Asks the printer to tell of trouble by itself, where the model can."""


@dataclass(frozen=True)
class Fence:
    """Asks the printer to answer once everything before this has been dealt with."""

    token: str


@dataclass(frozen=True)
class Cut:
    """Feeds to the blade and cuts."""


Line = Text | Feed | Rule | Qr | Picture | Report | Fence | Cut


@dataclass(frozen=True)
class Receipt:
    """What goes on one piece of paper, from top to bottom."""

    lines: tuple[Line, ...]

    def then(self, *lines: Line) -> Receipt:
        return Receipt((*self.lines, *lines))
