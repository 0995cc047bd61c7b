"""Random touches on the real window: no warning, no dead end, home after idle, and nothing personal left."""

from __future__ import annotations

import logging

import pytest

from lobbyline.kiosk.visit import nobody
from tests.kiosk.hand import Hand
from tests.kiosk.monkey import IDS, Monkey

TOUCHES = 400  # the bench does ten thousand


def test_a_monkey_leaves_the_kiosk_as_it_was(hand: Hand, caplog: pytest.LogCaptureFixture) -> None:
    """Whatever was touched or held to a reader, in the end the first page stands there for anybody."""
    caplog.set_level(logging.DEBUG)
    monkey = Monkey(hand, seed=1)
    monkey.play(TOUCHES)
    monkey.goes()
    visit, fresh = hand.model.visit, nobody(hand.lobby.branch)
    assert hand.page == "home"
    assert (visit.place, visit.known, visit.segment, visit.ways) == (None, {}, fresh.segment, fresh.ways)
    assert (visit.language, hand.model.typist.filling, hand.model.typist.typing.text) == (fresh.language, None, "")
    assert len(monkey.pages) > 8
    told = [fact for facts in IDS for fact in facts.values() if fact in caplog.text]
    assert told == []


@pytest.mark.parametrize(
    "page", ["form", "review", "number", "ready", "lacking", "machine", "change", "cancel", "enter"]
)
def test_no_page_is_a_dead_end(hand: Hand, page: str) -> None:
    """From every page the home key leads home, and the first service can be chosen."""
    hand.lobby.reception.take("W1", hand.clock())
    hand.show(page)
    hand.goes("home", "home")
    hand.goes("service-M3", "ready")
