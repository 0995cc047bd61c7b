"""A form in the customer's hands: which page, which field, what was typed so far. Judged by the form itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from lobbyline.kiosk.keyboard import Layout, Typing
from lobbyline.lobby.branch import Text
from lobbyline.lobby.forms import Checked, Field, Form
from lobbyline.lobby.sheet import RESIDENT_ID

AGAIN = "_again"  # the second entry of a field that is typed twice
LAYOUTS: dict[str, Layout] = {
    "text": "pinyin",
    "name": "pinyin",
    "digits": "digits",
    "money": "money",
    "phone": "digits",
    "card": "digits",
    "account": "digits",
    "id": "id",
    "uscc": "capitals",
    "date": "date",
    "choice": "choice",
}
MOST = 4  # fields a page: more would hide behind the keyboard
FEW = 4  # choices up to this number stand in the field itself


@dataclass(frozen=True)
class Filling:
    """One form being filled: a value that changes into the next one with each touch."""

    id: str
    form: Form
    today: date
    language: str
    answers: Mapping[str, str] = field(default_factory=dict)
    page: int = 0
    active: str = ""
    judged: frozenset[str] = frozenset()  # fields whose mistakes are shown

    @cached_property
    def checked(self) -> Checked:
        return self.form.check(self.answers, self.today, language=self.language)

    @cached_property
    def pages(self) -> list[tuple[Text, list[str]]]:
        """Pages that ask something now, with the fields they ask."""
        asked = set(self.checked.asked)
        pages = [(title, self._typed(fields, asked)) for _, title, fields in self.form.pages()]
        return [(title, names[first : first + MOST]) for title, names in pages for first in range(0, len(names), MOST)]

    @property
    def names(self) -> list[str]:
        """The fields of the page in hand."""
        return self.pages[min(self.page, len(self.pages) - 1)][1]

    @property
    def last(self) -> bool:
        return self.page >= len(self.pages) - 1

    @property
    def wrong(self) -> list[str]:
        """Fields of this page that cannot stay as they are."""
        return [name for name in self.names if self.error(name)]

    def error(self, name: str) -> str:
        return self.checked.errors.get(name.removesuffix(AGAIN), "")

    def line(self, name: str) -> Field:
        return self.form.fields[name.removesuffix(AGAIN)]

    def opened(self, page: int) -> Filling:
        """On another page, at its first field that is empty or wrong."""
        there = replace(self, page=max(0, min(page, len(self.pages) - 1)), active="")
        todo = [name for name in there.names if not there.answers.get(name) or there.error(name)]
        return replace(there, active=(todo or there.names)[0])

    def at(self, name: str) -> Filling:
        """At a field, on whatever page it stands."""
        page = next((place for place, (_, names) in enumerate(self.pages) if name in names), self.page)
        return replace(self, page=page, active=name)

    def written(self, text: str) -> Filling:
        """With the active field's text; a mistake told before disappears while it is being mended."""
        answers = {**self.answers, self.active: text}
        return replace(self, answers=answers, judged=self.judged - {self.active})

    def chosen(self, choice: str) -> Filling:
        """With a choice made, or taken back where several may stand."""
        several, now = self.line(self.active).several, self.answers.get(self.active, "")
        if not several:
            return self.written(choice)
        kept = [one for one in now.split(",") if one]
        return self.written(",".join([one for one in kept if one != choice] if choice in kept else [*kept, choice]))

    def judge(self) -> Filling:
        """With this page's mistakes shown, at the first of them."""
        judged = replace(self, judged=self.judged | set(self.names))
        return replace(judged, active=judged.wrong[0]) if judged.wrong else judged

    def typing(self) -> Typing:
        """The keyboard for the active field, holding what it has."""
        return Typing(text=self.answers.get(self.active, ""), layout=self.layout(self.active))

    def layout(self, name: str) -> Layout:
        line = self.line(name)
        if line.kind == "choice" and len(line.choices) <= FEW and not line.several:
            return ""
        if line.kind == "id" and self._foreign(line):
            return "capitals"
        if line.kind in ("name", "text") and not self.language.startswith("zh"):
            return "latin"
        return LAYOUTS.get(line.kind, "pinyin")

    def choices(self, name: str, words: Mapping[str, str]) -> list[dict[str, Any]]:
        """What may be chosen for a field, or taken instead of typing."""
        line, now = self.line(name), self.answers.get(name, "").split(",")
        offered = [(value, text.say(self.language)) for value, text in line.choices.items()]
        instead = [(word, words.get(f"also_{word}", word)) for word in line.also]
        return [
            {"name": f"choice-{name}-{place}", "label": label, "chosen": value in now}
            for place, (value, label) in enumerate([*offered, *instead])
        ]

    def choice(self, name: str, place: int) -> str:
        """The value of a field's choice by its place."""
        line = self.line(name)
        return [*line.choices, *line.also][place]

    def shown(self, name: str) -> str:
        """The answer in people's words."""
        line, value = self.line(name), self.answers.get(name, "")
        if line.kind != "choice":
            return grouped(line.kind, value)
        return "、".join(text.say(self.language) for one, text in line.choices.items() if one in value.split(","))

    def masked(self, name: str) -> str:
        """The answer as it may stand where others see it."""
        return mask(self.line(name).kind, self.answers.get(name, "")) or self.shown(name)

    def derived(self, names: list[str]) -> list[tuple[str, str]]:
        """What was worked out from these fields, with its label."""
        fields = self.form.fields
        return [
            (fields[name].label.say(self.language), value)
            for name, value in self.checked.derived.items()
            if fields[name].source in names
        ]

    def _typed(self, fields: Mapping[str, Field], asked: set[str]) -> list[str]:
        names = [name for name in fields if name in asked]
        return [entry for name in names for entry in ((name, name + AGAIN) if fields[name].twice else (name,))]

    def _foreign(self, line: Field) -> bool:
        paper = self.answers.get(line.type_in, "")
        return bool(paper) and paper != RESIDENT_ID


def mask(kind: str, value: str) -> str:
    """First and last characters of what nobody else should read; empty where nothing is hidden."""
    keep = {"id": (3, 4), "card": (4, 4), "account": (0, 4), "phone": (3, 4), "name": (1, 0), "uscc": (2, 4)}.get(kind)
    if keep is None or len(value) <= sum(keep):
        return ""
    front, back = keep
    return value[:front] + "*" * (len(value) - front - back) + (value[-back:] if back else "")


def grouped(kind: str, value: str) -> str:
    """Long numbers in groups of four, phones as people say them, amounts with commas."""
    if kind in ("card", "account"):
        return re.sub(r"(\w{4})(?=\w)", r"\1 ", value)
    if kind == "phone":
        return re.sub(r"^(\d{3})(\d{1,4})(\d*)$", r"\1 \2 \3", value).strip()
    if kind == "money":
        whole, point, rest = value.partition(".")
        return (f"{int(whole):,}" if whole.isdigit() else whole) + point + rest
    return value
