"""Reports against a day that can be reckoned by hand."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from lobbyline.lobby.errors import Refusal
from lobbyline.lobby.lobby import Lobby
from lobbyline.lobby.report.report import Report
from lobbyline.lobby.report.waits import Waits, distribution, waits

MINUTE = timedelta(minutes=1)
FORM = {"name": "王芳", "card_no": "6299000000000007", "amt": "345"}


def served(lobby: Lobby, number: str, counter: int, called: datetime, *steps: float) -> None:
    """A visit at a counter: called, then greeted, asked, operated, confirmed, done after so many minutes each."""
    desk, at = lobby.desk(counter), called
    desk.call(number, at)
    for verb, length in zip(("greet", "ask", "operate", "confirm", "done"), steps, strict=True):
        at += length * MINUTE
        getattr(desk, verb)(at)


def take(lobby: Lobby, at: datetime, service: str) -> str:
    return lobby.reception.take(service, at, paper=False).ticket.number


@pytest.fixture
def day(lobby: Lobby, at: datetime) -> Report:
    """A small day from 10:12: six numbers, two counters, one adviser.

    | number | service | waits | at the counter | end                                                     |
    | A001   | W1      | 5     | 1+1+2+1+1 = 6  | done at 1, very satisfied; its form was filled in time  |
    | A002   | W1      | 12    | 1+0+3+0+0 = 4  | done at 1, dissatisfied; no form                        |
    | B001   | I1      | 32    | 2              | sent on to P1 after 34 minutes, done at 2, waits again  |
    | A003   | P1      | –     |                | left                                                    |
    | A004   | C1      | 40    |                | missed                                                  |
    | A005   | C1      | 45    | 1              | referred to M3, picked up after 3, 20 minutes of advice |
    """
    one, two, adviser = lobby.desk(1), lobby.desk(2), lobby.desk(6)
    one.open(at, teller="李静")
    two.open(at, teller="赵强")
    numbers = [take(lobby, at, service) for service in ("W1", "W1", "I1", "P1", "C1", "C1")]
    first, second, wrong, gone, missed, curious = numbers
    ticket = lobby.reception.find(first, at).ticket
    assert lobby.reception.fill(ticket, "F02", FORM, at + MINUTE).ok
    lobby.floor.leave(gone, at + 3 * MINUTE)
    served(lobby, first, 1, at + 5 * MINUTE, 1, 1, 2, 1, 1)
    lobby.ratings.give(1, 4, at + 11 * MINUTE)
    served(lobby, second, 1, at + 12 * MINUTE, 1, 0, 3, 0, 0)
    lobby.ratings.give(1, 1, at + 16 * MINUTE)
    one.pause(at + 20 * MINUTE)
    two.call(wrong, at + 32 * MINUTE)
    two.greet(at + 33 * MINUTE)
    two.move(wrong, "P1", at + 34 * MINUTE)
    served(lobby, wrong, 2, at + 36 * MINUTE, 0, 0, 2, 0, 0)
    two.call(missed, at + 40 * MINUTE)
    two.absent(at + 42 * MINUTE)
    two.call(curious, at + 45 * MINUTE)
    two.greet(at + 45 * MINUTE)
    two.refer("M3", at + 46 * MINUTE)
    two.close(at + 50 * MINUTE)
    served(lobby, curious, 6, at + 49 * MINUTE, 0, 0, 20, 0, 0)
    adviser.close(at + 70 * MINUTE)
    (row,) = lobby.referrals.today(at)
    lobby.reception.divert("W1", at)
    lobby.referrals.end(row.id, "appointment", "王磊", at + 70 * MINUTE)
    return lobby.records.report(at.date(), at.date(), at + 80 * MINUTE)


def test_waits(day: Report) -> None:
    """Everybody who was called counts; who left is another figure."""
    assert day.waits == Waits(
        people=5, mean=(5 + 12 + 32 + 40 + 45) / 5, p50=32, p90=45, longest=45, over=(4 / 5, 3 / 5, 3 / 5)
    )
    assert day.distribution == (0, 1, 1, 0, 0, 0, 1, 0, 1, 1, 0, 0, 0)
    assert day.outcomes == {"done": 4, "abandoned": 1, "missed": 1}
    assert day.gone == 2 / 6
    assert {hour: one.people for hour, one in day.hours.items()} == {10: 5}
    assert {name: one.people for name, one in day.classes.items()} == {"quick": 4, "advice": 1}


def test_standards(day: Report) -> None:
    """Of four with quick business two were called within fifteen minutes, and the one with advice was late."""
    assert day.kept == {"quick": 0.5, "advice": 0}


def test_steps_and_counters(day: Report) -> None:
    """Each step's minutes, and what a counter's open minutes went to."""
    assert day.steps["way"].mean == (1 + 1 + 0 + 0) / 4
    assert day.at_once == 2 / 4
    assert day.steps["ask"].mean == (2 + 3 + 2 + 20) / 4
    works = {one.counter: one for one in day.works}
    one, two, adviser = works[1].use, works[2].use, works[6].use
    assert (works[1].served.people, one.open, one.transaction, one.advice) == (2, 20, 10, 0)
    # Whatever came of it: 2 minutes until the wrong line was noticed, 2 of business, 2 for nobody, 1 to refer.
    assert (works[2].served.people, two.open, two.transaction) == (1, 50, 7)
    assert (works[6].served.people, adviser.open, adviser.advice, adviser.busy) == (1, 21, 20, 20 / 21)
    assert (works[1].waits.mean, works[1].served.p50) == (8.5, 4)
    assert (day.use.open, day.use.free, day.cost) == (91, 91 - 37, 37 / 5)


def test_a_free_counter_while_somebody_waits(day: Report) -> None:
    """Counter 1 was free for 5, 1 and 4 minutes while quick business waited, counter 2 for 32, 2, 2 and 3.

    Nobody counts against a counter that cannot serve him: in the last minutes of counter 2 only advice is waited for.
    """
    assert {one.counter: one.use.idle for one in day.works if one.use.open} == {1: 10, 2: 39, 6: 0}


def test_use_so_far(lobby: Lobby, at: datetime) -> None:
    """Today's minutes count up to now, with whoever is at the counter; what was open yesterday is closed."""
    one = lobby.desk(1)
    one.open(at - timedelta(days=1), teller="李静")
    assert lobby.records.uses(at)[1].open == 0
    one.open(at, teller="李静")
    number = take(lobby, at + 2 * MINUTE, "W1")
    one.call(number, at + 5 * MINUTE)
    use = lobby.records.uses(at + 9 * MINUTE)[1]
    assert (use.open, use.transaction, use.idle, use.busy) == (9, 4, 3, 4 / 9)
    assert (use.since, use.wanted) == (at + 5 * MINUTE, False)
    take(lobby, at + 9 * MINUTE, "W1")
    one.hold(at + 9 * MINUTE)
    use = lobby.records.uses(at + 9 * MINUTE)[1]
    assert (use.since, use.wanted) == (at + 9 * MINUTE, True)
    one.pause(at + 10 * MINUTE)
    use = lobby.records.uses(at + 30 * MINUTE)[1]
    assert (use.open, use.transaction, use.idle, use.wanted) == (10, 4, 4, False)


def test_what_was_in_vain(day: Report) -> None:
    """A wrong line costs its whole wait; of three with a form that was called, one had it ready."""
    assert (day.vain.wrong_line, day.vain.wrong_minutes) == (1, 34)
    assert (day.vain.not_ready, day.vain.needing, day.prefilled) == (1, 2, 0.5)


def test_people(day: Report) -> None:
    """Ratings with their rate, channels, and what came of referrals."""
    assert (day.satisfaction.levels, day.satisfaction.asked) == ({4: 1, 3: 0, 2: 0, 1: 1}, 4)
    assert (day.satisfaction.rate, day.satisfaction.mean) == (0.5, 2.5)
    assert day.channels == {"counter": 3, "advice": 1, "lobby": 0, "machine": 1}
    assert (day.advised.referred, day.advised.pick_up, day.advised.late) == (1, 3, 0)
    assert day.advised.outcomes == {"appointment": 1}
    assert [(one.first, one.people, one.transaction, one.advice) for one in day.days] == [
        (date(2026, 11, 23), 6, 17, 20)
    ]


def test_nobody_came(lobby: Lobby, at: datetime) -> None:
    """An empty day is a page of zeros; a backward or endless range is refused."""
    empty = lobby.records.report(at.date(), at.date(), at)
    assert (empty.drawn, empty.waits, empty.gone, empty.satisfaction.rate) == (0, waits([]), 0, 0)
    for last in (at.date() - timedelta(days=1), at.date() + timedelta(days=366)):
        with pytest.raises(Refusal, match="366"):
            lobby.records.report(at.date(), last, at)


def test_percentiles_are_waits_that_somebody_had() -> None:
    """Nearest rank: of ten the median is the fifth and P90 the ninth; an hour and more share the last bar."""
    assert (waits([float(n) for n in range(1, 11)]).p50, waits([float(n) for n in range(1, 11)]).p90) == (5, 9)
    assert distribution([0, 4.9, 5, 59.9, 60, 300])[-2:] == (1, 2)


def test_review_and_alerts(lobby: Lobby, at: datetime) -> None:
    """Hand-off times, rework, and how soon somebody went to help."""
    number = take(lobby, at, "B1")
    lobby.desk(5).open(at, teller="孙丽")
    lobby.desk(5).call(number, at)
    lobby.desk(5).intake(at + MINUTE)
    lobby.review.send_back(number, "钱进", "印鉴不清", at + 9 * MINUTE)
    lobby.reception.ask_help(at)
    lobby.lookout.look(at)
    (help_call,) = [row for row in lobby.lookout.listed() if row.kind == "help"]
    lobby.lookout.take(help_call.id, "周敏", at + timedelta(seconds=30))
    found = lobby.records.report(at.date(), at.date(), at + 10 * MINUTE)
    assert (found.review.mean, found.rework) == (8, 1)
    assert [(one.kind, one.raised, one.taken, one.seconds) for one in found.care] == [("help", 1, 1, 30)]
