"""What each kind of field keeps of what was typed; `Wrong` says what to do instead. The sheet is what stands above."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from lobbyline.lobby.forms import capitals, checks
from lobbyline.lobby.forms.checks import Wrong
from lobbyline.lobby.settings.setting import Text

if TYPE_CHECKING:
    from lobbyline.lobby.forms.form import Field, Kind
    from lobbyline.lobby.forms.sheet import Sheet

RESIDENT_ID = "居民身份证"
TICKED, UNTICKED = "是", "否"
TICKS = {"是", "true", "yes", "1", "✓", "√"}
NOT_TICKS = {"否", "false", "no", "0"}


def text(_sheet: Sheet, line: Field, typed: str) -> str:
    words = typed.strip()
    if not words.isprintable():
        raise Wrong("含有不能打印的字符，请重新输入", "It holds characters that cannot be printed; enter it again")
    return measured(line, words, "个字", "characters")


def digits(_sheet: Sheet, line: Field, typed: str) -> str:
    number = checks.compact(typed)
    if not re.fullmatch("[0-9]+", number):
        raise Wrong("只能输入数字", "Digits only")
    return measured(line, number, "位", "digits")


def latin(_sheet: Sheet, line: Field, typed: str) -> str:
    """A name as it stands in a passport."""
    name = re.sub(" +", " ", typed.strip().upper())
    if not re.fullmatch("[A-Z]+(?:[ '-][A-Z]+)*", name):
        raise Wrong("请用拼音或英文字母填写", "Write it in Latin letters, as in a passport")
    return measured(line, name, "个字母", "letters")


def code(_sheet: Sheet, line: Field, typed: str) -> str:
    """Capital letters and digits, as on a document."""
    signs = checks.compact(typed)
    if not re.fullmatch("[A-Z0-9]+", signs):
        raise Wrong("只能输入字母和数字", "Letters and digits only")
    return measured(line, signs, "位", "characters")


def money(_sheet: Sheet, line: Field, typed: str) -> str:
    fen = capitals.amount(typed)
    if line.most is not None and fen > line.most * 100:
        raise Wrong(f"{called(line).zh}不能超过{line.most}元", f"{called(line).en}: at most {line.most} yuan")
    return capitals.yuan(fen)


def document(sheet: Sheet, line: Field, typed: str) -> str:
    """The number of whatever document was chosen above."""
    if sheet.answers.get(line.type_in, RESIDENT_ID) == RESIDENT_ID:
        return checks.resident_id(typed, sheet.today)
    return checks.document_number(typed)


def choice(sheet: Sheet, line: Field, typed: str) -> str:
    if line.free:
        return text(sheet, line, typed)
    chosen = re.split("[,，、]", typed.strip()) if line.several else [typed.strip()]
    if not set(chosen) <= set(line.choices):
        said = "、".join(line.choices)
        raise Wrong(f"请从{said}中选择", f"Choose from {', '.join(text.en for text in line.choices.values())}")
    return ",".join(dict.fromkeys(chosen))


def check(_sheet: Sheet, line: Field, typed: str) -> str:
    word = typed.strip().lower()
    if word in TICKS:
        return TICKED
    if word in NOT_TICKS and not line.required:
        return UNTICKED
    raise missing(line)


def day(sheet: Sheet, line: Field, typed: str) -> str:
    when = capitals.day(typed)
    if line.valid_today and when < sheet.today:
        raise Wrong("证件已过期，仍可取号，请先咨询大堂经理", "This document has expired; ask the lobby manager first")
    if (line.past or line.days_to_present) and when > sheet.today:
        raise Wrong(f"{called(line).zh}晚于今天，请核对", f"{called(line).en} lies ahead; please check")
    days = line.days_to_present
    if days and sheet.today > capitals.last_day_to_present(when, days, sheet.conventions):
        raise Wrong(f"支票已超过提示付款期（自出票日起{days}日）", f"The cheque had to be presented within {days} days")
    return when.isoformat()


KEPT: dict[Kind, Callable[[Sheet, Field, str], str]] = {
    "text": text,
    "latin": latin,
    "code": code,
    "digits": digits,
    "money": money,
    "id": document,
    "choice": choice,
    "check": check,
    "date": day,
    "name": lambda _sheet, _field, typed: checks.name(typed),
    "phone": lambda _sheet, _field, typed: checks.phone(typed),
    "card": lambda _sheet, _field, typed: checks.card(typed),
    "account": lambda _sheet, _field, typed: checks.account(typed),
    "uscc": lambda _sheet, _field, typed: checks.organisation(typed),
}


def called(line: Field) -> Text:
    """What a sentence calls a field: its label, without what stands in brackets."""
    return Text({language: re.sub(r"\s*[(（].*?[)）]", "", label) for language, label in line.label.root.items()})


def missing(line: Field) -> Wrong:
    """What is said when nothing is there and something is needed."""
    if line.missing:
        return Wrong(line.missing.zh, line.missing.en)
    if line.kind == "check":
        return Wrong("请阅读后勾选", "Please read it, then tick it")
    if line.kind == "choice":
        return Wrong(f"请选择{called(line).zh}", "Please choose")
    return Wrong(f"请填写{called(line).zh}", "Please fill this in")


def read_to_the_end(line: Field, read: str) -> None:
    """Where the face says how many pages were shown, it must have been all of them."""
    if read and read != str(len(line.pages)):
        raise Wrong(f"请先读完全部{len(line.pages)}页", f"Please read all {len(line.pages)} pages first")


def measured(line: Field, words: str, zh: str, en: str) -> str:
    least, most = line.shortest, line.longest
    if not least <= len(words) <= most:
        limits = str(most) if least == most else f"{least}–{most}"
        raise Wrong(f"应为{limits}{zh}，您输入了{len(words)}{zh}", f"{limits} {en}; you entered {len(words)}")
    return words
