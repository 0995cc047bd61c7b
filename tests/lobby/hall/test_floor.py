"""What the lobby manager does without a counter."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from lobbyline.lobby.errors import Refusal
from lobbyline.lobby.lobby import Lobby


def test_marked_as_care(lobby: Lobby, at: datetime) -> None:
    """Somebody who needs care waits in its line from now on, with number and arrival kept, and is called first."""
    first = lobby.reception.take("W1", at, paper=False).ticket
    second = lobby.reception.take("W1", at, paper=False).ticket
    marked = lobby.floor.recognise(second.number, "care", at, "周敏", key="k")
    assert (marked.number, marked.queue, marked.segment, marked.arrived_at) == (second.number, "L", "care", at)
    assert lobby.floor.recognise(second.number, "care", at, "周敏", key="k") == lobby.reception.find("A002", at).ticket
    called = lobby.desk(3).next(at + timedelta(minutes=1)).ticket
    assert called is not None
    assert called.number == second.number
    with pytest.raises(Refusal) as refused:
        lobby.floor.recognise(second.number, "ordinary", at, "周敏")
    assert refused.value.code == "wrong_state"
    with pytest.raises(Refusal) as refused:
        lobby.floor.recognise(first.number, "royal", at, "周敏")
    assert refused.value.code == "unknown_segment"


def test_who_is_aside(lobby: Lobby, at: datetime) -> None:
    """Missed and held customers stand apart from the line."""
    for _ in range(2):
        lobby.reception.take("W1", at, paper=False)
    lobby.desk(1).next(at)
    lobby.desk(1).absent(at)
    lobby.desk(1).next(at)
    lobby.desk(1).greet(at)
    lobby.desk(1).hold(at)
    aside = lobby.floor.aside(at)
    assert {state: [ticket.number for ticket in tickets] for state, tickets in aside.items()} == {
        "missed": ["A001"], "held": ["A002"], "booked": [],
    }  # fmt: skip
