"""What a lobby answers, as its tests hear it: a refusal, a number, the controls that are missing."""

from __future__ import annotations

from datetime import datetime

import pytest

from lobbyline.lobby.counter import controls
from lobbyline.lobby.counter.desk import Desk, Standing
from lobbyline.lobby.errors import Refusal
from lobbyline.lobby.lobby import Lobby


def refused(code: str) -> pytest.RaisesExc[Refusal]:
    """Refused with this code, and with a sentence that the branch has for it."""
    return pytest.raises(Refusal, check=lambda refusal: refusal.code == code and "=" not in refusal.sentence)


def number(standing: Standing) -> str:
    assert standing.ticket is not None
    return standing.ticket.number


def missing(lobby: Lobby, desk: Desk, at: datetime) -> list[str]:
    """The controls that nobody did for the ticket that is at a counter."""
    ticket = desk.standing(at).ticket
    assert ticket
    with lobby.read() as book:
        return controls.missing(lobby.branch, book, ticket)
