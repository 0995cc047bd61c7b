"""Days that are over are read once; whatever changes a day later is seen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from lobbyline.lobby.lobby import Lobby
from lobbyline.lobby.report import days
from lobbyline.lobby.store.pages.reports import ReportBook

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[tuple[date, date]]:
    """The spans of days whose visits are read from now on."""
    spans, visits = list[tuple[date, date]](), ReportBook.visits

    def noted(book: ReportBook, first: date, last: date) -> object:
        spans.append((first, last))
        return visits(book, first, last)

    monkeypatch.setattr(ReportBook, "visits", noted)
    return spans


@pytest.fixture
def later(lobby: Lobby, at: datetime) -> datetime:
    """A moment two days on: on the first somebody was served, on the second nobody came."""
    number = lobby.reception.take("W1", at, paper=False).ticket.number
    desk = lobby.desk(1)
    desk.open(at, teller="李静")
    desk.call(number, at + 4 * MINUTE)
    desk.greet(at + 5 * MINUTE)
    desk.done(at + 9 * MINUTE)
    return at + 2 * DAY


def test_a_day_that_is_over_is_read_once(
    lobby: Lobby, at: datetime, later: datetime, read: list[tuple[date, date]]
) -> None:
    """Today is read each time, what lies before it is not; the figures are those of a first reading."""
    first, today = at.date(), later.date()
    before = lobby.records.report(first, today, later)
    assert lobby.records.report(first, today, later) == before
    assert lobby.records.report(first, first, later).waits == before.waits
    assert read == [(first, today), (today, today)]


@pytest.mark.parametrize(
    "changes",
    [
        lambda lobby, at: lobby.ratings.give(1, 3, at + 9 * MINUTE),
        lambda lobby, at: lobby.reception.take("W1", at, paper=False),
        lambda lobby, at: lobby.day_end.end(at + 4000 * DAY),
    ],
    ids=["a rating", "a number", "erased when it is old"],
)
def test_what_changes_a_day_is_seen(
    lobby: Lobby, at: datetime, later: datetime, changes: Callable[[Lobby, datetime], object]
) -> None:
    """A day is read again when there is more or less of it than there was."""
    before = lobby.records.report(at.date(), at.date(), later)
    changes(lobby, at)
    assert lobby.records.report(at.date(), at.date(), later) != before


def test_a_day_with_somebody_left_is_not_over(
    lobby: Lobby, at: datetime, later: datetime, read: list[tuple[date, date]]
) -> None:
    """While a number of it is open, a past day is read each time."""
    lobby.reception.take("W1", at, paper=False)
    for _ in range(2):
        lobby.records.report(at.date(), at.date(), later)
    assert len(read) == 2


def test_only_so_many_days_are_kept(
    lobby: Lobby, at: datetime, later: datetime, read: list[tuple[date, date]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was read last is kept; a longer past is read again."""
    monkeypatch.setattr(days, "KEPT", 1)
    first, second = at.date(), at.date() + DAY
    for day in (first, second, second, first):
        lobby.records.report(day, day, later)
    assert read == [(first, first), (second, second), (first, first)]
