"""What a lobby answers, as its tests hear it: a refusal, or the number that a verb was about."""

from __future__ import annotations

import pytest

from lobbyline.lobby.counter.desk import Standing
from lobbyline.lobby.errors import Refusal


def refused(code: str) -> pytest.RaisesExc[Refusal]:
    """Refused with this code, and with a sentence that the branch has for it."""
    return pytest.raises(Refusal, check=lambda refusal: refusal.code == code and "=" not in refusal.sentence)


def number(standing: Standing) -> str:
    assert standing.ticket is not None
    return standing.ticket.number
