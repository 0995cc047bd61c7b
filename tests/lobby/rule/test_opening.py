"""Whether another counter is worth it is found by playing the real rule forward."""

from __future__ import annotations

from datetime import datetime, timedelta

from lobbyline.lobby.lobby import Lobby
from lobbyline.lobby.rule.opening import Suggestion


def take(lobby: Lobby, at: datetime, service: str, count: int) -> None:
    for _ in range(count):
        lobby.reception.take(service, at, paper=False)


def test_the_counter_that_saves_most(lobby: Lobby, at: datetime) -> None:
    """Twelve people behind one cash counter: a second one halves their wait; an open one is not suggested."""
    lobby.desk(1).open(at)
    take(lobby, at, "W1", 12)
    found = lobby.lookout.suggestion(at)
    assert found is not None
    assert (found.counter in (2, 3, 7), found.helps, found.people) == (True, "", 12)
    assert found.mean == 3 * sum(range(12)) / 12
    assert found.mean_then == 3 * 2 * sum(range(6)) / 12
    assert found.saved == 12 * 9
    for counter in (2, 3, 7):
        lobby.desk(counter).open(at)
    after = lobby.lookout.suggestion(at)
    assert after is None or after.counter not in (1, 2, 3, 7)


def test_what_is_worth_it_is_the_branchs_own_figure(lobby: Lobby, at: datetime) -> None:
    """So many minutes of waiting saved are enough, one less is not, and 0 is never."""
    lobby.desk(1).open(at)
    take(lobby, at, "W1", 12)
    branch = lobby.branch
    for least, worth_it in ((12 * 9, True), (12 * 9 + 1, False), (0, False)):
        lobby.branch = branch.model_copy(update={"alerts": branch.alerts.model_copy(update={"opening": least})})
        assert bool(lobby.lookout.suggestion(at)) is worth_it


def test_a_free_counter_may_help(lobby: Lobby, at: datetime) -> None:
    """Business banking is free and may take quick numbers: as good as opening another counter, until it is wanted."""
    for counter in (1, 2, 3, 5, 7):
        lobby.desk(counter).open(at)
    take(lobby, at, "D1", 30)
    found = lobby.lookout.suggestion(at)
    assert isinstance(found, Suggestion)
    assert (found.counter, found.helps) == (5, "A")
    lobby.reception.take("B1", at)
    found = lobby.lookout.suggestion(at)
    assert found is None or found.counter != 5, "whom it serves anyway comes first"


def test_calm_when_it_is_calm(lobby: Lobby, at: datetime) -> None:
    """Before the first counter opens, with nobody waiting, or where little is saved, nothing is suggested."""
    take(lobby, at, "W1", 9)
    assert lobby.lookout.suggestion(at) is None
    lobby.desk(1).open(at)
    lobby.desk(2).open(at)
    for _ in range(9):
        lobby.desk(1).next(at)
        lobby.desk(1).greet(at)
    assert lobby.lookout.suggestion(at + timedelta(minutes=1)) is None
