"""A form yields to others and is picked up again by number or code: nothing lost, nothing shown to a stranger."""

from __future__ import annotations

import json
import threading

import pytest

from lobbyline.lobby.lobby import open_lobby
from lobbyline.lobby.ticket import Ticket
from tests.kiosk.hand import Hand
from tests.kiosk.test_walk import fill_small_withdrawal, take

CARD = "6299000000000007"


def half_filled(hand: Hand) -> Ticket:
    """Name and card are typed, the amount is not."""
    take(hand)
    hand.goes("fill", "form")
    hand.types("name", "zhangsan")
    hand.touches("key-space")
    hand.touches("key-space")
    hand.types("card_no", CARD)
    place = hand.model.visit.place
    assert place is not None
    return place.ticket


def put_aside(hand: Hand) -> Ticket:
    ticket = half_filled(hand)
    hand.goes("aside", "home")
    assert hand.told("note") == "已保存，凭号可继续填"
    return ticket


def test_a_form_is_put_aside_and_picked_up_by_its_code(hand: Hand) -> None:
    """One key lets the next customer take a number; with the paper at the scanner all is there again."""
    ticket = put_aside(hand)
    take(hand)
    hand.goes("done", "home")
    hand.model.read("code", {"text": ticket.token})
    hand.qtbot.waitUntil(lambda: hand.page == "number")
    hand.goes("fill", "form")
    assert [field["name"] for field in hand.told("form")["fields"]] == ["field-amt"]
    hand.touches("back")
    fields = {field["name"]: field["value"] for field in hand.told("form")["fields"]}
    assert fields["field-card_no"] == "6299********0007"
    hand.touches("field-card_no")
    assert hand.told("form")["fields"][1]["value"] == "6299 0000 0000 0007"


def test_whoever_types_a_number_sees_nothing_of_it(hand: Hand) -> None:
    """A number can be read over a shoulder: what was typed is kept for its owner and shown to nobody."""
    put_aside(hand)
    hand.goes("have-number", "enter")
    for key in "A001":
        hand.touches(f"key-{key}")
    hand.goes("next", "number")
    hand.goes("fill", "form")
    hand.touches("back")
    hand.touches("field-card_no")
    rows = [*hand.told("form")["fields"], *hand.told("review")]
    told = {str(row.get(key, "")) for row in rows for key in ("value", "masked")}
    assert told <= {"", "未填", "●●●●"}
    filling = hand.model.typist.filling
    assert filling is not None
    assert (filling.answers["name"], filling.answers["card_no"]) == ("张三", CARD)
    hand.touches("next")
    hand.types("amt", "3000")
    hand.goes("next", "review")
    hand.goes("confirm", "number")
    assert [ticket.ready for ticket in hand.waiting()] == [True]


def test_a_form_that_is_left_alone_is_kept_as_well(hand: Hand) -> None:
    """Idle clears the glass and loses nothing; the counter sees no half of a form."""
    ticket = half_filled(hand)
    hand.later(40)
    assert hand.page == "home"
    hand.qtbot.waitUntil(lambda: not hand.model.errands.runner.busy)
    assert hand.lobby.reception.aside(ticket, "F02")["card_no"] == CARD
    with hand.lobby.read() as book:
        assert book.answers(ticket) == {}
        assert CARD not in book.unfinished(ticket, "F02")
    hand.lobby.floor.leave("A001", hand.clock())
    assert hand.lobby.reception.aside(ticket, "F02") == {}


def test_the_next_customer_is_not_kept_waiting_by_a_form(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever touches a service while a slow disk still keeps the form of another gets a number, and both are done."""
    disk, keep = threading.Event(), hand.lobby.reception.put_aside
    monkeypatch.setattr(hand.lobby.reception, "put_aside", lambda *form: disk.wait() and keep(*form))
    ticket = half_filled(hand)
    hand.goes("home", "home")
    hand.goes("elder", "elder")
    hand.touches("service-E1")
    taking = hand.model.errands.doing
    disk.set()
    assert taking
    hand.qtbot.waitUntil(lambda: hand.page == "number")
    assert hand.lobby.reception.aside(ticket, "F02")["card_no"] == CARD


def test_what_was_agreed_to_is_kept_with_its_version(hand: Hand) -> None:
    """The event of filling names the version of the consent that stood on the glass; no half is left behind."""
    ticket = put_aside(hand)
    hand.model.read("code", {"text": ticket.token})
    hand.qtbot.waitUntil(lambda: hand.page == "number")
    assert hand.told("number")["consent"] == "只用于这次办理，加密保存，办完即删"
    hand.goes("fill", "form")
    hand.types("amt", "3000")
    hand.goes("next", "review")
    hand.goes("confirm", "number")
    with hand.lobby.read() as book:
        (filled,) = [json.loads(event.detail) for event, _ in book.chain() if event.what == "filled"]
    assert filled == {"form": "F02", "consent": "2026-11"}
    assert hand.lobby.reception.aside(ticket, "F02") == {}


def test_nothing_typed_is_nothing_kept(hand: Hand) -> None:
    """An empty form leaves no trace."""
    take(hand)
    hand.goes("fill", "form")
    hand.goes("home", "home")
    hand.qtbot.waitUntil(lambda: not hand.model.errands.runner.busy)
    with hand.lobby.read() as book:
        assert not [event for event, _ in book.chain() if event.what == "put_aside"]
    take(hand)
    fill_small_withdrawal(hand)


def test_whoever_is_called_while_he_fills_is_told_at_once(hand: Hand) -> None:
    """The form gives way to the counter's number and is kept; nothing is offered any more but to go."""
    ticket = half_filled(hand)
    lobby, at = open_lobby(hand.lobby.setup, hand.lobby.data), hand.clock()
    lobby.desk(2).open(at)
    lobby.desk(2).next(at)
    lobby.close()
    hand.qtbot.waitUntil(lambda: hand.page == "number")
    assert hand.reads("state") == "请马上到 2 号窗口"
    assert not hand.told("number")["fill"]
    hand.qtbot.waitUntil(lambda: not hand.model.errands.runner.busy)
    assert hand.lobby.reception.aside(ticket, "F02")["card_no"] == CARD
    hand.goes("done", "home")
