"""Every word of every staff page stands out from its ground as the browser paints both, and nothing spills over."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from lobbyline.lobby.clock import Clock
from lobbyline.lobby.lobby import Lobby
from tests.staff.conftest import DESK, watched
from tests.staff.rounds import busy, doors, rounds
from tests.staff.sample import clock, setup

__all__ = ["clock", "setup"]  # the fixtures

FAINT, SPILL = (Path(__file__).with_name(f"{name}.js").read_text("utf-8") for name in ("contrast", "spill"))
SIZES = (*(ViewportSize(width=wide, height=tall) for wide, tall in ((390, 844), (768, 1024), (1024, 768))), DESK)


def faults(page: Page) -> list[str]:
    """Words that are faint, and whatever spills in a window of any size."""
    looked, found = page.evaluate(FAINT)
    assert looked > 0, "nothing was seen at all"
    return [*found, *(f"{size['width']}: {what}" for size in SIZES for what in spilled(page, size))]


def spilled(page: Page, size: ViewportSize) -> list[str]:
    page.set_viewport_size(size)
    return list(page.evaluate(SPILL))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_pages_in_a_busy_hour(page: Page, crew: Lobby, clock: Clock, language: str) -> None:
    """Every page, whatever is open there."""
    busy(crew, clock)
    assert {name: found for name in rounds(page, crew, language) if (found := faults(page))} == {}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_pages_at_the_door(browser: Browser, address: str, lobby: Lobby, language: str) -> None:
    """For whoever is not signed in, and before there is anybody at all."""
    for page in watched(browser, address, {}):
        assert {name: found for name in doors(page, lobby, language) if (found := faults(page))} == {}
