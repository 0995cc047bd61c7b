"""Names by touch: every character somebody may be called by, large, and nothing of it left behind."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from itertools import chain
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from lobbyline import ASSETS
from lobbyline.glass.font import missing_glyphs
from lobbyline.kiosk.filling import Filling
from lobbyline.kiosk.keyboard import COLUMNS, ROWS, columns, spread, spread_rows
from lobbyline.kiosk.pinyin import ALL, RARE, SURNAMES, Pinyin
from lobbyline.kiosk.radicals import Radicals
from lobbyline.kiosk.typist import LEFT, Typist
from lobbyline.lobby.config.folder import Setup
from lobbyline.lobby.forms.checks import name

COMPOSE = """
from lobbyline.kiosk.pinyin import Pinyin
pinyin = Pinyin()
print("".join(guess.text + " " for guess in pinyin.guesses("zhuoyiheng")))
for _ in range(3):
    letters = "zhuoyiheng"
    while letters:
        _, letters = pinyin.pick(letters, [guess for guess in pinyin.guesses(letters) if len(guess.text) == 1][-1])
pinyin.close()
"""


@pytest.fixture(scope="module")
def pinyin() -> Pinyin:
    return Pinyin()


@pytest.fixture
def typist(setup: Setup, pinyin: Pinyin) -> Typist:
    """Whoever writes the name on a withdrawal slip."""
    typist = Typist(pinyin, "AB")
    typist.open(Filling("F02", setup.forms["F02"], date(2026, 11, 23), "zh").opened(0))
    return typist


def test_nothing_is_learned_across_a_restart(tmp_path: Path) -> None:
    """A name composed in one process is not offered earlier in the next one, and no file was written for it."""
    home = os.environ | {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    first, second = (
        subprocess.run([sys.executable, "-c", COMPOSE], env=home, capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    )
    assert first == second != ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("letters", "sign"), [("yan", "䶮"), ("yan", "龑"), ("kun", "堃"), ("hong", "𬭎"), ("zhe", "喆"), ("chong", "翀")]
)
def test_rare_characters_are_found_by_their_syllable(pinyin: Pinyin, letters: str, sign: str) -> None:
    """Those that the library lacks stand behind those that it has; each is a right name."""
    found = [guess for guess in pinyin.for_name(letters, first=False) if guess.text == sign]
    assert len(found) == 1
    assert pinyin.pick(letters, found[0]) == (sign, "")
    assert name(f"张{sign}") == f"张{sign}"


def test_every_surname_is_offered_first(pinyin: Pinyin) -> None:
    """The nine most frequent surnames are the first candidate of their syllables."""
    firsts = {
        letters: pinyin.for_name(letters, first=True)[0].text
        for letters in ("wang", "li", "zhang", "liu", "chen", "yang", "zhao", "huang", "zhou")
    }
    assert list(firsts.values()) == list(SURNAMES[:9])


def test_the_rare_list_adds_and_never_repeats(pinyin: Pinyin, qapp: QGuiApplication) -> None:
    """No character of it is among the library's for that syllable, and the font draws each (a part is looked at)."""
    lines = [line for line in (ASSETS / RARE).read_text("utf-8").splitlines() if not line.startswith("#")]
    table = dict(line.split(" ") for line in lines[::20])
    assert len(lines) > 400
    for syllable, signs in table.items():
        assert len(set(signs)) == len(signs)
        assert not set(signs) & {guess.text for guess in pinyin.guesses(syllable, ALL)}
    assert missing_glyphs(table.values()) == set()


def test_more_spreads_all_candidates_out(typist: Typist, setup: Setup) -> None:
    """In place of the keys, page after page; every candidate is on one of them, and then the first again."""
    words = setup.words["zh"]["kiosk"]
    for key in "yan":
        typist.key(key)
    seen: list[str] = []
    for _ in range(30):
        typist.key("more")
        labels = [key["label"] for row in typist.keyboard(words)["rows"] for key in row if "pick" in key["name"]]
        if seen and labels[0] == seen[0]:
            break
        seen += labels
    assert seen == [guess.text for guess in typist.guesses]
    typist.key("letters")
    assert typist.keyboard(words)["strip"]


def test_a_spread_page_fits_its_place(setup: Setup) -> None:
    """Rows of the same width, as many as there is room for, phrases wider than characters."""
    candidates = ["中华人民共和国", "卓一恒", *"一二三四五六七八九十" * 8]
    pages = spread(candidates, 0)
    assert len(pages) == ROWS
    assert all(sum(map(columns, row)) <= COLUMNS for row in pages)
    made = spread_rows(candidates, 0, setup.words["zh"]["kiosk"])
    assert {sum(key["span"] for key in row) for row in made} == {COLUMNS}
    assert [key["name"] for key in chain(*made) if key["name"].startswith("pick")][:3] == ["pick-0", "pick-1", "pick-2"]


def test_a_picked_character_brings_the_letters_back(typist: Typist) -> None:
    """After a character from the spread page the keyboard stands there for the next syllable."""
    for key in "yan":
        typist.key(key)
    typist.key("more")
    typist.pick(3)
    assert (typist.typing.text, typist.typing.spread) == ("严", False)


def by_radical(typist: Typist, *answers: str) -> str:
    """What stands in the field after these answers, each looked for on page after page."""
    typist.key("radical")
    for answer in answers:
        texts = [guess.text for guess in typist.guesses]
        typist.typing = replace(typist.typing, first=texts.index(answer))
        typist.pick(0)
    return typist.typing.text


@pytest.mark.parametrize(
    ("answers", "sign"),
    [
        (("3", "氵", "5", "泽"), "泽"),
        (("4", "王", "4", "玥"), "玥"),
        (("16", "龍", "4", "龑"), "龑"),
        (("5", "钅", "7", "𬭎"), "𬭎"),
    ],
)
def test_a_character_is_found_by_its_radical(typist: Typist, answers: tuple[str, ...], sign: str) -> None:
    """Four touches without knowing how it sounds; then the letters stand there for the next one."""
    assert by_radical(typist, *answers) == sign
    assert (typist.typing.layout, typist.guesses) == ("pinyin", [])


def test_the_way_by_radicals_is_left_at_any_step(typist: Typist, setup: Setup) -> None:
    """Back to the letters, or to the first step; every step has keys, and what was typed stays."""
    words = setup.words["zh"]["kiosk"]
    by_radical(typist, "3", "氵")
    assert typist.keyboard(words)["rows"][-1][1]["name"] == "key-radical"
    assert by_radical(typist) == ""
    assert typist.path == ()
    typist.key("letters")
    assert (typist.typing.layout, typist.keyboard(words)["strip"]) == ("pinyin", True)


def test_every_common_character_has_its_radical(qapp: QGuiApplication) -> None:
    """All of GB 2312 is in the table, each once, and no way has a step without an answer."""
    radicals, found = Radicals(), list[str]()
    for strokes in radicals.answers(()):
        for radical in radicals.answers((strokes,)):
            for rest in radicals.answers((strokes, radical)):
                found += radicals.answers((strokes, radical, rest))
    common = {chr(code) for code in range(0x4E00, 0xA000) if chr(code).encode("gb2312", "ignore")}
    assert common <= set(found)
    assert len(found) == len(set(found)) > 28_000


def test_a_name_that_nobody_can_write_is_left_to_the_teller(typist: Typist) -> None:
    """The last candidate says so, instead of a character that is not the customer's; the form accepts it."""
    for key in "yan":
        typist.key(key)
    typist.pick(len(typist.guesses) - 1)
    filling = typist.filling
    assert filling is not None
    assert filling.answers["name"] == LEFT.text == "由柜员填写"
    assert "name" not in filling.checked.errors
