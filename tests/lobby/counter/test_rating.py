"""Ratings are asked after every visit, and counted once."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from lobbyline.lobby.errors import Refusal
from lobbyline.lobby.lobby import Lobby

SECOND = timedelta(seconds=1)


def visit(lobby: Lobby, at: datetime, counter: int = 1) -> str:
    """One whole visit that ends at `at`."""
    number = lobby.reception.take("W1", at, paper=False).ticket.number
    lobby.desk(counter).call(number, at)
    lobby.desk(counter).greet(at)
    lobby.desk(counter).done(at)
    return number


def test_every_visit_is_asked(lobby: Lobby, at: datetime) -> None:
    """The question comes with the farewell, whatever the teller does next, and goes after a minute."""
    assert lobby.ratings.question(1, at) is None
    number = visit(lobby, at)
    lobby.reception.take("W1", at, paper=False)
    lobby.desk(1).next(at + SECOND)
    question = lobby.ratings.question(1, at + 2 * SECOND)
    assert question is not None
    assert (question.number, question.until, question.level) == (number, at + 60 * SECOND, 0)
    assert lobby.ratings.question(2, at) is None
    assert lobby.ratings.question(1, at + 61 * SECOND) is None


def test_the_first_press_counts(lobby: Lobby, at: datetime) -> None:
    """A second press changes nothing; dissatisfied is an alert until somebody had a word."""
    number = visit(lobby, at)
    lobby.ratings.give(1, 1, at + SECOND)
    lobby.ratings.give(1, 4, at + 2 * SECOND)
    question = lobby.ratings.question(1, at + 3 * SECOND)
    assert question is not None
    assert question.level == 1
    with lobby.read() as book:
        assert [event.what for event, _ in book.chain()].count("rated") == 1
    lobby.lookout.look(at + 3 * SECOND)
    (row,) = lobby.lookout.listed()
    assert (row.kind, row.facts) == ("rating", {"ticket": number, "counter": 1})


def test_a_late_press_is_nobody_elses(lobby: Lobby, at: datetime) -> None:
    """Who presses when another's visit has ended, or when nobody is asked, is told so; 5 is no rating."""
    visit(lobby, at)
    first = lobby.ratings.question(1, at)
    assert first is not None
    visit(lobby, at + 5 * SECOND)
    with pytest.raises(Refusal, match="没有待评价"):
        lobby.ratings.give(1, 4, at + 6 * SECOND, visit=first.visit)
    with pytest.raises(Refusal, match="没有待评价"):
        lobby.ratings.give(2, 4, at)
    with pytest.raises(Refusal, match="不是5"):
        lobby.ratings.give(1, 5, at + 6 * SECOND)
