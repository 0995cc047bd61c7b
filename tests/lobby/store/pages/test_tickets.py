"""Tickets as they are read."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from lobbyline.lobby.lobby import Lobby, open_lobby
from lobbyline.lobby.ticket import Ticket


def waiting(lobby: Lobby, at: datetime) -> list[Ticket]:
    with lobby.read() as book:
        return book.waiting(at.date())


def test_who_has_not_moved_is_not_read_again(lobby: Lobby, at: datetime, tmp_path: Path) -> None:
    """Whatever another program changed of a ticket is seen at the next look; the others are the ones seen before."""
    for _ in range(3):
        lobby.reception.take("W1", at)
    first, second, third = waiting(lobby, at)
    other = open_lobby(lobby.setup, lobby.data if lobby.branch.store.url == "lobby.sqlite" else tmp_path / "other")
    other.desk(1).call("A001", at)
    with other.write() as book:
        book.keep_ready(second, ready=True)
    other.close()
    again = waiting(lobby, at)
    assert again == [replace(second, ready=True), third]
    assert again[1] is third
    assert first not in again


def test_in_another_zone_everybody_is_read_again(lobby: Lobby, at: datetime) -> None:
    """A version of the files that moves the branch moves the clock of those who wait, too."""
    lobby.reception.take("W1", at)
    waiting(lobby, at)
    tokyo = lobby.branch.model_copy(update={"zone": ZoneInfo("Asia/Tokyo")})
    lobby.adopt(replace(lobby.setup, branch=tokyo))
    (ticket,) = waiting(lobby, at)
    assert ticket.taken_at == at
    assert ticket.taken_at.utcoffset() == at.astimezone(ZoneInfo("Asia/Tokyo")).utcoffset()


def test_a_number_does_not_end_at_an_odd_sign(lobby: Lobby, at: datetime) -> None:
    """Whatever else stands behind a number makes it another one, on every engine."""
    lobby.reception.take("W1", at)
    with lobby.read() as book:
        assert book.named("A001", at.date())
        assert book.named("A001\0x", at.date()) is None
