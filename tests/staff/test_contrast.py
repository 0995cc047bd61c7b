"""Every word of every staff page stands out from its ground, as the browser paints both."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from lobbyline.lobby.clock import Clock
from lobbyline.lobby.lobby import Lobby
from tests.staff.conftest import watched
from tests.staff.rounds import busy, doors, rounds
from tests.staff.sample import clock, setup

__all__ = ["clock", "setup"]  # the fixtures

FAINT = Path(__file__).with_name("contrast.js").read_text("utf-8")


def faint(page: Page) -> list[str]:
    looked, found = page.evaluate(FAINT)
    assert looked > 0, "nothing was seen at all"
    return list(found)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_words_stand_out(page: Page, crew: Lobby, clock: Clock, language: str) -> None:
    """On every page in a busy hour, whatever is open there."""
    busy(crew, clock)
    assert {name: found for name in rounds(page, crew, language) if (found := faint(page))} == {}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_words_at_the_door_stand_out(browser: Browser, address: str, lobby: Lobby, language: str) -> None:
    """For whoever is not signed in, and before there is anybody at all."""
    for page in watched(browser, address, {}):
        assert {name: found for name in doors(page, lobby, language) if (found := faint(page))} == {}
