"""Whom the counters of a real branch call, against the rule as it is published: a crowded afternoon at random.

The life of a ticket has a machine of its own (`test_life.py`); here nothing goes wrong, and the hall is full.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

import pytest

from lobbyline.lobby.errors import Refusal
from lobbyline.lobby.lobby import Lobby
from lobbyline.lobby.ticket import Ticket
from tests.lobby.rule.published import Person, Published

RULES = ("fifo", "interleave", "split", "gentle", "balanced", "fast")
SERVICES = ("W1", "D1", "P1", "T1", "O1", "N1", "W2", "B1", "B2", "M3")
COUNTERS = (1, 2, 3, 4, 5, 6, 7)
STEPS = 150
RESTORED = timedelta(minutes=25)  # after the call, which is soon enough


class Afternoon:
    """A hall in which people come, are called, miss their call and come back, and what the rule says of it."""

    def __init__(self, lobby: Lobby, rule: str, at: datetime) -> None:
        branch, self.chance = lobby.branch, Random(rule)
        self.branch = lobby.branch = branch.ruled(rule)
        self.lobby, self.at = lobby, at.replace(hour=15, minute=20)
        self.closing = at.replace(hour=17, minute=0)
        self.hall, self.called = dict[str, Person](), dict[int, tuple[datetime, Person]]()
        self.missed = list[tuple[datetime, Person]]()  # with the time of the call
        self.recent, self.passed = list[bool](), 0
        self.numbers = dict[int, str]()
        for counter in COUNTERS:
            lobby.desk(counter).open(self.at, f"teller {counter}")
        for _ in range(45):
            self.come()

    def step(self) -> None:
        self.at += timedelta(seconds=self.chance.randrange(5, 75))
        late = self.at > self.closing - timedelta(minutes=50)
        what = self.chance.choices((self.come, self.come_back, self.call), (0 if late else 3, 1, 5))[0]
        what()

    def come(self) -> None:
        self.at += timedelta(seconds=self.chance.randrange(20))
        service, segment = self.chance.choice(SERVICES), self.chance.choice(("ordinary", "ordinary", "care", "vip"))
        ticket = self.lobby.reception.take(service, self.at, segment, paper=False).ticket
        self.hall[ticket.number] = Person(ticket.id, service, ticket.queue, segment, minutes(self.at))
        self.numbers[ticket.id] = ticket.number

    def come_back(self) -> None:
        """Somebody who missed his call goes on."""
        soon = [(when, person) for when, person in self.missed if self.at - when < RESTORED]
        if soon:
            chosen = self.chance.choice(soon)
            self.missed.remove(chosen)
            number = self.numbers[chosen[1].id]
            self.lobby.floor.restore(number, self.at)
            chosen[1].returned = minutes(self.at)
            self.hall[number] = chosen[1]

    def call(self) -> None:
        """A counter calls; whom it called before did not come, for the first time or once too often."""
        counter = self.chance.choice(COUNTERS)
        left = minutes(self.closing) - minutes(self.at)
        published = Published(self.branch, self.hall.values(), COUNTERS, self.recent, minutes(self.at), left)
        expected, ticket = published.next(counter), self.next(counter)
        assert (ticket.number if ticket else "") == (self.numbers[expected.id] if expected else "")
        if not ticket or not expected:
            return
        self.passed += any(one.came < expected.came and published.can(counter, one) for one in self.hall.values())
        self.recent.insert(0, published.counts(expected, counter))
        published.call(expected, counter)
        before = self.called.get(counter)
        self.missed += [before] if before and before[1].returned is None else []
        self.called[counter] = self.at, self.hall.pop(ticket.number)

    def next(self, counter: int) -> Ticket | None:
        try:
            return self.lobby.desk(counter).next(self.at).ticket
        except Refusal as refusal:
            if refusal.code != "nobody_waiting":
                raise
            return None


def minutes(at: datetime) -> float:
    return at.timestamp() / 60


@pytest.mark.sqlite
@pytest.mark.parametrize("rule", RULES)
def test_everybody_is_called_as_published(lobby: Lobby, at: datetime, rule: str) -> None:
    """Call by call the branch does what its published rule says, from its memory alone."""
    afternoon = Afternoon(lobby, rule, at)
    for _ in range(STEPS):
        afternoon.step()
    assert bool(afternoon.passed) == (rule not in ("fifo", "split"))
