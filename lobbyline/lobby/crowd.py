"""Who waits, in groups of people who are alike in everything but their arrival: the rule looks at heads only.

Times are minutes on any one scale. How often somebody was overtaken is counted lazily, group by group.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from operator import attrgetter

from lobbyline.lobby.branch import Branch

by_arrival = attrgetter("key")


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """What the rule knows of a customer beside his times: his business and his segment."""

    service: str
    queue: str
    simple: bool
    minutes: float  # expected at the counter
    unready: float  # the same when no form were filled
    head_start: float
    max_wait: float
    privileged: bool


@dataclass(slots=True, eq=False)
class Customer:
    """One who waits. `arrived` is what the rule counts from; `returned` is when he came back to go on."""

    id: int
    number: str
    kind: Kind
    arrived: float
    returned: float | None = None
    promise: int = 0
    overtaken: int = 0
    key: tuple[float, int] = field(init=False)

    def __post_init__(self) -> None:
        self.key = (self.arrived, self.id)


class Kinds:
    """The kinds of customers of a branch, each made once.

    A head start belongs to who somebody is (care, a bank's privilege): the segment's and the line's are alternatives,
    and the larger counts. A short job needs none: the handicap of the credit rule already puts it before long ones,
    by its own minutes and not by its letter. So the quick line of the sample branch has no head start.
    """

    def __init__(self, branch: Branch, learned: Mapping[str, float] | None = None) -> None:
        self._branch, self._learned = branch, learned or {}
        self._known: dict[tuple[str, str, str, bool], Kind] = {}

    def of(self, service: str, queue: str, segment: str, *, ready: bool) -> Kind:
        known = (service, queue, segment, ready)
        if known not in self._known:
            self._known[known] = self._made(*known)
        return self._known[known]

    def _made(self, service: str, queue: str, segment: str, ready: bool) -> Kind:
        asked, who, line = self._branch.services[service], self._branch.segments[segment], self._branch.queues[queue]
        minutes = self._learned.get(service, asked.minutes)
        return Kind(
            service=service,
            queue=queue,
            simple=asked.complexity in ("quick", "triage"),
            minutes=minutes * (self._branch.policy.ready_share if ready else 1),
            unready=minutes,
            head_start=max(line.head_start, who.head_start),
            max_wait=line.max_wait,
            privileged=who.privileged,
        )


class Group:
    """Customers of one kind in order of arrival; those whose promise is used up stand apart."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.fresh: list[Customer] = []
        self.spent: list[Customer] = []
        self._passes: list[tuple[float, int]] = []  # who was called since overtaking was last counted
        self._slack = 0  # so many more calls cannot use up anybody's promise

    def add(self, customer: Customer) -> None:
        self.settle()
        left = customer.promise - customer.overtaken
        if left <= 0:
            insort(self.spent, customer, key=by_arrival)
            return
        self._slack = min(self._slack, left) if self.fresh else left
        insort(self.fresh, customer, key=by_arrival)

    def remove(self, customer: Customer) -> None:
        self.settle()
        (self.fresh if customer in self.fresh else self.spent).remove(customer)

    def passed_by(self, key: tuple[float, int]) -> None:
        """Somebody was called; whoever came before him was overtaken."""
        if self.fresh and self.fresh[0].key < key:
            self._passes.append(key)
            self._slack -= 1
            if self._slack <= 0:
                self.settle()

    def settle(self) -> None:
        """Count overtaking exactly, and set apart whose promise is used up."""
        if not self._passes:
            return
        passes = sorted(self._passes)
        self._passes = []
        for customer in self.fresh:
            customer.overtaken += len(passes) - bisect_right(passes, customer.key)
        for customer in [one for one in self.fresh if one.overtaken >= one.promise]:
            self.fresh.remove(customer)
            insort(self.spent, customer, key=by_arrival)
        self._slack = self._least()

    def _least(self) -> int:
        return min((one.promise - one.overtaken for one in self.fresh), default=0)


class Crowd:
    """Everybody who waits. Those who came back to go on stand in a list of their own."""

    def __init__(self) -> None:
        self.size = 0
        self.returned: list[Customer] = []
        self._groups: dict[Kind, Group] = {}

    def groups(self) -> Iterator[Group]:
        return iter(self._groups.values())

    def everybody(self) -> Iterator[Customer]:
        for group in self._groups.values():
            yield from group.fresh
            yield from group.spent
        yield from self.returned

    def add(self, customer: Customer) -> None:
        self.size += 1
        if customer.returned is not None:
            self.returned.append(customer)
            return
        if customer.kind not in self._groups:
            self._groups[customer.kind] = Group(customer.kind)
        self._groups[customer.kind].add(customer)

    def remove(self, customer: Customer) -> None:
        self.size -= 1
        if customer.returned is not None:
            self.returned.remove(customer)
        else:
            group = self._groups[customer.kind]
            group.remove(customer)
            if not group.fresh and not group.spent:
                del self._groups[customer.kind]

    def call(self, customer: Customer, within: Container[Kind]) -> None:
        """Somebody is called and leaves; of the kinds that could have been called, who came before is overtaken."""
        self.remove(customer)
        for group in self._groups.values():
            if group.kind in within:
                group.passed_by(customer.key)
        for other in self.returned:
            if other.kind in within and other.key < customer.key:
                other.overtaken += 1
