"""Who is next, as docs/policy.md publishes it: said slowly, person by person, for every quick way to agree with.

Nothing of the rule is taken from the product here; only what a branch's files say is.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from lobbyline.lobby.branch import Branch, Counter


@dataclass
class Person:
    """One who waits. Times are minutes on any one scale."""

    id: int
    service: str
    queue: str
    segment: str
    arrived: float
    returned: float | None = None
    set_back: float = 0  # minutes of one counter's work that came later and was called before
    ready: bool = False

    @property
    def came(self) -> tuple[float, int]:
        return self.arrived, self.id

    @property
    def alike(self) -> tuple[str, str, str, bool]:
        return self.service, self.queue, self.segment, self.ready


@dataclass
class Published:
    """The rule in one hall at one moment; `recent` tells of the latest calls, newest first, if they were privileged."""

    branch: Branch
    hall: Collection[Person]
    open: Collection[int]
    recent: Sequence[bool]
    now: float
    left: float

    def next(self, counter: int) -> Person | None:
        """Whom the counter calls."""
        here = [one for one in self.hall if self.can(counter, one)]
        of_each = [one for one in here if one.returned is not None or one == self.first_of(one, here)]
        if not of_each:
            return None
        if self.branch.policy.rule in ("fifo", "split"):
            return min(of_each, key=lambda one: one.came)
        if self.branch.policy.rule == "interleave":
            privilege, others = self.branch.policy.interleave
            turn = sum(self.recent[: privilege + others - 1]) < privilege
            return min(of_each, key=lambda one: (self.privileged(one) != turn, one.came))
        return min(of_each, key=lambda one: (*self.stand(one, counter, of_each), one.came))

    def counts(self, called: Person, counter: int) -> bool:
        """Whether a call counts against privilege."""
        others = [one.came for one in self.hall if self.can(counter, one) and not self.privileged(one)]
        passed = self.branch.policy.rule == "interleave" or called.came > min(others, default=(float("inf"), 0))
        return self.privileged(called) and passed

    def call(self, called: Person, counter: int) -> None:
        """Everybody who came before him and could have been called here is set back by his work."""
        for one in self.hall:
            if one.came < called.came and self.can(counter, one):
                one.set_back += self.minutes(called)

    def stand(self, one: Person, counter: int, here: Sequence[Person]) -> tuple[float, float]:
        """First the promise, then who came back, then the counter's own lines, then everybody by credit."""
        ordinary = [other.came for other in here if not self.privileged(other)]
        first, line = self.counter(counter).first, self.branch.services[one.service].queue
        used = any(self.recent[: self.branch.policy.quota - 1])
        if used and self.privileged(one) and any(came < one.came for came in ordinary):
            return 9, 0
        if one.returned is not None:
            return 1, one.returned
        if 0 < self.passed(one) >= self.bearable(one):
            return 0, 0
        return (2 if one.queue in first or line in first else 3), -self.credit(one)

    def passed(self, one: Person) -> float:
        """How much longer he waits than by order of arrival."""
        return one.set_back / max(1, len(self.able(one)))

    def bearable(self, one: Person) -> float:
        """How much longer he may."""
        most, late = self.branch.policy.set_back, self.branch.policy.set_back_late
        return most - (most - late) * min(1, max(0, self.now - one.arrived) / self.branch.queues[one.queue].max_wait)

    def credit(self, one: Person) -> float:
        weights, waited = self.branch.policy, self.now - one.arrived
        shorter = (weights.half / self.minutes(one)) ** weights.steepness
        handicap = weights.handicap / (1 + float(shorter))
        able = len(self.able(one)) / len(self.open)
        scarce = weights.handicap * weights.scarcity * (1 - able) if able else 0
        late = max(0, waited - weights.late_after) * (weights.late_counts - 1) * (able or 1)
        who = max(self.branch.queues[one.queue].head_start, self.branch.segments[one.segment].head_start)
        return waited + late + self.fullness() * (weights.head_starts * who + scarce - handicap)

    def fullness(self) -> float:
        """How much head start and handicap count: more in a full hall, less at the end of the day's work."""
        weights = self.branch.policy
        full = 1 + weights.crowding * max(0, len(self.hall) / len(self.open) - 2)
        work = sum(self.minutes(one) for one in self.hall if one.returned is None) / len(self.open)
        return full * min(1, (max(0, self.left) + work) / weights.ending) if self.left < weights.ending else full

    def minutes(self, one: Person) -> float:
        return self.branch.services[one.service].minutes * (self.branch.policy.ready_share if one.ready else 1)

    def able(self, one: Person) -> list[int]:
        return [number for number in self.open if self.can(number, one)]

    def can(self, counter: int, one: Person) -> bool:
        """Whether a counter may be asked to do it; under `split` simple and long business keep to their sides."""
        able = [number for number in self.numbers() if self.does(number, one.service, one.queue)]
        if self.branch.policy.rule == "split":
            sides, simple = self.sides(), self.simple(one.service)
            able = [number for number in able if sides.get(number, simple) == simple] or able
        return counter in able

    def sides(self) -> dict[int, bool]:
        """The counters that could do both kinds of business, and whether each does simple business only."""
        both = [
            number
            for number in self.numbers()
            if {self.simple(code) for code, s in self.branch.services.items() if self.does(number, code, s.queue)}
            == {True, False}
        ]
        return {number: number in (self.branch.policy.simple_counters or both[::2]) for number in both}

    def does(self, counter: int, service: str, queue: str) -> bool:
        return self.branch.can_serve(self.counter(counter), service, queue)

    def counter(self, number: int) -> Counter:
        return next(counter for counter in self.branch.counters if counter.number == number)

    def numbers(self) -> list[int]:
        return [counter.number for counter in self.branch.counters]

    def simple(self, service: str) -> bool:
        return self.branch.services[service].complexity in ("quick", "triage")

    def privileged(self, one: Person) -> bool:
        return self.branch.segments[one.segment].privileged

    def first_of(self, one: Person, here: Sequence[Person]) -> Person:
        """Of customers who are alike, the one who came first."""
        return min((p for p in here if p.returned is None and p.alike == one.alike), key=lambda p: p.came)
