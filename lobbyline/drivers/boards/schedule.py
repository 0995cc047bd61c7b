"""Who on a bus is told next: newest call first, dead boards last. A pure decision over frozen states."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

PROBE_FIRST, PROBE_LONGEST = 1.0, 10.0  # seconds between two tries of a dead board
DOUBLINGS = 10  # more make no difference, and a board may be dead for days


@dataclass(frozen=True)
class Face:
    """What a board shall show: an action of its protocol with the values for it."""

    action: str
    values: Mapping[str, int | str] = field(hash=False)


@dataclass(frozen=True)
class BoardState:
    """What a board is wanted to show and what it is known to show."""

    name: str
    main: bool = False
    refresh: float = 60.0
    retries: int = 2
    wanted: Face | None = None
    wanted_at: float = 0.0
    fresh: bool = False
    shown: Face | None = None
    told_at: float = 0.0
    failures: int = 0
    probe_at: float = 0.0

    @property
    def dead(self) -> bool:
        return self.failures > self.retries

    @property
    def pending(self) -> bool:
        return self.wanted is not None and self.wanted != self.shown

    def want(self, face: Face, fresh: bool, now: float) -> BoardState:
        """A newer face replaces an older one that has not been told; a dead board is tried once more soon."""
        return replace(self, wanted=face, fresh=fresh, wanted_at=now, probe_at=min(self.probe_at, now))

    def told(self, face: Face, now: float) -> BoardState:
        return replace(self, shown=face, told_at=now, failures=0)

    def failed(self, now: float) -> BoardState:
        """One more try without an answer; what it shows is not known any more."""
        failures = self.failures + 1
        doublings = min(max(0, failures - self.retries - 1), DOUBLINGS)
        wait = min(PROBE_FIRST * 2**doublings, PROBE_LONGEST)
        return replace(self, shown=None, failures=failures, probe_at=now + wait)

    def forgotten(self) -> BoardState:
        """The line was away: whatever was shown may be lost, and the board deserves a new chance."""
        return replace(self, shown=None, failures=0)

    def due_at(self) -> float:
        """When it is to be told next, if nothing else is before it."""
        if self.wanted is None:
            return float("inf")
        if self.dead:
            return self.probe_at
        return 0.0 if self.pending else self.told_at + self.refresh


def choose(states: Iterable[BoardState], now: float) -> BoardState | None:
    """The board to tell now, or nobody."""
    return min((state for state in states if state.due_at() <= now), key=rank, default=None)


def rank(state: BoardState) -> tuple[int, float, float]:
    """Fresh call, newest first; main board; other changes; refresh; a dead board. Whoever failed waits longer."""
    if state.dead:
        return (4, 0, state.probe_at)
    if not state.pending:
        return (3, 0, state.told_at)
    if state.fresh:
        return (0, state.failures, -state.wanted_at)
    return (1 if state.main else 2, state.failures, state.wanted_at)


def rest(states: Iterable[BoardState], now: float, longest: float) -> float:
    """Seconds until somebody is due."""
    return min(longest, max(0.0, min((state.due_at() for state in states), default=now + longest) - now))
