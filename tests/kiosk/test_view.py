"""Words as they stand on the glass."""

from __future__ import annotations

from datetime import datetime

import pytest

from lobbyline.kiosk.view import either, folded, halved, listed, opens
from lobbyline.lobby.config.folder import Setup
from lobbyline.lobby.reception.reception import Offer
from lobbyline.lobby.rule.forecast import Wait


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("养老金、社保卡", "养老金、\n社保卡"),
        ("取款、换零钱、换残损币", "取款、换零钱、\n换残损币"),
        ("放低（轮椅）", "放低\n（轮椅）"),
        ("水电煤气代扣", "水电煤气代扣"),
        ("Ask about saving or loans", "Ask about\nsaving or loans"),
        ("Withdraw", "Withdraw"),
    ],
)
def test_a_name_breaks_where_a_reader_pauses(name: str, lines: str) -> None:
    """Two lines about as long as each other, never within a word; a name without a pause stays whole."""
    assert halved(name) == lines


def test_a_narrow_key_breaks_chinese_in_its_middle() -> None:
    """A paper's long name has no pause and still stands in letters one can read; an English word is never torn."""
    assert folded("台湾居民来往大陆通行证") == "台湾居民来往\n大陆通行证"
    assert folded("户口簿（16岁以下）") == "户口簿\n（16岁以下）"
    assert folded("Passport") == "Passport"


def test_things_stand_in_a_row_as_their_language_writes_it(setup: Setup) -> None:
    """Chinese has its own comma; in English only the first name and abbreviations keep their capitals."""
    zh, en = (setup.words[language]["list"] for language in ("zh", "en"))
    assert listed(["身份证", "银行卡"], zh) == "身份证、银行卡"
    assert listed(["Bank card", "Original seal", "ID card"], en) == "Bank card, original seal, ID card"
    assert listed(["Karte", "Ausweis"], en | {"inside": "same"}) == "Karte, Ausweis"
    assert listed(["Bank card", "ID card"], en, "\n") == "Bank card,\nID card"


def test_one_of_several_counters_is_named(setup: Setup) -> None:
    """Whoever may be called to one of three reads that it is one of them."""
    zh, en = (setup.words[language]["list"] for language in ("zh", "en"))
    assert [either(["1", "2", "7"], words) for words in (zh, en)] == ["1、2、7", "1, 2 or 7"]
    assert [either(counters, en) for counters in ([], ["6"])] == ["", "6"]


@pytest.mark.parametrize(
    ("day", "words"), [(23, "17:15 开始办理"), (24, "明天 17:15 开始"), (25, "11月25日 17:15 开始")]
)
def test_a_closed_service_says_when_it_opens_as_people_say_it(setup: Setup, at: datetime, day: int, words: str) -> None:
    """Today and tomorrow have no date."""
    opening = at.replace(day=day, hour=17, minute=15)
    offer = Offer("W1", setup.branch.services["W1"], open=False, opens_at=opening, waiting=0, wait=Wait(0, 0))
    assert opens(offer, at, setup.words["zh"]["calendar"] | setup.words["zh"]["kiosk"]) == words
