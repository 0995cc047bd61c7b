"""A kiosk of the sample branch with a hand on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from pytestqt.qtbot import QtBot

from lobbyline.lobby.lobby import Lobby
from tests.kiosk.hand import Hand


@pytest.fixture
def hand(qtbot: QtBot, lobby: Lobby, at: datetime) -> Iterator[Hand]:
    hand = Hand(qtbot, lobby, at)
    yield hand
    hand.away()
