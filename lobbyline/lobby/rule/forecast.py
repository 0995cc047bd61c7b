"""How long it takes: a range from playing the real rule forward with expected times, never one exact minute.

The range is the play's answer widened by the branch's own recent errors where there are enough of them, and by usual
ones where there are not; rounded outward to five minutes. Errors grow as the root of the wait: they are kept in it.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil, floor, sqrt

from lobbyline.lobby.rule import policy
from lobbyline.lobby.rule.crowd import Crowd, Customer
from lobbyline.lobby.rule.policy import FAR, Choice, Counters, Moment

STEP = 5  # minutes; a range is rounded outward to it
USUAL = (-1.0, 2.5)  # errors in roots of the wait while nothing is learned; who comes later may pass: more upward
CROWDED = 60  # minutes above which "many people are waiting" is said instead
ENOUGH = 40  # visits of a line from which its own errors are believed
COVERED = (0.07, 0.93)  # the errors between which most visits lie


@dataclass(frozen=True)
class Wait:
    """A range in whole minutes."""

    low: int
    high: int

    @property
    def crowded(self) -> bool:
        return self.high > CROWDED


@dataclass(frozen=True)
class Learned:
    """What the branch's own past days teach: minutes of services, and how far forecasts were out.

    `errors` holds, for each line, the errors between which most lay, in roots of the wait that was expected.
    """

    minutes: Mapping[str, float] = field(default_factory=dict)
    errors: Mapping[str, tuple[float, float]] = field(default_factory=dict)


NOTHING = Learned()


def around(minutes: float, errors: tuple[float, float] | None = None) -> Wait:
    """The range that is told for an expected wait."""
    least, most = errors or USUAL
    low = max(0, floor((minutes + least * _root(minutes)) / STEP) * STEP)
    return Wait(low, max(low + STEP, ceil((minutes + most * _root(minutes)) / STEP) * STEP))


def error_range(told: Sequence[tuple[float, float]]) -> tuple[float, float] | None:
    """From pairs of the wait that was expected and the one that came: the errors between which most lie."""
    errors = sorted((came - expected) / _root(expected) for expected, came in told)
    if len(errors) < ENOUGH:
        return None
    least, most = (errors[min(len(errors) - 1, int(share * len(errors)))] for share in COVERED)
    return min(least, 0.0), max(most, 0.0)


def _root(minutes: float) -> float:
    return sqrt(minutes + 1)


def learn(
    expected: Mapping[str, float], served: Mapping[str, tuple[int, float]], told: Sequence[tuple[str, float, float]]
) -> Learned:
    """From the minutes of the file, finished visits and what was told: the file counts as much as ENOUGH visits."""
    minutes = {
        service: (least * ENOUGH + visits * mean) / (ENOUGH + visits)
        for service, least in expected.items()
        for visits, mean in [served.get(service, (0, 0.0))]
    }
    lines = {queue for queue, _, _ in told}
    errors = {queue: error_range([(was, came) for line, was, came in told if line == queue]) for queue in lines}
    return Learned(minutes, {queue: found for queue, found in errors.items() if found})


@dataclass(frozen=True)
class Step:
    """One call of the play: when, at which counter, and whom; None when nobody was left for the counter."""

    at: float
    counter: int
    moment: Moment
    choice: Choice | None


@dataclass(frozen=True)
class Play:
    """A hall played forward until everybody is called: begins in minutes, in call order, by id."""

    begins: dict[int, float]
    steps: Sequence[Step]
    at: float

    def joined_by(self, newcomer: Customer, counters: Counters) -> float:
        """Minutes until somebody who joins now is called: where he first stands before the one who is."""
        able = counters.able(newcomer.kind)
        for step in self.steps:
            if step.counter in able:
                choice = step.choice
                if choice is None or step.moment.rank(newcomer, step.counter, choice.ordinary) < choice.rank:
                    return step.at - self.at
        return max(self.begins.values(), default=0.0)


def play(
    crowd: Crowd,
    counters: Counters,
    free: Mapping[int, float],
    at: float,
    recent: Sequence[bool],
    left: float = FAR,
    until: int | None = None,
) -> Play:
    """Call everybody of the crowd, or up to the one with the id `until`; who was called is not in it afterwards.

    `free` holds, for each open counter, the minutes until it is free. Whoever no counter of `free` can do waits
    for all the work before him.
    """
    next_free = [(at + minutes, number) for number, minutes in free.items()]
    heapq.heapify(next_free)
    begins, steps, calls = dict[int, float](), list[Step](), list(recent)
    work = sum(one.kind.minutes for one in crowd.everybody()) / max(len(next_free), 1)
    while next_free and until not in begins:
        now, number = heapq.heappop(next_free)
        moment = Moment(crowd, counters, calls, now, left - (now - at))
        choice = policy.choose(moment, number)
        steps.append(Step(now, number, moment, choice))
        if choice:
            crowd.call(choice.customer, counters.within(number))
            calls.insert(0, choice.privileged)
            begins[choice.customer.id] = now - at
            heapq.heappush(next_free, (now + choice.customer.kind.minutes, number))
    return Play(begins | {one.id: work for one in crowd.everybody()}, steps, at)
