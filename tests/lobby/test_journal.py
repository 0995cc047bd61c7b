"""The chain of events."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from pysqlite3 import dbapi2 as sqlite3

from lobbyline.lobby import journal
from lobbyline.lobby.lobby import Lobby
from lobbyline.lobby.store.pages import events


def broken(lobby: Lobby) -> journal.Event | None:
    with lobby.read() as book:
        return journal.first_break(book.chain())


def test_the_chain_holds(lobby: Lobby, at: datetime) -> None:
    """Everything that happened follows from what was before."""
    lobby.reception.take("W1", at)
    lobby.desk(1).next(at)
    assert broken(lobby) is None


def test_a_long_chain_is_followed_to_its_end(lobby: Lobby, at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read a page at a time, it is read to the last event, and each once."""
    monkeypatch.setattr(events, "PAGE", 2)
    for _ in range(5):
        lobby.reception.take("W1", at)
    with lobby.read() as book:
        assert [event.id for event, _ in book.chain()] == [1, 2, 3, 4, 5, 6]  # the first is the files' own


@pytest.mark.sqlite
def test_a_rewritten_event_is_found(lobby: Lobby, at: datetime) -> None:
    """Whoever changes the past around the program breaks the chain at that event."""
    for _ in range(3):
        lobby.reception.take("W1", at)
    outside = sqlite3.connect(lobby.data / "lobby.sqlite", isolation_level=None)
    outside.execute("DROP TRIGGER event_is_not_changed")
    outside.execute("UPDATE event SET at = at - 1 WHERE id = 2")
    outside.close()
    found = broken(lobby)
    assert found is not None
    assert found.id == 2


def test_a_forged_event_breaks_the_chain_behind_it(lobby: Lobby, at: datetime) -> None:
    """An event that was rewritten together with its own hash, or left out, does not fit what comes after it."""
    for _ in range(3):
        lobby.reception.take("W1", at)
    with lobby.read() as book:
        told = list(book.chain())
    forged = replace(told[1][0], who="nobody")
    rewritten = [told[0], (forged, forged.chained(told[0][1])), *told[2:]]
    assert journal.first_break(rewritten) == told[2][0]
    assert journal.first_break([told[0], *told[2:]]) == told[2][0]


@pytest.mark.sqlite
@pytest.mark.parametrize("change", ["UPDATE event SET at = 0", "DELETE FROM event"])
def test_events_are_append_only(lobby: Lobby, at: datetime, change: str) -> None:
    """The database itself refuses to change or remove an event."""
    lobby.reception.take("W1", at)
    outside = sqlite3.connect(lobby.data / "lobby.sqlite", isolation_level=None)
    with pytest.raises(sqlite3.IntegrityError, match="events are append-only"):
        outside.execute(change)
    outside.close()
