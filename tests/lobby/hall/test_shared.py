"""Answers that are worked out once for all who ask."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from lobbyline.lobby.hall.shared import Shared
from lobbyline.lobby.lobby import Lobby


def test_many_who_ask_at_once_cost_one_answer(lobby: Lobby, at: datetime) -> None:
    """Whoever asks at the same moment gets the same answer, which was worked out once."""
    asked, shared = list[datetime](), Shared(lobby)

    def work_out(moment: datetime) -> int:
        asked.append(moment)
        return len(asked)

    with ThreadPoolExecutor(8) as pages:
        assert set(pages.map(lambda _: shared.get("hall", at, work_out), range(24))) == {1}
    assert shared.get("hall", at + timedelta(milliseconds=1001), work_out) == 2


def test_every_change_is_seen_at_once(lobby: Lobby, at: datetime) -> None:
    """An answer does not outlive what it was worked out from, not even for a moment."""
    assert lobby.hall.waiting(at) == []
    lobby.reception.take("W1", at)
    assert [one.ticket.number for one in lobby.hall.waiting(at)] == ["A001"]
    lobby.desk(1).next(at)
    assert lobby.hall.waiting(at) == []
    assert lobby.hall.view(at).calls[0].number == "A001"
