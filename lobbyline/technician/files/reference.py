"""Writes docs/configuration.md from the settings as they are declared: `make docs`. A test holds it current."""

from __future__ import annotations

import re
import types
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt, MaxLen, MinLen
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from lobbyline import ASSETS
from lobbyline.drivers.printers.profile import Profile
from lobbyline.drivers.readers.profile import ReaderProfile
from lobbyline.kiosk.layout import Layout
from lobbyline.lobby.branch import Branch, Devices, Text, Window
from lobbyline.lobby.config.speech import VoiceFile
from lobbyline.lobby.forms.form import Form
from lobbyline.lobby.settings.base import Profile as BaseProfile
from lobbyline.lobby.settings.setting import restarts
from lobbyline.technician.setup import edit

TITLE = """# Configuration

Generated from the settings as they are declared (`make docs`); do not edit it by hand.

A branch is a folder of TOML files: `branch.toml`, `devices.toml`, `forms/*.toml` and, where it has them, others of its
own. Copy `assets/branches/jingqi-street/`, change it, run `lobbyline check --branch FOLDER`: it tells every mistake at
once, each with file and line. A key left out keeps its default; an unknown key is a mistake. `lobbyline apply` takes
changed files while everything runs; what is *read at the start* of a program is taken when that program starts again,
in a quiet moment. Examples are from the sample branches and the assets.

Not listed here: words and themes of a branch's own, which have the keys of `assets/words/en.toml` and
`assets/themes/light.toml`; and protocols, which have a language of their own: [boards.md](boards.md),
[keypads.md](keypads.md).
"""
FILES: dict[str, type[BaseModel]] = {
    "branch.toml": Branch,
    "devices.toml": Devices,
    "forms/NAME.toml": Form,
    "tickets/NAME.toml": Layout,
    "printers/NAME.toml": Profile,
    "readers/NAME.toml": ReaderProfile,
    "voices/NAME/voice.toml": VoiceFile,
    "base.toml": BaseProfile,
}
EXAMPLES = (ASSETS / "branches", ASSETS.parent)
LONGEST_EXAMPLE = 14  # lines
LIMITS = ((Ge, "at least {0.ge}"), (Gt, "above {0.gt}"), (Le, "at most {0.le}"), (Lt, "below {0.lt}"))
WORDS = {
    str: "text",
    bytes: "bytes in hex",
    int: "whole number",
    float: "number",
    bool: "true or false",
    Text: "text in each language",
}


def page() -> str:
    """The whole reference as Markdown."""
    parts = [part for name, model in FILES.items() for part in file_part(name, model)]
    return "\n".join([TITLE, *contents(parts), *parts])


def contents(parts: Sequence[str]) -> Iterator[str]:
    """Every file and table as a link to its heading."""
    seen, line = Counter[str](), ""
    for heading in (part for part in parts if part.startswith("##")):
        level, _, title = heading.strip().partition(" ")
        anchor = re.sub(r"[^\w-]", "", title.lower())
        link = f"[{title.strip('[]')}](#{anchor}{f'-{seen[anchor]}' if seen[anchor] else ''})"
        seen[anchor] += 1
        if level == "##":
            yield from [line] if line else []
            line = f"- **{link}**"
        else:
            line += f" · {link}"
    yield f"{line}\n"


def file_part(name: str, model: type[BaseModel]) -> Iterator[str]:
    """One file: its own keys, then each table inside it, outermost first."""
    yield f"## {name}\n"
    yield f"{sentence(model)}\n"
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
    meant, programs = field.description or "", restarts(field)
    if not programs:
        return meant
    *others, last = programs
    named = f"{', '.join(others)} and {last}" if others else last
    return f"{meant} *Read at the start of {named}.*"


def example(file: str, header: str) -> Iterator[str]:
    """The first table of that name in a sample branch, as one would write it."""
    pattern = re.escape(header).replace("NAME", r"[\w-]+")
    places = [path for folder in EXAMPLES for path in sorted(folder.glob(f"*/{file.replace('NAME', '*')}"))]
    for text in (path.read_text("utf-8") for path in places):
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
        return " or ".join(f"`{edit.written(part)}`" for part in parts)
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
    return f"`{edit.written(plain(value))}`" if value or not isinstance(value, (list, dict)) else "empty"


def plain(value: Any) -> Any:
    """A value as it is written into a file."""
    if isinstance(value, dict):
        return {name: plain(part) for name, part in value.items()}
    if isinstance(value, Text):
        return value.root
    return value.hex(" ").upper() if isinstance(value, bytes) else value


def sentence(model: type[BaseModel]) -> str:
    """What a table is for; the name of its file stands above it already."""
    first = (model.__doc__ or "").strip().split("\n")[0]
    told = first.partition(".toml: ")[2] or first
    return told[0].upper() + told[1:]


if __name__ == "__main__":
    print(page(), end="")
