"""Days that are over are written down in the evening; whatever changes a day later is seen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from lobbyline.lobby.lobby import Lobby
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
    """A later evening writes it down; then it is what a first reading found, and only the other days are read."""
    first, today = at.date(), later.date()
    before, reckoned = lobby.records.report(first, today, later), lobby.records.report(first, first, later)
    lobby.day_end.end(later)
    read.clear()
    assert lobby.records.report(first, today, later) == before
    assert lobby.records.report(first, first, later) == reckoned
    assert read == [(first + DAY, today)]


def test_an_evening_writes_down_only_what_is_new(
    lobby: Lobby, at: datetime, later: datetime, read: list[tuple[date, date]]
) -> None:
    """Every day that is over, once; today only when it is past."""
    lobby.reception.take("W1", later, paper=False)
    for evening in (later, later, later + DAY):
        lobby.day_end.end(evening)
    assert read == [(at.date(), at.date()), (later.date(), later.date())]


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
    """A day is reckoned anew when there is more or less of it than was written down."""
    lobby.records.keep(later)
    before = lobby.records.report(at.date(), at.date(), later)
    changes(lobby, at)
    assert lobby.records.report(at.date(), at.date(), later) != before


def test_what_was_written_down_is_erased_with_its_day(lobby: Lobby, at: datetime, later: datetime) -> None:
    """Nothing of a visit stays longer than its number."""
    lobby.records.keep(later)
    lobby.day_end.end(at + 4000 * DAY)
    with lobby.read() as book:
        assert book.past.kept_so_far() == {}


def test_a_day_with_somebody_left_is_not_over(lobby: Lobby, at: datetime, later: datetime) -> None:
    """While a number of it is open, a past day is not written down."""
    lobby.reception.take("W1", at, paper=False)
    lobby.records.keep(later)
    with lobby.read() as book:
        assert book.past.kept_so_far() == {}


def test_a_counter_that_is_gone_keeps_its_past(lobby: Lobby, at: datetime, later: datetime) -> None:
    """The minutes of a day are those that it had, whatever the files say by now."""
    lobby.records.keep(later)
    before = lobby.records.report(at.date(), at.date(), later).works
    others = [counter for counter in lobby.branch.counters if counter.number != 1]
    lobby.branch = lobby.branch.model_copy(update={"counters": others})
    after = lobby.records.report(at.date(), at.date(), later).works
    assert [work for work in after if work.counter == 1] == before[:1]
    assert before[0].use.transaction == 5
