"""One form as filled in, judged: what is asked, what is right, what follows from it.

The fields stand in the order of the paper, and a field may only look at fields above it, so one pass is enough.
What each kind of field accepts is in `written.py`, the checks themselves are in `checks.py` and `capitals.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from lobbyline.lobby.forms import capitals, checks, written
from lobbyline.lobby.forms.checks import Wrong
from lobbyline.lobby.forms.conventions import Conventions

if TYPE_CHECKING:
    from lobbyline.lobby.branch import Text
    from lobbyline.lobby.forms.form import Condition, Derive, Field, Form


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

    def __init__(self, form: Form, typed: Mapping[str, str], today: date, conventions: Conventions) -> None:
        self.form, self.typed, self.today, self.conventions = form, typed, today, conventions
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
            return capitals.money(answer) > condition.over * 100
        if condition.younger_than is not None:
            return self.age(answer) < condition.younger_than
        if condition.from_age is not None:
            return self.age(answer) >= condition.from_age
        return not set(condition.one_of).isdisjoint(answer.split(","))

    def age(self, born: str) -> int:
        """Full years today of somebody born on that day."""
        return checks.age(date.fromisoformat(born), self.today)

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
                raise written.missing(line)
        except Wrong as wrong:
            self.errors[name] = wrong

    def _derive(self, name: str, line: Field) -> None:
        value = _FOLLOWS[line.derive](self, line) if line.derive else ""
        if value:
            self.derived[name] = value

    def score(self) -> int | None:
        """The points of all answers of the questionnaire; nothing while one is missing."""
        questions = {name: line.points for name, line in self.form.fields.items() if line.points}
        if not questions.keys() <= self.answers.keys():
            return None
        return sum(points[self.answers[name]] for name, points in questions.items())

    def _read(self, name: str, line: Field, typed: str) -> str:
        """The answer as it is kept."""
        if typed.strip() in line.also:
            return typed.strip()
        again = self.typed.get(f"{name}_again", typed)
        if line.twice and again != typed:
            raise (
                Wrong("两次输入不一致", "The two entries differ")
                if again
                else Wrong("请再输入一次", "Enter it once more")
            )
        if line.pages:
            written.read_to_the_end(line, self.typed.get(f"{name}_read", ""))
        answer = written.KEPT[line.kind](self, line, typed)
        self._fit_pattern(line, answer)
        if line.kind == "card" and not checks.luhn(answer):
            self.notes[name] = Wrong(
                "旧卡号无法自动核对，请对照卡面", "An old card cannot be checked; compare it yourself"
            )
        return answer

    def _fit_pattern(self, line: Field, answer: str) -> None:
        pattern = line.pattern or line.patterns.get(self.answers.get(line.pattern_by, ""), "")
        if pattern and not re.fullmatch(pattern, answer):
            raise Wrong(f"{written.called(line).zh}有误，请核对", f"{written.called(line).en}: please check")

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
            self._not_above(name, line)
            self._note_the_term(name, line)

    def _called(self, name: str) -> Text:
        return written.called(self.form.fields[name])

    def _one_of(self, names: list[str]) -> None:
        if names and not any(name in self.answers or name in self.errors for name in names):
            labels = [self._called(name) for name in names]
            zh, en = "或".join(label.zh for label in labels), " or ".join(label.en for label in labels)
            self.errors[names[0]] = Wrong(f"请填写{zh}", f"Fill in {en}")

    def _together(self, names: list[str]) -> None:
        if any(name in self.answers for name in names):
            for name in names:
                if name not in self.answers:
                    self.errors.setdefault(name, written.missing(self.form.fields[name]))

    def _differ(self, names: list[str]) -> None:
        first: dict[str, str] = {}
        for name in names:
            other = first.setdefault(self.answers[name], name)
            if other != name:
                label, earlier = self._called(name), self._called(other)
                self.errors[name] = Wrong(
                    f"{label.zh}不能与{earlier.zh}相同", f"{label.en} and {earlier.en} may not be the same"
                )

    def _at_most(self, name: str, line: Field) -> None:
        amount, limit = self.answers.get(name), self.answers.get(line.at_most)
        if amount and limit and capitals.money(amount) > capitals.money(limit):
            other = self._called(line.at_most)
            self.errors[name] = Wrong(
                f"{written.called(line).zh}不能高于{other.zh}", f"{written.called(line).en} may not be above {other.en}"
            )

    def _not_above(self, name: str, line: Field) -> None:
        """A product may not be riskier than its buyer can bear."""
        chosen, level = self.answers.get(name), self.derived.get(line.not_above)
        if chosen and level:
            levels = list(self.form.fields[line.not_above].levels)
            if list(line.choices).index(chosen) > levels.index(level):
                self.errors[name] = Wrong(
                    f"{written.called(line).zh}{chosen}高于您的评估结果{level}，不能继续",
                    f"{written.called(line).en} {chosen} is above your result {level}; please choose another",
                )

    def _note_the_term(self, name: str, line: Field) -> None:
        """An ID card's term goes by age: an unlikely one is pointed out and let pass."""
        until, born = self.answers.get(name), self.derived.get(line.term_by)
        if until and born:
            end = None if until in line.also else date.fromisoformat(until)
            if not checks.term_fits(date.fromisoformat(born), end, self.today):
                self.notes[name] = Wrong("有效期与年龄不相符，请核对", "This term does not fit the age; please check")


def _capitals(sheet: Sheet, line: Field) -> str:
    amount, closed = sheet.answers.get(line.source), sheet.conventions.zheng_after_jiao
    return capitals.capitals(capitals.money(amount), zheng_after_jiao=closed) if amount else ""


def _of_id(tell: Callable[[Sheet, str], str]) -> Callable[[Sheet, Field], str]:
    """What a resident ID number tells; a passport tells neither gender nor birth."""

    def follow(sheet: Sheet, line: Field) -> str:
        number = sheet.answers.get(line.source, "")
        return tell(sheet, number) if checks.is_resident_id(number, sheet.today) else ""

    return follow


def _born(number: str) -> str:
    return f"{number[6:10]}-{number[10:12]}-{number[12:14]}"


def _score(sheet: Sheet, _line: Field) -> str:
    score = sheet.score()
    return "" if score is None else str(score)


def _level(sheet: Sheet, line: Field) -> str:
    """The highest level whose least score is reached."""
    score = sheet.score()
    reached = [level for level, least in line.levels.items() if score is not None and score >= least]
    return reached[-1] if reached else ""


_FOLLOWS: dict[Derive, Callable[[Sheet, Field], str]] = {
    "capitals": _capitals,
    "gender": _of_id(lambda _sheet, number: checks.gender(number)),
    "birth": _of_id(lambda _sheet, number: _born(number)),
    "age": _of_id(lambda sheet, number: str(sheet.age(_born(number)))),
    "score": _score,
    "level": _level,
}
