"""The life of one number, reckoned by hand."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from lobbyline.lobby.lobby import Lobby
from lobbyline.lobby.report.life import Life

MINUTE = timedelta(minutes=1)


def take(lobby: Lobby, at: datetime, service: str) -> str:
    return lobby.reception.take(service, at, paper=False).ticket.number


@pytest.fixture
def life(lobby: Lobby, at: datetime) -> Life:
    """Somebody with forms, whom counter 2 let wait for two who came later; counter 1 does no forms."""
    waits = take(lobby, at, "I1")
    quick, other, elsewhere = (take(lobby, at + minutes * MINUTE, "W1") for minutes in (1, 2, 3))
    lobby.desk(2).open(at, teller="赵强")
    lobby.desk(2).call(quick, at + 4 * MINUTE)
    lobby.desk(2).greet(at + 4 * MINUTE)
    lobby.desk(2).call(other, at + 6 * MINUTE)
    lobby.desk(2).greet(at + 6 * MINUTE)
    lobby.desk(1).open(at, teller="李静")
    lobby.desk(1).call(elsewhere, at + 7 * MINUTE)
    lobby.desk(2).call(waits, at + 9 * MINUTE)
    lobby.desk(2).greet(at + 10 * MINUTE)
    lobby.desk(2).operate(at + 12 * MINUTE)
    lobby.desk(2).check("identity", "赵强", at + 13 * MINUTE)
    lobby.desk(2).done(at + 20 * MINUTE)
    found = lobby.records.life(waits, at.date(), at + 30 * MINUTE)
    assert found
    return found


def test_every_stage_has_its_time(life: Life, at: datetime) -> None:
    """Guided from the number on, met from the call on, served from the work on, until the end."""
    assert [(stage.name, stage.since - at, stage.minutes) for stage in life.stages] == [
        ("guide", 0 * MINUTE, 9), ("meet", 9 * MINUTE, 3), ("serve", 12 * MINUTE, 8),
    ]  # fmt: skip
    assert [event["what"] for event in life.stages[1].events] == ["called", "greet"]


def test_who_came_later_and_was_called_before(life: Life, at: datetime) -> None:
    """Where, when and why, as the log has it; what a counter did that could not have served him is counted alone."""
    assert [(one.number, one.counter, one.called_at - at, one.why.code) for one in life.passed] == [
        ("A001", 2, 4 * MINUTE, "by_number"), ("A002", 2, 6 * MINUTE, "by_number"),
    ]  # fmt: skip
    assert life.elsewhere == 1


def test_whoever_waits_is_guided_until_now(lobby: Lobby, at: datetime) -> None:
    """The last stage of a visit that goes on lasts until now; a number that there is not has no life."""
    number = take(lobby, at, "W1")
    found = lobby.records.life(number.lower(), at.date(), at + 7 * MINUTE)
    assert found
    assert [(stage.name, stage.minutes) for stage in found.stages] == [("guide", 7)]
    assert [lobby.records.life(other, at.date(), at) for other in ("A999", " ")] == [None, None]
    assert lobby.records.life(number, at.date() + timedelta(days=1), at) is None


def test_whoever_waits_again_may_be_passed_again(lobby: Lobby, at: datetime) -> None:
    """Sent on to another line he waits once more, and who goes before him then is told; who went meanwhile is not."""
    moved, meanwhile, later = (take(lobby, at + minutes * MINUTE, "W1") for minutes in range(3))
    for counter, teller in ((1, "李静"), (2, "赵强")):
        lobby.desk(counter).open(at, teller=teller)
    lobby.desk(2).call(moved, at + 5 * MINUTE)
    lobby.desk(1).call(meanwhile, at + 6 * MINUTE)
    lobby.desk(2).move(moved, "D1", at + 7 * MINUTE)
    lobby.desk(2).call(later, at + 8 * MINUTE)
    found = lobby.records.life(moved, at.date(), at + 9 * MINUTE)
    assert found
    assert [one.number for one in found.passed] == [later]
