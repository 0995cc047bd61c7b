"""How many counters of which kind in each half hour: found by playing the day, not by a formula.

A lay says which counters are open in which half hour. Better lays are looked for one move at a time: shift an hour of
one kind of counter, give one more, take one away; each is judged by playing the day under the branch's own rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import time

from lobbyline.lobby.branch import Branch, Counter, Window
from lobbyline.lobby.simulation.day import Arrival, closing, opening, play, seconds
from lobbyline.lobby.simulation.figures import Figures, figures

HALF_HOUR = 1800
SHIFT = 2  # half hours that a teller sits or is away at least
NEVER = 1e6  # a lay that leaves anybody unserved is no lay
WORTH = 0.05  # of the score: a smaller gain is not worth another plan
Lay = tuple[tuple[bool, ...], ...]  # for each counter of the branch, for each half hour: open or not


@dataclass(frozen=True)
class Target:
    """What a plan must reach."""

    over: float = 0.10  # share of customers over 20 minutes
    long_p95: float = 40  # minutes


@dataclass(frozen=True)
class Plan:
    """A lay and what it gives."""

    name: str
    branch: Branch
    lay: Lay
    figures: Figures

    @property
    def hours(self) -> float:
        return sum(sum(row) for row in self.lay) / 2

    def meets(self, target: Target) -> bool:
        return (
            not self.figures.unserved and self.figures.over <= target.over and self.figures.long_p95 <= target.long_p95
        )


def lay_of(branch: Branch) -> Lay:
    """How the branch plans its counters today."""
    return tuple(tuple(_open(branch, one, slot) for slot in range(slots(branch))) for one in branch.counters)


def slots(branch: Branch) -> int:
    return max(1, round(closing(branch) / HALF_HOUR))


def with_lay(branch: Branch, lay: Lay) -> Branch:
    """The branch with its counters open as laid."""
    counters = [
        counter.model_copy(update={"hours": list(_windows(branch, row))})
        for counter, row in zip(branch.counters, lay, strict=True)
        if any(row)
    ]
    return branch.model_copy(update={"counters": counters})


def judged(name: str, branch: Branch, lay: Lay, arrivals: Sequence[Arrival]) -> Plan:
    """What a lay gives on this day."""
    laid = with_lay(branch, lay)
    return Plan(name, branch, lay, figures(branch, play(laid, arrivals, reasons=False)))


def better(branch: Branch, today: Plan, arrivals: Sequence[Arrival], rounds: int = 6) -> Plan:
    """The same counter hours laid after the arrivals."""
    plan = Plan("same hours, laid better", branch, today.lay, today.figures)
    for _ in range(rounds):
        found = _best(plan.name, branch, arrivals, _shifts(plan.lay), plan)
        if score(found.figures) >= score(plan.figures) - WORTH:
            return plan
        plan = found
    return plan


def one_more(plan: Plan, arrivals: Sequence[Arrival]) -> Plan:
    """One counter more all day, of the kind that helps most."""
    number = max(counter.number for counter in plan.branch.counters) + 1
    plans = [
        judged(
            "one counter more", _grown(plan.branch, counter, number), (*plan.lay, (True,) * len(plan.lay[0])), arrivals
        )
        for counter in plan.branch.counters
    ]
    return min(plans, key=lambda grown: score(grown.figures))


def one_less(plan: Plan, arrivals: Sequence[Arrival]) -> Plan:
    """One counter less all day, where it hurts least and nobody is left unserved."""
    none = (False,) * len(plan.lay[0])
    lays = [(*plan.lay[:number], none, *plan.lay[number + 1 :]) for number, row in enumerate(plan.lay) if any(row)]
    return _best("one counter less", plan.branch, arrivals, iter(lays if len(lays) > 1 else [plan.lay]), plan)


def _grown(branch: Branch, like: Counter, number: int) -> Branch:
    """The branch with one counter more, that does what another does."""
    return branch.model_copy(update={"counters": [*branch.counters, like.model_copy(update={"number": number})]})


def fewest(branch: Branch, start: Plan, target: Target, arrivals: Sequence[Arrival], rounds: int = 24) -> Plan:
    """The fewest counter hours that reach the target, as far as single moves find them."""
    plan = start
    for _ in range(rounds):
        if not plan.meets(target):
            found = _best("fewest hours", branch, arrivals, _changes(plan.lay, SHIFT, opened=True), plan)
            if found.lay == plan.lay:
                break
            plan = found
            continue
        less = _best("fewest hours", branch, arrivals, _changes(plan.lay, SHIFT, opened=False), plan)
        if less.lay == plan.lay or not less.meets(target):
            break
        plan = less
    return replace(plan, name="fewest hours")


def score(found: Figures) -> float:
    """One figure to compare lays by: waiting, long waits, overtime, and whoever was not served."""
    return (
        found.mean
        + 20 * found.over
        + 0.2 * found.long_p95
        + 0.2 * max(0.0, found.end)
        + (NEVER if found.unserved else 0.0)
    )


def _best(name: str, branch: Branch, arrivals: Sequence[Arrival], lays: Iterator[Lay], otherwise: Plan) -> Plan:
    plans = [judged(name, branch, lay, arrivals) for lay in lays]
    return min(plans, key=lambda plan: score(plan.figures), default=replace(otherwise, name=name))


def _shifts(lay: Lay) -> Iterator[Lay]:
    """An hour of one counter moved to another hour of the same counter."""
    for number, row in enumerate(lay):
        for opened in range(0, len(row) - SHIFT + 1, SHIFT):
            for closed in range(0, len(row) - SHIFT + 1, SHIFT):
                if not any(row[opened : opened + SHIFT]) and all(row[closed : closed + SHIFT]):
                    yield _changed(_changed(lay, number, opened, SHIFT, to=True), number, closed, SHIFT, to=False)


def _changes(lay: Lay, length: int, *, opened: bool) -> Iterator[Lay]:
    """Every lay with one counter opened, or closed, for `length` half hours more."""
    for number, row in enumerate(lay):
        for start in range(0, len(row) - length + 1, SHIFT):
            if any(slot != opened for slot in row[start : start + length]):
                yield _changed(lay, number, start, length, to=opened)


def _changed(lay: Lay, number: int, start: int, length: int, *, to: bool) -> Lay:
    row = lay[number]
    changed = (*row[:start], *[to] * length, *row[start + length :])
    return (*lay[:number], changed, *lay[number + 1 :])


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
