"""A branch that speaks a language which is none of ours."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from lobbyline import ASSETS
from lobbyline.lobby.config.folder import load
from lobbyline.lobby.errors import ConfigError
from tests.kiosk.hand import Hand, hand_at

WORDS = {'language = "English"': 'language = "Français"', 'last = " or "': 'last = " ou "', '"small"': '"same"'}


def french(branch: Path, like: str = "en") -> Path:
    """The branch with French as its first language: every word and text is there, in the technician's own files."""
    words = (ASSETS / "words" / "en.toml").read_text("utf-8")
    for ours, theirs in {**WORDS, 'like = "en"': f'like = "{like}"'}.items():
        assert ours in words
        words = words.replace(ours, theirs)
    (branch / "words").mkdir()
    (branch / "words" / "fr.toml").write_text(words, "utf-8")
    for file in [branch / "branch.toml", *(branch / "forms").glob("*.toml")]:
        text = file.read_text("utf-8").replace('languages = ["zh", "en"]', 'languages = ["fr", "zh"]', 1)
        text = re.sub(r'\ben = ("(?:[^"\\]|\\.)*") *}', r"en = \1, fr = \1 }", text)
        file.write_text(re.sub(r'^en = (".*")$', r"en = \1\nfr = \1", text, flags=re.MULTILINE), "utf-8")
    return branch


@pytest.mark.parametrize(
    ("like", "keyboard", "example", "wrong", "paper"),
    [("en", "latin", "", "Please fill this in", "Counter"), ("zh", "pinyin", "e.g. 张小景", "请填写姓名", "号窗口")],
)
def test_a_third_language_takes_after_one_of_ours(
    qtbot: QtBot, branch_folder: Path, tmp_path: Path, at: datetime, like: str, keyboard: str, example: str, wrong: str,
    paper: str,
) -> None:  # fmt: skip
    """Keyboard, examples, what forms find wrong, and papers come as in the one that its readers know better."""
    with hand_at(qtbot, french(branch_folder, like), tmp_path / "panel", at) as hand:
        assert hand.model.visit.language == "fr"
        hand.goes("service-E1", "ready")
        hand.goes("take", "number")
        assert hand.told("number")["bring"] == "Original ID card, Social card or passbook"
        assert hand.told("number")["counters"] == "1, 2, 3 ou 7"
        hand.goes("fill", "form")
        hand.touches("next")
        name = hand.told("form")["fields"][0]
        assert hand.told("keyboard")["layout"] == keyboard
        assert (name["hint"], name["error"]) == (example, wrong)
        assert paper in str(hand.lobby.setup.tickets["ordinary"].data)


def test_a_third_language_says_which_of_ours_it_is_like(branch_folder: Path) -> None:
    """Another one is a mistake with its line."""
    with pytest.raises(ConfigError) as refused:
        load(french(branch_folder, "de"))
    (mistake,) = refused.value.mistakes
    assert mistake.file.name == "fr.toml"
    assert mistake.sentence == 'like is "de"; did you mean "en"? Allowed: zh, en' or mistake.sentence.startswith(
        'like is "de"'
    )


def test_every_key_of_the_first_page_says_its_words(
    qtbot: QtBot, branch_folder: Path, tmp_path: Path, at: datetime
) -> None:
    """The customer finds his language first, and the next one on its key."""
    with hand_at(qtbot, french(branch_folder), tmp_path / "panel", at) as hand:
        assert faults(hand) == []
        assert hand.told("otherLanguage") == "中文"
        hand.touches("language")
        qtbot.waitUntil(lambda: hand.model.visit.language == "zh")
        assert hand.told("otherLanguage") == "Français"


def faults(hand: Hand) -> list[str]:
    return hand.cut_off() + hand.unlike()
