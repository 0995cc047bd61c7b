"""How long it takes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lobbyline.lobby.lobby import Lobby
from lobbyline.lobby.rule import forecast
from lobbyline.lobby.rule.crowd import Crowd, Customer, Kinds
from lobbyline.lobby.rule.forecast import ENOUGH, Play, Wait, around, error_range
from lobbyline.lobby.rule.policy import FAR, Counters
from tests.lobby.rule.published import Person, Published
from tests.lobby.rule.test_policy import COMPANY, LONG, NOW, QUICK, RULES, branch, customer, moment


def played(*customers: Customer, **busy: float) -> dict[int, float]:
    now = moment(*customers)
    free = {int(name[1:]): minutes for name, minutes in busy.items()}
    return forecast.play(now.crowd, now.counters, free, NOW, ()).begins


@pytest.mark.parametrize(
    ("minutes", "low", "high"), [(0, 0, 5), (3, 0, 10), (8, 5, 20), (12, 5, 25), (30, 20, 45), (60, 50, 80)]
)
def test_a_wait_is_a_range_of_fives(minutes: float, low: int, high: int) -> None:
    """Never one exact minute: rounded outward to five."""
    assert around(minutes) == Wait(low, high)


def test_a_long_wait_is_called_crowded() -> None:
    """Above an hour no figure is told."""
    assert around(60).crowded
    assert not around(30).crowded
    assert (Wait(45, 60).crowded, Wait(50, 65).crowded) == (False, True)


def test_a_line_learns_from_its_errors() -> None:
    """Enough visits that waited longer than was expected widen the range upward; few teach nothing."""
    assert error_range([(15.0, 27.0)] * (ENOUGH - 1)) is None
    errors = error_range([(15.0, 27.0)] * ENOUGH)
    assert errors == (0.0, 3.0)
    assert around(15, errors) == Wait(15, 30)
    assert around(8, errors) == Wait(5, 20)
    assert around(15, (0.0, 0.0)) == Wait(15, 20), "never one exact minute, however sure the past is"


def test_each_line_learns_from_its_own_errors() -> None:
    """What was wrongly told in one line teaches nothing about another."""
    told = [("A", 15.0, 27.0)] * ENOUGH + [("B", 15.0, 15.0)] * ENOUGH + [("C", 15.0, 90.0)]
    assert forecast.learn({}, {}, told).errors == {"A": (0.0, 3.0), "B": (0.0, 0.0)}


def test_jobs_are_spread_over_counters() -> None:
    """Each counter takes the next job it can do as soon as it is free."""
    assert played(customer(1, 9), customer(2, 8), customer(3, 7), c1=0, c2=2) == {1: 0, 2: 2, 3: 3}


def test_the_play_keeps_the_rule() -> None:
    """A short job that came later is expected before the long one, which is called when nobody short is left."""
    assert played(customer(1, 5, LONG), customer(2, 1), c1=0) == {2: 0, 1: 3}


@settings(max_examples=40)
@given(st.integers(0, 10**6), st.sampled_from(RULES))
def test_the_play_goes_by_the_published_rule(seed: int, rule: str) -> None:
    """Call by call, to the last of the hall: the time goes on, privilege has its share, and closing comes nearer."""
    chance, rules = Random(seed), branch(rule)
    kinds, hall, crowd = Kinds(rules), dict[int, Person](), Crowd()
    for id in range(30):
        service, segment = chance.choice(("W1", "O1", "B1")), chance.choice(("ordinary", "ordinary", "care", "vip"))
        person = Person(id, service, rules.queue_of(service, segment), segment, NOW - 40 * chance.random())
        crowd.add(Customer(id, f"A{id}", kinds.of(service, person.queue, segment, ready=False), person.arrived))
        hall[id] = person
    counters, left, recent = Counters(rules, rules.counters), chance.choice((30.0, FAR)), list[bool]()
    for step in forecast.play(crowd, counters, {1: 0.0, 2: 3.0, 3: 0.0, 4: 20.0}, NOW, (), left).steps:
        published = Published(rules, hall.values(), counters.numbers, recent, step.at, left - (step.at - NOW))
        expected = published.next(step.counter)
        assert (step.choice.customer.id if step.choice else None) == (expected.id if expected else None)
        if expected:
            recent.insert(0, published.counts(expected, step.counter))
            published.call(expected, step.counter)
            del hall[expected.id]
    assert not hall


def test_a_busy_counter_is_waited_for() -> None:
    """The rest of the job that is being done counts."""
    assert played(customer(1, 1, COMPANY), c1=0, c4=7) == {1: 7}


def test_a_job_no_open_counter_can_do_still_gets_a_range() -> None:
    """It waits for all the work before it, shared by the counters, rather than for ever."""
    assert played(customer(1, 5, COMPANY), customer(2, 3), c1=0)[1] == 6
    assert played(customer(1, 5, COMPANY), customer(2, 3), c1=0, c2=0)[1] == 3


def test_who_would_join_is_expected_where_the_rule_would_call_him() -> None:
    """One play answers for newcomers of every kind, as a play with each of them in it would."""
    waiting = [customer(id, 30 - id, LONG if id % 3 else QUICK) for id in range(1, 20)]
    now = moment(*waiting)
    play: Play = forecast.play(now.crowd, now.counters, {1: 0.0, 2: 4.0}, NOW, ())
    for kind in (QUICK, LONG):
        newcomer = Customer(99, "A099", kind, NOW)
        alone = play.joined_by(newcomer, now.counters)
        joined = moment(*(replace(one) for one in waiting), newcomer)
        among = forecast.play(joined.crowd, joined.counters, {1: 0.0, 2: 4.0}, NOW, ()).begins[99]
        assert alone == pytest.approx(among, abs=15)
    nobody_able = Customer(99, "C099", COMPANY, NOW)
    assert play.joined_by(nobody_able, now.counters) == max(play.begins.values()) > 0


def test_the_hall_is_told_in_call_order(lobby: Lobby, at: datetime) -> None:
    """Whoever is called first stands first in the list, and nobody before him has a longer wait."""
    for service in ("O1", "W1", "L1", "P1", "W1", "O1") * 4:
        lobby.reception.take(service, at)
    with lobby.read() as book:
        line = lobby.line(book, at)
    expected = [line.expected(ticket) for ticket in line.ordered()]
    assert expected == sorted(expected)
    assert len(expected) == 24
