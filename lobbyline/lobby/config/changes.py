"""What is different between two setups, key by key, and which programs can take a key only when they start."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from lobbyline.lobby.branch import Text, Window
from lobbyline.lobby.config.folder import Setup, Table
from lobbyline.lobby.config.mistakes import shown
from lobbyline.lobby.config.source import own_files
from lobbyline.lobby.config.toml import parse
from lobbyline.lobby.settings.setting import restarts

Place = tuple[str, ...]
PROGRAMS = ("kiosk", "screen", "boards", "keypads", "staff")
# Files that a program reads when it starts and never again; every other file is taken while it runs.
READ_AT_START = {"themes": ("kiosk",), "printers": ("kiosk",)}
LONG = 10  # values: more than one compares at a glance
NAMES = ("number", "name", "id")  # what an element of a list is known by


@dataclass(frozen=True)
class Change:
    """One key that is not what it was; `before` or `after` is None where it is not there."""

    file: str
    key: str
    before: object
    after: object
    programs: tuple[str, ...]

    def __str__(self) -> str:
        taken = f" ({', '.join(self.programs)} must start again)" if self.programs else ""
        return f"{self.file}: {self.key}: {_told(self.before, self.after)}{taken}"


def changes(before: Setup, after: Setup) -> list[Change]:
    """Every key that differs, file by file."""
    old, new = dict(leaves(before)), dict(leaves(after))
    places = [*new, *(place for place in old if place not in new)]
    programs = before_start(before) | before_start(after)
    return [
        Change(place[0], ".".join(place[1:]), old.get(place), new.get(place), _programs(place, programs))
        for place in places
        if old.get(place) != new.get(place) and not (is_nothing(old.get(place)) and is_nothing(new.get(place)))
    ]


def over_the_base(setup: Setup) -> list[Change]:
    """What the branch's own files say otherwise than the bank's base profile, or in addition to it."""
    found = []
    for name in own_files(setup.files) if setup.branch.base else ():
        above, below = (dict(_written(name, setup.files.get(place, ""))) for place in (name, f"base/{name}"))
        keys = [place for place in above if place[1] != "base" and above[place] != below.get(place)]
        found += [Change(name, ".".join(place[1:]), below.get(place), above[place], ()) for place in keys]
    return found


def _written(name: str, text: str) -> Iterator[tuple[Place, object]]:
    table = parse(Path(name), text.encode())
    return _leaves(table.data if isinstance(table, Table) else {}, (name,))


def leaves(setup: Setup) -> Iterator[tuple[Place, object]]:
    """Every value of every file with its place; defaults count as written."""
    yield from _leaves(setup.branch, ("branch.toml",))
    yield from _leaves(setup.devices, ("devices.toml",))
    for name, form in setup.forms.items():
        yield from _leaves(form, (f"forms/{name}.toml",))
    for code, speech in setup.voices.items():
        yield from _leaves(speech.file, (f"voices/{code}/voice.toml",))
    for folder, sections in (("words", setup.words), ("themes", setup.themes)):
        for name, section in sections.items():
            yield from _leaves(section, (f"{folder}/{name}.toml",))
    for folder, tables in (("boards", setup.protocols), ("printers", setup.printers), ("tickets", setup.tickets)):
        for name, table in tables.items():
            yield from _leaves(table.data, (f"{folder}/{name}.toml",))


def _leaves(value: object, place: Place) -> Iterator[tuple[Place, object]]:
    if isinstance(value, Window):
        yield place, str(value)
    elif isinstance(value, Text):
        yield from _leaves(value.root, place)
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _leaves(getattr(value, name), (*place, name))
    elif isinstance(value, Mapping) and value:
        for name, inner in value.items():
            yield from _leaves(inner, (*place, str(name)))
    elif isinstance(value, list) and value:
        yield from _elements(value, place)
    else:
        yield place, value


def _elements(values: list[Any], place: Place) -> Iterator[tuple[Place, object]]:
    """Tables of a list go by their number or name, plain values stay together."""
    if all(isinstance(value, BaseModel | Mapping) and not isinstance(value, Window | Text) for value in values):
        for index, value in enumerate(values):
            yield from _leaves(value, (*place, _name(value, index)))
    else:
        yield place, tuple(_plain(value) for value in values)


def _name(value: Any, index: int) -> str:
    data = vars(value) if isinstance(value, BaseModel) else value
    return next((str(data[key]) for key in NAMES if isinstance(data.get(key), str | int)), str(index + 1))


def _plain(value: object) -> object:
    if isinstance(value, Text):
        return " / ".join(value.root.values())
    return str(value) if isinstance(value, Window) else value


def is_nothing(value: object) -> bool:
    """Not there, or there without saying anything."""
    return value is None or (isinstance(value, str | list | tuple | Mapping) and not value)


def _told(before: object, after: object) -> str:
    """What it was and what it is; of a long list, such as a year's holidays, what came and what went."""
    if isinstance(before, tuple) and isinstance(after, tuple) and max(len(before), len(after)) > LONG:
        came = ", ".join(_said(one) for one in after if one not in before)
        went = ", ".join(_said(one) for one in before if one not in after)
        if came or went:
            return " and ".join([f"with {came}"] * bool(came) + [f"without {went}"] * bool(went))
    return f"{_said(before)} → {_said(after)}"


def _said(value: object) -> str:
    if is_nothing(value):
        return "nothing"
    if isinstance(value, tuple):
        return f"[{', '.join(map(_said, value))}]"
    if isinstance(value, float):
        return str(value).removesuffix(".0")  # as one writes it
    return shown(value)


def before_start(setup: Setup) -> dict[Place, tuple[str, ...]]:
    """The keys that some programs take only when they start, with those programs."""
    files = (("branch.toml", setup.branch), ("devices.toml", setup.devices))
    return {place: programs for file, model in files for place, programs in _declared(type(model), (file,))}


def _declared(model: type[BaseModel], place: Place) -> Iterator[tuple[Place, tuple[str, ...]]]:
    for name, field in model.model_fields.items():
        if programs := restarts(field):
            yield (*place, name), programs
        elif isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from _declared(field.annotation, (*place, name))


def _programs(place: Place, declared: Mapping[Place, tuple[str, ...]]) -> tuple[str, ...]:
    folder = place[0].partition("/")[0]
    if folder in READ_AT_START:
        return READ_AT_START[folder]
    return next((programs for key, programs in declared.items() if place[: len(key)] == key), ())
