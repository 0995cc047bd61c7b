"""A form in the customer's hands, as it stands: which page, which field, what was typed, what may be chosen.

Judged by the form itself, and told in the customer's words; `filling.py` makes the next one of it with each touch.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from lobbyline.kiosk.keyboard import Layout, Typing
from lobbyline.kiosk.view import folded
from lobbyline.lobby.branch import Text
from lobbyline.lobby.forms.conventions import USUAL, Conventions
from lobbyline.lobby.forms.form import Checked, Field, Form
from lobbyline.lobby.forms.masks import grouped, mask
from lobbyline.lobby.forms.written import RESIDENT_ID, TICKED

AGAIN = "_again"  # the second entry of a field that is typed twice
READ = "_read"  # how many leaves of what is to be read were shown
LAYOUTS: dict[str, Layout] = {
    "text": "pinyin",
    "name": "pinyin",
    "latin": "latin",
    "code": "capitals",
    "digits": "digits",
    "money": "money",
    "phone": "digits",
    "card": "digits",
    "account": "digits",
    "id": "id",
    "uscc": "capitals",
    "date": "date",
    "choice": "choice",
    "check": "",
}
MOST, FEW_LARGE = 4, 2  # fields a page, and in large letters: more would hide behind the keyboard
VEIL = "●●●●"
OWN = "…"  # the choice to write something else
FEW = 4  # choices up to this number stand in the field itself


@dataclass(frozen=True)
class InHand:
    """One form being filled."""

    id: str
    form: Form
    today: date
    language: str
    answers: Mapping[str, str] = field(default_factory=dict)
    page: int = 0
    active: str = ""
    judged: frozenset[str] = frozenset()  # fields whose mistakes are shown
    conventions: Conventions = USUAL
    most: int = MOST  # fields a page
    leaf: int = 0  # of what is to be read on this page
    warned: bool = False  # the form's warning was seen
    tapped: frozenset[str] = frozenset()  # fields that a reader filled; staff look at the original
    own: frozenset[str] = frozenset()  # choices that are written in own words instead
    like: str = ""  # which of our own languages the customer's is like; empty where it is one of them
    veiled: frozenset[str] = frozenset()  # kept from before and not shown: whoever picks it up typed a number only

    @cached_property
    def checked(self) -> Checked:
        again = {name + AGAIN: "" for name, line in self.form.fields.items() if line.twice}
        return self.form.check(again | dict(self.answers), self.today, self.conventions, self.like or self.language)

    @cached_property
    def pages(self) -> list[tuple[Text, list[str]]]:
        """Pages that ask something now, with the fields they ask."""
        asked = set(self.checked.asked)
        groups = [(title, [name for name in fields if name in asked]) for _, title, fields in self.form.pages()]
        return [(title, names) for title, fields in groups for names in self._packed(fields)]

    @property
    def known(self) -> dict[str, str]:
        """What the next form need not ask again: answers as they are kept, and what follows from them."""
        return self.checked.answers | self.checked.derived

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
        """What is wrong with a field; a second entry is not missed before there is a first one."""
        first = name.removesuffix(AGAIN)
        return self.checked.errors.get(first, "") if name == first or self.answers.get(first) else ""

    def line(self, name: str) -> Field:
        return self.form.fields[name.removesuffix(AGAIN)]

    @property
    def leaves(self) -> list[Text]:
        """What is to be read on this page."""
        return self.line(self.active).pages if self.active else []

    @property
    def warning(self) -> Text | None:
        """What must be seen before the first line."""
        return None if self.warned else self.form.warning

    @property
    def complete(self) -> bool:
        """Nothing of this form is left to be shown or mended before the review."""
        read = self.leaf >= len(self.leaves) - 1
        return self.last and not self.warning and read and not self.wrong

    def seen(self, name: str) -> int:
        """How many leaves of a field were shown."""
        return int(self.answers.get(name + READ) or 0)

    def shut(self, name: str) -> bool:
        """What may not be ticked yet, because it was not read to its end."""
        return self.seen(name) < len(self.line(name).pages)

    @property
    def chinese(self) -> bool:
        """Whether this customer writes and reads Chinese."""
        return (self.like or self.language) == "zh"

    def typing(self) -> Typing:
        """The keyboard for the active field, holding what it has."""
        text = "" if self.active in self.veiled else self.answers.get(self.active, "")
        return Typing(text=text, titled=self.line(self.active).kind == "name").on(self.layout(self.active))

    def layout(self, name: str) -> Layout:
        line = self.line(name)
        if self.inside(name):
            return ""
        if name in self.own:
            return "pinyin" if self.chinese else "latin"
        if line.kind == "id" and self._foreign(line):
            return "capitals"
        if line.kind in ("name", "text") and not self.chinese:
            return "latin"
        return LAYOUTS.get(line.kind, "pinyin")

    def inside(self, name: str) -> bool:
        """Whether the choices stand in the field itself."""
        line = self.line(name)
        few = len(line.choices) <= FEW and not line.several and not line.free
        return line.kind == "check" or (line.kind == "choice" and few)

    @property
    def question(self) -> bool:
        """One question of a questionnaire alone on its page: an answer leads on by itself."""
        return len(self.names) == 1 and bool(self.line(self.names[0]).points)

    @property
    def answered(self) -> bool:
        """A page on which nothing is typed and nothing is left open: its last answer leads on by itself."""
        chosen = {name for name in self.names if self.line(name).kind == "choice" and self.inside(name)}
        return set(self.names) <= chosen | self.tapped and not self._todo(self.names)

    def choices(self, name: str, words: Mapping[str, str]) -> list[dict[str, Any]]:
        """What may be chosen for a field, or taken instead of typing."""
        now = (self.answers.get(name) or self.line(name).usual).split(",")
        return [
            {
                "name": f"choice-{name}-{place}",
                "label": label,
                "halves": folded(label),
                "chosen": value in now and name not in self.veiled,
                "shut": self.shut(name),
            }
            for place, (value, label) in enumerate(self._offered(name, words).items())
        ]

    def choice(self, name: str, place: int) -> str:
        """The value of a field's choice by its place."""
        return list(self._offered(name, {}))[place]

    def _offered(self, name: str, words: Mapping[str, str]) -> dict[str, str]:
        """Values with what stands on them; what may be taken instead of typing comes last."""
        line = self.line(name)
        offered = {value: text.say(self.language) for value, text in line.choices.items()}
        ticks = {TICKED: line.label.say(self.language)} if line.kind == "check" else {}
        own = {OWN: words.get("own_words", "")} if line.free else {}
        return offered | ticks | own | {value: words.get(f"also_{value}", value) for value in line.also}

    def shown(self, name: str, words: Mapping[str, str]) -> str:
        """The answer in people's words."""
        if name in self.veiled:
            return VEIL
        line, value = self.line(name), self.answers.get(name) or self.line(name).usual
        if line.kind != "choice" or (value and line.free and value not in line.choices):
            return grouped(line.kind, value)
        return words["between"].join(
            text.say(self.language) for one, text in line.choices.items() if one in value.split(",")
        )

    def masked(self, name: str, words: Mapping[str, str]) -> str:
        """The answer as it may stand where others see it."""
        veiled = name in self.veiled
        return VEIL if veiled else mask(self.line(name).kind, self.answers.get(name, "")) or self.shown(name, words)

    def derived(self, names: list[str]) -> list[tuple[str, str]]:
        """What was worked out from these fields, with its label."""
        told, group = set(names) - self.veiled, self._group(names)
        found = []
        for name, value in self.checked.derived.items():
            field = self.form.fields[name]
            if field.source in told or (not field.source and field.group == group):
                found.append((field.label.say(self.language), value))
        return found

    def _group(self, names: list[str]) -> str:
        return self.line(names[0]).group if names else ""

    def _todo(self, names: list[str]) -> list[str]:
        """Fields that are empty or wrong; what is usual counts as written."""
        return [
            name
            for name in names
            if self.error(name) or not (self.answers.get(name) or self.line(name).usual or self._known(name))
        ]

    def _known(self, name: str) -> bool:
        """One of several fields of which one is enough, and another one holds it."""
        return any(
            name in names and any(other in self.checked.answers for other in names) for names in self.form.one_of
        )

    def _packed(self, fields: list[str]) -> list[list[str]]:
        """The fields of a group on as many pages as they take."""
        pages: list[list[str]] = []
        for names in self._bound(fields):
            if not pages or len(pages[-1]) + len(names) > self.most:
                pages.append([])
            pages[-1] += names
        return pages

    def _bound(self, fields: list[str]) -> Iterator[list[str]]:
        """Fields that no page parts: one that is typed twice, and those of which one is enough."""
        rest = list(fields)
        while rest:
            first = rest.pop(0)
            enough = [name for names in self.form.one_of if first in names for name in names]
            bound = [first, *(name for name in enough if name in rest)]
            rest = [name for name in rest if name not in enough]
            yield [entry for name in bound for entry in self._entries(name)]

    def _entries(self, name: str) -> list[str]:
        return [name, name + AGAIN] if self.form.fields[name].twice else [name]

    def _foreign(self, line: Field) -> bool:
        paper = self.answers.get(line.type_in, "")
        return bool(paper) and paper != RESIDENT_ID
