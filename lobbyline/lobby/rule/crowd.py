"""Who waits, in groups of people who are alike in everything but their arrival: the rule looks at heads only.

Times are minutes on any one scale. Of people who are alike the first is called first, so only he is ever asked how far
he was set back.
"""

from __future__ import annotations

from bisect import bisect_left
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
    service_queue: str  # of his business, whatever he waits under
    simple: bool
    minutes: float  # expected at the counter
    unready: float  # the same when no form were filled
    head_start: float
    max_wait: float
    privileged: bool


@dataclass(slots=True, eq=False)
class Customer:
    """One who waits. `arrived` is what the rule counts from; `returned` is when he came back to go on.

    `set_back` is the work, in minutes of one counter, that came later and was called before him until he joined.
    """

    id: int
    number: str
    kind: Kind
    arrived: float
    returned: float | None = None
    set_back: float = 0
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

    def minutes(self, service: str, *, ready: bool) -> float:
        """Expected minutes at the counter: learned, or those of the file; fewer when the form is filled."""
        minutes = self._learned.get(service, self._branch.services[service].minutes)
        return minutes * (self._branch.policy.ready_share if ready else 1)

    def _made(self, service: str, queue: str, segment: str, ready: bool) -> Kind:
        branch = self._branch
        asked, who, waits_in = branch.services[service], branch.segments[segment], branch.queues[queue]
        return Kind(
            service=service,
            queue=queue,
            service_queue=asked.queue,
            simple=asked.simple,
            minutes=self.minutes(service, ready=ready),
            unready=self.minutes(service, ready=False),
            head_start=max(waits_in.head_start, who.head_start),
            max_wait=waits_in.max_wait,
            privileged=who.privileged,
        )


class Group:
    """Customers of one kind in order of arrival.

    Whoever is called before some of them passed all from the first to the last who came before him. That is noted at
    the last only: what stands in the notes of all together is what the first was passed by.
    """

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.customers: list[Customer] = []
        self._notes: list[float] = []  # for each customer
        self._noted = 0.0

    @property
    def set_back(self) -> float:
        """Minutes of one counter's work by which the first was set back."""
        return self.customers[0].set_back + self._noted

    def add(self, customer: Customer) -> None:
        place = bisect_left(self.customers, customer.key, key=by_arrival)
        customer.set_back -= sum(self._notes[place:])  # they stand for what was before he joined
        self.customers.insert(place, customer)
        self._notes.insert(place, 0.0)

    def remove(self, customer: Customer) -> None:
        place = bisect_left(self.customers, customer.key, key=by_arrival)
        del self.customers[place]
        note = self._notes.pop(place)
        if place:
            self._notes[place - 1] += note
        else:
            self._noted -= note

    def passed_by(self, customer: Customer) -> None:
        """Somebody was called; whoever came before him was set back by his work."""
        passed = bisect_left(self.customers, customer.key, key=by_arrival)
        if passed:
            self._notes[passed - 1] += customer.kind.minutes
            self._noted += customer.kind.minutes


class Crowd:
    """Everybody who waits. Those who came back to go on stand in a list of their own."""

    def __init__(self) -> None:
        self.size = 0
        self.returned: list[Customer] = []
        self._groups: dict[Kind, Group] = {}

    @property
    def work(self) -> float:
        """Expected minutes at counters of everybody who has not been there yet."""
        return sum(group.kind.minutes * len(group.customers) for group in self._groups.values())

    def groups(self) -> Iterator[Group]:
        return iter(self._groups.values())

    def everybody(self) -> Iterator[Customer]:
        for group in self._groups.values():
            yield from group.customers
        yield from self.returned

    def set_back(self, customer: Customer) -> float:
        """Minutes of one counter's work by which the first of a group was set back; nothing for anybody else."""
        group = self._groups.get(customer.kind)
        return group.set_back if group and group.customers[0] is customer else 0.0

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
            if not group.customers:
                del self._groups[customer.kind]

    def call(self, customer: Customer, within: Container[Kind]) -> None:
        """Somebody is called and leaves; of the kinds that could have been called, who came before is set back."""
        self.remove(customer)
        for group in self._groups.values():
            if group.kind in within:
                group.passed_by(customer)
