"""Who is next."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lobbyline.lobby import policy
from lobbyline.lobby.branch import Branch, Counter, Policy, Queue, Segment, Service, Text
from lobbyline.lobby.crowd import Crowd, Customer, Kind
from lobbyline.lobby.policy import Choice, Desks, Moment

NOW = 600.0
WORDS = Text({"zh": "x", "en": "x"})
QUICK = Kind("W1", "A", simple=True, minutes=3, unready=3, head_start=0, max_wait=45, privileged=False)
LONG = Kind("O1", "A", simple=False, minutes=40, unready=40, head_start=0, max_wait=45, privileged=False)
FORM = replace(LONG, minutes=12, unready=18)
CARE = replace(QUICK, queue="L", head_start=25)
VIP = replace(QUICK, queue="V", head_start=60, privileged=True)
COMPANY = replace(QUICK, service="B1", queue="C", simple=False)
KINDS = (QUICK, LONG, FORM, CARE, VIP)


def branch(rule: str = "balanced", **weights: object) -> Branch:
    counters = [("AVL", []), ("AVL", []), ("AVL", ["L"]), ("CAVL", [])]
    return Branch(
        id="test",
        name=WORDS,
        hours={},
        groups={},
        queues={letter: Queue(name=WORDS, zone=WORDS) for letter in "ACVL"},
        segments={"ordinary": Segment(name=WORDS)},
        services={
            "W1": Service(name=WORDS, queue="A", complexity="quick", minutes=3),
            "O1": Service(name=WORDS, queue="A", complexity="forms", minutes=40),
            "B1": Service(name=WORDS, queue="C", complexity="settlement", minutes=6),
        },
        counters=[
            Counter(number=number, name=WORDS, queues=list(queues), first=first)
            for number, (queues, first) in enumerate(counters, 1)
        ],
        policy=Policy.model_validate({"rule": rule, **weights}),
    )


def customer(
    id: int, waited: float, kind: Kind = QUICK, *, set_back: float = 0, returned: float | None = None
) -> Customer:
    return Customer(id, f"{kind.queue}{id:03d}", kind, NOW - waited, returned, set_back)


def moment(*customers: Customer, rule: Branch | None = None, recent: tuple[bool, ...] = ()) -> Moment:
    crowd = Crowd()
    for one in customers:
        crowd.add(one)
    rules = rule or branch()
    return Moment(crowd, Desks(rules, rules.counters), recent, NOW)


def call(now: Moment, counter: int = 1) -> Choice:
    choice = policy.choose(now, counter)
    assert choice is not None
    return choice


def called(*customers: Customer, counter: int = 1, rule: Branch | None = None, recent: tuple[bool, ...] = ()) -> int:
    return call(moment(*customers, rule=rule, recent=recent), counter).customer.id


def why(*customers: Customer, counter: int = 1, rule: Branch | None = None, recent: tuple[bool, ...] = ()) -> str:
    now = moment(*customers, rule=rule, recent=recent)
    return policy.reason(now, counter, call(now, counter)).code


def test_first_come_first_served() -> None:
    """Among equal jobs the longest wait goes first."""
    assert called(customer(1, 5), customer(2, 9)) == 2


def test_simple_business_first() -> None:
    """A three-minute job that came ten minutes later goes before a forty-minute one."""
    assert called(customer(1, 15, LONG), customer(2, 5)) == 2


def test_long_job_is_not_held_back_for_ever() -> None:
    """A long job goes before short ones once it was set back as far as is promised, and earlier when it is late."""
    waiting = [customer(1, 10, LONG), *(customer(id, 10 - id / 10) for id in range(2, 80))]
    now, calls = moment(*waiting), list[int]()
    while 1 not in calls:
        choice = call(now)
        calls.append(choice.customer.id)
        now.crowd.call(choice.customer, now.desks.within(1))
        now = Moment(now.crowd, now.desks, (), NOW)
    shorter = len(calls) - 1
    assert 3 * shorter / 4 <= now.desks.policy.set_back <= 3 * (shorter + 1) / 4 + 5
    late = now.desks.policy.set_back_late
    assert called(customer(1, 45, LONG, set_back=4 * late), customer(2, 5)) == 1
    assert called(customer(1, 10, LONG, set_back=4 * late), customer(2, 5)) == 2


def test_promise() -> None:
    """Whoever was set back as far as promised is next, however short the others, even of one who comes back."""
    assert called(customer(1, 10, LONG, set_back=180), customer(2, 9)) == 1
    assert called(customer(1, 10, LONG, set_back=100), customer(2, 9)) == 2
    assert called(customer(1, 10, LONG, set_back=180), customer(2, 9), counter=4) == 1
    assert called(customer(1, 10, LONG, set_back=180), customer(2, 9, returned=NOW - 1)) == 1


def test_a_returning_customer_goes_before_new_ones() -> None:
    """Who comes back from a form or a review does not queue again; of two, who came back first goes first."""
    assert called(customer(1, 44), customer(2, 1, returned=NOW)) == 2
    assert called(customer(1, 9, returned=NOW), customer(2, 1, returned=NOW - 3)) == 2


def test_own_line_first() -> None:
    """A counter that serves a line first calls it before longer waits of others, but not before a promise."""
    plain = replace(CARE, head_start=0, minutes=40)
    assert called(customer(1, 20), customer(2, 2, plain), counter=3) == 2
    assert called(customer(1, 50, set_back=150), customer(2, 2, plain), counter=3) == 1
    assert called(customer(1, 20), customer(2, 2, plain), counter=1) == 1


def test_a_counter_calls_only_what_it_can_do() -> None:
    """Another line's customer waits, however long, and nobody is made up for an idle counter."""
    assert called(customer(1, 40, COMPANY), customer(2, 1)) == 2
    assert policy.choose(moment(customer(1, 40, COMPANY)), 1) is None


@pytest.mark.parametrize("rule", ["fifo", "split"])
def test_by_arrival(rule: str) -> None:
    """Under `fifo`, and at each side of `split`, only the arrival counts."""
    assert called(customer(1, 15), customer(2, 20), customer(3, 5, VIP), rule=branch(rule)) == 2


def test_split_is_rigid() -> None:
    """Simple and long business have counters of their own, and neither helps the other."""
    rule = branch("split", simple_counters=[1])
    assert called(customer(1, 20, LONG), customer(2, 1), rule=rule) == 2
    assert called(customer(1, 1, LONG), customer(2, 20), counter=2, rule=rule) == 1
    assert policy.choose(moment(customer(1, 20, LONG), rule=rule), 1) is None


def test_interleave() -> None:
    """A privileged customer, then another, in turn, whatever the waits."""
    rule = branch("interleave")
    waiting = (customer(1, 9), customer(2, 1, VIP))
    assert called(*waiting, rule=rule) == 2
    assert called(*waiting, rule=rule, recent=(True,)) == 1
    assert called(customer(2, 1, VIP), rule=rule, recent=(True,)) == 2
    assert called(*waiting, rule=branch("interleave", interleave=[1, 2]), recent=(False, True)) == 1


def test_privilege_has_a_quota() -> None:
    """Of three calls at most one passes others by privilege; in their turn the privileged are called as everybody."""
    waiting = (customer(1, 9), customer(2, 5, VIP))
    assert call(moment(*waiting)).privileged
    assert called(*waiting) == 2
    assert called(*waiting, recent=(False, True)) == 1
    assert called(*waiting, recent=(False, False, True)) == 2
    assert called(customer(1, 5), customer(2, 9, VIP), recent=(True,)) == 2
    assert not call(moment(customer(1, 5), customer(2, 9, VIP))).privileged


def test_privilege_never_passes_a_used_up_promise() -> None:
    """Neither a head start nor a line of one's own helps against a promise."""
    assert called(customer(1, 9, LONG, set_back=180), customer(2, 5, VIP)) == 1


def test_a_full_hall_favours_short_jobs_more() -> None:
    """Crowding grows the handicap of long jobs."""
    rule = branch(handicap=40)
    long, short = customer(1, 38, LONG), customer(2, 0)
    assert called(long, short, rule=rule) == 1
    crowd = [customer(id, -1) for id in range(3, 60)]
    assert called(long, short, *crowd, rule=rule) == 2


def test_rules_are_sets_of_weights() -> None:
    """A named rule brings its weights; one that is written down counts before them; all else is kept."""
    assert Policy(rule="gentle").set_back == 30
    assert Policy(rule="gentle", handicap=60).handicap == 60
    assert Policy(rule="balanced", quota=5, handicap=60).ruled("fast").quota == 5
    assert Policy(rule="balanced", handicap=60).ruled("fast").handicap == Policy(rule="fast").handicap


@pytest.mark.parametrize(
    ("waiting", "counter", "code"),
    [
        ((customer(1, 9), customer(2, 5)), 1, "earliest"),
        ((customer(1, 15, LONG), customer(2, 5)), 1, "simple_first"),
        ((customer(1, 9), customer(2, 5, CARE)), 1, "priority"),
        ((customer(1, 9), customer(2, 5, VIP)), 1, "vip"),
        ((customer(1, 9, LONG), customer(2, 5, replace(FORM, minutes=4, unready=6))), 1, "simple_first"),
        ((customer(1, 9), customer(2, 5, LONG, set_back=180)), 1, "promise"),
        ((customer(1, 9), customer(2, 5, returned=NOW)), 1, "returned"),
        ((customer(1, 9), customer(2, 5, replace(CARE, head_start=0, minutes=9))), 3, "own_line"),
        ((customer(1, 9, COMPANY), customer(2, 5)), 1, "skill"),
        ((customer(1, 9, replace(FORM, minutes=18)), customer(2, 5, FORM)), 1, "ready"),
    ],
)
def test_the_reason_is_what_turned_the_order(waiting: tuple[Customer, ...], counter: int, code: str) -> None:
    """The reason names the part of the rule without which the earlier one would have been called."""
    assert why(*waiting, counter=counter) == code


def test_few_counters() -> None:
    """A long job that only this counter can do goes before one that every counter can do, and is told so."""
    scarce = replace(COMPANY, minutes=20, unready=20)
    common = replace(LONG, minutes=20, unready=20)
    assert called(customer(1, 9, common), customer(2, 5, scarce), counter=4) == 2
    assert why(customer(1, 9, common), customer(2, 5, scarce), counter=4) == "few_counters"


def slow_choice(waiting: list[Customer], now: Moment, counter: int) -> int | None:
    """The rule as it is published, one customer at a time: what the quick one must agree with."""
    able = [one for one in waiting if counter in now.desks.able(one.kind)]
    ahead = {one.kind: one.key for one in sorted(able, key=lambda one: one.key, reverse=True) if one.returned is None}
    heads = [one for one in able if one.returned is not None or one.key == ahead[one.kind]]
    ordinary, first = policy.earliest(heads), now.desks.first(counter)
    return min(heads, key=lambda one: now.rank(one, first, ordinary)).id if heads else None


@given(st.integers(0, 10**6), st.sampled_from(["fifo", "interleave", "split", "gentle", "balanced", "fast"]))
def test_the_first_of_each_kind_is_enough(seed: int, rule: str) -> None:
    """Through a hall, call by call, the quick rule agrees with the slow one, and so does how far who was set back."""
    chance = Random(seed)

    def anybody(id: int) -> Customer:
        arrived = NOW - chance.choice((0, 1, 5, 20, 50)) * chance.random()
        returned = NOW - 1 if chance.random() < 0.1 else None
        return Customer(
            id, f"A{id}", chance.choice((*KINDS, COMPANY)), arrived, returned, set_back=chance.choice((0, 0, 40, 80))
        )

    waiting = [anybody(id) for id in range(25)]
    now = moment(*(replace(one) for one in waiting), rule=branch(rule))
    recent: list[bool] = []
    for turn in range(40):
        now = Moment(now.crowd, now.desks, recent, NOW + turn)
        if turn % 5 == 4:  # somebody who came long ago is moved to another business
            waiting.append(anybody(25 + turn))
            now.crowd.add(replace(waiting[-1]))
        if turn % 6 == 5 and waiting:  # somebody leaves, from anywhere in the line
            gone = waiting.pop(chance.randrange(len(waiting)))
            now.crowd.remove(next(one for one in now.crowd.everybody() if one.id == gone.id))
        counter = chance.randrange(1, 5)
        for group in now.crowd.groups():
            alike = [one for one in waiting if one.kind == group.kind and one.returned is None]
            first = min(alike, key=lambda one: one.key)
            assert group.set_back == pytest.approx(first.set_back)
        choice = policy.choose(now, counter)
        assert (choice.customer.id if choice else None) == slow_choice(list(now.crowd.everybody()), now, counter)
        if choice:
            for one in waiting:
                if one.key < choice.customer.key and counter in now.desks.able(one.kind):
                    one.set_back += choice.customer.kind.minutes
            waiting = [one for one in waiting if one.id != choice.customer.id]
            now.crowd.call(choice.customer, now.desks.within(counter))
            recent.insert(0, choice.privileged)
