"""Paper is printed exactly once, or a person is asked."""

from __future__ import annotations

from datetime import datetime

import pytest

from lobbyline.lobby.errors import Refusal
from lobbyline.lobby.lobby import Lobby


def test_a_ticket_brings_its_paper(lobby: Lobby, at: datetime) -> None:
    """The job is committed with the ticket and says what the customer was told."""
    place = lobby.reception.take("W1", at)
    job = lobby.outbox.due("front")
    assert job is not None
    assert (job.slip.number, job.slip.token, job.copy) == (place.ticket.number, place.ticket.token, 0)
    assert job.slip.service == ["取款（5万元及以下）", "Withdraw cash, up to 50,000"]
    assert job.slip.wait == "约5分钟内"
    assert lobby.outbox.state_of(place.ticket) == "queued"


def test_a_begun_job_is_never_due_again(lobby: Lobby, at: datetime) -> None:
    """Once `sending` is committed, a restart finds the job among the interrupted only, and nobody makes a copy."""
    lobby.reception.take("W1", at)
    job = lobby.outbox.due("front")
    assert job is not None
    begun = lobby.outbox.begin(job, at)
    assert len(begun.fence) == 4
    assert lobby.outbox.due("front") is None
    assert lobby.outbox.interrupted("front") == [begun]
    with pytest.raises(Refusal, match="正在打印"):
        lobby.outbox.reprint("a001", at)


def test_doubt_is_told_to_people(lobby: Lobby, at: datetime) -> None:
    """A paper nobody knows of is an alert, and a reprint is a copy of the same number."""
    ticket = lobby.reception.take("W1", at).ticket
    job = lobby.outbox.due("front")
    assert job is not None
    lobby.outbox.finish(lobby.outbox.begin(job, at), "unknown", "power cut", at)
    assert [alert.kind for alert in lobby.lookout.now(at)] == ["paper"]
    copy = lobby.outbox.reprint(ticket.number, at)
    assert (copy.copy, copy.slip.number) == (1, ticket.number)
    assert lobby.lookout.now(at) == []
    with pytest.raises(Refusal, match="正在打印"):
        lobby.outbox.reprint(ticket.number, at)


def test_no_paper_without_a_printer(lobby: Lobby, at: datetime) -> None:
    """A ticket that was asked for without paper has none to print."""
    ticket = lobby.reception.take("W1", at, paper=False).ticket
    assert lobby.outbox.due("front") is None
    assert lobby.outbox.state_of(ticket) == ""
    with pytest.raises(Refusal, match="今天没有A001这个号"):
        lobby.outbox.reprint(ticket.number, at)


def test_the_slip_names_nobody(lobby: Lobby, at: datetime) -> None:
    """A VIP's paper differs from any other in its number and its seats only."""
    vip = lobby.reception.take("W1", at, segment="vip")
    job = lobby.outbox.due("front")
    assert job is not None
    assert "贵宾客户" not in str(job.slip)
    assert "VIP" not in job.slip.zone
    assert vip.ticket.number == "V001"
