"""A change is thought out beside the line of writers and written down in its turn: whatever happens in between."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path

import pytest

from lobbyline.lobby import journal
from lobbyline.lobby.lobby import Lobby, open_lobby
from lobbyline.lobby.store import store
from lobbyline.lobby.store.book import Book
from lobbyline.lobby.store.rows import Tables
from tests.lobby.heard import refused
from tests.patience import PATIENCE


@pytest.fixture
def other(lobby: Lobby, tmp_path: Path) -> Iterator[Lobby]:
    """Another program at the same memory."""
    opened = open_lobby(lobby.setup, lobby.data if lobby.branch.store.url == "lobby.sqlite" else tmp_path / "other")
    yield opened
    opened.close()


def meanwhile(lobby: Lobby, act: Callable[[], object]) -> None:
    """Between the next thought and its turn something happens, once."""
    section = lobby.store.section

    def late(seen: object = None) -> AbstractContextManager[Tables]:
        lobby.store.section = section  # type: ignore[method-assign]
        act()
        return section(seen)

    lobby.store.section = late  # type: ignore[method-assign]


def taken(lobby: Lobby, at: datetime) -> tuple[str, int]:
    place = lobby.reception.take("W1", at)
    return place.ticket.number, place.ahead


def chain_holds(lobby: Lobby) -> bool:
    with lobby.read() as book:
        return journal.first_break(book.chain()) is None


@pytest.mark.parametrize("whose", ["another's", "its own"])
def test_who_was_overtaken_thinks_again(lobby: Lobby, other: Lobby, at: datetime, whose: str) -> None:
    """A commit of another program, or of this very one, in between: the number is the next, and so is the place."""
    quicker = other if whose == "another's" else lobby
    assert taken(lobby, at) == ("A001", 0)
    heard: list[tuple[str, int]] = []
    meanwhile(lobby, lambda: heard.append(taken(quicker, at)))
    assert taken(lobby, at) == ("A003", 2)
    assert heard == [("A002", 1)]
    assert chain_holds(lobby)


def test_two_counters_never_call_the_same_customer(lobby: Lobby, other: Lobby, at: datetime) -> None:
    """Chosen by both, called by the one whose turn came first; the other calls whoever is next then."""
    for _ in range(2):
        taken(lobby, at)
    meanwhile(lobby, lambda: other.desk(2).next(at))
    ticket = lobby.desk(1).next(at).ticket
    assert ticket is not None
    assert (ticket.number, ticket.counter) == ("A002", 1)
    assert chain_holds(lobby)


def test_in_a_crowd_nobody_thinks_twice(
    lobby: Lobby, other: Lobby, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who was overtaken just now thinks in his turn: nothing is thrown away again and again."""
    monkeypatch.setattr(store, "CROWDED_SECONDS", PATIENCE)
    taken(lobby, at)
    meanwhile(lobby, lambda: taken(other, at))
    taken(lobby, at)
    thoughts: list[str] = []

    def work(book: Book) -> None:
        thoughts.append(book.config)
        book.note("help", at, "customer")

    meanwhile(lobby, lambda: taken(other, at))
    lobby.change(work)
    assert len(thoughts) == 1
    assert chain_holds(lobby)


def test_what_reads_its_own_writing_is_thought_out_in_its_turn(lobby: Lobby, at: datetime) -> None:
    """Nothing is concluded from what stands on paper only."""

    def work(book: Book) -> datetime | None:
        book.note("help", at, "customer")
        return book.newest_at()

    assert lobby.change(work) == at


def test_nothing_to_write_needs_no_turn(lobby: Lobby, at: datetime) -> None:
    """A repeated key and a refusal commit nothing."""
    first = lobby.reception.take("W1", at, key="touch").ticket
    changes = lobby.store.pace.changes
    assert lobby.reception.take("W1", at, key="touch").ticket == first
    with refused("unknown_service"):
        lobby.reception.take("attic", at)
    assert lobby.store.pace.changes == changes
