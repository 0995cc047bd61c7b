"""One day played: who arrives is given, who is called is decided by the rule alone, which never sees how long a job is.

Seconds from opening. A counter that is planned to close finishes its customer first; those planned until the branch
closes stay until nobody waits for them. Whoever has a review is called back for a moment when it is done.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from itertools import count

from lobbyline.lobby.branch import WEEKDAYS, Branch, Counter, Window
from lobbyline.lobby.rule import policy
from lobbyline.lobby.rule.crowd import Crowd, Customer, Kinds
from lobbyline.lobby.rule.policy import Counters, Moment
from lobbyline.lobby.rule.reason import Reason

ARRIVE, FREE, BACK, LEAVE, PLAN = range(5)  # kinds of moments, in the order in which they count at the same second


@dataclass(frozen=True)
class Arrival:
    """A customer of the day; `review` and `patience` None when there is none."""

    at: float
    service: str
    segment: str = "ordinary"
    service_seconds: float = 0
    review_seconds: float | None = None
    patience_seconds: float | None = None
    ready: bool = False


@dataclass
class Visit:
    """What became of an arrival. Outcome: done, abandoned (lost patience), unserved (no counter was there for it)."""

    ticket: str
    arrival: Arrival
    called: float | None = None
    counter: int | None = None
    done: float | None = None
    outcome: str = "unserved"
    why: Reason | None = None

    @property
    def wait(self) -> float:
        """Minutes until called, or until patience ended."""
        end = self.called if self.called is not None else self.done
        return (end - self.arrival.at) / 60 if end is not None else 0.0


def opening(branch: Branch) -> time:
    """The second 0 of a day: when the first window of any business opens."""
    return min((window.start for window in _windows(branch)), default=time())


def closing(branch: Branch) -> float:
    """Seconds from opening until the last window closes."""
    return max((seconds(branch, window.until) for window in _windows(branch)), default=0.0)


def seconds(branch: Branch, moment: time) -> float:
    """Seconds from opening to a time of day."""
    start = opening(branch)
    return (moment.hour - start.hour) * 3600 + (moment.minute - start.minute) * 60 + moment.second - start.second


def _windows(branch: Branch) -> list[Window]:
    return [window for hours in branch.hours.values() for day in WEEKDAYS for window in getattr(hours, day)]


def play(branch: Branch, arrivals: Sequence[Arrival], *, reasons: bool = True) -> list[Visit]:
    """The visits of one day, in the order of the arrivals."""
    return Day(branch, arrivals, reasons=reasons).played()


class Day:
    """A day while it is played; another way to choose makes it another rule's."""

    def __init__(self, branch: Branch, arrivals: Sequence[Arrival], *, reasons: bool) -> None:
        self.branch, self.arrivals, self.reasons = branch, arrivals, reasons
        self.recent: list[bool] = []
        self.waiting: dict[int, Customer] = {}
        self.at_counter: dict[int, int] = {}  # counter → visit
        self.planned: set[int] = set()
        self.closed = closing(branch)
        self.visits = [Visit(number, one) for number, one in zip(self._numbers(), arrivals, strict=True)]
        self._events: list[tuple[float, int, int, int]] = []
        self._count = count()
        self._crowd = Crowd()
        self._kinds = Kinds(branch)
        self._counters = {counter.number: counter for counter in branch.counters}
        self._order = {number: self._speciality(counter) for number, counter in self._counters.items()}
        self._counters_of: dict[frozenset[int], Counters] = {}
        self._idle: dict[int, float] = {}
        self._served: dict[int, Customer] = {}
        self._returning: set[int] = set()
        self._reviewers = [0.0] * branch.rules.reviewers

    def played(self) -> list[Visit]:
        """The visits, in the order of the arrivals."""
        for index, arrival in enumerate(self.arrivals):
            self._plan(arrival.at, ARRIVE, index)
        for counter in self._counters.values():
            self._plan_counter(counter)
        acts = {ARRIVE: self.arrive, FREE: self._free, BACK: self._back, LEAVE: self._leave, PLAN: self._turn}
        while self._events:
            at = self._events[0][0]
            while self._events and self._events[0][0] == at:
                _, what, _, who = heapq.heappop(self._events)
                acts[what](at, who)
            self._call(at)
        return self.visits

    def _numbers(self) -> list[str]:
        """Ticket numbers as the kiosk draws them, by arrival."""
        drawn: dict[str, int] = {}
        numbers = [""] * len(self.arrivals)
        for index in sorted(range(len(self.arrivals)), key=lambda index: self.arrivals[index].at):
            queue = self.branch.queue_of(self.arrivals[index].service, self.arrivals[index].segment)
            drawn[queue] = drawn.get(queue, 0) + 1
            numbers[index] = f"{queue}{drawn[queue]:0{self.branch.queues[queue].digits}d}"
        return numbers

    def _speciality(self, counter: Counter) -> int:
        """How many services a counter does: of idle counters the one that can do least else is asked first."""
        branch = self.branch
        return sum(branch.can_serve(counter, code, queue) for code in branch.services for queue in branch.queues)

    def _plan(self, at: float, what: int, who: int) -> None:
        heapq.heappush(self._events, (at, what, next(self._count), who))

    def _plan_counter(self, counter: Counter) -> None:
        if not counter.hours:
            self.planned.add(counter.number)
            self._idle[counter.number] = 0.0
        for window in counter.hours:
            self._plan(seconds(self.branch, window.start), PLAN, counter.number)
            until = seconds(self.branch, window.until)
            if until < self.closed:
                self._plan(until, PLAN, -counter.number)

    # What happens

    def arrive(self, at: float, index: int) -> None:
        arrival = self.arrivals[index]
        queue = self.branch.queue_of(arrival.service, arrival.segment)
        customer = Customer(
            id=index,
            number=self.visits[index].ticket,
            kind=self._kinds.of(arrival.service, queue, arrival.segment, ready=arrival.ready),
            arrived=at / 60,
        )
        self.waiting[index] = customer
        self._crowd.add(customer)
        if arrival.patience_seconds is not None:
            self._plan(at + arrival.patience_seconds, LEAVE, index)

    def _leave(self, at: float, index: int) -> None:
        """Patience ends; whoever was called before has forgotten it."""
        if self.visits[index].called is None:
            self._crowd.remove(self.waiting.pop(index))
            self.visits[index].outcome, self.visits[index].done = "abandoned", at

    def _free(self, at: float, counter: int) -> None:
        """A counter has finished its customer, who leaves or goes on in the back office."""
        index = self.at_counter.pop(counter)
        review = self.arrivals[index].review_seconds
        if review and index not in self._returning:
            reviewer = heapq.heappop(self._reviewers)
            done = max(at, reviewer) + review
            heapq.heappush(self._reviewers, done)
            self._plan(done, BACK, index)
        else:
            self.visits[index].outcome, self.visits[index].done = "done", at
        if counter in self.planned:
            self._idle[counter] = at

    def _back(self, at: float, index: int) -> None:
        """The review is done: the customer waits for a moment at the counter."""
        self._returning.add(index)
        customer = self._served[index]
        customer.returned = at / 60
        self.waiting[index] = customer
        self._crowd.add(customer)

    def _turn(self, at: float, counter: int) -> None:
        """A counter is planned to open (its number) or to close (its number below zero)."""
        if counter > 0:
            self.planned.add(counter)
            if counter not in self.at_counter:
                self._idle[counter] = at
        else:
            self.planned.discard(-counter)
            self._idle.pop(-counter, None)

    def _call(self, at: float) -> None:
        """Every idle counter asks the rule; of several, the one that can do least else."""
        if not self._crowd.size:
            return
        for counter in sorted(self._idle, key=lambda number: (self._order[number], self._idle[number], number)):
            moment = Moment(self._crowd, self.open_counters(), self.recent, at / 60, (self.closed - at) / 60)
            choice = self.choose(moment, counter)
            if choice:
                self._serve(counter, choice, moment, at)

    def choose(self, moment: Moment, counter: int) -> policy.Choice | None:
        return policy.choose(moment, counter)

    def _serve(self, counter: int, choice: policy.Choice, moment: Moment, at: float) -> None:
        customer, index = choice.customer, choice.customer.id
        visit = self.visits[index]
        back = index in self._returning
        if not back:
            visit.called, visit.counter = at, counter
            visit.why = policy.reason(moment, counter, choice) if self.reasons else None
        self.recent.insert(0, choice.privileged)
        self._crowd.call(customer, moment.counters.within(counter))
        self._served[index] = self.waiting.pop(index)
        del self._idle[counter]
        self.at_counter[counter] = index
        takes = self.branch.rules.return_minutes * 60 if back else visit.arrival.service_seconds
        self._plan(at + takes, FREE, counter)

    def open_counters(self) -> Counters:
        """The counters that are open now: planned, or still busy with somebody."""
        numbers = frozenset(self.planned)
        if numbers not in self._counters_of:
            open_now = [counter for number, counter in self._counters.items() if number in numbers]
            self._counters_of[numbers] = Counters(self.branch, open_now)
        return self._counters_of[numbers]
