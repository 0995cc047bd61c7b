"""Answers that every page asks for after every change, worked out once for all of them.

An answer holds while no event was written, the same files are in use, and for a second at most, since waits grow.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeVar, cast

if TYPE_CHECKING:
    from lobbyline.lobby.lobby import Lobby

HOLDS = timedelta(seconds=1)
T = TypeVar("T")


@dataclass(frozen=True)
class _Kept:
    mark: tuple[int, str]
    at: datetime
    answer: object


class Shared:
    """What was worked out last, by name; whoever asks while it is being worked out waits for it."""

    def __init__(self, lobby: Lobby) -> None:
        self._lobby = lobby
        self._kept: dict[str, _Kept] = {}
        self._turns: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)

    def get(self, name: str, at: datetime, work_out: Callable[[datetime], T]) -> T:
        """The answer for `at`: the one that is known, or a new one."""
        with self._turns[name]:
            with self._lobby.read() as book:
                mark = book.mark(), self._lobby.setup.version
            kept = self._kept.get(name)
            if kept is None or kept.mark != mark or abs(at - kept.at) >= HOLDS:
                kept = self._kept[name] = _Kept(mark, at, work_out(at))
        return cast("T", kept.answer)
