"""What the doctor says of one thing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

State = Literal["ok", "warn", "fault"]
STATES: tuple[State, ...] = get_args(State)  # the gravest last


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: ok, worth a look, or broken; and what to do."""

    what: str
    state: State
    sentence: str
