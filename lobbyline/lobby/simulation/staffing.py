"""How many counters of which kind in each half hour: found by playing the day, not by a formula.

A schedule says which counters are open in which half hour. Better ones are looked for one move at a time: shift an hour
of one counter, open one more, close one; each is judged by playing the day under the branch's own rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import time

from lobbyline.lobby.branch import Branch, Counter, Window
from lobbyline.lobby.simulation.day import Arrival, closing, opening, play, seconds
from lobbyline.lobby.simulation.figures import Figures, figures

HALF_HOUR = 1800
SHIFT = 2  # half hours that a teller sits or is away at least
NEVER = 1e6  # a schedule that leaves anybody unserved is no schedule
WORTH = 0.05  # of the score: a smaller gain is not worth another plan
Schedule = tuple[tuple[bool, ...], ...]  # for each counter of the branch, for each half hour: open or not


@dataclass(frozen=True)
class Target:
    """What a plan must reach."""

    over: float = 0.10  # share of customers over 20 minutes
    long_p95: float = 40  # minutes


@dataclass(frozen=True)
class Plan:
    """A schedule and what it gives."""

    name: str
    branch: Branch
    schedule: Schedule
    figures: Figures

    @property
    def hours(self) -> float:
        return sum(sum(row) for row in self.schedule) / 2

    def meets(self, target: Target) -> bool:
        return (
            not self.figures.unserved and self.figures.over <= target.over and self.figures.long_p95 <= target.long_p95
        )


def schedule_of(branch: Branch) -> Schedule:
    """How the branch plans its counters today."""
    return tuple(tuple(_open(branch, one, slot) for slot in range(slots(branch))) for one in branch.counters)


def slots(branch: Branch) -> int:
    return max(1, round(closing(branch) / HALF_HOUR))


def with_schedule(branch: Branch, schedule: Schedule) -> Branch:
    """The branch with its counters open as scheduled."""
    counters = [
        counter.model_copy(update={"hours": list(_windows(branch, row))})
        for counter, row in zip(branch.counters, schedule, strict=True)
        if any(row)
    ]
    return branch.model_copy(update={"counters": counters})


def judged(name: str, branch: Branch, schedule: Schedule, arrivals: Sequence[Arrival]) -> Plan:
    """What a schedule gives on this day."""
    open_so = with_schedule(branch, schedule)
    return Plan(name, branch, schedule, figures(branch, play(open_so, arrivals, reasons=False)))


def better(branch: Branch, today: Plan, arrivals: Sequence[Arrival], rounds: int = 6) -> Plan:
    """The same counter hours, moved to when customers arrive."""
    plan = Plan("same hours, moved", branch, today.schedule, today.figures)
    for _ in range(rounds):
        found = _best(plan.name, branch, arrivals, _shifts(plan.schedule), plan)
        if score(found.figures) >= score(plan.figures) - WORTH:
            return plan
        plan = found
    return plan


def one_more(plan: Plan, arrivals: Sequence[Arrival]) -> Plan:
    """One counter more all day, of the kind that helps most."""
    number = max(counter.number for counter in plan.branch.counters) + 1
    grown = (*plan.schedule, (True,) * slots(plan.branch))
    branches = [_grown(plan.branch, counter, number) for counter in plan.branch.counters]
    plans = [judged("one counter more", branch, grown, arrivals) for branch in branches]
    return min(plans, key=lambda one: score(one.figures))


def one_less(plan: Plan, arrivals: Sequence[Arrival]) -> Plan:
    """One counter less all day, where it hurts least and nobody is left unserved."""
    closed = (False,) * slots(plan.branch)
    open_rows = [place for place, row in enumerate(plan.schedule) if any(row)]
    schedules = [(*plan.schedule[:place], closed, *plan.schedule[place + 1 :]) for place in open_rows]
    if len(schedules) == 1:
        schedules = [plan.schedule]
    return _best("one counter less", plan.branch, arrivals, schedules, plan)


def _grown(branch: Branch, like: Counter, number: int) -> Branch:
    """The branch with one counter more, that does what another does."""
    return branch.model_copy(update={"counters": [*branch.counters, like.model_copy(update={"number": number})]})


def fewest(branch: Branch, start: Plan, target: Target, arrivals: Sequence[Arrival], rounds: int = 24) -> Plan:
    """The fewest counter hours that reach the target, as far as single moves find them: opened, then closed."""
    plan = start
    for _ in range(rounds):
        opening_more = not plan.meets(target)
        found = _best("fewest hours", branch, arrivals, _changes(plan.schedule, opened=opening_more), plan)
        if found.schedule == plan.schedule or not (opening_more or found.meets(target)):
            break
        plan = found
    return replace(plan, name="fewest hours")


def score(found: Figures) -> float:
    """One figure to compare schedules by: waiting, long waits, overtime, and whoever was not served."""
    return (
        found.mean
        + 20 * found.over
        + 0.2 * found.long_p95
        + 0.2 * max(0.0, found.end)
        + (NEVER if found.unserved else 0.0)
    )


def _best(
    name: str, branch: Branch, arrivals: Sequence[Arrival], schedules: Iterable[Schedule], otherwise: Plan
) -> Plan:
    plans = [judged(name, branch, schedule, arrivals) for schedule in schedules]
    return min(plans, key=lambda plan: score(plan.figures), default=replace(otherwise, name=name))


def _shifts(schedule: Schedule) -> Iterator[Schedule]:
    """An hour of one counter moved to another hour of the same counter."""
    for number, row in enumerate(schedule):
        for opened in _starts(row):
            for closed in _starts(row):
                if not any(row[opened : opened + SHIFT]) and all(row[closed : closed + SHIFT]):
                    yield _changed(_changed(schedule, number, opened, to=True), number, closed, to=False)


def _changes(schedule: Schedule, *, opened: bool) -> Iterator[Schedule]:
    """Every schedule with one counter opened, or closed, for an hour more."""
    for number, row in enumerate(schedule):
        for start in _starts(row):
            if any(slot != opened for slot in row[start : start + SHIFT]):
                yield _changed(schedule, number, start, to=opened)


def _starts(row: Sequence[bool]) -> range:
    return range(0, len(row) - SHIFT + 1, SHIFT)


def _changed(schedule: Schedule, number: int, start: int, *, to: bool) -> Schedule:
    row = schedule[number]
    changed = (*row[:start], *[to] * SHIFT, *row[start + SHIFT :])
    return (*schedule[:number], changed, *schedule[number + 1 :])


def _open(branch: Branch, counter: Counter, slot: int) -> bool:
    middle = (slot + 0.5) * HALF_HOUR
    if not counter.hours:
        return True
    return any(seconds(branch, one.start) <= middle < seconds(branch, one.until) for one in counter.hours)


def _windows(branch: Branch, row: Sequence[bool]) -> Iterator[Window]:
    """The open half hours of a counter as windows."""
    start: int | None = None
    for slot, is_open in enumerate((*row, False)):
        if is_open and start is None:
            start = slot
        elif not is_open and start is not None:
            yield Window(start=_clock(branch, start), until=_clock(branch, slot))
            start = None


def _clock(branch: Branch, slot: int) -> time:
    begin = opening(branch)
    minutes = min(begin.hour * 60 + begin.minute + slot * 30, 24 * 60 - 1)
    return time(minutes // 60, minutes % 60)
