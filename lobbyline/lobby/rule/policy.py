"""Who is next: one published rule, one pure function.

Credit in minutes: what a customer waited, plus a head start, less a handicap that grows with the length of the job.
The fuller the hall, the more short jobs go first; late minutes count more than the first ones, so that the turn of a
long job comes; a job that few counters can do has a head start. Bounds come before credit: whoever was set back as far
as is promised is next, then whoever came back to go on. Of people who are alike the first is called first. The same
lobby at the same moment always gives the same answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from lobbyline.lobby.branch import Branch, Counter
from lobbyline.lobby.rule.crowd import Crowd, Customer, Kind
from lobbyline.lobby.rule.reason import Reason

Rank = tuple[float, float, float, int]  # the smallest is next: tier, value, arrival, id; so no two are alike
PLAIN = ("fifo", "split", "interleave")  # rules without credit
FAR = 1e9  # minutes: later than anything
# Parts of the rule, in the order in which they are blamed for having put one customer before another.
PARTS = ("promise", "returned", "quota", "own_line", "priority", "ready", "few_counters", "simple_first")


class Counters:
    """The counters: which are open, and what each may be asked to do; made anew when one opens or closes."""

    def __init__(self, branch: Branch, counters: Sequence[Counter]) -> None:
        self.branch, self.policy = branch, branch.policy
        self.numbers = frozenset(counter.number for counter in counters)
        self._counters = {counter.number: counter for counter in branch.counters}
        self._able: dict[Kind, frozenset[int]] = {}
        self._within: dict[int, set[Kind]] = {number: set() for number in self._counters}
        self._bias: dict[Kind, float] = {}
        self._sharing: dict[Kind, int] = {}
        self._lateness: dict[Kind, float] = {}

    def own(self, counter: int, kind: Kind) -> bool:
        """Whether a counter calls it before others: by the line where he waits, or the one of his business."""
        first = self._counters[counter].first
        return kind.queue in first or kind.service_queue in first

    def able(self, kind: Kind) -> frozenset[int]:
        """The counters of the branch, open or not, that may be asked to do it."""
        if kind not in self._able:
            able = {n for n, one in self._counters.items() if self.branch.can_serve(one, kind.service, kind.queue)}
            if self.policy.rule == "split":
                able = {n for n in able if self._sides.get(n, kind.simple) == kind.simple} or able
            for number in able:
                self._within[number].add(kind)
            self._able[kind] = frozenset(able)
        return self._able[kind]

    def within(self, counter: int) -> set[Kind]:
        """The kinds, of those asked for so far, that a counter may be asked to do."""
        return self._within[counter]

    def bias(self, kind: Kind) -> float:
        """Minutes that come to a customer's wait in a hall without crowding."""
        if kind not in self._bias:
            self._bias[kind] = self.weighed(kind, frozenset())
        return self._bias[kind]

    def sharing(self, kind: Kind) -> int:
        """How many open counters share the work that goes before him."""
        if kind not in self._sharing:
            self._sharing[kind] = max(1, len(self.able(kind) & self.numbers))
        return self._sharing[kind]

    def lateness(self, kind: Kind) -> float:
        """What comes to each late minute: less where few open counters can do it, since all are late there."""
        if kind not in self._lateness:
            self._lateness[kind] = (self.policy.late_counts - 1) * (1 - self._unable(kind))
        return self._lateness[kind]

    def crowding(self, crowd: Crowd, left: float) -> float:
        """How much head start and handicap count in a hall, so long before closing."""
        policy, counters = self.policy, max(len(self.numbers), 1)
        full = 1 + policy.crowding * max(0.0, crowd.size / counters - 2)
        if not policy.ending or left >= policy.ending:
            return full
        return full * min(1.0, (max(0.0, left) + crowd.work / counters) / policy.ending)

    def held(self, recent: Sequence[bool]) -> bool:
        """Whether privilege had its share of the latest calls."""
        lately = recent[: self.policy.looks_back]
        return sum(lately) >= self.policy.interleave[0] if self.policy.rule == "interleave" else any(lately)

    def weighed(self, kind: Kind, off: frozenset[str]) -> float:
        """The same with parts of the rule switched off."""
        policy = self.policy
        minutes = kind.unready if "ready" in off else kind.minutes
        grown, half = minutes**policy.steepness, policy.half**policy.steepness
        handicap = 0.0 if "simple_first" in off else policy.handicap * float(grown / (grown + half))
        scarce = 0.0 if "few_counters" in off else policy.handicap * policy.scarcity * self._unable(kind)
        return (0.0 if "priority" in off else policy.head_starts * kind.head_start) + scarce - handicap

    def _unable(self, kind: Kind) -> float:
        """The share of the open counters that cannot do it."""
        able = len(self.able(kind) & self.numbers)
        return 1 - able / len(self.numbers) if able else 0.0

    @cached_property
    def _sides(self) -> dict[int, bool]:
        """Under `split`: whether a counter that could do both kinds of business does simple business only."""
        both = [counter.number for counter in self.branch.counters if len(self._sorts(counter)) > 1]
        chosen = self.policy.simple_counters or both[::2]
        return {number: number in chosen for number in both}

    def _sorts(self, counter: Counter) -> set[bool]:
        """Of what a counter does, whether it is simple."""
        services = self.branch.services.items()
        return {one.simple for code, one in services if self.branch.can_serve(counter, code, one.queue)}


class Moment:
    """What the rule looks at: who waits, which counters are open, what was called lately, and the time.

    `recent` tells of the latest calls, newest first, whether they counted against the privilege of segments; `left` is
    the minutes until the branch closes. What depends on how many wait is as it was when the moment came.
    """

    __slots__ = ("at", "counters", "crowd", "crowding", "held")

    def __init__(self, crowd: Crowd, counters: Counters, recent: Sequence[bool], at: float, left: float = FAR) -> None:
        self.crowd, self.counters, self.at = crowd, counters, at
        self.crowding = counters.crowding(crowd, left)
        self.held = counters.held(recent)

    def set_back(self, customer: Customer) -> float:
        """Minutes that somebody, the first of his kind, waits longer than in order of arrival."""
        return self.crowd.set_back(customer) / self.counters.sharing(customer.kind)

    def bearable(self, customer: Customer) -> float:
        """Minutes that somebody may be set back: the later it gets for him, the fewer."""
        policy = self.counters.policy
        late = min(1.0, max(0.0, self.at - customer.arrived) / customer.kind.max_wait)
        return policy.set_back - (policy.set_back - policy.set_back_late) * late

    def guarded(self, customer: Customer) -> bool:
        """Whether nobody who came later may pass, because too many did."""
        set_back = self.set_back(customer)
        return set_back > 0 and set_back >= self.bearable(customer)

    def credit(self, customer: Customer, off: frozenset[str] = frozenset()) -> float:
        """Minutes of credit, with parts of the rule switched off."""
        bias = self.counters.weighed(customer.kind, off) if off else self.counters.bias(customer.kind)
        credit = self.at - customer.arrived
        late = credit - self.counters.policy.late_after
        if late > 0:
            credit += late * self.counters.lateness(customer.kind)
        return credit + self.crowding * bias

    def rank(
        self, customer: Customer, counter: int, ordinary: tuple[float, int], off: frozenset[str] = frozenset()
    ) -> Rank:
        """Where somebody stands at a counter.

        `ordinary` is the arrival of the earliest without privilege who could be called here: while privilege has had
        its share, nobody is called before him by it.
        """
        rule, kind, key = self.counters.policy.rule, customer.kind, customer.key
        if rule in ("fifo", "split"):
            return (0, 0, *key)
        if rule == "interleave":
            return (kind.privileged == self.held and "quota" not in off, 0, *key)
        if self.held and "quota" not in off and kind.privileged and key > ordinary:
            return (FAR, 0, *key)
        if customer.returned is not None and "returned" not in off:
            return (1, customer.returned, *key)
        if "promise" not in off and self.guarded(customer):
            return (0, 0, *key)
        own = "own_line" not in off and self.counters.own(counter, kind)
        return (2 if own else 3, -self.credit(customer, off), *key)


@dataclass(frozen=True)
class Choice:
    """Whom a counter calls: the customer, where he stood, and whether the call counts against privilege.

    `ordinary` is the arrival of the earliest without privilege whom the counter could have called.
    """

    customer: Customer
    rank: Rank
    privileged: bool
    ordinary: tuple[float, int]


def choose(moment: Moment, counter: int) -> Choice | None:
    """Whom this counter calls now; None when nobody waits for it."""
    heads = list(_heads(moment, counter))
    if not heads:
        return None
    ordinary = earliest(one for one, _ in heads)
    if moment.counters.policy.rule in PLAIN:
        rank, best = min((moment.rank(one, counter, ordinary), one) for one, _ in heads)
    else:
        rank, best = _most_credit(moment, counter, heads, ordinary)
    counts = best.kind.privileged and (moment.counters.policy.rule == "interleave" or best.key > ordinary)
    return Choice(best, rank, counts, ordinary)


def _most_credit(
    moment: Moment, counter: int, heads: Iterable[tuple[Customer, float]], ordinary: tuple[float, int]
) -> tuple[Rank, Customer]:
    """The smallest of all ranks, as `Moment.rank` has them, without asking it for each: this is asked most of all."""
    held, counters = moment.held, moment.counters
    least = min(counters.policy.set_back, counters.policy.set_back_late)
    found: Rank = (FAR, FAR, FAR, 0)
    best: Customer | None = None
    for one, passed in heads:
        kind, key = one.kind, one.key
        tier: float
        if held and kind.privileged and key > ordinary:
            tier, value = FAR, 0.0
        elif one.returned is not None:
            tier, value = 1, one.returned
        elif passed and passed / counters.sharing(kind) >= least and moment.guarded(one):
            tier, value = 0, 0.0
        else:
            tier, value = (2 if counters.own(counter, kind) else 3), -moment.credit(one)
        if best is None or (tier, value, *key) < found:
            found, best = (tier, value, *key), one
    assert best is not None, "there is a head"  # noqa: S101  # choose() has looked
    return found, best


def earliest(customers: Iterable[Customer]) -> tuple[float, int]:
    """The earliest arrival without privilege; later than anybody when there is none."""
    return min((one.key for one in customers if not one.kind.privileged), default=(FAR, 0))


def _heads(moment: Moment, counter: int) -> Iterable[tuple[Customer, float]]:
    """The customers of whom one is next: the first of each group with the work that passed him, and who came back."""
    able, within = moment.counters.able, moment.counters.within(counter)
    for group in moment.crowd.groups():
        able(group.kind)
        if group.kind in within:
            yield group.customers[0], group.set_back
    yield from ((one, 0.0) for one in moment.crowd.returned if counter in able(one.kind))


def reason(moment: Moment, counter: int, choice: Choice) -> Reason:
    """Why the chosen one and not who came before, in one sentence that may be told to anybody."""
    chosen, able = choice.customer, moment.counters.able
    facts: dict[str, object] = {"ticket": chosen.number, "credit": round(moment.credit(chosen), 1)}
    facts |= {"privileged": True} if choice.privileged else {}
    earlier = [one for one in moment.crowd.everybody() if one.key < chosen.key]
    here = [one for one in earlier if counter in able(one.kind)]
    if not earlier:
        return Reason("earliest", facts)
    passed = min(here or earlier, key=lambda one: one.key)
    facts |= {
        "passed": passed.number,
        "passed_credit": round(moment.credit(passed), 1),
        "minutes": max(1, round(moment.bearable(passed))),
    }
    if not here:
        return Reason("skill", facts)
    return Reason(_turning(moment, counter, chosen, passed, earliest(here)), facts)


def _turning(moment: Moment, counter: int, chosen: Customer, passed: Customer, ordinary: tuple[float, int]) -> str:
    """The part of the rule without which the order would be the other way round."""
    if moment.counters.policy.rule == "interleave":
        return "vip" if chosen.kind.privileged else "quota"

    def turned(*off: str) -> bool:
        parts = frozenset(off)
        return moment.rank(chosen, counter, ordinary, parts) > moment.rank(passed, counter, ordinary, parts)

    alone = next((part for part in PARTS if turned(part)), None)
    part = alone or next((part for count, part in enumerate(PARTS, 1) if turned(*PARTS[:count])), "simple_first")
    return "vip" if part == "priority" and chosen.kind.privileged else part
