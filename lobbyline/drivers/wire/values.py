"""Values that a frame is given, and texts with places for them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter

from lobbyline.drivers.wire.reading import Keys

Values = Mapping[str, int | str]
SEVERAL = re.compile(r"[,\s]+")


class FrameRefused(Exception):
    """These values cannot be put on the wire: a sentence that says which and why."""


class ValueMissing(FrameRefused):
    """A value that the frame needs was not given."""


@dataclass(frozen=True)
class Template:
    """A text with places for values: `{ticket}{arrow}{window:02}`; `{ticket:_}` is blank where the ticket was.

    `{arrow:@arrow_position}` stands at that column, the first being 1, where the value `arrow_position` is given.
    """

    source: str
    names: tuple[str, ...]
    columns: tuple[str, ...] = ()  # values that may say where something stands

    def fill(self, values: Values) -> str:
        text = ""
        for literal, name, spec, _ in Formatter().parse(self.source):
            text += literal
            if name is not None:
                before, width = at_column(text, spec or "", values)
                text = before + written(name, look_up(values, name), width)
        return text


def at_column(text: str, spec: str, values: Values) -> tuple[str, str]:
    """The text filled up to the column that the place names, if it names one; and what is left of its format."""
    name = spec.removeprefix("@")
    if name == spec:
        return text, spec
    column = whole(name, values.get(name, len(text) + 1))
    if column <= len(text):
        raise FrameRefused(f"`{name}` is {column}: {text!r} before it is longer than that.")
    return text.ljust(column - 1), ""


def read_template(keys: Keys, name: str) -> Template:
    """A template whose places are plain names, with a width or a column at most (`{window:02}`)."""
    source, names, columns = keys.take(name, ""), [], []
    try:
        places = list(Formatter().parse(source))
    except ValueError as error:
        keys.wrong(name, f"`{name}` has a brace that does not fit: {error}.")
        return Template("", ())
    for _, place, spec, conversion in places:
        if place is None:
            continue
        names.append(place)
        if not place.isidentifier() or conversion or not re.fullmatch(r"_|0?\d?\d?|@[a-z_]+", spec or ""):
            keys.wrong(name, f"`{{{place}}}` must be the name of a value, with a width at most.")
            return Template("", ())
        columns += [spec[1:]] if spec and spec[0] == "@" else []
    return Template(source, tuple(dict.fromkeys(names)), tuple(dict.fromkeys(columns)))


def look_up(values: Values, name: str) -> int | str:
    try:
        return values[name]
    except KeyError:
        raise ValueMissing(f"`{name}` is missing.") from None


def written(name: str, value: int | str, spec: str) -> str:
    """A value as text; a width counts for numbers and for texts of digits, `_` is as many spaces."""
    if spec == "_":
        return " " * len(str(value))
    if spec.startswith("0"):
        return format(whole(name, value), spec)
    return format(str(value), spec)


def whole(name: str, value: int | str) -> int:
    """A value as a whole number, also when it came from a command line: `7`, `007` or `0x07`."""
    try:
        return int(value, 16) if isinstance(value, str) and value[:2].lower() == "0x" else int(value)
    except (TypeError, ValueError):
        raise FrameRefused(f"`{name}` must be a whole number, not {value!r}.") from None


def several(name: str, value: int | str) -> list[int]:
    """One number, or several as `1,2,3`."""
    listed = SEVERAL.split(value.strip(" []")) if isinstance(value, str) else [value]
    return [whole(name, number) for number in listed]
