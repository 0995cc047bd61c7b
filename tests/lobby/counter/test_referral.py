"""Referrals keep the place, pass no control by, and end with a code."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from lobbyline.lobby.counter import referral
from lobbyline.lobby.errors import Refusal
from lobbyline.lobby.lobby import Lobby

MINUTE = timedelta(minutes=1)


def greeted(lobby: Lobby, at: datetime, service: str) -> str:
    number = lobby.reception.take(service, at, paper=False).ticket.number
    lobby.desk(2).open(at, teller="李静")
    lobby.desk(2).call(number, at)
    lobby.desk(2).greet(at)
    return number


def test_a_teller_refers_a_customer(lobby: Lobby, at: datetime) -> None:
    """Number and arrival stay, the advice desk calls him first, and the pick-up is timed."""
    number = greeted(lobby, at, "W1")
    lobby.reception.take("M3", at, paper=False)
    lobby.desk(2).refer("M3", at + MINUTE, key="k")
    lobby.desk(2).refer("M3", at + MINUTE, key="k")  # a double click
    (row,) = lobby.referrals.today(at)
    assert (row.number, row.counter, row.teller, row.was, row.service) == (number, 2, "李静", "W1", "M3")
    assert row.picked_at is None
    ticket = lobby.desk(6).next(at + 4 * MINUTE).ticket
    assert ticket is not None
    assert (ticket.number, ticket.arrived_at) == (number, at)
    assert lobby.referrals.today(at)[0].picked_at == at + 4 * MINUTE
    assert "stray" not in {cause.kind for cause in lobby.lookout.now(at + 2 * MINUTE)}


def test_a_referral_passes_no_control_by(lobby: Lobby, at: datetime) -> None:
    """Business that was begun is finished first; before that the customer may go on at once."""
    greeted(lobby, at, "O1")
    lobby.desk(2).operate(at)
    with pytest.raises(Refusal) as refused:
        lobby.desk(2).refer("M1", at)
    assert refused.value.code == "control_missing"
    assert lobby.referrals.today(at) == []


def test_only_to_advice(lobby: Lobby, at: datetime) -> None:
    """Personal products at counter 6, corporate ones at counter 8, nothing else."""
    assert referral.services(lobby.branch) == ["M1", "M2", "M3", "M4"]
    greeted(lobby, at, "W1")
    with pytest.raises(Refusal, match="M1、M2、M3、M4"):
        lobby.desk(2).refer("W1", at)


def test_the_outcome_is_a_code(lobby: Lobby, at: datetime) -> None:
    """A code of the files under a name; no word of anybody's own."""
    greeted(lobby, at, "W1")
    lobby.desk(2).refer("M3", at)
    (row,) = lobby.referrals.today(at)
    for outcome, by, wrong in (("bought 100k", "王磊", "unknown_outcome"), ("done", " ", "person_unknown")):
        with pytest.raises(Refusal) as refused:
            lobby.referrals.end(row.id, outcome, by, at)
        assert refused.value.code == wrong
    lobby.referrals.end(row.id, "appointment", "王磊", at + MINUTE)
    (row,) = lobby.referrals.today(at)
    assert (row.outcome, row.outcome_by, row.outcome_at) == ("appointment", "王磊", at + MINUTE)
    with lobby.read() as book:
        assert [event.what for event, _ in book.chain()].count("referral_ended") == 1
