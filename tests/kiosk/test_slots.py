"""What may be held to the kiosk is said where it helps; a slot that does not answer is never promised."""

from __future__ import annotations

import pytest

from lobbyline.drivers.readers.readings import Card
from lobbyline.kiosk.reading import facts
from lobbyline.lobby.branch import Segment, Text
from lobbyline.lobby.settings.segments import of_age
from tests.kiosk.hand import Hand
from tests.kiosk.journeys import ID
from tests.kiosk.test_walk import take

VIP, NUMBER = "6299018800000001", "6299000000000007"


def fares(hand: Hand, **states: str) -> None:
    """Readers report themselves, and the kiosk hears of it."""
    for name, state in states.items():
        hand.lobby.devices.report(name, "reader", state, "", hand.clock())
    hand.model.refresh()


def test_home_names_what_may_be_held_to_it(hand: Hand) -> None:
    """Only the slots that answer; before any reader has told how it is, nothing."""
    assert hand.reads("hint") == ""
    fares(hand, id="ok", card="fault", scanner="ok")
    assert hand.reads("hint") == "可直接放上：身份证、号票二维码"
    fares(hand, id="fault", scanner="fault")
    assert hand.reads("hint") == ""


def test_a_field_says_who_fills_it(hand: Hand) -> None:
    """At a name the ID card, at a card number the bank card, at an amount nobody."""
    fares(hand, id="ok", card="ok", scanner="ok")
    take(hand)
    hand.goes("fill", "form")
    assert hand.reads("hint") == "身份证放到读卡区，自动填好"
    hand.touches("field-card_no")
    assert hand.reads("hint") == "刷银行卡，自动填好卡号"
    hand.model.typist.open(hand.model.typist.filling.opened(1))  # type: ignore[union-attr]
    hand.model.typed.emit()
    assert hand.reads("hint") == ""


@pytest.mark.parametrize(
    ("field", "sentence"), [("name", "身份证读卡区暂停，请用键盘填"), ("card_no", "刷卡口暂停，请用键盘填卡号")]
)
def test_a_dead_reader_is_told_where_its_card_would_be_held(hand: Hand, field: str, sentence: str) -> None:
    """Calmly, with what to do; the form goes on by keys."""
    fares(hand, id="fault", card="fault", scanner="fault")
    take(hand)
    hand.goes("fill", "form")
    hand.touches(f"field-{field}")
    assert hand.reads("hint") == sentence
    hand.types("card_no", "6")
    fares(hand, card="ok")
    assert hand.reads("hint") == "刷银行卡，自动填好卡号"


def test_a_dead_scanner_leaves_the_pad(hand: Hand) -> None:
    """Who has a number types it."""
    fares(hand, scanner="fault")
    hand.goes("have-number", "enter")
    assert hand.reads("hint") == "扫码口暂停，请按键输入"


def test_an_age_opens_a_line_and_the_page_says_so(hand: Hand) -> None:
    """Sixty today: the line of priority care, its waits on the tiles, its letter on the number; nothing in silence."""
    born = hand.clock().date().replace(year=hand.clock().year - 60)
    hand.model.read("id", {**ID, "birth": born.isoformat()})
    assert hand.reads("hint") == "已为您排“爱心服务”"
    hand.goes("service-M3", "ready")
    assert hand.reads("hint") == "已为您排“爱心服务”"
    hand.goes("take", "number")
    assert hand.told("number")["number"] == "L\u2009001"
    hand.goes("done", "home")
    assert hand.model.visit.segment == "ordinary"


def test_who_is_younger_stays_in_the_ordinary_line(hand: Hand) -> None:
    """A day before the birthday nothing is opened; neither by an ID read when there is a number already."""
    today = hand.clock().date()
    hand.model.read("id", {**ID, "birth": today.replace(year=today.year - 60, day=today.day + 1).isoformat()})
    assert hand.model.visit.segment == "ordinary"
    take(hand, "M3")
    hand.model.read("id", {**ID, "birth": "1940-01-01"})
    assert hand.model.visit.segment == "ordinary"


def test_the_highest_age_decides() -> None:
    """As with cards: of all that fit; none fitting tells nothing."""
    name = Text({"zh": "x", "en": "x"})
    segments = {age: Segment(name=name, from_age=int(age)) for age in ("60", "80")}
    assert [of_age(age, segments) for age in (59, 60, 79, 80)] == ["", "60", "60", "80"]


@pytest.mark.parametrize("page", ["home", "group", "ready"])
def test_a_bank_card_is_acknowledged_before_the_number(hand: Hand, page: str) -> None:
    """Wherever a service is chosen: read, the line of its prefix, no level in words, and no digit of it kept."""
    hand.show(page)
    hand.model.read(*facts(Card(VIP), hand.lobby.branch))
    assert (hand.told("note"), hand.model.visit.segment) == ("已读取银行卡，请选要办的业务", "vip")
    assert hand.reads("hint") in ("", "可直接放上：身份证、银行卡、号票二维码")
    hand.model.read(*facts(Card(NUMBER), hand.lobby.branch))
    assert {VIP, NUMBER} & set(repr(vars(hand.model.visit)).split("'")) == set()
