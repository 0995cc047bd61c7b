"""The checks of what people write: the published examples, and that a slip of the finger is caught."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lobbyline.lobby.forms import checks
from lobbyline.lobby.forms.checks import Wrong

TODAY = date(2026, 11, 23)
digit_strings = st.text("0123456789", min_size=15, max_size=18)


def sentence(check: object, *typed: object) -> str:
    """What the customer is told."""
    assert callable(check)
    with pytest.raises(Wrong) as caught:
        check(*typed)
    return caught.value.zh


@pytest.mark.parametrize(
    "number", ["11010519491231002X", "110000199001010005", "51000019851231000X", "440000200802290002"]
)
def test_right_resident_ids_pass(number: str) -> None:
    """The standard's sample and made-up numbers with a right check character pass."""
    assert checks.resident_id(number, TODAY) == number


@pytest.mark.parametrize("number", ["11010519491231002X", "440524188001010014"])
def test_the_check_character_is_the_standards(number: str) -> None:
    """Both samples of GB 11643 have the check character we compute."""
    assert checks.id_check(number[:17]) == number[17]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("110000199001010006", "身份证号第18位与前17位不相符，请核对"),
        ("110000199002290002", "出生日期不存在"),
        ("110000203001010004", "出生日期不存在"),
        ("440524188001010014", "出生日期不存在"),
        ("44000020080229002", "应为18位，您输入了17位"),
        ("110105491231002", "15位旧号码已停用，请填写18位新号码"),
        ("11000019900101000A", "身份证号应为17位数字加1位数字或X"),
    ],
)
def test_wrong_resident_ids_are_told(number: str, said: str) -> None:
    """A wrong number is answered with what to look at."""
    assert sentence(checks.resident_id, number, TODAY) == said


def test_who_was_born_today_has_a_number() -> None:
    """A child's first account is opened on any day of its life; nobody is born tomorrow."""
    for born, known in ((TODAY, True), (TODAY + timedelta(days=1), False)):
        digits = f"110000{born:%Y%m%d}000"
        assert checks.is_resident_id(digits + checks.id_check(digits), TODAY) is known


def test_an_unknown_region_is_told() -> None:
    """No province begins with 99, even when the check character is right."""
    number = "99000019900101000"
    assert sentence(checks.resident_id, number + checks.id_check(number), TODAY) == "身份证号前两位不是地区代码，请核对"


def test_a_small_x_and_blanks_are_no_reason_to_refuse() -> None:
    """What people copy from their card is brought into shape."""
    assert checks.resident_id("510000 19851231 000x", TODAY) == "51000019851231000X"


@given(where=st.integers(0, 16), put=st.sampled_from("0123456789"))
def test_one_changed_digit_of_an_id_is_caught(where: int, put: str) -> None:
    """No single wrong digit leads to another person's number."""
    number = "110000199001010005"
    changed = number[:where] + put + number[where + 1 :]
    if changed != number:
        assert sentence(checks.resident_id, changed, TODAY) == "身份证号第18位与前17位不相符，请核对"


def test_gender_and_birth_stand_in_the_number() -> None:
    """The 17th digit odd is a man; digits 7 to 14 are the birth date."""
    assert checks.gender("110000199001010005") == "女"
    assert checks.gender("110000199001010013") == "男"
    assert checks.birth("110000199001010005") == date(1990, 1, 1)


@pytest.mark.parametrize(("day", "years"), [(date(2026, 2, 28), 17), (date(2026, 3, 1), 18), (date(2028, 2, 29), 20)])
def test_age_counts_full_years(day: date, years: int) -> None:
    """Who was born on 29 February is a year older on 1 March of common years."""
    assert checks.age(date(2008, 2, 29), day) == years


@pytest.mark.parametrize(
    ("born", "until", "fits"),
    [
        (date(1990, 1, 1), date(2036, 1, 1), True),
        (date(1990, 1, 1), date(2056, 1, 1), False),
        (date(1990, 1, 1), None, False),
        (date(1970, 1, 1), None, True),
        (TODAY.replace(year=TODAY.year - 46), None, True),
        (TODAY.replace(year=TODAY.year - 46) + timedelta(days=1), None, False),
        (date(2015, 6, 1), date(2028, 2, 29), True),
        (date(2015, 6, 1), date(2036, 1, 1), False),
    ],
)
def test_terms_of_id_cards_go_by_age(born: date, until: date | None, *, fits: bool) -> None:
    """Five years under 16, ten to 25, twenty to 45, for ever from 46."""
    assert checks.term_fits(born, until, TODAY) is fits


@pytest.mark.parametrize("number", ["6299000000000007", "6299010000001234566"])
def test_right_cards_pass(number: str) -> None:
    """Cards of 16 and 19 digits with a right check digit pass, with or without blanks between the groups."""
    assert checks.card(number) == number
    assert checks.card(" ".join(number[at : at + 4] for at in range(0, len(number), 4))) == number


@pytest.mark.parametrize("number", ["6299000000000008", "6299010000001243566"])
def test_wrong_cards_are_told(number: str) -> None:
    """A wrong digit and two swapped ones are caught."""
    assert sentence(checks.card, number) == "卡号有误，请对照卡面重新核对"


@pytest.mark.parametrize("number", ["629900000000004", "62990000000000000000", "6299a00000000007", "123"])
def test_cards_of_another_length_are_told(number: str) -> None:
    """A card of 62… has 16 to 19 digits."""
    assert sentence(checks.card, number) == "卡号应为16–19位"


def test_an_old_card_is_not_refused() -> None:
    """Cards beginning with 9 are older than the check digit."""
    assert checks.card("9559980000000001") == "9559980000000001"
    assert not checks.luhn("9559980000000001")


@given(digits=digit_strings, data=st.data())
def test_one_changed_digit_of_a_card_is_caught(digits: str, data: st.DataObject) -> None:
    """Luhn: of the ten numbers that differ in one digit only one is right."""
    where = data.draw(st.integers(0, len(digits) - 1))
    tenfold = [digits[:where] + put + digits[where + 1 :] for put in "0123456789"]
    assert sum(checks.luhn(number) for number in tenfold) == 1


@pytest.mark.parametrize("number", ["1100200030004000", "1234567890", "1" * 32])
def test_accounts_of_ten_to_32_digits_pass(number: str) -> None:
    """Account numbers have no common check digit."""
    assert checks.account(number) == number


@pytest.mark.parametrize("number", ["123456789", "1" * 33, "12345678a0"])
def test_other_accounts_are_told(number: str) -> None:
    """Too short, too long, or with a letter."""
    assert sentence(checks.account, number) == "账号应为10–32位数字"


@pytest.mark.parametrize("code", ["91350100M000100Y43", "91990000MA0000001B", "91990000MA000000X2"])
def test_right_credit_codes_pass(code: str) -> None:
    """The standard's example and made-up codes pass."""
    assert checks.organisation(code) == code


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("91350100M000100Y4Z", "统一社会信用代码不含字母I、O、S、V、Z"),
        ("91350100M000100Y44", "统一社会信用代码有误，请对照营业执照核对"),
        ("91350100M000100Y4", "统一社会信用代码应为18位，您输入了17位"),
    ],
)
def test_wrong_credit_codes_are_told(code: str, said: str) -> None:
    """The standard's wrong example, a wrong check sign and a missing sign are told apart."""
    assert sentence(checks.organisation, code) == said


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("1380000000", "手机号应为11位"),
        ("138000000000", "手机号应为11位"),
        ("1380000000a", "手机号应为11位"),
        ("12800000000", "手机号有误，请核对"),
    ],
)
def test_wrong_phones_are_told(typed: str, said: str) -> None:
    """Eleven digits, beginning with 13 to 19."""
    assert sentence(checks.phone, typed) == said
    assert checks.phone("138 0000 0000") == "13800000000"


@pytest.mark.parametrize(
    "typed", ["张三", "阿卜杜拉·买买提", "𠮷田㐂", "王𱁬", "\ue815\ue864", "丁" * 50, "Zhang", "Anna-Lena O'Brien"]
)
def test_names_of_all_kinds_pass(typed: str) -> None:
    """Rare hanzi, long names and the separator of minority names are names."""
    assert checks.name(typed) == typed


@pytest.mark.parametrize(
    "typed",
    ["张三1", "张 三", "张-三", "·张", "张··三", "张.三", "张•三", "<b>", "\ue814", "\ue865", "Anna--Lena", "-Anna"],
)
def test_names_with_other_signs_are_told(typed: str) -> None:
    """`·` is the only separator of hanzi, and none is ever first, last or doubled."""
    assert sentence(checks.name, typed) == "姓名只能写文字，中间可用间隔号“·”"


def test_a_name_has_a_length() -> None:
    """Fifty characters at most."""
    assert sentence(checks.name, "丁" * 51) == "姓名应为1–50个字"


@pytest.mark.parametrize("typed", ["E1234", "e12345678", "H0123456789", "A" * 20])
def test_other_papers_pass(typed: str) -> None:
    """Passports and permits have five to twenty letters and digits."""
    assert checks.document_number(typed) == typed.upper()


def test_other_papers_that_cannot_be() -> None:
    """Too short, too long or with other signs."""
    for typed in ("E123", "A" * 21, "护照12345", "E_12345"):
        assert sentence(checks.document_number, typed) == "证件号码应为5–20位字母或数字"
