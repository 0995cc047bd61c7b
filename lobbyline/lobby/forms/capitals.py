"""Amounts and dates: as they are typed and kept, and in the capitals that cheques and slips ask for.

The standard: 支付结算办法 附件一. What cannot be right is `Wrong`, as in `checks.py`.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

from lobbyline.lobby.forms.checks import Wrong
from lobbyline.lobby.forms.conventions import USUAL, Conventions

DIGITS = "零壹贰叁肆伍陆柒捌玖"
MOST_FEN = 99_999_999_999_999

_MONEY = re.compile(r"(?:0|[1-9][0-9]*|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.[0-9]{1,2})?")
# What people also write for the same capital.
_SAME = str.maketrans("圆圓正貳贰參叄陸億萬幣", "元元整贰贰叁叁陆亿万币")
_GROUP = "(?:([D])仟)?(?:([D])佰)?(?:([D])拾)?([D])?".replace("D", DIGITS[1:])
_AMOUNT = re.compile(f"(?:{_GROUP}亿)?(?:{_GROUP}万)?(?:{_GROUP}元)?(?:([D])角)?(?:([D])分)?".replace("D", DIGITS[1:]))


# --- Amounts


def amount(typed: str) -> int:
    """An amount in fen, in figures or in capitals as on a cheque."""
    return read_capitals(typed) if set(DIGITS) & set(typed.translate(_SAME)) else money(typed)


def money(typed: str) -> int:
    """An amount in fen: more than nothing, at most two decimals, commas only between thousands."""
    if not _MONEY.fullmatch(typed):
        raise Wrong("请输入大于0、最多两位小数的金额", "Enter an amount above 0 with at most two decimals")
    yuan, _, cents = typed.replace(",", "").partition(".")
    if len(yuan) > 12:
        raise Wrong("金额不能超过999,999,999,999.99元", "The amount may not exceed 999,999,999,999.99 yuan")
    fen = int(yuan) * 100 + int(cents.ljust(2, "0"))
    if fen == 0:
        raise Wrong("请输入大于0、最多两位小数的金额", "Enter an amount above 0 with at most two decimals")
    return fen


def yuan(fen: int) -> str:
    """An amount as it is kept and shown: 168032 is "1680.32"."""
    return f"{fen // 100}.{fen % 100:02d}" if fen % 100 else str(fen // 100)


def capitals(fen: int, *, zheng_after_jiao: bool = False) -> str:
    """An amount in capitals, in its one canonical form: 168032 is 人民币壹仟陆佰捌拾元零叁角贰分."""
    if not 0 < fen <= MOST_FEN:
        raise ValueError(f"no amount in capitals for {fen} fen")
    text = _spelling(fen).replace("?", "").replace("!", "零").replace("~", "整" if zheng_after_jiao else "")
    return f"人民币{text}"


def read_capitals(typed: str) -> int:
    """The fen of an amount in capitals, in any form the rules permit."""
    text = typed.strip().translate(_SAME).removeprefix("人民币")
    read = _AMOUNT.fullmatch(re.sub("[零整]", "", text))
    digits = [DIGITS.index(digit) if digit else 0 for digit in read.groups()] if read else []
    fen = int("".join(map(str, digits)) or "0")
    if not fen or not re.fullmatch(re.sub("[?!]", "零?", _spelling(fen)).replace("~", "整?"), text):
        raise Wrong("大写金额书写有误，请核对", "The amount in capitals is not written correctly")
    return fen


def _spelling(fen: int) -> str:
    """Capitals with the places of choice marked: `?` 零 usually left out, `!` 零 usually written, `~` 整 after 角."""
    whole, jiao, last = fen // 100, fen // 10 % 10, fen % 10
    text = f"{_whole(whole)}元" if whole else ""
    if not jiao and not last:
        return f"{text}整"
    if jiao:
        text += ("!" if whole and whole % 10 == 0 else "") + f"{DIGITS[jiao]}角"
    elif whole:
        text += "零"
    return text + (f"{DIGITS[last]}分" if last else "~")


def _whole(yuan: int) -> str:
    """The yuan in groups of four digits: 亿, 万, 元."""
    text, above, skipped = "", 0, False
    for value, unit in ((yuan // 10**8, "亿"), (yuan // 10**4 % 10**4, "万"), (yuan % 10**4, "")):
        if value == 0:
            skipped = bool(text)
            continue
        if text:
            text += _between(above, value, skipped=skipped)
        text += f"{_group(value)}{unit}"
        above, skipped = value, False
    return text


def _between(above: int, below: int, *, skipped: bool) -> str:
    """What stands between two groups, with perhaps a group of zeros skipped between them."""
    if below < 1000:
        return "零"
    if skipped:
        return "!"
    return "?" if above % 10 == 0 else ""


def _group(value: int) -> str:
    """Up to four digits; zeros between two others become one 零."""
    digits = "".join(f"{DIGITS[int(digit)]}{unit}" for digit, unit in zip(f"{value:04d}", "仟佰拾 ", strict=True))
    return re.sub("零+", "零", re.sub("零[仟佰拾 ]", "零", digits)).strip("零 ")


# --- Dates


def day(typed: str) -> date:
    """A date as 2026-01-15, or in capitals as on a cheque."""
    text = unicodedata.normalize("NFKC", typed).strip()
    try:
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else read_date_capitals(text)
    except ValueError as error:
        raise Wrong("日期有误，请写成2026-01-15", "Write the date like 2026-01-15") from error


def date_capitals(value: date) -> str:
    """A date as the issue date of a cheque: 贰零贰陆年零壹月壹拾伍日."""
    year = "".join(DIGITS[int(digit)] for digit in f"{value.year:04d}")
    return f"{year}年{_month(value.month)}月{_day_of_month(value.day)}日"


def read_date_capitals(typed: str) -> date:
    """The date in capitals; a 零 before a month from 3 to 9 is tolerated."""
    read = re.fullmatch(f"([{DIGITS}]{{4}})年(.+)月(.+)日", typed.strip().translate(_SAME))
    months = {_month(month): month for month in range(1, 13)} | {f"零{DIGITS[month]}": month for month in range(1, 10)}
    days = {_day_of_month(number): number for number in range(1, 32)}
    if not read or read[2] not in months or read[3] not in days:
        raise Wrong("日期有误，请写成2026-01-15", "Write the date like 2026-01-15")
    return date(int("".join(str(DIGITS.index(digit)) for digit in read[1])), months[read[2]], days[read[3]])


def _month(month: int) -> str:
    return ("零" if month in {1, 2, 10} else "") + _below_hundred(month)


def _day_of_month(number: int) -> str:
    return ("零" if number < 10 or number % 10 == 0 else "") + _below_hundred(number)


def _below_hundred(value: int) -> str:
    tens, ones = divmod(value, 10)
    return (f"{DIGITS[tens]}拾" if tens else "") + (DIGITS[ones] if ones else "")


def last_day_to_present(issued: date, days: int, conventions: Conventions = USUAL) -> date:
    """The end of a cheque's presentation period; a day of rest moves it to the next working day."""
    last = issued + timedelta(days=days)
    while conventions.rests(last):
        last += timedelta(days=1)
    return last
