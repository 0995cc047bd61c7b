"""What a lobby answers, as its tests hear it: a refusal, or the number that a verb was about."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lobbyline.lobby.counter.desk import Standing
from lobbyline.lobby.errors import Refusal


def refused(code: str, *, by: Callable[..., object]) -> Refusal:
    with pytest.raises(Refusal) as caught:
        by()
    assert caught.value.code == code
    assert caught.value.sentence, "a refusal always has a sentence"
    return caught.value


def number(standing: Standing) -> str:
    assert standing.ticket is not None
    return standing.ticket.number
