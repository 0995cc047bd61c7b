"""A wrong setting as a sentence for the technician: what was found, what is allowed, the nearest word.

pydantic finds the mistakes; here they get the line of the file and words without Python in them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, time
from difflib import get_close_matches
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from lobbyline.lobby.branch import Text
from lobbyline.lobby.config.toml import Key, Table
from lobbyline.lobby.errors import ConfigError, Mistake

Model = TypeVar("Model", bound=BaseModel)

_EXPECTED = {
    "string_type": 'a text in quotes is expected, like "A"',
    "int_type": "a whole number without quotes is expected",
    "float_type": "a number without quotes is expected",
    "float_parsing": "a number without quotes is expected",
    "bool_type": "true or false is expected, without quotes",
    "list_type": "a list in [ ] is expected",
    "dict_type": "a table is expected, like { name = 1 }",
    "model_type": "a table is expected, like { name = 1 }",
    "date_type": "a date without quotes is expected, like 2026-10-01",
    "date_from_datetime_inexact": "a date without a time is expected, like 2026-10-01",
    "finite_number": "a finite number is expected",
    "text": 'a text in each language is expected, like { zh = "…", en = "…" }',
}
_LIMITS = {
    "greater_than": "more than {gt}",
    "greater_than_equal": "at least {ge}",
    "less_than": "less than {lt}",
    "less_than_equal": "at most {le}",
}
_SIZES = {
    "too_short": "has {actual_length} entries; at least {min_length}",
    "too_long": "has {actual_length} entries; at most {max_length}",
    "string_too_short": "is too short; at least {min_length} characters",
    "string_too_long": "is too long; at most {max_length} characters",
}
_LISTED = 30  # more names than this help nobody find the right one


def judged(table: Table, *rules: Callable[[Table], Iterator[Mistake]]) -> Iterator[Mistake]:
    """What some rules, one after the other, have to say of a file."""
    for rule in rules:
        yield from rule(table)


def read_each(model: type[Model], tables: Mapping[str, Table]) -> dict[str, Model]:
    """Files of one kind, each as what it describes; ConfigError with all mistakes of all of them."""
    read: dict[str, Model] = {}
    mistakes: list[Mistake] = []
    for name, table in tables.items():
        try:
            read[name] = model.model_validate(table.data)
        except ValidationError as error:
            mistakes += mistakes_in(table, model, error)
    if mistakes:
        raise ConfigError(mistakes)
    return read


def mistakes_in(table: Table, model: type[BaseModel], error: ValidationError) -> list[Mistake]:
    """Everything pydantic found in one file."""
    return [_mistake(table, model, details) for details in error.errors(include_url=False)]


def _mistake(table: Table, model: type[BaseModel], details: ErrorDetails) -> Mistake:
    path = tuple(part for part in details["loc"] if part != "[key]")
    return table.mistake(path, _sentence(model, path, details))


def _sentence(model: type[BaseModel], path: Key, details: ErrorDetails) -> str:
    kind, value, limits = details["type"], details["input"], details.get("ctx", {})
    if kind == "missing":
        return f'"{path[-1]}" is missing{_meaning(model, path)}'
    if kind == "extra_forbidden":
        return f'unknown key "{path[-1]}"{hint(path[-1], _keys(model, path[:-1]))}'
    if kind == "literal_error":
        return f"{found(path, value)}{hint(value, _choices(model, path))}"
    if kind in _SIZES:
        return f"{name_of(path)} {_SIZES[kind].format(**limits)}"
    if kind == "value_error" and isinstance(value, dict | list | BaseModel):
        return f"{name_of(path)} {limits['error']}"  # a validator of ours speaks about a table as it stands
    return f"{_found(path, details)}; {_expected(model, path, details)}{_full_width(value)}"


def _full_width(value: object) -> str:
    """A sign of the Chinese input mode looks like the one that is expected: it is named."""
    signs = [sign for sign in value if "！" <= sign <= "～"] if isinstance(value, str) else []
    return f"; {signs[0]} is a full-width sign" if signs else ""


def _found(path: Key, details: ErrorDetails) -> str:
    """A wrong key is one of its table's; a wrong value is what its key says."""
    is_key = details["loc"][-1:] == ("[key]",)
    return f"{name_of(path[:-1])} has {shown(details['input'])}" if is_key else found(path, details["input"])


def _expected(model: type[BaseModel], path: Key, details: ErrorDetails) -> str:
    kind, limits = details["type"], details.get("ctx", {})
    if kind == "value_error":
        return str(limits["error"])
    if kind == "string_pattern_mismatch":
        return f"expected{_meaning(model, path if isinstance(path[-1], str) else path[:-1])}"
    if kind in _LIMITS:
        return _LIMITS[kind].format(**{name: f"{limit:g}" for name, limit in limits.items()})
    if kind == "dict_type" and _kind_at(model, path) is Text:
        kind = "text"
    return _EXPECTED.get(kind, details["msg"])


def found(path: Key, value: object) -> str:
    """`queue is "Q"`, or `queues has "Q"` for an element of a list."""
    return f"{name_of(path)} {'is' if isinstance(path[-1], str) else 'has'} {shown(value)}"


def name_of(path: Key) -> str | int:
    """The key a technician would look for: list elements go by the name of their list."""
    return next((part for part in reversed(path) if isinstance(part, str)), "the file")


def shown(value: object) -> str:
    """A value as it stands in the file, shortened."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return _readable(json.dumps(value if len(value) <= 40 else value[:39] + "…", ensure_ascii=False))
        case date() | time():
            return value.isoformat()
        case list():
            return "a list"
        case dict():
            return "a table"
    return str(value)[:40]


def _readable(text: str) -> str:
    """A text in which also those signs can be seen that have no shape, or turn the others round."""
    return "".join(sign if sign.isprintable() else json.dumps(sign).strip('"') for sign in text)


def hint(word: object, allowed: Iterable[object]) -> str:
    """`; did you mean "W1"? Allowed: W1, D1`: the nearest word, then all there are."""
    names = [str(name) for name in allowed]
    if not names:
        return "; there is none"
    near, more = nearest(str(word), names), ", …" if len(names) > _LISTED else ""
    listed = f"{', '.join(names[:_LISTED])}{more}"
    return f'; did you mean "{near}"? Allowed: {listed}' if near else f"; allowed: {listed}"


def nearest(word: str, names: Iterable[str]) -> str | None:
    """The name most like `word`, capitals and small letters being the same."""
    folded = {name.casefold(): name for name in names}
    near = get_close_matches(word.casefold()[:80], folded, n=1)
    return folded[near[0]] if near else None


def _meaning(model: type[BaseModel], path: Key) -> str:
    """What the missing key would say, from its declaration."""
    around = _kind_at(model, path[:-1])
    if not (isinstance(around, type) and issubclass(around, BaseModel)):
        return ""
    declared = around.model_fields.get(str(path[-1]))
    return f": {declared.description.rstrip('.')}" if declared and declared.description else ""


def _keys(model: type[BaseModel], path: Key) -> list[str]:
    around = _kind_at(model, path)
    return list(around.model_fields) if isinstance(around, type) and issubclass(around, BaseModel) else []


def _choices(model: type[BaseModel], path: Key) -> tuple[object, ...]:
    return get_args(_kind_at(model, path))


def _kind_at(kind: Any, path: Key) -> Any:
    """The declared type of what stands at `path`."""
    for part in path:
        fields = getattr(kind, "model_fields", None)
        if fields is None:
            kind = _bare((get_args(kind) or (None,))[-1])
        else:
            kind = _bare(fields[part].annotation) if part in fields else None
    return kind


def _bare(kind: Any) -> Any:
    """A type without `Annotated` and without `| None`."""
    if get_origin(kind) is Annotated:
        return _bare(get_args(kind)[0])
    if get_origin(kind) in {Union, UnionType}:
        return _bare(get_args(kind)[0])
    return kind
