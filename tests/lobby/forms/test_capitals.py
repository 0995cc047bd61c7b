"""Amounts and dates, in figures and in capitals: the published examples, permitted spellings, and what is neither."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lobbyline.lobby.forms import capitals
from lobbyline.lobby.forms.conventions import Conventions
from tests.lobby.forms.test_checks import sentence

CAPITALS = [
    ("0.05", "伍分"),
    ("1,680.32", "壹仟陆佰捌拾元零叁角贰分"),
    ("10", "壹拾元整"),
    ("10,010", "壹万零壹拾元整"),
    ("100.10", "壹佰元零壹角"),
    ("107,000.53", "壹拾万柒仟元零伍角叁分"),
    ("1,004.56", "壹仟零肆元伍角陆分"),
    ("1,409.50", "壹仟肆佰零玖元伍角"),
    ("99,999,999.99", "玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ("6,007.14", "陆仟零柒元壹角肆分"),
    ("0.50", "伍角"),
    ("10.05", "壹拾元零伍分"),
    ("100000000", "壹亿元整"),
    ("100005000", "壹亿零伍仟元整"),
    ("100000000.01", "壹亿元零壹分"),
    ("1070000000", "壹拾亿柒仟万元整"),
]


@pytest.mark.parametrize(("typed", "said"), CAPITALS)
def test_amounts_in_capitals(typed: str, said: str) -> None:
    """Each amount has one canonical form, 人民币 in front without a gap."""
    assert capitals.capitals(capitals.money(typed)) == f"人民币{said}"


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("人民币壹仟陆佰捌拾元叁角贰分", "1680.32"),
        ("人民币壹佰元壹角", "100.1"),
        ("人民币壹佰元零壹角整", "100.1"),
        ("人民币壹拾万零柒仟元伍角叁分", "107000.53"),
        ("壹萬零壹拾圓正", "10010"),
        ("人民幣貳佰億元整", "20000000000"),
    ],
)
def test_permitted_variants_are_read(written: str, typed: str) -> None:
    """A free 零, 整 after 角, 圆, 正 and traditional characters are all permitted."""
    assert capitals.read_capitals(written) == capitals.money(typed)


@pytest.mark.parametrize(
    "written",
    [
        "壹佰元伍分",
        "壹万壹拾元整",
        "拾元整",
        "壹佰元",
        "零元整",
        "元整",
        "",
        "壹佰元伍分整",
        "壹拾零元整",
        "一百元整",
        "壹佰佰元整",
    ],
)
def test_ill_written_capitals_are_told(written: str) -> None:
    """A 零 left out where it must stand, a bare 拾, a missing 整 and small numerals are refused."""
    assert sentence(capitals.read_capitals, written) == "大写金额书写有误，请核对"


def test_zheng_after_jiao_is_a_choice() -> None:
    """Bookkeeping rules want 整 after 角; payment rules leave it open."""
    assert capitals.capitals(10010, zheng_after_jiao=True) == "人民币壹佰元零壹角整"


@given(st.integers(1, capitals.MOST_FEN))
def test_every_amount_survives_its_capitals(fen: int) -> None:
    """Written in capitals and read again an amount is the same, to the fen."""
    assert capitals.read_capitals(capitals.capitals(fen)) == fen
    assert capitals.read_capitals(capitals.capitals(fen, zheng_after_jiao=True)) == fen


@example(300000)
@given(st.integers(1, capitals.MOST_FEN))
def test_every_amount_survives_its_digits(fen: int) -> None:
    """Kept as digits and read again an amount is the same, to the fen."""
    assert capitals.money(capitals.yuan(fen)) == fen


@pytest.mark.parametrize(
    "typed",
    ["0", "0.00", "-5", "1.234", "1e5", "1,00.0", "", " ", "1 000", "100 ", ".5", "5.", "05", "+1", "1,0000"],
)
def test_amounts_that_are_none(typed: str) -> None:
    """Nothing, less than nothing, three decimals, powers, misplaced commas and blanks are refused."""
    assert sentence(capitals.money, typed) == "请输入大于0、最多两位小数的金额"


def test_the_largest_amount() -> None:
    """Twelve digits before the point, and not one fen more."""
    for none in (0, -1, capitals.MOST_FEN + 1):
        with pytest.raises(ValueError, match="no amount in capitals"):
            capitals.capitals(none)
    assert capitals.money("999,999,999,999.99") == capitals.MOST_FEN
    assert sentence(capitals.money, "1000000000000") == "金额不能超过999,999,999,999.99元"


DATES = [
    (date(2026, 1, 15), "贰零贰陆年零壹月壹拾伍日"),
    (date(2026, 10, 20), "贰零贰陆年零壹拾月零贰拾日"),
    (date(2026, 3, 8), "贰零贰陆年叁月零捌日"),
    (date(2026, 11, 30), "贰零贰陆年壹拾壹月零叁拾日"),
    (date(2026, 12, 31), "贰零贰陆年壹拾贰月叁拾壹日"),
]


@pytest.mark.parametrize(("day", "written"), DATES)
def test_dates_in_capitals(day: date, written: str) -> None:
    """Issue dates are written so that nobody can add a stroke."""
    assert capitals.date_capitals(day) == written
    assert capitals.day(written) == day


def test_a_tolerated_zero_before_the_month() -> None:
    """零叁月 is tolerated, 壹月 without its 零 is not."""
    assert capitals.day("贰零贰陆年零叁月零捌日") == date(2026, 3, 8)
    assert sentence(capitals.day, "贰零贰陆年壹月壹拾伍日") == "日期有误，请写成2026-01-15"


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_every_date_survives_its_capitals(day: date) -> None:
    """Written in capitals and read again a date is the same."""
    assert capitals.day(capitals.date_capitals(day)) == capitals.day(day.isoformat()) == day


@pytest.mark.parametrize("typed", ["2026-02-30", "2026-1-5", "20260105", "15.1.2026", "tomorrow", "二〇二六年一月五日"])
def test_dates_that_are_none(typed: str) -> None:
    """A day that does not exist and other ways of writing are refused, with an example."""
    assert sentence(capitals.day, typed) == "日期有误，请写成2026-01-15"


@pytest.mark.parametrize(
    ("issued", "last"),
    [
        (date(2026, 1, 15), date(2026, 1, 26)),  # 25 January is a Sunday
        (date(2026, 11, 2), date(2026, 11, 12)),
        (date(2026, 12, 22), date(2027, 1, 4)),  # New Year's Day, then a weekend
        (date(2027, 1, 6), date(2027, 1, 16)),  # a Saturday that is worked
    ],
)
def test_a_day_of_rest_moves_the_last_day(issued: date, last: date) -> None:
    """Ten days from the issue; weekends and holidays roll on, a weekend that is worked does not."""
    conventions = Conventions({date(2027, 1, 1)}, {date(2027, 1, 16)})
    assert capitals.last_day_to_present(issued, 10, conventions) == last
