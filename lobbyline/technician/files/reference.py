"""Writes docs/configuration.md from the settings as they are declared: `make docs`. A test holds it current."""

from __future__ import annotations

import re
import types
from collections.abc import Iterator
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt, MaxLen, MinLen
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from lobbyline import ASSETS
from lobbyline.lobby.branch import Branch, Devices, Settings, Text, Window
from lobbyline.lobby.forms.form import Form
from lobbyline.lobby.settings.base import Profile
from lobbyline.lobby.settings.setting import restarts

TITLE = """# Configuration

Generated from the settings as they are declared (`make docs`); do not edit it by hand.

A branch is a folder of TOML files: `branch.toml`, `devices.toml`, `forms/*.toml` and, where it has them, `tickets/`,
`boards/`, `printers/`, `words/`, `themes/` and `voices/` of its own. Copy `assets/branches/jingqi-street/`, change it,
run `lobbyline check --branch FOLDER`: it tells every mistake at once, each with file and line. A key left out keeps its
default; an unknown key is a mistake. `lobbyline apply` takes changed files while everything runs; what is *read at the
start* of a program is taken when that program starts again, in a quiet moment. Examples are from the sample branches.
"""
FILES: tuple[tuple[str, type[Settings]], ...] = (
    ("branch.toml", Branch),
    ("devices.toml", Devices),
    ("forms/NAME.toml", Form),
    ("base.toml", Profile),
)
EXAMPLES = ASSETS / "branches"
LONGEST_EXAMPLE = 14  # lines
LIMITS = ((Ge, "at least {0.ge:g}"), (Gt, "above {0.gt:g}"), (Le, "at most {0.le:g}"), (Lt, "below {0.lt:g}"))
WORDS = {str: "text", int: "whole number", float: "number", bool: "true or false", Text: "text in each language"}


def page() -> str:
    """The whole reference as Markdown."""
    return "\n".join([TITLE, *(part for name, model in FILES for part in file_part(name, model))])


def file_part(name: str, model: type[Settings]) -> Iterator[str]:
    """One file: its own keys, then each table inside it, outermost first."""
    yield f"## {name}\n"
    yield from table_part(model)
    waiting, told = list(tables(model)), set[type[BaseModel]]()
    while waiting:
        header, inner = waiting.pop(0)
        if inner in told:
            continue
        told.add(inner)
        yield f"### {header}\n"
        yield f"{sentence(inner)}\n"
        yield from table_part(inner)
        yield from example(name, header)
        waiting = [*tables(inner, header.strip("[]") + "."), *waiting]


def table_part(model: type[BaseModel]) -> Iterator[str]:
    yield "| key | what | default | meaning |\n|---|---|---|---|"
    for name, field in model.model_fields.items():
        cells = (f"`{field.alias or name}`", kind(field), default(field), meaning(field))
        yield f"| {' | '.join(cell.replace('|', '·') for cell in cells)} |"
    yield ""


def meaning(field: FieldInfo) -> str:
    """The sentence of a setting, and which programs read it only when they start."""
    programs = restarts(field)
    start = f" *Read at the start of {' and '.join(programs)}.*" if programs else ""
    return f"{field.description or ''}{start}"


def example(file: str, header: str) -> Iterator[str]:
    """The first table of that name in a sample branch, as one would write it."""
    pattern = re.escape(header).replace("NAME", r"[\w-]+")
    for text in (path.read_text("utf-8") for path in sorted(EXAMPLES.glob(f"*/{file.replace('NAME', '*')}"))):
        found = re.search(rf"(?m)^{pattern}\n(?:(?!\[|#|\n).*\n)+", text)
        if found and found[0].count("\n") <= LONGEST_EXAMPLE:
            yield f"```toml\n{found[0]}```\n"
            return


def tables(model: type[BaseModel], around: str = "") -> Iterator[tuple[str, type[BaseModel]]]:
    """The tables inside a table, each with the header it is written under."""
    for name, field in model.model_fields.items():
        for inner in models_in(field.annotation):
            path = f"{around}{name}"
            yield {dict: f"[{path}.NAME]", list: f"[[{path}]]"}.get(outer(field.annotation), f"[{path}]"), inner


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel) and annotation not in (Text, Window):
        yield annotation
    for part in get_args(annotation):
        yield from models_in(part)


def outer(annotation: Any) -> Any:
    return get_origin(annotation)


def kind(field: FieldInfo) -> str:
    """What may stand there: type and limits."""
    told = [word(field.annotation)]
    for mark in field.metadata:
        told += [text.format(mark) for limit, text in LIMITS if isinstance(mark, limit)]
        told += [f"at least {mark.min_length}"] if isinstance(mark, MinLen) else []
        told += [f"at most {mark.max_length}"] if isinstance(mark, MaxLen) else []
    return ", ".join(told)


def word(annotation: Any) -> str:
    """A type in the words of a technician."""
    origin, parts = get_origin(annotation), get_args(annotation)
    if annotation in WORDS:
        return WORDS[annotation]
    if annotation is Window:
        return '"09:00-17:00"'
    if origin is Literal:
        return " or ".join(f"`{part}`" for part in parts)
    if origin is Annotated:
        return word(parts[0])
    if origin is list:
        return f"list of {word(parts[0])}"
    if origin is dict:
        return f"table: {word(parts[1])} by name"
    if origin in (Union, types.UnionType):
        return word(next(part for part in parts if part is not type(None)))
    return "table" if isinstance(annotation, type) and issubclass(annotation, BaseModel) else annotation.__name__


def default(field: FieldInfo) -> str:
    """The value of a key left out."""
    if field.is_required():
        return "**needed**"
    value = field.get_default(call_default_factory=True)
    if value is None or value is PydanticUndefined or value == "":
        return "none"
    if isinstance(value, BaseModel):
        return "as below"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f"`{value}`" if not isinstance(value, (list, dict)) or value else "empty"


def sentence(model: type[BaseModel]) -> str:
    return (model.__doc__ or "").strip().split("\n")[0]


if __name__ == "__main__":
    print(page(), end="")
