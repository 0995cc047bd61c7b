"""Whether the waits came true that were told."""

from __future__ import annotations

from datetime import datetime, timedelta

from lobbyline.lobby.lobby import Lobby

MINUTE = timedelta(minutes=1)


def test_told_waits_that_came_true(lobby: Lobby, at: datetime) -> None:
    """Out by three minutes, or by three tenths of the wait, is true enough; who is moved was told another's wait."""
    lobby.desk(1).open(at, teller="李静")
    told = dict[str, float]()
    for _ in range(3):
        place = lobby.reception.take("W1", at, paper=False)
        told[place.ticket.number] = round(place.expected, 1)
    true, false, moved = told
    lobby.floor.move(moved, "D1", at)
    lobby.desk(1).call(true, at + (told[true] + 3) * MINUTE)
    lobby.desk(1).hold(at + (told[true] + 3) * MINUTE)
    lobby.desk(1).call(false, at + (told[false] + 60) * MINUTE)
    lobby.desk(1).hold(at + (told[false] + 60) * MINUTE)
    lobby.desk(1).call(moved, at + 100 * MINUTE)
    (found,) = lobby.records.report(at.date(), at.date(), at + 101 * MINUTE).accuracy.values()
    assert (found.people, round(found.median, 3), round(found.p90, 3), found.held) == (2, 3, 60, 0.5)
