"""The server goes away in front of a customer: he gets a number all the same, and it stands in the line afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from lobbyline.kiosk.courier import Courier
from lobbyline.lobby.config import load
from lobbyline.lobby.lobby import Lobby, open_lobby
from tests.conftest import kept_at
from tests.kiosk.hand import Hand
from tests.server import BINARIES, Server

BRANCH = "jingqi-street"


@pytest.fixture
def server() -> Iterator[Server]:
    if not BINARIES:
        pytest.skip("PostgreSQL is not installed: make setup")
    server = Server(settings={})
    yield server
    server.close()


@pytest.fixture
def lobby(server: Server, branch_folder: Path, tmp_path: Path) -> Iterator[Lobby]:
    """A kiosk of a branch on several machines."""
    devices = branch_folder / "devices.toml"
    devices.write_text(devices.read_text("utf-8") + '\n[machines.kiosk-1]\nemergency = "X"\n', "utf-8")
    there = server.database(BRANCH).url(f"lobby_{BRANCH}")
    lobby = open_lobby(kept_at(load(branch_folder), there).on("kiosk-1"), tmp_path / "kiosk", "kiosk")
    yield lobby
    lobby.close()


@pytest.mark.warns("the store does not answer|server")
def test_a_number_all_the_same(qtbot: QtBot, hand: Hand, server: Server, at: datetime) -> None:
    """No figure is shown that nobody knows; the number is its own series; and when the line is back it waits there."""
    server.stop("immediate")
    hand.model.refresh()
    assert hand.model.page_name == "home"
    assert {tile["line"] for tile in hand.told("tiles")} == {"现在取号,等工作人员叫"}
    hand.goes("service-P1", "ready")
    hand.goes("take", "number")
    seen = hand.model.pages.number.seen()
    assert (seen["number"], seen["waiting"], seen["fill"]) == ("X\u2009001", False, False)
    assert seen["state"] == "应急号:请留好,等工作人员叫您"
    server.start()
    courier = Courier(hand.lobby, lambda: at).start()
    qtbot.waitUntil(lambda: not hand.lobby.emergency.waiting(at), timeout=15_000)
    courier.stop()
    hand.model.refresh()
    assert hand.model.pages.number.seen()["waiting"]
    assert [entry.ticket.number for entry in hand.lobby.hall.waiting(at)] == ["X001"]
