"""Who is next."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lobbyline.lobby import policy
from lobbyline.lobby.branch import Policy
from lobbyline.lobby.policy import Customer, Hall

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
QUIET = Hall(counters=4, waiting=4)


def customer(
    id: int,
    waited: float,
    minutes: float = 3,
    *,
    head_start: float = 0,
    overtaken: int = 0,
    returned: bool = False,
    queue: str = "A",
) -> Customer:
    return Customer(
        id=id,
        number=f"{queue}{id:03d}",
        queue=queue,
        arrived_at=NOW - timedelta(minutes=waited),
        returned_at=NOW if returned else None,
        minutes=minutes,
        head_start=head_start,
        max_wait=45,
        overtaken=overtaken,
        promise=12,
        served_by=4,
    )


def called(*customers: Customer, hall: Hall = QUIET, rule: Policy | None = None, first: str = "") -> int:
    return policy.order(customers, hall, rule or Policy(), NOW, frozenset(first))[0].id


def test_first_come_first_served() -> None:
    """Among equal jobs the longest wait goes first."""
    assert called(customer(1, 5), customer(2, 9)) == 2


def test_simple_business_first() -> None:
    """A three-minute job that came ten minutes later goes before a forty-minute one."""
    assert called(customer(1, 15, minutes=40), customer(2, 5)) == 2


def test_long_job_is_not_held_back_for_ever() -> None:
    """A long job that waited as long as its line allows goes before every newcomer."""
    assert called(customer(1, 45, minutes=40), customer(2, 5)) == 1


def test_promise() -> None:
    """Whoever was overtaken as often as promised is next, however short the others' jobs."""
    assert called(customer(1, 10, minutes=40, overtaken=12), customer(2, 9)) == 1


def test_head_start() -> None:
    """A head start is worth as many minutes of waiting."""
    assert called(customer(1, 10), customer(2, 0, head_start=12)) == 2


def test_a_returning_customer_goes_before_new_ones() -> None:
    """Who comes back from a form or a review does not queue again."""
    assert called(customer(1, 44), customer(2, 1, returned=True)) == 2


def test_own_line_first() -> None:
    """A counter that serves a line first calls it before longer waits of others, but not before a promise."""
    assert called(customer(1, 20), customer(2, 2, queue="L"), first="L") == 2
    assert called(customer(1, 50), customer(2, 2, queue="L"), first="L") == 1


def test_fifo() -> None:
    """Under `fifo` only the wait counts."""
    assert called(customer(1, 15, minutes=40), customer(2, 5), rule=Policy(rule="fifo")) == 1


def test_a_full_hall_favours_short_jobs_more() -> None:
    """Crowding grows the handicap of long jobs."""
    long, short = customer(1, 44, minutes=20), customer(2, 0)
    assert called(long, short, hall=Hall(counters=4, waiting=8), rule=Policy(handicap=40)) == 1
    assert called(long, short, hall=Hall(counters=4, waiting=40), rule=Policy(handicap=40)) == 2


@pytest.mark.parametrize(
    ("chosen", "other", "code"),
    [
        (customer(1, 9), customer(2, 5), "earliest"),
        (customer(2, 5), customer(1, 15, minutes=40), "simple_first"),
        (customer(2, 5, head_start=12), customer(1, 9), "priority"),
        (customer(2, 46), customer(1, 47), "promise"),
        (customer(2, 5, returned=True), customer(1, 9), "returned"),
    ],
)
def test_the_reason_is_what_turned_the_order(chosen: Customer, other: Customer, code: str) -> None:
    """The reason names the part of the rule that put this number before the earlier one."""
    assert policy.reason(chosen, [chosen, other], NOW, frozenset()).code == code


waits = st.floats(0, 120, allow_nan=False)
customers = st.lists(
    st.builds(
        lambda waited, minutes, head_start, overtaken: (waited, minutes, head_start, overtaken),
        waits,
        st.floats(1, 60),
        st.floats(0, 60),
        st.integers(0, 20),
    ),
    min_size=1,
    max_size=30,
).map(lambda rows: [customer(id, w, m, head_start=h, overtaken=o) for id, (w, m, h, o) in enumerate(rows, 1)])


@given(customers)
def test_nobody_passes_a_used_up_promise(line: list[Customer]) -> None:
    """Whoever may not be passed any more stands before everyone who may, in order of arrival; nobody is left out."""
    ordered = policy.order(line, QUIET, Policy(), NOW)
    guarded = [policy.guarded(one, NOW) for one in ordered]
    assert sorted(one.id for one in ordered) == sorted(one.id for one in line)
    assert guarded == sorted(guarded, reverse=True)
    bound = [one.arrived_at for one in ordered if policy.guarded(one, NOW)]
    assert bound == sorted(bound)


@given(customers)
def test_the_same_lobby_gives_the_same_answer(line: list[Customer]) -> None:
    """The order depends on the customers alone, not on how the store lists them."""
    shuffled = sorted(line, key=lambda one: -one.id)
    assert policy.order(line, QUIET, Policy(), NOW) == policy.order(shuffled, QUIET, Policy(), NOW)
