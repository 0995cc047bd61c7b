"""A paper form as the technician describes it. What a customer writes into it is judged in `sheet.py`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, model_validator
from pydantic import Field as Setting

from lobbyline.lobby.branch import Settings, Text
from lobbyline.lobby.sheet import Checked, Sheet

__all__ = ["Checked", "Condition", "Field", "Form", "Kind"]

Kind = Literal["text", "name", "digits", "money", "phone", "id", "card", "account", "uscc", "date", "choice", "derived"]


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

    @model_validator(mode="after")
    def says_one_thing(self) -> Self:
        if sum([self.over is not None, bool(self.one_of), self.younger_than is not None]) != 1:
            raise ValueError("needs exactly one of over, one_of and younger_than")
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
    also: list[str] = Setting([], description="Words that are accepted as they are, beside what the kind allows.")
    choices: dict[str, Text] = Setting({}, description="What may be chosen, in order; for kind `choice`.")
    twice: bool = Setting(False, description="Typed again as `<id>_again`; compared sign by sign where it is.")
    free: bool = Setting(False, description="Other words than the choices may be written too.")
    several: bool = Setting(False, description='More than one choice, written with "," between them.')
    shortest: int = Setting(1, ge=1, le=200, description="Least characters; for kinds `text` and `digits`.")
    longest: int = Setting(120, ge=1, le=500, description="Most characters; for kinds `text` and `digits`.")
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
    derive: Literal["capitals", "gender", "birth"] | None = Setting(
        None, description="What is worked out, never typed; for kind `derived`."
    )
    source: str = Setting("", description="The field it is worked out from.")

    @model_validator(mode="after")
    def fits_its_kind(self) -> Self:
        if self.choices and self.kind != "choice":
            raise ValueError('has choices, but its kind is not "choice"')
        if self.kind == "choice" and not self.choices:
            raise ValueError("is a choice, but has no choices")
        if (self.derive or self.source) and self.kind != "derived":
            raise ValueError('has derive or source, but its kind is not "derived"')
        if self.kind == "derived" and not (self.derive and self.source):
            raise ValueError("is derived, and so needs both derive and source")
        if self.usual and self.choices and self.usual not in self.choices:
            raise ValueError(f'has the usual "{self.usual}", which is not among its choices')
        if self.kind == "derived" and self.required:
            raise ValueError("is derived, and so cannot be required")
        if self.shortest > self.longest:
            raise ValueError("has a shortest above its longest")
        return self


class Form(Settings):
    """A form: its fields in the order of the paper, on pages of at most four."""

    name: Text = Setting(description="What the form is called.")
    groups: dict[str, Text] = Setting(description="Its pages, in order.")
    fields: dict[str, Field] = Setting(description="Its lines, by id, in the order of the paper.")
    one_of: list[list[str]] = Setting([], description="Of each list of fields at least one is filled.")
    together: list[list[str]] = Setting([], description="Of each list of fields all are filled or none.")
    differ: list[list[str]] = Setting([], description="The fields of each list may not hold the same.")

    def pages(self) -> Iterator[tuple[str, Text, dict[str, Field]]]:
        """Every page: its key, its title and its fields."""
        for key, title in self.groups.items():
            yield key, title, {name: field for name, field in self.fields.items() if field.group == key}

    def check(
        self, answers: Mapping[str, str], today: date, holidays: Collection[date] = (), language: str = "zh"
    ) -> Checked:
        """Judge what was typed so far. Answers to fields that are not asked are neither judged nor kept."""
        return Sheet(self, answers, today, holidays).checked(language)
