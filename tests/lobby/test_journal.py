"""The chain of events."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from pysqlite3 import dbapi2 as sqlite3

from lobbyline.lobby import journal
from lobbyline.lobby.lobby import Lobby


def broken(lobby: Lobby) -> journal.Event | None:
    with lobby.read() as book:
        return journal.first_break(book.chain())


def test_the_chain_holds(lobby: Lobby, at: datetime) -> None:
    """Everything that happened follows from what was before."""
    lobby.reception.take("W1", at)
    lobby.desk(1).next(at)
    assert broken(lobby) is None


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
        events = list(book.chain())
    forged = replace(events[1][0], who="nobody")
    rewritten = [events[0], (forged, forged.chained(events[0][1])), *events[2:]]
    assert journal.first_break(rewritten) == events[2][0]
    assert journal.first_break([events[0], *events[2:]]) == events[2][0]


@pytest.mark.sqlite
@pytest.mark.parametrize("change", ["UPDATE event SET at = 0", "DELETE FROM event"])
def test_events_are_append_only(lobby: Lobby, at: datetime, change: str) -> None:
    """The database itself refuses to change or remove an event."""
    lobby.reception.take("W1", at)
    outside = sqlite3.connect(lobby.data / "lobby.sqlite", isolation_level=None)
    with pytest.raises(sqlite3.IntegrityError, match="events are append-only"):
        outside.execute(change)
    outside.close()
