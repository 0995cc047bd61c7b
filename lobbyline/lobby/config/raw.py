"""Looks into files as they are written, before anything is checked: what has another shape is passed over.

The checks that read more than one key (`agreement.py`, `reach.py`, `sense.py`) go by it, so that a wrong number in one
place hides nothing else: the technician hears of all mistakes at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lobbyline.lobby.config.toml import Key, Table
from lobbyline.lobby.settings.window import Window, read_window

Tables = list[tuple[Key, dict[str, Any]]]


def walk(data: object, pattern: Key, path: Key = ()) -> Iterator[tuple[Key, Any]]:
    """Every value that stands at `pattern`, with its path; `*` is any key or element."""
    if not pattern:
        yield path, data
        return
    step, *rest = pattern
    if isinstance(data, dict):
        for key, value in data.items():
            if step in ("*", key):
                yield from walk(value, tuple(rest), (*path, key))
    elif isinstance(data, list) and step == "*":
        for index, element in enumerate(data):
            yield from walk(element, tuple(rest), (*path, index))


def values(table: Table, *pattern: str) -> list[Any]:
    """The plain values at `pattern`."""
    return [value for _, value in walk(table.data, pattern) if type(value) in {str, int}]


def keys(table: Table, name: str) -> list[str]:
    """The keys of the table `name`."""
    return [str(path[-1]) for path, _ in walk(table.data, (name, "*"))]


def tables(table: Table, name: str) -> Tables:
    """The tables in the table or list `name`."""
    return [(path, value) for path, value in walk(table.data, (name, "*")) if isinstance(value, dict)]


def listed(table: Mapping[str, Any], key: str) -> list[Any]:
    value = table.get(key, [])
    return value if isinstance(value, list) else []


def windows(value: object) -> list[Window]:
    """The windows that can be read; the others are told by the model."""
    found = []
    for one in value if isinstance(value, list) else ():
        try:
            window = read_window(one)
        except ValueError:
            continue
        found += [window] if isinstance(window, Window) else []
    return found
