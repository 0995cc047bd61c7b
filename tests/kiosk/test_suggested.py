"""What a form suggests, so that less is typed: the technician's words, as the answers so far allow."""

from __future__ import annotations

from datetime import date

import pytest

from lobbyline.kiosk.filling import Filling
from lobbyline.kiosk.keyboard import Typing
from lobbyline.kiosk.typist import Typist
from lobbyline.lobby.config.folder import Setup

WIRE = {"payee_city": "上海", "payee_name": "祺街服务有限公司"}


def at_bank(setup: Setup, language: str = "zh", veiled: frozenset[str] = frozenset()) -> Typist:
    """Somebody about to write the bank of a payee, on a kiosk without Chinese letters."""
    form = Filling("F11", setup.forms["F11"], date(2026, 11, 23), language, WIRE, veiled=veiled)
    typist = Typist(None, "AB")
    typist.open(form.at("payee_bank"))
    return typist


def offered(typist: Typist) -> list[str]:
    return [guess.text for guess in typist.guesses]


def test_a_field_suggests_how_it_may_begin_and_how_it_may_end(setup: Setup) -> None:
    """First the banks, then a branch of the city that was named above; nothing once it ends so."""
    typist = at_bank(setup)
    assert offered(typist)[:2] == ["工商银行", "农业银行"]
    typist.pick(0)
    assert offered(typist) == ["上海分行", "分行", "支行", "营业部"]
    typist.pick(0)
    assert (typist.typing.text, offered(typist)) == ("工商银行上海分行", [])
    assert typist.filling is not None
    assert typist.filling.answers["payee_bank"] == "工商银行上海分行"


def test_an_answer_that_may_not_be_seen_is_not_suggested(setup: Setup) -> None:
    """Whoever only knows the number of a ticket does not learn the city from the keyboard."""
    typist = at_bank(setup, veiled=frozenset({"payee_city"}))
    typist.pick(0)
    assert offered(typist)[0] == "分行"


def test_a_suggestion_is_taken_by_a_touch_alone(setup: Setup) -> None:
    """The space bar writes a space while nothing is being spelt."""
    typist = at_bank(setup)
    typist.pick(0)
    typist.key("space")
    assert typist.typing.text == "工商银行 "


def test_latin_words_stand_apart(setup: Setup) -> None:
    """A suggestion in Latin letters begins a word of its own."""
    typist = at_bank(setup, "en")
    typist.pick(0)
    assert offered(typist)[1] == "Branch"
    typist.pick(1)
    assert typist.typing.text == "ICBC Branch"


@pytest.mark.parametrize(("field", "strip"), [("payee_bank", True), ("payee_acct", False), ("org_name", True)])
def test_suggestions_have_their_strip_on_latin_keys_too(setup: Setup, field: str, *, strip: bool) -> None:
    """The keyboard keeps its height while a field with suggestions is typed; others need no strip."""
    typist = at_bank(setup, "en")
    assert typist.filling is not None
    typist.open(typist.filling.at(field))
    assert typist.keyboard(setup.words["en"]["kiosk"])["strip"] is strip


def test_round_amounts_take_few_touches() -> None:
    """Two and three noughts have keys of their own."""
    typing = Typing(layout="money")
    for key in ("1", "8", "000"):
        typing = typing.pressed(key)
    assert typing.text == "18000"
