"""How long it takes: a range from playing the rule forward with expected times, never one exact minute."""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor

STEP = 5  # minutes; a range is rounded outward to it
SPREAD = 0.3  # share by which service times are expected to differ from their means
CROWDED = 60  # minutes above which "many people are waiting" is said instead


@dataclass(frozen=True)
class Wait:
    """A range in whole minutes."""

    low: int
    high: int

    @property
    def crowded(self) -> bool:
        return self.high > CROWDED


@dataclass(frozen=True)
class Job:
    """Someone who waits: expected minutes of work and the counters that can do it."""

    id: int
    minutes: float
    counters: frozenset[int]


def around(minutes: float) -> Wait:
    """The range that is told for an expected wait."""
    low = floor(minutes * (1 - SPREAD) / STEP) * STEP
    return Wait(low, max(low + STEP, ceil(minutes * (1 + SPREAD) / STEP) * STEP))


def waits(queue: Sequence[Job], busy: Mapping[int, float]) -> dict[int, float]:
    """Expected minutes until each job of a line in call order is called.

    `busy` holds, for each open counter, the minutes until it is free. A counter that is free takes the first
    job in the line that it can do. A job that no open counter can do waits for all the work before it.
    """
    free = [(minutes, counter) for counter, minutes in busy.items()]
    heapq.heapify(free)
    left, begins = list(queue), dict[int, float]()
    while free and left:
        minutes, counter = heapq.heappop(free)
        job = next((job for job in left if counter in job.counters), None)
        if job is None:
            continue  # this counter has nothing more to do
        left.remove(job)
        begins[job.id] = minutes
        heapq.heappush(free, (minutes + job.minutes, counter))
    work = sum(job.minutes for job in queue) / max(len(busy), 1)
    return begins | {job.id: work for job in left}
