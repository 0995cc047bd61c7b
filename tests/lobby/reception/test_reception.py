"""The customer's side: numbers, places, forms."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pysqlite3 import dbapi2 as sqlite3

from lobbyline.lobby.branch import Branch
from lobbyline.lobby.config.folder import Setup
from lobbyline.lobby.errors import Refusal
from lobbyline.lobby.lobby import Lobby
from lobbyline.lobby.ticket import shown


def change(path: Path, statement: str) -> None:
    """Change the file as no program of ours would."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(statement)
    connection.close()


def with_service(lobby: Lobby, code: str, **changes: object) -> None:
    """Change a setting of one service for this lobby."""
    branch = lobby.branch
    service = branch.services[code].model_copy(update=changes)
    lobby.branch = Branch.model_copy(branch, update={"services": branch.services | {code: service}})


def test_numbers_follow_each_other(lobby: Lobby, at: datetime) -> None:
    """Each line counts by itself, from one, with its letter."""
    numbers = [lobby.reception.take(service, at).ticket.number for service in ("W1", "D1", "O1", "W1")]
    assert numbers == ["A001", "A002", "B001", "A003"]


def test_numbers_begin_again_each_day(lobby: Lobby, at: datetime) -> None:
    """A new day begins at one; yesterday's tickets are in nobody's way."""
    lobby.reception.take("W1", at)
    tomorrow = at + timedelta(days=1)
    assert lobby.reception.take("W1", tomorrow).ticket.number == "A001"
    assert len(lobby.hall.waiting(tomorrow)) == 1


@pytest.mark.sqlite
def test_numbers_roll_over_to_free_ones(lobby: Lobby, at: datetime) -> None:
    """After 999 a line goes on with 1000, after 9999 it begins again and passes over numbers that stand already."""
    first, second = (lobby.reception.take("W1", at).ticket for _ in range(2))
    change(lobby.data / "lobby.sqlite", f"UPDATE ticket SET number = 'A998' WHERE id = {first.id}")
    assert [lobby.reception.take("W1", at).ticket.number for _ in range(3)] == ["A999", "A1000", "A1001"]
    change(lobby.data / "lobby.sqlite", f"UPDATE ticket SET number = 'A9999' WHERE id = {first.id}")
    assert second.number == "A002"
    assert [lobby.reception.take("W1", at).ticket.number for _ in range(2)] == ["A001", "A003"]
    assert lobby.reception.take("O1", at).ticket.number == "B001"


@pytest.mark.parametrize(("before", "after", "third"), [(3, 4, "A0003"), (4, 3, "A003")])
def test_numbers_go_on_when_their_digits_change(
    lobby: Lobby, at: datetime, before: int, after: int, third: str
) -> None:
    """A setting that changes within the day gives no number twice and leaves none out."""
    digits(lobby, before)
    drawn = [lobby.reception.take("W1", at).ticket.number for _ in range(2)]
    digits(lobby, after)
    drawn += [lobby.reception.take("W1", at).ticket.number for _ in range(2)]
    assert drawn[2] == third
    assert [int(number[1:]) for number in drawn] == [1, 2, 3, 4]


def digits(lobby: Lobby, most: int) -> None:
    queues = lobby.branch.queues
    queues = queues | {"A": queues["A"].model_copy(update={"digits": most})}
    lobby.branch = Branch.model_copy(lobby.branch, update={"queues": queues})


def test_the_same_key_gives_the_same_ticket(lobby: Lobby, at: datetime) -> None:
    """A kiosk that repeats its request gets the ticket it got."""
    first = lobby.reception.take("W1", at, key="touch-1")
    again = lobby.reception.take("W1", at + timedelta(seconds=5), key="touch-1")
    assert again.ticket == first.ticket
    assert len(lobby.hall.waiting(at)) == 1


def test_place_in_the_own_line(lobby: Lobby, at: datetime) -> None:
    """People ahead are those of the own line; the wait is a range."""
    lobby.reception.take("O1", at)
    lobby.reception.take("W1", at)
    place = lobby.reception.take("D1", at)
    assert place.ahead == 1
    assert place.wait.low < place.wait.high
    assert place.counters == [1, 2, 3, 7]
    assert place.zone.zh == "一区"


@pytest.mark.parametrize(
    ("service", "segment", "hour", "code", "sentence"),
    [
        ("W9", "ordinary", 10, "unknown_service", "没有“W9”这项业务"),
        ("W1", "gold", 10, "unknown_segment", "没有“gold”这类客户"),
        ("W1", "ordinary", 20, "closed", "取款（5万元及以下）现在不办理，11-24 09:00开始取号"),
    ],
)
def test_a_refusal_is_a_sentence(
    lobby: Lobby, at: datetime, service: str, segment: str, hour: int, code: str, sentence: str
) -> None:
    """What cannot be given is said in words, and nothing is written."""
    with pytest.raises(Refusal) as caught:
        lobby.reception.take(service, at.replace(hour=hour), segment)
    assert caught.value.code == code
    assert caught.value.sentence.startswith(sentence)
    with lobby.read() as book:
        assert list(book.chain()) == []


def test_daily_limit(lobby: Lobby, at: datetime) -> None:
    """A service gives as many numbers a day as its file says."""
    with_service(lobby, "W1", daily_limit=2)
    for _ in range(2):
        lobby.reception.take("W1", at)
    with pytest.raises(Refusal, match="今天的2个号已取完"):
        lobby.reception.take("W1", at)


def test_offers(lobby: Lobby, at: datetime) -> None:
    """The kiosk shows every service, who waits for it, and when a closed one opens."""
    lobby.reception.take("D1", at)
    offers = {offer.code: offer for offer in lobby.reception.offers(at)}
    assert list(offers) == list(lobby.branch.services)
    assert offers["W1"].open
    assert offers["W1"].waiting == 1
    saturday = datetime(2026, 11, 28, 10, tzinfo=lobby.branch.zone)
    closed = next(offer for offer in lobby.reception.offers(saturday) if offer.code == "B1")
    assert closed.opens_at == datetime(2026, 11, 30, 9, tzinfo=lobby.branch.zone)


def test_what_no_open_counter_can_do_is_expected_of_those_that_could(lobby: Lobby, at: datetime) -> None:
    """With only the cash counter open, an account opening does not wait for the whole hall."""
    lobby.desk(1).open(at)
    for _ in range(4):
        lobby.reception.take("W1", at)
    assert lobby.reception.take("O1", at).wait.low == 0
    assert lobby.reception.take("O1", at).wait.high < 30


def test_a_repeated_touch_is_told_the_same(lobby: Lobby, at: datetime) -> None:
    """Ticket, place and the papers of the chosen amount: the answer that was lost comes once more."""
    band = lobby.branch.services["W1"].bands[1]
    first, again = (lobby.reception.take("W1", at, key="one touch", band=band) for _ in range(2))
    assert [paper.icon for paper in first.bring] == ["card", "account"]
    assert again == first


def test_find_by_number_and_token(lobby: Lobby, at: datetime) -> None:
    """A customer who comes back types the number or shows the code."""
    ticket = lobby.reception.take("W1", at).ticket
    assert lobby.reception.find("a001", at).ticket == ticket
    assert lobby.reception.find(shown("A001"), at).ticket == ticket
    assert lobby.reception.find(ticket.token, at).ticket == ticket
    with pytest.raises(Refusal, match="今天没有A\u2009999这个号"):
        lobby.reception.find("A999", at)


def test_a_wrong_form_keeps_nothing(lobby: Lobby, at: datetime) -> None:
    """Wrong answers are told field by field and not kept; the right ones make the ticket ready."""
    ticket = lobby.reception.take("W1", at).ticket
    wrong = lobby.reception.fill(ticket, "F02", {"name": "张三", "card_no": "6299000000000008", "amt": "2000"}, at)
    assert list(wrong.errors) == ["card_no"]
    assert not lobby.reception.find(ticket.number, at).ticket.ready
    right = lobby.reception.fill(ticket, "F02", {"name": "张三", "card_no": "6299000000000007", "amt": "2000"}, at)
    assert right.ok
    assert right.derived["amt_cap"] == "人民币贰仟元整"
    assert lobby.reception.find(ticket.number, at).ticket.ready


def test_delete_my_data(lobby: Lobby, at: datetime) -> None:
    """What was filled in goes when the customer asks; the number stays."""
    ticket = lobby.reception.take("W1", at).ticket
    lobby.reception.fill(ticket, "F02", {"name": "张三", "card_no": "6299000000000007", "amt": "2000"}, at)
    lobby.reception.forget(ticket, at)
    with lobby.read() as book:
        assert book.answers(ticket) == {}
    assert not lobby.reception.find(ticket.number, at).ticket.ready


def test_care_waits_in_its_own_line(lobby: Lobby, at: datetime) -> None:
    """A segment with a line of its own waits there, whatever the service."""
    place = lobby.reception.take("W1", at, segment="care")
    assert place.ticket.number == "L001"
    assert 3 in place.counters


def test_a_number_is_written_with_a_thin_space() -> None:
    """Letter, thin space, digits: the same on every face, and in every sentence."""
    assert shown("A012") == "A\u2009012"


def test_a_sentence_writes_a_number_as_every_face_does(setup: Setup) -> None:
    """What is no number is said as it was typed."""
    said = [setup.say("refusal", "unknown_ticket", {"ticket": typed}, "en") for typed in ("A012", "twelve")]
    assert said == ["There is no ticket A\u2009012 today", "There is no ticket twelve today"]
