"""Days: midnight, clocks that change, and the evening's account."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from lobbyline.lobby import hours
from lobbyline.lobby.config.folder import Setup, load
from lobbyline.lobby.lobby import Lobby, open_lobby
from tests.lobby.heard import number, refused

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def berlin(branch_folder: Path, tmp_path: Path) -> Lobby:
    """A branch in Berlin that is open all night."""
    branch = branch_folder / "branch.toml"
    text = branch.read_text("utf-8").replace("Asia/Shanghai", "Europe/Berlin").replace("09:00-17:00", "00:00-23:59")
    text = text.replace("last_ticket_minutes = 15", "last_ticket_minutes = 0")
    text = re.sub(r"(?m)^hours = \[.*\n", "", text)  # tellers sit there all night, too
    branch.write_text(text, "utf-8")
    return open_lobby(load(branch_folder), tmp_path / "data")


def test_the_account_of_a_day(lobby: Lobby, at: datetime) -> None:
    """Everything issued is done, missed, abandoned or void; answers are gone; twice is as once."""
    numbers = [lobby.reception.take("W1", at + timedelta(seconds=n)).ticket.number for n in range(7)]
    lobby.reception.fill(
        lobby.reception.find(numbers[6], at).ticket,
        "F02",
        {"name": "张三", "card_no": "6299000000000007", "amt": "20"},
        at,
    )
    one, two = lobby.desk(1), lobby.desk(2)
    one.next(at)
    one.done(at)
    one.next(at)
    one.absent(at)
    lobby.floor.leave(numbers[2], at)
    one.next(at)
    one.greet(at)
    two.next(at)
    two.hold(at)
    evening = at.replace(hour=18)
    found = lobby.day_end.end(evening, "周经理")
    assert (found.issued, found.done, found.missed, found.abandoned, found.void, found.left) == (7, 1, 1, 1, 4, 0)
    assert found.tickets_agree
    assert found.swept == 4
    again = lobby.day_end.end(evening)
    assert (again.issued, again.void, again.swept) == (7, 4, 0)
    with lobby.read() as book:
        assert book.answers(lobby.floor.find(book, numbers[6], at)) == {}
        voided = [event for event, _ in book.chain() if event.what == "void"]
    assert [json.loads(event.detail)["was"] for event in voided] == ["waiting", "waiting", "held", "greet"]


def test_yesterday_is_in_nobody_s_way(lobby: Lobby, at: datetime) -> None:
    """Without any day end: yesterday's customer, pause and teller are gone from the counter in the morning."""
    lobby.reception.take("W1", at)
    desk = lobby.desk(1)
    desk.open(at, "李芳")
    desk.next(at)
    desk.pause(at)
    morning = at + timedelta(days=1)
    assert (desk.standing(morning).state, desk.standing(morning).ticket) == ("closed", None)
    assert lobby.hall.view(morning).counters[0].ticket == ""
    lobby.reception.take("W1", morning)
    assert number(desk.next(morning)) == "A001"
    assert desk.standing(morning).teller == ""


def test_old_requests_are_swept(lobby: Lobby, at: datetime) -> None:
    """A key is answered for days, then forgotten."""
    lobby.reception.take("W1", at, key="old")
    lobby.day_end.end(at + timedelta(days=6))
    with lobby.read() as book:
        assert book.request("old")
    lobby.day_end.end(at + timedelta(days=8))
    with lobby.read() as book:
        assert book.request("old") is None


def test_midnight(berlin: Lobby) -> None:
    """A number is of the day on the wall, whatever world time says, and is given once in that day."""
    late, early = datetime(2026, 6, 30, 23, 58, 59, tzinfo=BERLIN), datetime(2026, 7, 1, 0, 0, 1, tzinfo=BERLIN)
    drawn = [berlin.reception.take("W1", when).ticket for when in (late, early, late, early)]
    assert [(ticket.day, ticket.number) for ticket in drawn] == [
        ("2026-06-30", "A001"), ("2026-07-01", "A001"), ("2026-06-30", "A002"), ("2026-07-01", "A002"),
    ]  # fmt: skip
    assert [one.ticket.day for one in berlin.hall.waiting(early)] == ["2026-07-01", "2026-07-01"]


def test_a_clock_set_back(lobby: Lobby, at: datetime) -> None:
    """Who came first is called first, also when the clock went back an hour between them; numbers go on."""
    lobby.reception.take("W1", at)
    lobby.reception.take("W1", at - timedelta(hours=1))
    lobby.reception.take("W1", at - timedelta(minutes=59))
    desk = lobby.desk(1)
    called = [number(desk.next(at - timedelta(minutes=50 - n))) for n in range(3)]
    assert called == ["A001", "A002", "A003"]


@pytest.mark.parametrize("change", ["2026-10-25T00:30+00:00", "2026-03-29T00:30+00:00"])
def test_clocks_that_change(berlin: Lobby, change: str) -> None:
    """Waits and graces are real minutes through the night in which the clocks change, and numbers are never double."""
    start = datetime.fromisoformat(change)
    local = [(start + timedelta(minutes=10 * n)).astimezone(BERLIN) for n in range(10)]
    tickets = [berlin.reception.take("W1", at).ticket for at in local]
    assert [ticket.number for ticket in tickets] == [f"A{n:03d}" for n in range(1, 11)]
    assert tickets[9].taken_at - tickets[0].taken_at == timedelta(minutes=90)
    desk = berlin.desk(1)
    assert [number(desk.next(local[9] + timedelta(seconds=n))) for n in range(10)] == [t.number for t in tickets]
    missed = berlin.desk(1).absent(local[9]).ticket
    assert missed is not None
    late = (local[9].astimezone(UTC) + timedelta(minutes=31)).astimezone(BERLIN)
    with refused("too_late"):
        berlin.floor.restore(missed.number, late)


def test_opening_hours_are_those_of_the_wall(branch_folder: Path) -> None:
    """In the week the clocks change, nine o'clock is nine o'clock on the wall."""
    branch = branch_folder / "branch.toml"
    branch.write_text(branch.read_text("utf-8").replace("Asia/Shanghai", "Europe/Berlin"), "utf-8")
    setup: Setup = load(branch_folder)
    saturday = datetime(2026, 10, 24, 20, tzinfo=BERLIN)
    opening = hours.next_opening(setup.branch, "W1", saturday)
    assert opening is not None
    assert opening.astimezone(UTC) == datetime(2026, 10, 25, 8, tzinfo=UTC)
    assert hours.is_open(setup.branch, "W1", datetime(2026, 10, 25, 15, 44, 59, tzinfo=UTC))
    assert not hours.is_open(setup.branch, "W1", datetime(2026, 10, 25, 15, 45, tzinfo=UTC))
