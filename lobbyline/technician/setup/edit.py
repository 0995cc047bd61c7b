"""Writes single keys into a technician's file; every other line, comment and order stays as it was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from lobbyline import durable
from lobbyline.lobby.config.toml import Table, parse, table_of

Value = str | int | float | bool | Sequence["Value"] | Mapping[str, "Value"]


def written(value: Value) -> str:
    """A value as it stands in a TOML file."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return '"' + "".join(ESCAPES.get(sign, sign) for sign in value) + '"'
        case Mapping():
            return "{ " + ", ".join(f"{key} = {written(one)}" for key, one in value.items()) + " }"
        case Sequence():
            return "[" + ", ".join(map(written, value)) + "]"
    return str(value)


ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"} | {
    chr(code): f"\\u{code:04x}" for code in (*range(9), 11, 12, *range(14, 32), 127)
}


def set_key(file: Path, path: tuple[str, ...], value: Value) -> None:
    """Change one key of a file, or add it to its table; the value must have stood on one line."""
    table = table_of(file)
    rows = table.text.decode().rstrip("\n").split("\n")
    line, name = f"{path[-1]} = {written(value)}", path[:-1]
    if table.depth(path) == len(path):
        place = table.line(path) - 1
        rows[place] = line + comment_of(rows[place])
    elif not name:
        rows.insert(0, line)
    elif f"[{'.'.join(name)}]" in rows:
        rows.insert(rows.index(f"[{'.'.join(name)}]") + 1, line)
    else:
        rows += ["", f"[{'.'.join(name)}]", line]
    put(file, "\n".join(rows) + "\n")


def comment_of(row: str) -> str:
    """The comment behind a key, unless what looks like one stands inside its value."""
    before, mark, comment = row.partition("  #")
    return mark + comment if mark and isinstance(parse(Path(), before.encode()), Table) else ""


def tables(name: str, rows: Iterable[Mapping[str, Any]]) -> str:
    """Tables of one kind, `[[name]]`, each with the tables inside it."""
    parts = []
    for row in rows:
        inner = {
            key: value for key, value in row.items() if isinstance(value, list) and value and isinstance(value[0], dict)
        }
        lines = [f"{key} = {written(value)}" for key, value in row.items() if key not in inner]
        parts += ["\n".join([f"[[{name}]]", *lines, ""]), *(tables(f"{name}.{key}", inner[key]) for key in inner)]
    return "\n".join(parts)


def put(file: Path, text: str) -> None:
    """Write a whole file, so that a power cut leaves the old one or the new one."""
    file.parent.mkdir(parents=True, exist_ok=True)
    durable.write(file, text.encode())
