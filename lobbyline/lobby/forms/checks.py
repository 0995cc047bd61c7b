"""The checks of what people write into forms: names, documents, and numbers with check digits.

Each takes what was typed and returns it as it is kept, or raises `Wrong` with what to do. The standards:
GB 11643 (resident ID), GB 32100 (organisations), Luhn (cards). Amounts and dates are in `capitals.py`.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_REGION = re.compile("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")
_BETWEEN_LATIN = re.compile("(?<=[A-Za-z\u00c0-\u024f])[ '-](?=[A-Za-z\u00c0-\u024f])")
_ORG_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ORG_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


class Wrong(ValueError):
    """What was typed cannot be right; the sentence tells the customer what to do."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh)
        self.zh = zh
        self.en = en

    def say(self, language: str) -> str:
        return self.zh if language.startswith("zh") else self.en


def compact(typed: str) -> str:
    """Digits and letters as the keypad would have given them: half width, capitals, nothing between them."""
    return re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", typed)).upper()


# --- People, documents and telephones


def name(typed: str) -> str:
    """One to fifty characters of any script, hanzi however rare; `·` between the parts, in Latin as in a passport."""
    text = " ".join(typed.split())
    if not 1 <= len(text) <= 50:
        raise Wrong("姓名应为1–50个字", "A name has 1 to 50 characters")
    if not all(_is_letter(sign) for part in _BETWEEN_LATIN.sub("", text).split("·") for sign in part or " "):
        raise Wrong(
            "姓名只能写文字，中间可用间隔号“·”", "A name has letters only, with one space or “·” between its parts"
        )
    return text


def _is_letter(sign: str) -> bool:
    # Hanzi newer than Python's Unicode tables count too: planes 2 and 3, and the private places of GB 18030.
    return unicodedata.category(sign)[0] in "LM" or 0x20000 <= ord(sign) <= 0x3FFFF or 0xE815 <= ord(sign) <= 0xE864


def resident_id(typed: str, today: date) -> str:
    """A resident ID number of 18 characters with a known region, a possible birth date and its check character."""
    number = compact(typed)
    if len(number) == 15 and number.isdecimal():
        raise Wrong("15位旧号码已停用，请填写18位新号码", "15-digit numbers are out of use; enter the 18 characters")
    if len(number) != 18:
        raise Wrong(f"应为18位，您输入了{len(number)}位", f"It has 18 characters; you entered {len(number)}")
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        raise Wrong("身份证号应为17位数字加1位数字或X", "An ID number is 17 digits and a digit or X")
    if number[17] != id_check(number[:17]):
        raise Wrong(
            "身份证号第18位与前17位不相符，请核对", "The 18th character does not fit the other 17; please check"
        )
    if not _REGION.match(number):
        raise Wrong("身份证号前两位不是地区代码，请核对", "The first two digits are no region; please check")
    born = birth(number)
    if born is None or not date(1900, 1, 1) <= born <= today:
        raise Wrong("出生日期不存在", "There is no such date of birth")
    return number


def is_resident_id(number: str, today: date) -> bool:
    """Whether this is a resident ID number, on whatever paper it stands."""
    try:
        return resident_id(number, today) == number
    except Wrong:
        return False


def id_check(digits: str) -> str:
    """The 18th character of a resident ID number (ISO 7064 MOD 11-2)."""
    return _ID_CHECKS[sum(int(digit) * weight for digit, weight in zip(digits, _ID_WEIGHTS, strict=True)) % 11]


def birth(number: str) -> date | None:
    """The birth date in a resident ID number."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def gender(number: str) -> str:
    """男 or 女, from the 17th digit of a resident ID number."""
    return "男" if int(number[16]) % 2 else "女"


def age(born: date, today: date) -> int:
    """Full years of life."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def document_number(typed: str) -> str:
    """The number of any other document: passport, permit, household register."""
    number = compact(typed)
    if not re.fullmatch(r"[A-Z0-9]{5,20}", number):
        raise Wrong("证件号码应为5–20位字母或数字", "A document number has 5 to 20 letters or digits")
    return number


def term_fits(born: date, until: date | None, today: date) -> bool:
    """Can a resident ID card of this person be valid until then (None: for ever)? Terms go by the age at issue."""
    if until is None:
        return age(born, today) >= 46
    for years, youngest, oldest in ((5, 0, 15), (10, 16, 25), (20, 26, 45)):
        issued = _years_before(until, years)
        if issued <= today and youngest <= age(born, issued) <= oldest:
            return True
    return False


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)


def phone(typed: str) -> str:
    """A mainland mobile number."""
    number = compact(typed)
    if not re.fullmatch(r"[0-9]{11}", number):
        raise Wrong("手机号应为11位", "A mobile number has 11 digits")
    if not re.match(r"1[3-9]", number):
        raise Wrong("手机号有误，请核对", "This is no mobile number; please check")
    return number


# --- Cards, accounts and organisations


def card(typed: str) -> str:
    """A bank card number: 16 to 19 digits for 62…, 13 to 19 for others; Luhn, which old cards of 9… may fail."""
    number = compact(typed)
    least = 16 if number.startswith("62") else 13
    if not re.fullmatch(rf"[0-9]{{{least},19}}", number):
        raise Wrong("卡号应为16–19位", "A card number has 16 to 19 digits")
    if not luhn(number) and not number.startswith("9"):
        raise Wrong("卡号有误，请对照卡面重新核对", "This card number is wrong; please compare it with the card")
    return number


def luhn(number: str) -> bool:
    """From the right every second digit doubled, minus 9 above 9: the sum ends in 0."""
    doubled = (int(digit) * (1 + index % 2) for index, digit in enumerate(reversed(number)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def account(typed: str) -> str:
    """An account number: no check digit is common to all banks, so only the length counts."""
    number = compact(typed)
    if not re.fullmatch(r"[0-9]{10,32}", number):
        raise Wrong("账号应为10–32位数字", "An account number has 10 to 32 digits")
    return number


def organisation(typed: str) -> str:
    """A unified social credit code."""
    code = compact(typed)
    if len(code) != 18:
        raise Wrong(
            f"统一社会信用代码应为18位，您输入了{len(code)}位", f"The code has 18 characters; you entered {len(code)}"
        )
    if any(sign not in _ORG_SIGNS for sign in code):
        raise Wrong(
            "统一社会信用代码不含字母I、O、S、V、Z", "The code has digits and letters, without I, O, S, V and Z"
        )
    if code[17] != organisation_check(code[:17]):
        raise Wrong(
            "统一社会信用代码有误，请对照营业执照核对", "This code is wrong; please compare it with the licence"
        )
    return code


def organisation_check(signs: str) -> str:
    """The 18th character of a unified social credit code: 31 minus the weighted sum modulo 31."""
    total = sum(_ORG_SIGNS.index(sign) * weight for sign, weight in zip(signs, _ORG_WEIGHTS, strict=True))
    return _ORG_SIGNS[-total % 31]
