"""How a branch judges what stands on paper, where the rules leave it a choice."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Ways:
    """Days of rest, which move the end of a cheque's period; and whether 整 follows 角."""

    holidays: Collection[date] = ()
    zheng_after_jiao: bool = False


USUAL = Ways()
