"""Every page on both panels in both languages: nothing cut off, nothing outside, nothing in boxes."""

from __future__ import annotations

from datetime import datetime
from itertools import chain
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from lobbyline.glass.font import missing_glyphs
from lobbyline.kiosk.filling import Filling
from lobbyline.kiosk.pinyin import SURNAMES
from lobbyline.kiosk.visit import Way
from lobbyline.lobby.config.folder import Setup
from tests.kiosk.form_tour import every_form
from tests.kiosk.hand import Hand, crowded, hand_at
from tests.kiosk.tour import every_page

PANELS = {"tall": (1080, 1920), "wide": (1920, 1080), "small": (768, 1366)}


def panel_of(folder: Path, panel: str) -> Path:
    """The branch with a panel of this size."""
    width, height = PANELS[panel]
    file = folder / "branch.toml"
    text = file.read_text("utf-8").replace("width = 1080\nheight = 1920", f"width = {width}\nheight = {height}")
    file.write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("panel", PANELS)
def test_everything_fits(
    qtbot: QtBot, branch_folder: Path, tmp_path: Path, at: datetime, panel: str, language: str
) -> None:
    """No word is cut off, nothing to touch hangs over the edge, keys side by side have letters of one size."""
    with hand_at(qtbot, panel_of(branch_folder, panel), tmp_path / "panel", at) as hand:
        assert (hand.window.width(), hand.window.height()) == PANELS[panel]
        faults = {name: found for name in every_page(hand, language) if (found := faults_of(hand))}
    assert faults == {}


def test_a_long_name_of_a_branch_stands_beside_the_keys(
    qtbot: QtBot, branch_folder: Path, tmp_path: Path, at: datetime
) -> None:
    """It takes two lines of smaller letters, on the first page and beside the key home."""
    file = branch_folder / "branch.toml"
    name = "祺景商业银行股份有限公司北京城市副中心景祺街支行"
    file.write_text(file.read_text("utf-8").replace('zh = "景祺街支行"', f'zh = "{name}"'), "utf-8")
    with hand_at(qtbot, branch_folder, tmp_path / "panel", at) as hand:
        assert (hand.told("branchName"), hand.cut_off()) == (name, [])
        hand.goes("access", "access")
        assert hand.cut_off() == []


@pytest.mark.parametrize(
    ("panel", "language", "more"), [("tall", "zh", ()), ("wide", "en", ()), ("small", "en", ("low",))]
)
def test_large_letters_fit(
    qtbot: QtBot, branch_folder: Path, tmp_path: Path, at: datetime, panel: str, language: str, more: tuple[Way, ...]
) -> None:
    """With large letters, low or not, no page loses a word or a key; forms have fewer fields a page."""
    faults: dict[str, list[str]] = {}
    with hand_at(qtbot, panel_of(branch_folder, panel), tmp_path / "panel", at) as hand:
        hand.ways = frozenset({"large", *more})
        for page in chain(every_page(hand, language), every_form(hand, language)):
            if found := faults_of(hand) + hand.laid_out(lambda: under_the_keyboard(hand)):
                faults[page] = found
    assert faults == {}


def test_no_word_of_ours_is_a_box(qapp: QGuiApplication, setup: Setup) -> None:
    """The font has every character of our words, of the branch and of frequent surnames."""
    words = [sentence for tables in setup.words.values() for table in tables.values() for sentence in table.values()]
    branch = [setup.branch.model_dump_json(), *(form.model_dump_json() for form in setup.forms.values())]
    assert missing_glyphs([*words, *branch, SURNAMES]) == set()


def test_both_languages_say_the_same_things(setup: Setup) -> None:
    """Every word of the kiosk exists in each language of the branch, with the same facts in braces."""
    zh, en = (setup.words[language]["kiosk"] for language in ("zh", "en"))
    assert set(zh) == set(en)
    assert {name for name in zh if ("{" in zh[name]) != ("{" in en[name])} == set()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("panel", PANELS)
def test_every_page_of_every_form_fits(
    qtbot: QtBot, branch_folder: Path, tmp_path: Path, at: datetime, panel: str, language: str
) -> None:
    """All fields of a page stand clear of keyboard and answers, with a mistake under each of them; no word is cut."""
    faults: dict[str, list[str]] = {}
    with hand_at(qtbot, panel_of(branch_folder, panel), tmp_path / "panel", at) as hand:
        for step in every_form(hand, language):
            if found := faults_of(hand) + hand.laid_out(lambda: under_the_keyboard(hand)):
                faults[step] = found
    assert faults == {}


def faults_of(hand: Hand) -> list[str]:
    """What an eye would stumble over on any page."""
    return hand.outside() + hand.cut_off() + hand.unlike() + hand.tiny() + hand.behind()


def under_the_keyboard(hand: Hand) -> list[str]:
    """Fields that the keyboard covers."""
    boxes = hand.panel.boxes().items()
    return list(crowded({name: box for name, box in boxes if name.startswith("field-") or name == "keyboard"}))


@pytest.mark.parametrize("panel", PANELS)
def test_the_writing_pad_hides_no_field(
    qtbot: QtBot, branch_folder: Path, tmp_path: Path, at: datetime, panel: str
) -> None:
    """The fullest page, each field with a mistake under it, and still the pad stands clear of them."""
    with hand_at(qtbot, panel_of(branch_folder, panel), tmp_path / "panel", at) as hand:
        filling = Filling("F04", hand.lobby.setup.forms["F04"], at.date(), "zh").opened(0)
        hand.model.typist.open(filling.judge())
        hand.model.typist.key("hand")
        hand.model.typed.emit()
        hand.show("form")
        boxes = hand.panel.boxes().items()
        assert list(crowded({name: box for name, box in boxes if name.startswith(("field-", "choice-", "pad"))})) == []
        assert hand.outside() == []
