"""What a reader delivers: plain values, checked by nobody yet. Their texts stay out of logs and tracebacks."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Person:
    """What is printed on an ID card; dates like 2036-01-01, `until` may be 长期."""

    name: str = field(repr=False)
    number: str = field(repr=False)
    birth: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    until: str = field(default="", repr=False)


@dataclass(frozen=True)
class Card:
    """A bank card: its number and nothing else of its track."""

    number: str = field(repr=False)


@dataclass(frozen=True)
class Code:
    """A QR code or barcode."""

    text: str = field(repr=False)


Reading = Person | Card | Code
