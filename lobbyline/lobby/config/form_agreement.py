"""Does a form agree with itself? Fields look at fields above them, of a kind that fits, on pages of at most four."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from lobbyline.lobby.config.agreement import Reference, unknown_names
from lobbyline.lobby.config.mistakes import hint, shown
from lobbyline.lobby.config.raw import walk
from lobbyline.lobby.config.toml import Key, Table
from lobbyline.lobby.errors import Mistake

FIELDS_A_PAGE = 4
_NAMED = re.compile(r"\{([^{}]*)\}")  # a field whose answer stands in a suggestion

_REFERENCES = (
    Reference(("fields", "*", "group"), "group"),
    Reference(("fields", "*", "when", "field"), "field"),
    Reference(("fields", "*", "source"), "field", may_be_empty=True),
    Reference(("fields", "*", "type_in"), "field", may_be_empty=True),
    Reference(("fields", "*", "pattern_by"), "field", may_be_empty=True),
    Reference(("fields", "*", "at_most"), "field", may_be_empty=True),
    Reference(("fields", "*", "term_by"), "field", may_be_empty=True),
    Reference(("fields", "*", "not_above"), "field", may_be_empty=True),
    Reference(("one_of", "*", "*"), "field"),
    Reference(("together", "*", "*"), "field"),
    Reference(("differ", "*", "*"), "field"),
)
# Looked at while the form is filled in, so they stand above.
_ABOVE: tuple[Key, ...] = (("when", "field"), ("source",), ("type_in",), ("pattern_by",))
# The kind a field must have for what another field wants of it.
_KINDS: tuple[tuple[Key, str], ...] = (
    (("at_most",), "money"),
    (("type_in",), "choice"),
    (("pattern_by",), "choice"),
    (("term_by",), "birth"),
    (("not_above",), "level"),
)
_SOURCES = {"capitals": "money", "gender": "id", "birth": "id", "age": "id"}


def of_form(table: Table) -> Iterator[Mistake]:
    """What a form says against itself."""
    fields = table.data.get("fields")
    fields = fields if isinstance(fields, dict) else {}
    groups = table.data.get("groups")
    yield from unknown_names(table, _REFERENCES, {"field": list(fields), "group": list(groups or [])})
    yield from _pages(table, fields)
    yield from _parted(table, fields)
    for place, (name, field) in enumerate(fields.items()):
        if isinstance(field, dict):
            yield from _looks_down(table, ("fields", name), field, list(fields)[place:])
            yield from _wrong_kinds(table, ("fields", name), field, fields)
            yield from _wrong_choices(table, ("fields", name), field, fields)
            yield from _wrong_names(table, ("fields", name), field, list(fields)[:place])


def _pages(table: Table, fields: Mapping[str, Any]) -> Iterator[Mistake]:
    for path, _ in walk(table.data, ("groups", "*")):
        asked = [field for field in fields.values() if isinstance(field, dict) and field.get("group") == path[-1]]
        count = sum(field.get("kind") != "derived" for field in asked)
        if count > FIELDS_A_PAGE:
            yield table.mistake(path, f"page {path[-1]} has {count} fields to fill; at most {FIELDS_A_PAGE}")
        if not asked:
            yield table.mistake(path, f"page {path[-1]} has no fields")


def _parted(table: Table, fields: Mapping[str, Any]) -> Iterator[Mistake]:
    """Fields of which one is enough stand on one page: nobody comes past an empty first one."""
    for path, names in walk(table.data, ("one_of", "*")):
        known = [fields[name] for name in names if name in fields] if isinstance(names, list) else []
        if len({str(field.get("group")) for field in known if isinstance(field, dict)}) > 1:
            yield table.mistake(path, f"one_of has {' and '.join(names)}, which must stand on one page")


def _wrong_names(table: Table, path: Key, field: Mapping[str, Any], above: list[str]) -> Iterator[Mistake]:
    """Answers within suggestions that no field above has."""
    ends = [words for _, words in walk(field, ("ends", "*", "*")) if isinstance(words, str)]
    for name in dict.fromkeys(_NAMED.findall("".join(ends))):
        if name not in above:
            yield table.mistake((*path, "ends"), f"{path[-1]} suggests {name}, which must stand above it")


def _looks_down(table: Table, path: Key, field: Mapping[str, Any], below: list[str]) -> Iterator[Mistake]:
    for key in _ABOVE:
        for _, other in walk(field, key):
            if other in below:
                yield table.mistake((*path, *key), f"{path[-1]} looks at {other}, which must stand above it")


def _wrong_kinds(table: Table, path: Key, field: Mapping[str, Any], fields: Mapping[str, Any]) -> Iterator[Mistake]:
    wanted = list(_KINDS)
    wanted += [(("source",), _SOURCES[derive]) for derive in [str(field.get("derive"))] if derive in _SOURCES]
    wanted += [(("when", "field"), "money") for _ in walk(field, ("when", "over"))]
    ages = [key for key in ("younger_than", "from_age") for _ in walk(field, ("when", key))]
    wanted += [(("when", "field"), "birth") for _ in ages]
    for key, kind in wanted:
        for _, other in walk(field, key):
            if isinstance(other, str) and other in fields and not _is(fields[other], kind):
                yield table.mistake(
                    (*path, *key), f"{path[-1]} looks at {other} for its {kind}, but that is another kind"
                )


def _is(field: object, kind: str) -> bool:
    """Whether a field always holds that kind, when it holds anything."""
    if not isinstance(field, dict):
        return True
    if kind in ("birth", "level"):
        return field.get("derive") == kind
    return field.get("kind") == kind and not (kind == "money" and field.get("also"))


def _wrong_choices(table: Table, path: Key, field: Mapping[str, Any], fields: Mapping[str, Any]) -> Iterator[Mistake]:
    """Answers that the deciding field does not offer."""
    for key, pattern in ((("when", "field"), ("when", "one_of", "*")), (("pattern_by",), ("patterns", "*"))):
        for _, other in walk(field, key):
            decider = fields.get(other) if isinstance(other, str) else None
            choices = decider.get("choices") if isinstance(decider, dict) else None
            for place, value in walk(field, pattern):
                answer = value if pattern[0] == "when" else place[-1]
                if isinstance(choices, dict) and answer not in choices:
                    yield table.mistake((*path, *place), f"{other} offers no {shown(answer)}{hint(answer, choices)}")
