"""Keyboards, pinyin and forms in hand: values, no window."""

from __future__ import annotations

from datetime import date

import pytest

from lobbyline.kiosk.filling import Filling
from lobbyline.kiosk.keyboard import Typing, rows, strip
from lobbyline.kiosk.pinyin import Pinyin
from lobbyline.kiosk.typist import Typist
from lobbyline.kiosk.view import parted
from lobbyline.lobby.config.folder import Setup

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def pinyin() -> Pinyin:
    return Pinyin()


def filling(setup: Setup, form: str, **answers: str) -> Filling:
    return Filling(form, setup.forms[form], TODAY, "zh", answers).opened(0)


def typed(typing: Typing, keys: str) -> str:
    for key in keys:
        typing = typing.pressed(key)
    return typing.text


def test_whole_words_come_first(pinyin: Pinyin) -> None:
    """The likeliest reading of the letters is the first candidate."""
    assert [pinyin.guesses(letters)[0].text for letters in ("cunkuan", "ouyangxiu", "zhangsan")] == [
        "存款",
        "欧阳修",
        "张三",
    ]


def test_a_name_begins_with_a_surname(pinyin: Pinyin) -> None:
    """For names a surname stands first, then phrases, then single characters."""
    assert [guess.text for guess in pinyin.for_name("lixiaoming", first=True)][:2] == ["李", "里小明"]
    assert all(len(guess.text) == 1 for guess in pinyin.for_name("zhuoyiheng", first=False)[3:])


def test_a_picked_character_leaves_the_other_letters(pinyin: Pinyin) -> None:
    """Picking one character of several keeps what was typed after it."""
    surname = pinyin.for_name("lixiaoming", first=True)[0]
    assert pinyin.pick("lixiaoming", surname) == ("李", "xiaoming")


def test_nothing_is_learned(pinyin: Pinyin) -> None:
    """A rare name composed by one customer is not offered to the next one."""
    before = [guess.text for guess in pinyin.guesses("zhuoyiheng")]
    for _ in range(5):
        letters = "zhuoyiheng"
        while letters:
            single = [guess for guess in pinyin.guesses(letters) if len(guess.text) == 1]
            _, letters = pinyin.pick(letters, single[-1])
    assert [guess.text for guess in Pinyin().guesses("zhuoyiheng")] == before


def test_a_date_writes_its_own_strokes() -> None:
    """Eight digits become a date; deleting takes digit and stroke together."""
    assert typed(Typing(layout="date"), "20360101") == "2036-01-01"
    assert Typing(text="2036-", layout="date").deleted().text == "2036"[:4]


def test_shift_holds_for_one_letter() -> None:
    """A capital is for one letter, as people expect."""
    assert Typing(layout="latin").pressed("shift").pressed("w").pressed("u").text == "Wu"


@pytest.mark.parametrize(
    "layout", ["digits", "money", "id", "date", "capitals", "pinyin", "latin", "symbols", "number"]
)
def test_every_keyboard_can_delete(setup: Setup, layout: str) -> None:
    """No keyboard leaves a customer with a wrong letter."""
    keys = rows(Typing(layout=layout), setup.words["zh"]["kiosk"], "AB")  # type: ignore[arg-type]
    assert "key-delete" in [key["name"] for row in keys for key in row]


def test_candidates_fill_the_strip_and_no_more() -> None:
    """As many candidates as fit, at least one."""
    assert strip(["存款"] * 20, 0) == ["存款"] * 4
    assert strip(["中华人民共和国中央人民政府驻香港"], 0) == ["中华人民共和国中央人民政府驻香港"]


def test_pinyin_not_chosen_stays_as_typed(setup: Setup, pinyin: Pinyin) -> None:
    """Leaving the field loses no letter."""
    typist = Typist(pinyin, "AB")
    typist.open(filling(setup, "F02"))
    for key in "li":
        typist.key(key)
    typist.finish()
    assert typist.filling is not None
    assert typist.filling.answers["name"] == "li"


def test_without_the_library_latin_letters_remain(setup: Setup) -> None:
    """A kiosk without pinyin still types."""
    typist = Typist(None, "AB")
    typist.open(filling(setup, "F02"))
    typist.key("w")
    assert typist.filling is not None
    assert (typist.typing.layout, typist.filling.answers["name"]) == ("latin", "W")


def test_a_name_in_latin_letters_begins_its_words_with_capitals(setup: Setup) -> None:
    """Whoever has a passport types two names and a space, and the form takes them; shift still has its say."""
    typist = Typist(None, "AB")
    typist.open(filling(setup, "F02"))
    for key in ["j", "o", "space", "v", "delete", "shift", "v", "a", "n", "space", "d"]:
        typist.key(key)
    assert typist.filling is not None
    assert typist.filling.answers["name"] == "Jo van D"
    assert typist.filling.error("name") == ""


def test_a_large_amount_asks_for_more(setup: Setup) -> None:
    """Pages appear and go with the answers they depend on."""
    small, large = filling(setup, "F02", amt="3000"), filling(setup, "F02", amt="60000")
    assert [title.zh for title, _ in small.pages] == ["从哪个账户", "取多少"]
    assert [title.zh for title, _ in large.pages] == ["从哪个账户", "取多少", "身份证件"]


def test_a_page_asks_for_at_most_four_things(setup: Setup) -> None:
    """Every form of the sample branch keeps to four fields a page."""
    forms = {name: Filling(name, form, TODAY, "zh") for name, form in setup.forms.items()}
    assert {name: [names for _, names in form.pages if len(names) > 4] for name, form in forms.items()} == {
        name: [] for name in forms
    }


def test_capitals_appear_while_typing(setup: Setup) -> None:
    """The amount in capitals is worked out, never typed."""
    assert filling(setup, "F02", amt="1680.32").derived(["amt"]) == [("大写金额", "人民币壹仟陆佰捌拾元零叁角贰分")]


def test_brackets_stand_apart() -> None:
    """A tile shows the name large and what is in brackets under it."""
    assert parted("取款（5万元及以下）") == ("取款", "5万元及以下")
    assert parted("Withdraw cash, up to 50,000") == ("Withdraw cash", "up to 50,000")
    assert parted("转账汇款") == ("转账汇款", "")
