"""What was possible at all: days on which nobody is promised anything, and the shortest job is always called first.

Whoever comes back and each counter's own lines still go before. No rule that cannot see the future waits much less
than the first of the two; the second sees it.
"""

from __future__ import annotations

from lobbyline.lobby.rule.crowd import Customer
from lobbyline.lobby.rule.policy import Choice, Moment
from lobbyline.lobby.simulation.day import Day


class ShortestExpected(Day):
    """By the minutes that the rule knows, too."""

    def choose(self, moment: Moment, counter: int) -> Choice | None:
        able = [one for one in moment.crowd.everybody() if counter in moment.counters.able(one.kind)]
        best = min(able, key=lambda one: self._place(moment, counter, one), default=None)
        return Choice(best, (0, 0, *best.key), privileged=False, ordinary=best.key) if best else None

    def _place(self, moment: Moment, counter: int, one: Customer) -> tuple[object, ...]:
        return one.returned is None, not moment.counters.own(counter, one.kind), self.length(one), one.key

    def length(self, customer: Customer) -> float:
        return customer.kind.minutes


class ShortestTrue(ShortestExpected):
    """By the minutes that the job is going to take, which nobody can know."""

    def length(self, customer: Customer) -> float:
        return self.arrivals[customer.id].service_seconds
