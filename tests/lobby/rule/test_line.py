"""The rule at the counter: what the hall of a real branch remembers for it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from lobbyline.lobby.lobby import Lobby
from lobbyline.lobby.rule.forecast import ENOUGH
from lobbyline.lobby.ticket import Ticket


def test_privilege_is_remembered_between_calls(lobby: Lobby, at: datetime) -> None:
    """A privileged number passes an earlier one once; the next call goes to who came first."""
    for minute in range(4):
        lobby.reception.take("W1", at + timedelta(minutes=minute))
    for second in range(2):
        lobby.reception.take("W1", at + timedelta(minutes=5, seconds=second), "vip")
    calls = [lobby.desk(number).next(at + timedelta(minutes=6)).ticket for number in (1, 2, 3)]
    assert [ticket.segment for ticket in calls if ticket] == ["vip", "ordinary", "ordinary"]


def test_a_call_tells_credits_to_the_log(lobby: Lobby, at: datetime) -> None:
    """Why somebody was called is stored with both credits, so it can be answered later."""
    long = lobby.reception.take("O1", at).ticket
    short = lobby.reception.take("P1", at + timedelta(minutes=1)).ticket
    called = lobby.desk(2).next(at + timedelta(minutes=2))
    assert called.ticket
    assert called.ticket.number == short.number
    with lobby.read() as book:
        event = next(event for event in book.events_of(short) if event["what"] == "called")
        assert book.ticket(long.id).set_back == 60 * lobby.branch.services["P1"].minutes
    assert event["reason"] == "simple_first"
    assert event["passed"] == long.number
    assert event["credit"] > event["passed_credit"]


def test_set_back_is_who_this_counter_could_have_called(lobby: Lobby, at: datetime) -> None:
    """A cash customer is not set back by a call of the sign-up desk, which cannot serve him."""
    cash = lobby.reception.take("W2", at).ticket
    lobby.reception.take("N1", at + timedelta(seconds=5))
    lobby.desk(4).next(at + timedelta(minutes=1))
    with lobby.read() as book:
        assert book.ticket(cash.id).set_back == 0


def test_the_memory_counts_as_the_rule_does(lobby: Lobby, at: datetime) -> None:
    """Call by call, who came before and could have been called is set back by the minutes of the called job."""
    branch, waiting, set_back = lobby.branch, list[Ticket](), dict[int, float]()
    for turn, service in enumerate(("O1", "W1", "W2", "P1", "N1", "T1", "I1", "D1") * 3):
        segment = "vip" if turn % 7 == 5 else "ordinary"
        waiting.append(lobby.reception.take(service, at + timedelta(seconds=turn), segment).ticket)
        set_back[waiting[-1].id] = 0
    for turn in range(14):
        counter = branch.counter(1 + turn % 4)
        called = lobby.desk(1 + turn % 4).next(at + timedelta(minutes=1 + turn)).ticket
        assert called
        assert counter
        waiting = [ticket for ticket in waiting if ticket.id != called.id]
        for ticket in waiting:
            if ticket.id < called.id and branch.can_serve(counter, ticket.service, ticket.queue):
                set_back[ticket.id] += 60 * branch.services[called.service].minutes
        with lobby.read() as book:
            assert {ticket.id: book.ticket(ticket.id).set_back for ticket in waiting} == {
                ticket.id: set_back[ticket.id] for ticket in waiting
            }
    assert any(set_back.values())


def test_a_job_over_its_time_is_given_another_minute(lobby: Lobby, at: datetime) -> None:
    """Nobody is told that a counter is free because its customer should be done by now."""
    desk = lobby.desk(6)
    lobby.reception.take("M2", at)
    desk.next(at)
    desk.greet(at)
    late = at + timedelta(hours=2)
    waiting = lobby.reception.take("M2", late).ticket
    with lobby.read() as book:
        assert lobby.line(book, late).expected(waiting) == 1


def test_waits_are_learned(lobby: Lobby, at: datetime) -> None:
    """Jobs that took twice their minutes on earlier days make today's expected minutes longer: the more, the longer."""
    desk, then = lobby.desk(1), at - timedelta(days=1)
    for number in range(12):
        lobby.reception.take("P1", then + timedelta(minutes=5 * number))
        desk.next(then + timedelta(minutes=5 * number))
        desk.greet(then + timedelta(minutes=5 * number, seconds=5))
        desk.done(then + timedelta(minutes=5 * number + 4))
    with lobby.read() as book:
        learned = lobby.line(book, at).learned.minutes
    said, took = lobby.branch.services["P1"].minutes, 4
    assert learned["P1"] == pytest.approx((ENOUGH * said + 12 * took) / (ENOUGH + 12))
    assert learned["W1"] == lobby.branch.services["W1"].minutes
