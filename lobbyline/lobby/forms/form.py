"""A paper form as the technician describes it. What a customer writes into it is judged in `sheet.py`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, model_validator
from pydantic import Field as Setting

from lobbyline.lobby.branch import Settings, Text
from lobbyline.lobby.forms.conventions import USUAL, Conventions
from lobbyline.lobby.forms.sheet import Checked, Sheet

__all__ = ["Checked", "Condition", "Field", "Form", "Kind"]

Kind = Literal[
    "text",
    "name",
    "latin",
    "code",
    "digits",
    "money",
    "phone",
    "id",
    "card",
    "account",
    "uscc",
    "date",
    "choice",
    "check",
    "derived",
]
Derive = Literal["capitals", "gender", "birth", "age", "score", "level"]
FROM_POINTS = ("score", "level")
SUGGESTED = ("text", "latin")


def expression(value: str) -> str:
    """A regular expression that Python understands."""
    try:
        re.compile(value)
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from error
    return value


Pattern = Annotated[str, AfterValidator(expression)]


class Condition(Settings):
    """When a field is asked: the answer of another field decides."""

    field: str = Setting(description="The field that decides.")
    over: int | None = Setting(None, ge=0, description="Asked when its amount is more than this many yuan.")
    one_of: list[str] = Setting([], description="Asked when its answer is one of these.")
    younger_than: int | None = Setting(
        None, ge=1, le=120, description="Asked when its date of birth makes fewer years than this."
    )
    from_age: int | None = Setting(
        None, ge=1, le=120, description="Asked when its date of birth makes at least this many years."
    )

    @model_validator(mode="after")
    def says_one_thing(self) -> Self:
        ages = [limit for limit in (self.younger_than, self.from_age) if limit is not None]
        if (self.over is not None) + bool(self.one_of) + len(ages) != 1:
            raise ValueError("needs exactly one of over, one_of, younger_than and from_age")
        return self


class Field(Settings):
    """One line of a form."""

    label: Text = Setting(description="What stands before the line.")
    kind: Kind = Setting("text", description="What is written there; each kind has its own check.")
    group: str = Setting(description="The page it stands on: a key of [groups].")
    required: bool = Setting(False, description="May not be left empty when it is asked.")
    when: Condition | None = Setting(None, description="Asked only then; left out, always.")
    missing: Text | None = Setting(None, description="What is said when it is empty and may not be.")
    usual: str = Setting("", description="Taken when nothing is written.")
    example: str = Setting("", description="Shown under the label.")
    note: Text | None = Setting(None, description="What the customer should know about this line.")
    begins: list[Text] = Setting(
        [], description="Words to touch instead of typing while nothing is written; for kinds `text` and `latin`."
    )
    ends: list[Text] = Setting(
        [], description="The same behind what is written; `{id}` stands for the answer of that field above."
    )
    also: list[str] = Setting([], description="Words that are accepted as they are, beside what the kind allows.")
    choices: dict[str, Text] = Setting({}, description="What may be chosen, in order; for kind `choice`.")
    points: dict[str, int] = Setting({}, description="What each choice counts in a questionnaire.")
    pages: list[Text] = Setting(
        [], max_length=12, description="What is read page after page before it may be ticked; for kind `check`."
    )
    twice: bool = Setting(False, description="Typed again as `<id>_again`; compared sign by sign where it is.")
    free: bool = Setting(False, description="Other words than the choices may be written too.")
    several: bool = Setting(False, description='More than one choice, written with "," between them.')
    shortest: int = Setting(1, ge=1, le=200, description="Least characters, where the kind sets none.")
    longest: int = Setting(120, ge=1, le=500, description="Most characters, where the kind sets none.")
    most: int | None = Setting(None, ge=1, description="Most yuan; for kind `money`.")
    at_most: str = Setting("", description="A field with an amount that this amount may not be above.")
    type_in: str = Setting("", description="The field with the type of paper; for kind `id`, empty: resident ID card.")
    pattern: Pattern = Setting("", description="A regular expression of the whole answer.")
    pattern_by: str = Setting("", description="The field whose choice decides which of `patterns` holds.")
    patterns: dict[str, Pattern] = Setting({}, description="A regular expression for each choice of `pattern_by`.")
    valid_today: bool = Setting(False, description="A date that may not have passed; for kind `date`.")
    past: bool = Setting(False, description="A date that may not lie ahead; for kind `date`.")
    term_by: str = Setting("", description="The field with the birth date that the term of an ID card goes by.")
    days_to_present: int = Setting(0, ge=0, le=3650, description="A date at most so many days ago, rests rolled over.")
    not_above: str = Setting("", description="A derived level; a choice further down the list than it is refused.")
    derive: Derive | None = Setting(None, description="What is worked out, never typed; for kind `derived`.")
    source: str = Setting("", description="The field it is worked out from; score and level add up all points.")
    levels: dict[str, int] = Setting({}, description="The levels from low to high, each with its least score.")

    @model_validator(mode="after")
    def fits_its_kind(self) -> Self:
        if self.choices and self.kind != "choice":
            raise ValueError('has choices, but its kind is not "choice"')
        if self.kind == "choice" and not self.choices:
            raise ValueError("is a choice, but has no choices")
        if self.pages and self.kind != "check":
            raise ValueError('has pages to read, but its kind is not "check"')
        if (self.begins or self.ends) and self.kind not in SUGGESTED:
            raise ValueError('has begins or ends, but its kind is neither "text" nor "latin"')
        if self.usual and self.choices and self.usual not in self.choices:
            raise ValueError(f'has the usual "{self.usual}", which is not among its choices')
        if self.shortest > self.longest:
            raise ValueError("has a shortest above its longest")
        return self

    @model_validator(mode="after")
    def is_derived_whole(self) -> Self:
        if (self.derive or self.source or self.levels) and self.kind != "derived":
            raise ValueError('has derive, source or levels, but its kind is not "derived"')
        if self.kind == "derived" and not (self.derive and (self.source or self.derive in FROM_POINTS)):
            raise ValueError("is derived, and so needs both derive and source")
        if self.kind == "derived" and self.required:
            raise ValueError("is derived, and so cannot be required")
        if (self.derive == "level") != bool(self.levels):
            raise ValueError('has levels where it derives a "level", and only there')
        return self

    @model_validator(mode="after")
    def counts_every_choice(self) -> Self:
        if self.points and (set(self.points) != set(self.choices) or self.several or self.free):
            raise ValueError("has points, and so needs them for each of its choices, of which one is made")
        return self


class Form(Settings):
    """A form: its fields in the order of the paper, on pages of at most four."""

    name: Text = Setting(description="What the form is called.")
    warning: Text | None = Setting(None, description="Stands on a page of its own before the first line.")
    promise: Text | None = Setting(None, description="What the customer promises by saving; stands under the review.")
    groups: dict[str, Text] = Setting(description="Its pages, in order.")
    fields: dict[str, Field] = Setting(description="Its lines, by id, in the order of the paper.")
    coded: bool = Setting(False, description="Companies may bring it filled in, as a code for the scanner.")
    one_of: list[list[str]] = Setting([], description="Of each list of fields at least one is filled.")
    together: list[list[str]] = Setting([], description="Of each list of fields all are filled or none.")
    differ: list[list[str]] = Setting([], description="The fields of each list may not hold the same.")

    def pages(self) -> Iterator[tuple[str, Text, dict[str, Field]]]:
        """Every page: its key, its title and its fields."""
        for key, title in self.groups.items():
            yield key, title, {name: field for name, field in self.fields.items() if field.group == key}

    def check(
        self, answers: Mapping[str, str], today: date, conventions: Conventions = USUAL, language: str = "zh"
    ) -> Checked:
        """Judge what was typed so far. Answers to fields that are not asked are neither judged nor kept."""
        return Sheet(self, answers, today, conventions).checked(language)
