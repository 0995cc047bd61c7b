"""A machine that forgot the time."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

import pytest

from lobbyline.lobby.clock import Clock
from lobbyline.lobby.lobby import Lobby
from lobbyline.technician.call import Call
from lobbyline.technician.command import understand
from lobbyline.technician.running import timekeeper


def call_of(lobby: Lobby) -> Call:
    """As `lobbyline boards` is called."""
    return Call(understand(["boards", "--branch", str(lobby.setup.folder), "--data", str(lobby.data)]))


@pytest.mark.warns("the clock says")
def test_programs_go_on_from_the_last_event(
    lobby: Lobby, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Nothing is noted before what already happened; the journal says why the time is borrowed."""
    lived = datetime.now(lobby.branch.zone) + timedelta(days=400)
    with lobby.write() as book:
        book.note("day_end", lived, "test")
    monkeypatch.setattr(timekeeper, "synchronised", lambda: False)
    with caplog.at_level(logging.WARNING):
        clock = timekeeper.steadied(call_of(lobby))
    assert lived <= clock() < lived + timedelta(minutes=5)
    assert "Set the clock, connect a time server" in caplog.text


@pytest.mark.parametrize(("days", "kept"), [(400, True), (-1, False)])
def test_a_clock_that_somebody_keeps_is_believed(
    lobby: Lobby, monkeypatch: pytest.MonkeyPatch, days: int, kept: bool
) -> None:
    """What a time server set counts, whatever the memory says; so does a clock that is ahead of it."""
    with lobby.write() as book:
        book.note("day_end", datetime.now(lobby.branch.zone) + timedelta(days=days), "test")
    monkeypatch.setattr(timekeeper, "synchronised", lambda: kept)
    now = datetime.now(lobby.branch.zone)
    assert now <= timekeeper.steadied(call_of(lobby))() < now + timedelta(minutes=5)


def test_a_clock_that_is_set_is_followed_at_once(lobby: Lobby) -> None:
    """The borrowed time ends when the machine's own has overtaken it."""
    now = datetime.now(lobby.branch.zone)
    assert Clock(lobby.branch.zone, since=now - timedelta(days=1))() >= now
    assert isinstance(timekeeper.synchronised(), bool)
