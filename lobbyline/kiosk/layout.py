"""How papers are laid out, as their technician wrote it: `ordinary`, `elder`, `emergency`, `prefill` in `tickets/`.

A paper is a list of lines from top to bottom. Words in braces are fields of the ticket: `{number}`, or `{service:en}`
in a language of its own. A line whose field has nothing to say is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from lobbyline.lobby.branch import Settings
from lobbyline.lobby.config.folder import Setup, Table
from lobbyline.lobby.config.mistakes import hint, read_each
from lobbyline.lobby.config.toml import contents
from lobbyline.lobby.errors import ConfigError, Mistake

FIELDS = (
    "branch",
    "number",
    "copy",
    "service",
    "ahead",
    "wait",
    "zone",
    "counters",
    "time",
    "token",
    "version",
    "form",
)
LISTS = {"bring": ("item",), "rules": ("item",), "answers": ("label", "value")}
ITEMS = tuple(dict.fromkeys(name for names in LISTS.values() for name in names))
PNG = b"\x89PNG\r\n\x1a\n"


def places(words: str) -> list[tuple[str, str]]:
    """The fields in braces, each with its language or nothing."""
    return [(name, language or "") for _, name, language, _ in Formatter().parse(words) if name is not None]


def with_fields(words: str) -> str:
    """A text all of whose braces hold fields that there are."""
    try:
        found = places(words)
    except ValueError as error:
        raise ValueError("has a brace without its partner; a brace of its own is written twice") from error
    for name, language in found:
        if name not in (*FIELDS, *ITEMS):
            raise ValueError(f"has no such field as {{{name}}}{hint(name, (*FIELDS, *ITEMS))}")
        if language and not re.fullmatch("[a-z]{2,3}", language):
            raise ValueError(f"names a language like {{{name}:en}}")
    return words


def as_parts(value: object) -> object:
    """A text alone is one part."""
    return [value] if isinstance(value, str) else value


Words = Annotated[str, AfterValidator(with_fields)]
Millimetres = Annotated[float, Field(strict=False, ge=0, le=60)]


class LayoutLine(Settings):
    """One line of a paper: a text, a QR code, a picture, a rule or white."""

    text: Annotated[list[Words], BeforeValidator(as_parts)] = Field(
        [],
        description="Words with fields in braces. Several parts stand in one line where they fit, else below another.",
    )
    joint: str = Field("  ", description="What stands between parts in one line.")
    each: Literal["", "bring", "rules", "answers"] = Field(
        "", description="Once for every entry: {item}, or {label} and {value} of `answers`."
    )
    most: int = Field(20, ge=1, le=60, description="At most so many entries.")
    first: str = Field("", description="Stands before the first entry; the others are indented by as much.")
    size: int = Field(
        1, ge=1, le=8, description="How many times as large as plain letters; less where it does not fit."
    )
    smallest: int = Field(0, ge=0, le=8, description="May shrink to this size to stay in one row; 0 is its size.")
    bold: bool = Field(False, description="Thicker.")
    align: Literal["left", "centre", "right"] = Field("left", description="Where it stands.")
    apart: bool = Field(False, description="The last of several parts stands at the right edge.")
    below: Millimetres = Field(0.8, description="White below it, in millimetres.")
    hang: int = Field(0, ge=0, le=20, description="Columns by which the second and further rows are indented.")
    when: Literal["", "copy", "ahead", "bring", "zone"] = Field("", description="Only if this field says something.")
    unless: Literal["", "copy", "ahead", "bring", "zone"] = Field("", description="Only if this field says nothing.")
    language: str = Field("", description="Only where the branch speaks this language, such as zh.")
    qr: Words = Field("", description="A QR code of these words, usually {token}.")
    module: int = Field(4, ge=2, le=12, description="Dots of one square of the code.")
    picture: str = Field("", description="A PNG file beside the layout; dark is printed, light is not.")
    height_mm: Annotated[float, Field(strict=False, ge=2, le=60)] = Field(8, description="How high the picture stands.")
    rule: bool = Field(False, description="A thin line across the paper.")
    feed: Millimetres = Field(0, description="White of so many millimetres.")

    @model_validator(mode="after")
    def says_one_thing(self) -> Self:
        said = [name for name in ("text", "qr", "picture", "rule", "feed") if getattr(self, name)]
        if len(said) != 1:
            raise ValueError(f"has {' and '.join(said) or 'nothing to print'}; one of text, qr, picture, rule and feed")
        return self

    @model_validator(mode="after")
    def knows_its_entries(self) -> Self:
        offered = LISTS.get(self.each, ())
        wrong = [name for words in (*self.text, self.qr) for name, _ in places(words) if name in ITEMS]
        if stray := next((name for name in wrong if name not in offered), ""):
            raise ValueError(f"has {{{stray}}}, which each = {self.each!r} does not offer".replace("'", '"'))
        return self


class Layout(Settings):
    """A paper, line after line."""

    lines: list[LayoutLine] = Field(min_length=1, max_length=80, description="From top to bottom.")


class Sheet:
    """A layout and the folder in which its pictures lie."""

    def __init__(self, layout: Layout, folder: Path) -> None:
        self.lines, self.folder = layout.lines, folder

    def picture(self, line: LayoutLine) -> Path:
        return self.folder / line.picture


def layouts(setup: Setup) -> dict[str, Sheet]:
    """Every layout of the branch by name; ConfigError with all mistakes of all of them."""
    read = read_each(Layout, setup.tickets)
    return {name: Sheet(layout, setup.tickets[name].file.parent) for name, layout in read.items()}


def have_their_pictures(setup: Setup) -> None:
    """For whoever changes the files; a paper is printed without a picture that is lost later."""
    sheets = layouts(setup)
    if lost := [one for name, sheet in sheets.items() for one in _lost_pictures(sheet, setup.tickets[name])]:
        raise ConfigError(lost)


def _lost_pictures(sheet: Sheet, table: Table) -> Iterator[Mistake]:
    """Pictures that are not there, or are not PNG."""
    for index, line in enumerate(sheet.lines):
        if not line.picture:
            continue
        try:
            trouble = "" if contents(sheet.picture(line)).startswith(PNG) else "is not a PNG file"
        except OSError as error:
            trouble = f"cannot be read: {error.strerror or error}"
        if trouble:
            yield table.mistake(("lines", index, "picture"), f'picture "{line.picture}" {trouble}')
