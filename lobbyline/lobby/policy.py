"""Who is next: one published rule, one pure function.

Credit in minutes: what a customer waited, plus a head start, less a handicap that grows with the length of the job.
The fuller the hall, the more short jobs go first; a job that few counters can do is held back less. Bounds come
before credit: whoever was passed as often as promised, or waited as long as his line allows, is next.
The same lobby at the same moment always gives the same answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lobbyline.lobby.branch import Policy


@dataclass(frozen=True)
class Customer:
    """What the rule knows of one waiting ticket; minutes are minutes of waiting or of work."""

    id: int
    number: str
    queue: str
    arrived_at: datetime
    returned_at: datetime | None
    minutes: float
    head_start: float
    max_wait: float
    overtaken: int
    promise: int
    served_by: int  # open counters that can do it


@dataclass(frozen=True)
class Hall:
    """What the rule knows of the hall: open counters and waiting customers."""

    counters: int
    waiting: int


@dataclass(frozen=True)
class Reason:
    """Why this number now: a code with a sentence in the words of the branch, and what fills it."""

    code: str
    facts: dict[str, object]


def waited(customer: Customer, at: datetime) -> float:
    """Minutes since arrival."""
    return (at - customer.arrived_at).total_seconds() / 60


def guarded(customer: Customer, at: datetime) -> bool:
    """Whether nobody may pass any more: promise used up, or the longest wait of the line reached."""
    return customer.overtaken >= customer.promise or waited(customer, at) >= customer.max_wait


def credit(customer: Customer, hall: Hall, policy: Policy, at: datetime) -> float:
    """Minutes of credit under the balanced rule; under `fifo` only the wait counts."""
    if policy.rule == "fifo":
        return waited(customer, at)
    counters = max(hall.counters, 1)
    crowding = 1 + policy.crowding * max(0.0, hall.waiting / counters - 2)
    scarcity = 1 - policy.scarcity * (counters - min(customer.served_by, counters)) / counters
    grown, half = customer.minutes**policy.steepness, policy.half**policy.steepness
    handicap = policy.handicap * float(grown / (grown + half))
    return waited(customer, at) + crowding * (customer.head_start - handicap * scarcity)


def order(
    customers: Sequence[Customer], hall: Hall, policy: Policy, at: datetime, first: frozenset[str] = frozenset()
) -> list[Customer]:
    """Everyone in the order of the rule, as a counter sees it that serves the lines `first` before others."""

    def rank(customer: Customer) -> tuple[int, float, datetime, int]:
        if customer.returned_at is not None:
            return (0, customer.returned_at.timestamp(), customer.arrived_at, customer.id)
        if guarded(customer, at):
            return (1, 0, customer.arrived_at, customer.id)
        own = 2 if customer.queue in first else 3
        return (own, -credit(customer, hall, policy, at), customer.arrived_at, customer.id)

    return sorted(customers, key=rank)


def reason(chosen: Customer, others: Sequence[Customer], at: datetime, first: frozenset[str]) -> Reason:
    """Why the chosen one and not who came before, in one sentence that may be told to anybody."""
    earlier = [other for other in others if (other.arrived_at, other.id) < (chosen.arrived_at, chosen.id)]
    if not earlier:
        return Reason("earliest", {"ticket": chosen.number})
    passed = min(earlier, key=lambda other: (other.arrived_at, other.id))
    facts: dict[str, object] = {
        "ticket": chosen.number,
        "passed": passed.number,
        "minutes": round(max(0.0, passed.max_wait - waited(passed, at))),
    }
    return Reason(_turning(chosen, passed, at, first), facts)


def _turning(chosen: Customer, passed: Customer, at: datetime, first: frozenset[str]) -> str:
    """The first part of the rule that put `chosen` before `passed`."""
    if chosen.returned_at is not None:
        return "returned"
    if guarded(chosen, at):
        return "promise"
    if chosen.queue in first and passed.queue not in first:
        return "own_line"
    if chosen.head_start > passed.head_start:
        return "priority"
    return "simple_first" if chosen.minutes < passed.minutes else "few_counters"
