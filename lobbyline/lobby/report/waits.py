"""How long some people waited, in figures that may be told: percentiles are waits that somebody had."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter as Tally
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from lobbyline.lobby.simulation.figures import percentile
from lobbyline.lobby.store.pages.reports import Visit

LIMITS = (10, 20, 30)  # minutes over which a wait is counted
BIN = 5  # minutes of one bar of the distribution
BINS = 13  # the last holds everything from an hour on


@dataclass(frozen=True)
class Waits:
    """How long some people waited until they were called."""

    people: int
    mean: float
    p50: float
    p90: float
    longest: float
    over: tuple[float, ...]  # the shares over 10, 20 and 30 minutes


def waits(minutes: Sequence[float]) -> Waits:
    """Waits in figures; of nobody all are 0."""
    ordered = sorted(minutes)
    return Waits(
        people=len(ordered),
        mean=fmean(ordered) if ordered else 0.0,
        p50=percentile(ordered, 0.5),
        p90=percentile(ordered, 0.9),
        longest=ordered[-1] if ordered else 0.0,
        over=tuple(share(len(ordered) - bisect_right(ordered, limit), len(ordered)) for limit in LIMITS),
    )


def called(visits: Iterable[Visit]) -> list[float]:
    """The waits of everybody who was called."""
    return [visit.wait for visit in visits if visit.wait is not None]


def distribution(minutes: Iterable[float]) -> tuple[int, ...]:
    """How many waited 0 to 5 minutes, 5 to 10 …; the last holds everything from an hour on."""
    tally = Tally(min(int(wait // BIN), BINS - 1) for wait in minutes)
    return tuple(tally.get(place, 0) for place in range(BINS))


def share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
