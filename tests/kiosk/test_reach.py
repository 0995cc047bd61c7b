"""Who sits before the glass reaches everything: with `low`, nothing to touch stands above the line, on any page."""

from __future__ import annotations

from datetime import datetime
from itertools import chain
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from lobbyline.lobby.config.folder import load
from lobbyline.lobby.errors import ConfigError
from tests.kiosk.form_tour import every_form
from tests.kiosk.hand import Hand, hand_at
from tests.kiosk.test_look import panel_of, under_the_keyboard
from tests.kiosk.tour import every_page

REACH = {"tall": 0.5, "small": 0.5, "wide": 0.65}


def hung(folder: Path, panel: str, reach: float) -> Path:
    """The branch with such a panel, of which this share is in reach."""
    file = panel_of(folder, panel) / "branch.toml"
    text = file.read_text("utf-8").replace("warning_seconds = 10\n", f"warning_seconds = 10\nreach = {reach}\n")
    file.write_text(text, "utf-8")
    return folder


def too_high(hand: Hand, reach: float) -> list[str]:
    """What may be touched and begins above the line."""
    line = hand.window.height() * (1 - reach) - 1
    boxes = hand.panel.boxes()
    return [name for name in hand.touchable() if boxes[name][1] < line]


@pytest.mark.parametrize(("panel", "language"), [("tall", "zh"), ("wide", "zh"), ("small", "en")])
def test_everything_is_in_reach(
    qtbot: QtBot, branch_folder: Path, tmp_path: Path, at: datetime, panel: str, language: str
) -> None:
    """Every page and every page of every form: all keys below the line, large enough, apart, and no word cut off."""
    faults: dict[str, list[str]] = {}
    with hand_at(qtbot, hung(branch_folder, panel, REACH[panel]), tmp_path / "panel", at) as hand:
        hand.ways = frozenset({"low"})
        for page in chain(every_page(hand, language), every_form(hand, language)):
            look = hand.outside() + hand.cut_off() + hand.laid_out(lambda: under_the_keyboard(hand))
            if found := look + hand.laid_out(lambda: too_high(hand, REACH[panel])):
                faults[page] = found
    assert faults == {}


def test_large_letters_stay_in_reach(hand: Hand) -> None:
    """Both ways at once: what is touched keeps below the line, and no word is cut off."""
    faults: dict[str, list[str]] = {}
    hand.ways = frozenset({"low", "large"})
    for page in every_page(hand, "zh"):
        if found := hand.outside() + hand.cut_off() + hand.laid_out(lambda: too_high(hand, 0.5)):
            faults[page] = found
    assert faults == {}


def test_the_question_whether_somebody_is_there_is_in_reach(hand: Hand) -> None:
    """The key that keeps everything stands low, too."""
    hand.model.use(frozenset({"low"}))
    hand.show("ready")
    hand.later(hand.model.idle.seconds + 1)
    hand.sees("continue")
    assert hand.panel.box("continue")[1] > hand.window.height() / 2


def test_the_writing_pad_is_in_reach(hand: Hand) -> None:
    """A character is written by hand below the line, with nothing over it."""
    hand.ways = frozenset({"low"})
    next(every_form(hand, "zh"))
    hand.model.typist.key("hand")
    hand.model.typed.emit()
    assert hand.panel.box("pad")[1] > hand.window.height() / 2
    assert hand.outside() + hand.laid_out(lambda: too_high(hand, 0.5)) == []


def test_a_field_is_chosen_by_its_key(hand: Hand) -> None:
    """The form above is only shown; its keys below the line say which field is typed, and take its choices."""
    place = hand.lobby.reception.take("B2", hand.clock())
    hand.model.use(frozenset({"low"}))
    hand.model.hold(place)
    hand.goes("fill", "form")
    hand.touches("field-urgency")
    hand.touches("choice-urgency-1")
    hand.touches("field-acct_no")
    for key in "110":
        hand.touches(f"key-{key}")
    filling = hand.model.typist.filling
    assert filling is not None
    assert (filling.answers["urgency"], filling.answers["acct_no"]) == ("加急", "110")


def test_every_service_is_reached_leaf_by_leaf(hand: Hand) -> None:
    """More services than fit the lower part large enough: a key turns, and after the last leaf comes the first."""
    place = hand.lobby.reception.take("M3", hand.clock())
    hand.model.use(frozenset({"low"}))
    hand.model.hold(place)
    hand.goes("change", "change")
    leaves = []
    for _ in range(3):
        leaves.append([tile["name"] for tile in hand.told("changeTiles")])
        hand.touches("more")
    others = {f"service-{offer.code}" for offer in hand.model.offers if offer.open and offer.code != "M3"}
    assert set(leaves[0]) | set(leaves[1]) == others
    assert not set(leaves[0]) & set(leaves[1])
    assert leaves[2] == leaves[0]
    hand.goes(hand.told("changeTiles")[0]["name"], "number")


def test_a_wide_panel_offers_low_where_it_changes_something(hand: Hand, branch_folder: Path) -> None:
    """Hung so that all of it is in reach, the way is not offered; a line too low for the keys is a mistake."""
    assert "way-low" in [way["name"] for way in hand.told("ways")]
    assert load(panel_of(branch_folder, "wide")).branch.kiosk.in_reach == 1
    with pytest.raises(ConfigError, match="a wide panel needs 0.65 or more"):
        load(hung(branch_folder, "wide", 0.5))
