"""Who is next."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lobbyline.lobby.branch import Branch, Counter, Policy, Queue, Segment, Service, Text
from lobbyline.lobby.rule import policy
from lobbyline.lobby.rule.crowd import Crowd, Customer, Kind, Kinds
from lobbyline.lobby.rule.policy import FAR, Choice, Counters, Moment
from lobbyline.lobby.rule.reason import Reason
from tests.lobby.rule.published import Person, Published

NOW = 600.0
RULES = ("fifo", "interleave", "split", "gentle", "balanced", "fast")
USED_UP = 280.0  # minutes of one counter's work: more than is promised where four counters share it
WORDS = Text({"zh": "x", "en": "x"})
QUICK = Kind("W1", "A", "A", simple=True, minutes=3, unready=3, head_start=0, max_wait=45, privileged=False)
LONG = Kind("O1", "A", "A", simple=False, minutes=40, unready=40, head_start=0, max_wait=45, privileged=False)
FORM = replace(LONG, minutes=12, unready=18)
CARE = replace(QUICK, queue="L", head_start=25)
VIP = replace(QUICK, queue="V", head_start=60, privileged=True)
COMPANY = replace(QUICK, service="B1", queue="C", service_queue="C", simple=False)


def branch(rule: str = "balanced", **weights: object) -> Branch:
    counters = [("AVL", []), ("AVL", []), ("AVL", ["L"]), ("CAVL", ["C"])]
    return Branch(
        id="test",
        name=WORDS,
        hours={},
        groups={},
        queues={letter: Queue(name=WORDS, zone=WORDS) for letter in "ACVL"},
        segments={
            "ordinary": Segment(name=WORDS),
            "care": Segment(name=WORDS, queue="L", head_start=25),
            "vip": Segment(name=WORDS, queue="V", head_start=60, privileged=True),
        },
        services={
            "W1": Service(name=WORDS, queue="A", complexity="quick", minutes=3),
            "O1": Service(name=WORDS, queue="A", complexity="forms", minutes=40),
            "B1": Service(name=WORDS, queue="C", complexity="settlement", minutes=6),
            "Q1": Service(name=WORDS, queue="A", complexity="triage", minutes=2),
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
    return Moment(crowd, Counters(rules, rules.counters), recent, NOW)


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
        now.crowd.call(choice.customer, now.counters.within(1))
        now = Moment(now.crowd, now.counters, (), NOW)
    shorter = len(calls) - 1
    assert 3 * shorter / 4 <= now.counters.policy.set_back <= 3 * (shorter + 1) / 4 + 5
    late = now.counters.policy.set_back_late
    assert called(customer(1, 45, LONG, set_back=4 * late), customer(2, 5)) == 1
    assert called(customer(1, 10, LONG, set_back=4 * late), customer(2, 5)) == 2


def test_promise() -> None:
    """Whoever was set back as far as promised is next, however short the others, even of one who comes back."""
    assert called(customer(1, 10, LONG, set_back=USED_UP), customer(2, 9)) == 1
    assert called(customer(1, 10, LONG, set_back=100), customer(2, 9)) == 2
    assert called(customer(1, 10, LONG, set_back=USED_UP), customer(2, 9), counter=4) == 1
    assert called(customer(1, 10, LONG, set_back=USED_UP), customer(2, 9, returned=NOW - 1)) == 1


def test_a_returning_customer_goes_before_new_ones() -> None:
    """Who comes back from a form or a review does not queue again; of two, who came back first goes first."""
    assert called(customer(1, 44), customer(2, 1, returned=NOW)) == 2
    assert called(customer(1, 9, returned=NOW), customer(2, 1, returned=NOW - 3)) == 2


def test_own_line_first() -> None:
    """A counter that serves a line first calls it before longer waits of others, but not before a promise."""
    plain = replace(CARE, head_start=0, minutes=40)
    assert called(customer(1, 20), customer(2, 2, plain), counter=3) == 2
    assert called(customer(1, 50, set_back=USED_UP), customer(2, 2, plain), counter=3) == 1
    assert called(customer(1, 20), customer(2, 2, plain), counter=1) == 1


def test_own_business_first() -> None:
    """Who waits elsewhere with business of a counter's own line counts as of that line, and only there."""
    rich = replace(COMPANY, queue="V")
    assert called(customer(1, 20), customer(2, 2, rich), counter=4) == 2
    plain = branch(scarcity=0)
    assert why(customer(1, 20), customer(2, 2, rich), counter=4, rule=plain) == "own_line"
    assert called(customer(1, 20), customer(2, 2, replace(QUICK, queue="V")), counter=4) == 1


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
    assert called(customer(1, 9, LONG, set_back=USED_UP), customer(2, 5, VIP)) == 1


def test_a_full_hall_favours_short_jobs_more() -> None:
    """Crowding grows the handicap of long jobs."""
    rule = branch(handicap=40)
    long, short = customer(1, 38, LONG), customer(2, 0)
    assert called(long, short, rule=rule) == 1
    crowd = [customer(id, -1) for id in range(3, 60)]
    assert called(long, short, *crowd, rule=rule) == 2


def test_late_minutes_count_more() -> None:
    """A long job that waits longer than `late_after` soon goes before short ones, and before a full hall's, too."""
    waits = {minutes: called(customer(1, minutes, LONG), customer(2, 0)) for minutes in range(0, 200, 10)}
    plain = branch(late_counts=1)
    assert waits[20] == called(customer(1, 200, LONG), customer(2, 0), rule=plain) == 2
    assert waits[120] == 1
    assert list(waits.values()) == sorted(waits.values(), reverse=True)


def test_the_day_ends_when_its_work_does() -> None:
    """After closing short jobs still go first while much work is left, and order of arrival counts at its very end."""
    rules, few = branch(handicap=60), [customer(1, 15, FORM), customer(2, 5)]
    many = [customer(id, 4 - id / 100, LONG) for id in range(3, 40)]
    for waiting, left, expected in ((few, 60, 2), (few, -60, 1), ([*few, *many], -60, 2)):
        crowd = Crowd()
        for one in waiting:
            crowd.add(replace(one))
        assert call(Moment(crowd, Counters(rules, rules.counters), (), NOW, left)).customer.id == expected


def test_rules_are_sets_of_weights() -> None:
    """A named rule brings its weights; one that is written down counts before them; all else is kept."""
    assert Policy(rule="gentle").set_back == 30
    assert Policy(rule="gentle", handicap=60).handicap == 60
    assert Policy(rule="balanced", quota=5, handicap=60).ruled("fast").quota == 5
    assert Policy(rule="balanced", set_back=50).ruled("fast").set_back == Policy(rule="fast").set_back


@pytest.mark.parametrize(
    ("waiting", "counter", "code"),
    [
        ((customer(1, 9), customer(2, 5)), 1, "earliest"),
        ((customer(1, 15, LONG), customer(2, 5)), 1, "simple_first"),
        ((customer(1, 9), customer(2, 5, CARE)), 1, "priority"),
        ((customer(1, 9), customer(2, 5, VIP)), 1, "vip"),
        ((customer(1, 9, LONG), customer(2, 5, replace(FORM, minutes=4, unready=6))), 1, "simple_first"),
        ((customer(1, 9), customer(2, 5, LONG, set_back=USED_UP)), 1, "promise"),
        ((customer(1, 9), customer(2, 5, returned=NOW)), 1, "returned"),
        ((customer(1, 9), customer(2, 5, replace(CARE, head_start=0, minutes=9))), 3, "own_line"),
        ((customer(1, 9, COMPANY), customer(2, 5)), 1, "skill"),
        ((customer(1, 9, replace(FORM, minutes=18)), customer(2, 5, FORM)), 1, "ready"),
        ((customer(1, 15, LONG), customer(2, 2, replace(FORM, queue="L", head_start=10))), 1, "simple_first"),  # alone
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
    closed = Counters(branch(), branch().counters[:3])
    assert closed.weighed(scarce, frozenset({"simple_first"})) == 0, "what no open counter can do comes before nobody"


def is_true(why: Reason, published: Published, called: Person, counter: int) -> bool:
    """Whether somebody who asks finds the reason so, of the one who is called and the first of those he passed."""
    earlier = {f"A{one.id}": one for one in published.hall if one.came < called.came}
    here = [one for one in earlier.values() if published.can(counter, one)]
    passed = earlier.get(str(why.facts.get("passed")))
    if passed is None:
        return why.code == "earliest" and not earlier
    if passed is not min(here or earlier.values(), key=lambda one: one.came):
        return False
    if why.code == "skill" or not here:
        return why.code == "skill" and not here
    first, line = published.counter(counter).first, published.branch.services[called.service].queue
    return {
        "promise": published.passed(called) >= published.bearable(called),
        "returned": called.returned is not None,
        "quota": any(published.recent) and published.privileged(passed),
        "own_line": called.queue in first or line in first,
        "priority": called.segment == "care",
        "vip": called.segment == "vip",
        "ready": called.ready,
        "few_counters": len(published.able(called)) < len(published.able(passed)),
        "simple_first": published.minutes(called) < published.minutes(passed),
    }[why.code]


@given(st.integers(0, 10**6), st.sampled_from(RULES))
def test_the_quick_rule_is_the_published_one(seed: int, rule: str) -> None:
    """Through a hall, call by call, under every rule: the one who is called, and how far everybody was set back."""
    chance, rules = Random(seed), branch(rule, simple_counters=[1])
    kinds, hall, crowd, recent = Kinds(rules), dict[int, Person](), Crowd(), list[bool]()
    counters, left = Counters(rules, rules.counters[: chance.choice((3, 4))]), chance.choice((10, FAR))

    def enter(id: int) -> None:
        service, segment = (
            chance.choice(("W1", "O1", "B1", "Q1")),
            chance.choice(("ordinary", "ordinary", "care", "vip")),
        )
        arrived = NOW - chance.choice((0, 1, 5, 20, 50)) * chance.random()
        back = NOW - chance.random() if chance.random() < 0.1 else None
        queue, passed, ready = (
            rules.queue_of(service, segment),
            chance.choice((0, 0, 40, 160)) * (1 + chance.random()),
            chance.random() < 0.3,
        )
        hall[id] = Person(id, service, queue, segment, arrived, back, passed, ready)
        kind = kinds.of(service, queue, segment, ready=ready)
        crowd.add(Customer(id, f"A{id}", kind, arrived, back, passed))

    for id in range(25):
        enter(id)
    for turn in range(40):
        if turn % 5 == 4:  # somebody who came long ago is moved to another business
            enter(25 + turn)
        if turn % 6 == 5 and hall:  # somebody leaves, from anywhere in the line
            gone = hall.pop(chance.choice(list(hall)))
            crowd.remove(next(one for one in crowd.everybody() if one.id == gone.id))
        for group in crowd.groups():
            assert group.set_back == pytest.approx(hall[group.customers[0].id].set_back)
        counter, now = chance.choice(sorted(counters.numbers)), NOW + turn
        published = Published(rules, hall.values(), counters.numbers, recent, now, left)
        expected = published.next(counter)
        choice = policy.choose(Moment(crowd, counters, recent, now, left), counter)
        assert (choice.customer.id if choice else None) == (expected.id if expected else None)
        if choice and expected:
            assert choice.privileged == published.counts(expected, counter)
            why = policy.reason(Moment(crowd, counters, recent, now, left), counter, choice)
            assert rule in policy.PLAIN or is_true(why, published, expected, counter)
            published.call(expected, counter)
            del hall[expected.id]
            crowd.call(choice.customer, counters.within(counter))
            recent.insert(0, choice.privileged)
