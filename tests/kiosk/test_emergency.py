"""The server goes away in front of a customer: he gets a number all the same, and it stands in the line afterwards."""

from __future__ import annotations

from datetime import datetime

import pytest
from pytestqt.qtbot import QtBot

from lobbyline.kiosk.courier import Courier
from lobbyline.lobby.lobby import Lobby
from tests.kiosk.hand import Hand
from tests.lobby.reception.test_emergency import kiosk, mortal
from tests.server import Server

__all__ = ["kiosk", "mortal"]  # the fixtures


@pytest.fixture
def lobby(kiosk: Lobby) -> Lobby:
    """The hand touches the kiosk of a branch on several machines."""
    return kiosk


@pytest.mark.warns("the store does not answer|server")
def test_a_number_all_the_same(qtbot: QtBot, hand: Hand, mortal: Server, at: datetime) -> None:
    """No figure is shown that nobody knows; the number is its own series; and when the line is back it waits there."""
    mortal.stop("immediate")
    hand.model.refresh()
    assert hand.model.page_name == "home"
    assert {tile["line"] for tile in hand.told("tiles")} == {"现在取号，等工作人员叫"}
    hand.goes("service-P1", "ready")
    hand.goes("take", "number")
    seen = hand.model.pages.number.seen()
    assert (seen["number"], seen["waiting"], seen["fill"]) == ("X\u2009001", False, False)
    assert seen["state"] == "应急号：请留好，等工作人员叫您"
    mortal.start()
    courier = Courier(hand.lobby, lambda: at).start()
    qtbot.waitUntil(lambda: not hand.lobby.emergency.waiting(at))
    courier.stop()
    hand.model.refresh()
    assert hand.model.pages.number.seen()["waiting"]
    assert [entry.ticket.number for entry in hand.lobby.hall.waiting(at)] == ["X001"]
