"""What a day felt like: the figures by which rules and plans are compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from statistics import fmean

from lobbyline.lobby.branch import Branch
from lobbyline.lobby.simulation.day import Visit, closing

LONG = 8  # expected minutes from which a job counts as long
TOO_LONG = 20  # minutes: the wait that citizens tolerate on average


@dataclass(frozen=True)
class Figures:
    """Minutes of waiting, for everybody who came; `end` is minutes after closing when the last one left."""

    mean: float
    over: float  # share over 20 minutes
    long_p95: float
    longest: float
    priority: float
    privileged: float
    end: float
    abandoned: float
    unserved: float


def figures(branch: Branch, visits: Sequence[Visit]) -> Figures:
    """The figures of one day."""
    served = [visit for visit in visits if visit.outcome != "unserved"]
    waits = [visit.wait for visit in served]
    long = [v.wait for v in served if branch.services[v.arrival.service].minutes >= LONG]
    care = [v.wait for v in served if branch.segments[v.arrival.segment].elder]
    privileged = [v.wait for v in served if branch.segments[v.arrival.segment].privileged]
    return Figures(
        mean=_mean(waits),
        over=sum(wait > TOO_LONG for wait in waits) / max(len(waits), 1),
        long_p95=percentile(long, 0.95),
        longest=max(waits, default=0.0),
        priority=_mean(care),
        privileged=_mean(privileged),
        end=(max((v.done or 0 for v in served), default=0.0) - closing(branch)) / 60,
        abandoned=sum(v.outcome == "abandoned" for v in visits) / max(len(visits), 1),
        unserved=sum(v.outcome == "unserved" for v in visits) / max(len(visits), 1),
    )


def percentile(values: Sequence[float], share: float) -> float:
    """The least value that `share` of all do not exceed: one that somebody had (nearest rank); of none 0."""
    ordered = sorted(values)
    return ordered[max(1, ceil(share * len(ordered))) - 1] if ordered else 0.0


def _mean(values: Sequence[float]) -> float:
    return fmean(values) if values else 0.0
