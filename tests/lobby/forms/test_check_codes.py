"""What each check code provably catches, tried on every place of a number; and what it cannot."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lobbyline.lobby.forms import capitals, checks

DIGITS = "0123456789"
ORG_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
Right = Callable[[str], bool]


def id_right(number: str) -> bool:
    return number[17] == checks.id_check(number[:17])


def org_right(code: str) -> bool:
    return code[17] == checks.organisation_check(code[:17])


def changed(number: str, signs: str, last: str = "") -> Iterator[str]:
    """Every number that differs in one sign."""
    for where, now in enumerate(number):
        for put in (last or signs) if where == len(number) - 1 else signs:
            if put != now:
                yield number[:where] + put + number[where + 1 :]


def swapped(number: str) -> Iterator[str]:
    """Every number with two neighbours swapped, where that makes another one."""
    for where in range(len(number) - 1):
        one, two = number[where], number[where + 1]
        if one != two:
            yield number[:where] + two + one + number[where + 2 :]


ids = st.text(DIGITS, min_size=17, max_size=17).map(lambda digits: digits + checks.id_check(digits))
orgs = st.text(ORG_SIGNS, min_size=17, max_size=17).map(lambda signs: signs + checks.organisation_check(signs))
cards = st.text(DIGITS, min_size=15, max_size=18).map(
    lambda digits: digits + next(last for last in DIGITS if checks.luhn(digits + last))
)


@given(number=ids)
@settings(max_examples=30)
def test_an_id_shows_every_wrong_sign_and_every_swap(number: str) -> None:
    """MOD 11-2: all single errors, and all swaps of neighbours, of which a digit cannot become the X."""
    assert not any(id_right(wrong) for wrong in changed(number, DIGITS, DIGITS + "X"))
    assert not any(id_right(wrong) for wrong in swapped(number) if "X" not in wrong[:17])


@given(code=orgs)
@settings(max_examples=30)
def test_a_credit_code_shows_every_wrong_sign_and_every_swap(code: str) -> None:
    """31 is a prime and no weight is a multiple of it: all single errors and all swaps of neighbours."""
    assert not any(org_right(wrong) for wrong in (*changed(code, ORG_SIGNS), *swapped(code)))


@given(number=cards)
@settings(max_examples=30)
def test_a_card_shows_every_wrong_digit_and_every_swap_but_one(number: str) -> None:
    """Luhn: all single errors, and all swaps of neighbours except 09 and 90."""
    assert not any(checks.luhn(wrong) for wrong in changed(number, DIGITS))
    for wrong in swapped(number):
        place = next(place for place, (one, two) in enumerate(zip(number, wrong, strict=True)) if one != two)
        assert checks.luhn(wrong) == (set(number[place : place + 2]) == {"0", "9"})


@pytest.mark.parametrize("number", ["6299000000000007", "6299010000001234566"])
def test_the_sample_cards_too(number: str) -> None:
    """The made-up cards of the forms' examples, digit by digit."""
    with_length = [wrong for wrong in changed(number, DIGITS) if wrong.startswith("62")]
    for wrong in with_length:
        with pytest.raises(checks.Wrong):
            checks.card(wrong)


variants = st.fixed_dictionaries(
    {"yuan": st.sampled_from("元圆圓"), "zheng": st.sampled_from("整正"), "four": st.booleans()}
)


@given(
    fen=st.integers(1, capitals.MOST_FEN),
    how=variants,
    prefix=st.sampled_from(["人民币", "人民幣", ""]),
    closed=st.booleans(),
)
@settings(max_examples=300)
def test_every_permitted_spelling_comes_back_as_its_amount(
    fen: int, how: dict[str, str], prefix: str, closed: bool
) -> None:
    """圆 for 元, 正 for 整, traditional signs, with or without the prefix, 整 after 角 or not."""
    written = capitals.capitals(fen, zheng_after_jiao=closed).removeprefix("人民币")
    written = written.replace("元", how["yuan"]).replace("整", how["zheng"])
    if how["four"]:
        written = written.translate(str.maketrans("贰叁陆亿万", "貳參陸億萬"))
    assert capitals.read_capitals(prefix + written) == fen


@given(fen=st.integers(1, capitals.MOST_FEN), data=st.data())
@settings(max_examples=300)
def test_a_filler_left_out_never_reads_as_another_amount(fen: int, data: st.DataObject) -> None:
    """Without a 零, a 整 or the 元, an amount is refused, or still the same."""
    written = capitals.capitals(fen).removeprefix("人民币")
    fillers = [place for place, sign in enumerate(written) if sign in "零整元"]
    where = data.draw(st.sampled_from(fillers or [0]))
    left = written[:where] + written[where + 1 :]
    try:
        read = capitals.read_capitals(left)
    except checks.Wrong:
        return
    assert read == fen


CHECKS: tuple[Callable[[str], object], ...] = (
    checks.name,
    checks.phone,
    checks.card,
    checks.account,
    checks.organisation,
    capitals.money,
    capitals.day,
    capitals.read_capitals,
    capitals.read_date_capitals,
    checks.document_number,
)


@given(typed=st.text(max_size=40), check=st.sampled_from(CHECKS))
@settings(max_examples=500)
def test_any_text_is_kept_or_told(typed: str, check: Callable[[str], object]) -> None:
    """No input of any kind is more than wrong, and what is wrong has a sentence in both languages."""
    told = ("", "")
    try:
        check(typed)
    except checks.Wrong as wrong:
        told = wrong.zh, wrong.en
    assert bool(told[0]) == bool(told[1])
