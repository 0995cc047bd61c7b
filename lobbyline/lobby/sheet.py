"""One form as filled in, judged: what is asked, what is right, what follows from it.

The fields stand in the order of the paper, and a field may only look at fields above it, so one pass is enough.
The checks themselves are in `checks.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from lobbyline.lobby import checks
from lobbyline.lobby.checks import Wrong

if TYPE_CHECKING:
    from lobbyline.lobby.forms import Condition, Field, Form, Kind

RESIDENT_ID = "居民身份证"


@dataclass(frozen=True)
class Checked:
    """The judgement: a sentence for each wrong field, and what follows from the right ones.

    `answers` are in the form they should be kept; `asked` are the fields to show for the answers so far;
    `notes` are sentences that stop nobody.
    """

    ok: bool
    errors: dict[str, str]
    derived: dict[str, str]
    answers: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)


class Sheet:
    """One form being judged, line after line in the order of the paper."""

    def __init__(self, form: Form, typed: Mapping[str, str], today: date, holidays: Collection[date]) -> None:
        self.form, self.typed, self.today, self.holidays = form, typed, today, holidays
        self.asked: list[str] = []
        self.answers: dict[str, str] = {}
        self.derived: dict[str, str] = {}
        self.errors: dict[str, Wrong] = {}
        self.notes: dict[str, Wrong] = {}
        for name, line in form.fields.items():
            if line.when is None or self._holds(line.when):
                self._judge(name, line)
        self._compare()

    def checked(self, language: str) -> Checked:
        """The judgement in words of `language`."""
        return Checked(
            ok=not self.errors,
            errors={name: wrong.say(language) for name, wrong in self.errors.items()},
            derived=self.derived,
            answers=self.answers,
            asked=self.asked,
            notes={name: note.say(language) for name, note in self.notes.items()},
        )

    def _holds(self, condition: Condition) -> bool:
        answer = self.answers.get(condition.field) or self.derived.get(condition.field)
        if answer is None:
            return False
        if condition.over is not None:
            return checks.money(answer) > condition.over * 100
        if condition.younger_than is not None:
            return checks.age(date.fromisoformat(answer), self.today) < condition.younger_than
        return not set(condition.one_of).isdisjoint(answer.split(","))

    def _judge(self, name: str, line: Field) -> None:
        if line.kind == "derived":
            self._derive(name, line)
            return
        self.asked.append(name)
        typed = self.typed.get(name, "") or line.usual
        try:
            if typed.strip():
                self.answers[name] = self._read(name, line, typed)
            elif line.required:
                raise _missing(line)
        except Wrong as wrong:
            self.errors[name] = wrong

    def _derive(self, name: str, line: Field) -> None:
        """What follows from an answer; a passport tells neither gender nor birth."""
        source = self.answers.get(line.source)
        if source is None:
            return
        if line.derive == "capitals":
            self.derived[name] = checks.capitals(checks.money(source))
        elif checks.is_resident_id(source, self.today):
            born = f"{source[6:10]}-{source[10:12]}-{source[12:14]}"
            self.derived[name] = checks.gender(source) if line.derive == "gender" else born

    def _read(self, name: str, line: Field, typed: str) -> str:
        """The answer as it is kept."""
        if typed.strip() in line.also:
            return typed.strip()
        again = self.typed.get(f"{name}_again", "")
        if line.twice and again.strip() and again != typed:
            raise Wrong("两次输入不一致", "The two entries differ")
        answer = _READ[line.kind](self, line, typed)
        pattern = line.pattern or line.patterns.get(self.answers.get(line.pattern_by, ""), "")
        if pattern and not re.fullmatch(pattern, answer):
            raise Wrong(f"{line.label.zh}有误,请核对", f"{line.label.en}: please check")
        if line.kind == "card" and not checks.luhn(answer):
            self.notes[name] = Wrong(
                "旧卡号无法自动核对,请对照卡面", "An old card cannot be checked; compare it yourself"
            )
        return answer

    def text(self, line: Field, typed: str) -> str:
        text = typed.strip()
        if not text.isprintable():
            raise Wrong("含有不能打印的字符,请重新输入", "It holds characters that cannot be printed; enter it again")
        return _measured(line, text, "个字", "characters")

    def digits(self, line: Field, typed: str) -> str:
        number = checks.compact(typed)
        if not re.fullmatch("[0-9]+", number):
            raise Wrong("只能输入数字", "Digits only")
        return _measured(line, number, "位", "digits")

    def money(self, line: Field, typed: str) -> str:
        fen = checks.money(typed)
        if line.most is not None and fen > line.most * 100:
            raise Wrong(f"{line.label.zh}不能超过{line.most}元", f"{line.label.en}: at most {line.most} yuan")
        return checks.yuan(fen)

    def id(self, line: Field, typed: str) -> str:
        if self.answers.get(line.type_in, RESIDENT_ID) == RESIDENT_ID:
            return checks.resident_id(typed, self.today)
        return checks.paper_number(typed)

    def choice(self, line: Field, typed: str) -> str:
        chosen = re.split("[,,、]", typed.strip()) if line.several else [typed.strip()]
        if line.free:
            return self.text(line, typed)
        if not set(chosen) <= set(line.choices):
            said = "、".join(line.choices)
            raise Wrong(f"请从{said}中选择", f"Choose from {', '.join(text.en for text in line.choices.values())}")
        return ",".join(dict.fromkeys(chosen))

    def date(self, line: Field, typed: str) -> str:
        day = checks.day(typed)
        if line.valid_today and day < self.today:
            raise Wrong(
                "证件已过期,仍可取号,请先咨询大堂经理", "This document has expired; ask the lobby manager first"
            )
        if (line.past or line.days_to_present) and day > self.today:
            raise Wrong(f"{line.label.zh}晚于今天,请核对", f"{line.label.en} lies ahead; please check")
        days = line.days_to_present
        if days and self.today > checks.last_day_to_present(day, days, self.holidays):
            raise Wrong(
                f"支票已超过提示付款期(自出票日起{days}日)", f"The cheque had to be presented within {days} days"
            )
        return day.isoformat()

    def _compare(self) -> None:
        """The rules between fields, where the fields themselves are right."""
        for names in self.form.one_of:
            self._one_of([name for name in names if name in self.asked])
        for names in self.form.together:
            self._together([name for name in names if name in self.asked])
        for names in self.form.differ:
            self._differ([name for name in names if name in self.answers])
        for name, line in self.form.fields.items():
            self._at_most(name, line)
            self._note_the_term(name, line)

    def _one_of(self, names: list[str]) -> None:
        if names and not any(name in self.answers or name in self.errors for name in names):
            labels = [self.form.fields[name].label for name in names]
            zh, en = "或".join(label.zh for label in labels), " or ".join(label.en for label in labels)
            self.errors[names[0]] = Wrong(f"请填写{zh}", f"Fill in {en}")

    def _together(self, names: list[str]) -> None:
        if any(name in self.answers for name in names):
            for name in names:
                if name not in self.answers:
                    self.errors.setdefault(name, _missing(self.form.fields[name]))

    def _differ(self, names: list[str]) -> None:
        first: dict[str, str] = {}
        for name in names:
            other = first.setdefault(self.answers[name], name)
            if other != name:
                label, earlier = self.form.fields[name].label, self.form.fields[other].label
                self.errors[name] = Wrong(
                    f"{label.zh}不能与{earlier.zh}相同", f"{label.en} and {earlier.en} may not be the same"
                )

    def _at_most(self, name: str, line: Field) -> None:
        amount, limit = self.answers.get(name), self.answers.get(line.at_most)
        if amount and limit and checks.money(amount) > checks.money(limit):
            other = self.form.fields[line.at_most].label
            self.errors[name] = Wrong(
                f"{line.label.zh}不能高于{other.zh}", f"{line.label.en} may not be above {other.en}"
            )

    def _note_the_term(self, name: str, line: Field) -> None:
        """An ID card's term goes by age: an unlikely one is pointed out and let pass."""
        until, born = self.answers.get(name), self.derived.get(line.term_by)
        if until and born:
            end = None if until in line.also else date.fromisoformat(until)
            if not checks.term_fits(date.fromisoformat(born), end, self.today):
                self.notes[name] = Wrong("有效期与年龄不相符,请核对", "This term does not fit the age; please check")


_READ: dict[Kind, Callable[[Sheet, Field, str], str]] = {
    "text": Sheet.text,
    "digits": Sheet.digits,
    "money": Sheet.money,
    "id": Sheet.id,
    "choice": Sheet.choice,
    "date": Sheet.date,
    "name": lambda _sheet, _field, typed: checks.name(typed),
    "phone": lambda _sheet, _field, typed: checks.phone(typed),
    "card": lambda _sheet, _field, typed: checks.card(typed),
    "account": lambda _sheet, _field, typed: checks.account(typed),
    "uscc": lambda _sheet, _field, typed: checks.organisation(typed),
}


def _missing(line: Field) -> Wrong:
    if line.missing:
        return Wrong(line.missing.zh, line.missing.en)
    verb = "请选择" if line.kind == "choice" else "请填写"
    return Wrong(f"{verb}{line.label.zh}", f"{line.label.en} is needed")


def _measured(line: Field, text: str, zh: str, en: str) -> str:
    least, most = line.shortest, line.longest
    if not least <= len(text) <= most:
        limits = str(most) if least == most else f"{least}–{most}"
        raise Wrong(f"应为{limits}{zh},您输入了{len(text)}{zh}", f"{limits} {en}; you entered {len(text)}")
    return text
