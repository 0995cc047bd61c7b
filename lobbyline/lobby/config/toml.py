"""One TOML file: its values, and the line on which each of them stands.

The values come from tomllib, which knows no lines; the lines come from tree-sitter, which knows no values.
The lines are looked for only when there is a mistake to tell.
"""

from __future__ import annotations

import stat
import tomllib
from codecs import BOM_UTF8
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lobbyline.lobby.config import syntax
from lobbyline.lobby.errors import ConfigError, Mistake

if TYPE_CHECKING:
    from tree_sitter import Node

Key = tuple[str | int, ...]

_OTHERWISE = {stat.S_IFDIR: "a folder", stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket"}
_KEYS = {"bare_key", "quoted_key", "dotted_key"}


@dataclass(frozen=True)
class Table:
    """The tables of one file; `mistake` points at a line of it."""

    file: Path
    data: dict[str, Any]
    text: bytes = field(default=b"", repr=False)

    def mistake(self, path: Key, sentence: str) -> Mistake:
        """A mistake at `path`, or at the nearest table around it that is written in the file."""
        return Mistake(self.file, self.line(path), sentence)

    def line(self, path: Key) -> int:
        """Where `path` stands, or what is written around it."""
        return self._lines.get(path[: self.depth(path)], 1)

    def depth(self, path: Key) -> int:
        """How many steps of `path` are written in this file."""
        return next((steps for steps in range(len(path), 0, -1) if path[:steps] in self._lines), 0)

    @cached_property
    def _lines(self) -> dict[Key, int]:
        return lines_of(self.text)


def table_of(file: Path) -> Table:
    """The table of a file, or the mistake that keeps it from being one."""
    try:
        table = parse(file, contents(file))
    except OSError as error:
        table = unread(file, error)
    if isinstance(table, Mistake):
        raise ConfigError([table])
    return table


def contents(file: Path) -> bytes:
    """The bytes of a plain file; a pipe would be waited for, and a device has no end."""
    kind = stat.S_IFMT(file.stat().st_mode)
    if kind != stat.S_IFREG:
        raise OSError(0, f"it is {_OTHERWISE.get(kind, 'a device')}, not a file", str(file))
    return file.read_bytes()


def unread(file: Path, error: OSError) -> Mistake:
    """A file that is there for nobody here."""
    return Mistake(file, 1, f"cannot be read: {error.strerror or error}")


def parse(file: Path, text: bytes) -> Table | Mistake:
    """The table in `text`, or the one mistake that keeps it from being TOML."""
    text = text.removeprefix(BOM_UTF8)  # some editors write it, and it does no harm
    try:
        return Table(file, tomllib.loads(text.decode()), text)
    except UnicodeDecodeError as error:
        line = text.count(b"\n", 0, error.start) + 1
        return Mistake(file, line, "is not written in UTF-8; save the file as UTF-8")
    except ValueError as error:  # TOMLDecodeError, and numbers of thousands of digits
        return Mistake(file, *syntax.plainly(text.decode(), str(error)))
    except RecursionError:
        return Mistake(file, 1, "is nested too deeply to be a settings file")


def lines_of(text: bytes) -> dict[Key, int]:
    """The line (from 1) of every key, table and array element."""
    import tree_sitter_toml
    from tree_sitter import Language, Parser

    lines: dict[Key, int] = {}
    for path, node in _document(Parser(Language(tree_sitter_toml.language())).parse(text).root_node):
        lines.setdefault(path, node.start_point.row + 1)
    return lines


def _document(root: Node) -> Iterator[tuple[Key, Node]]:
    """Every key path of a file; headers of arrays count their elements."""
    counts: dict[Key, int] = {}
    for node in root.named_children:
        if node.type == "pair":
            yield from _pair((), node)
        elif node.type in {"table", "table_array_element"}:
            yield from _section(node, counts)


def _section(node: Node, counts: dict[Key, int]) -> Iterator[tuple[Key, Node]]:
    header, *pairs = [child for child in node.named_children if child.type != "comment"]
    keys = _names(header)
    array = node.type == "table_array_element"
    if array:
        name = _inside((), keys[:-1], counts) + keys[-1:]
        counts[name] = counts.get(name, -1) + 1
        yield name, node
    path: Key = _inside((), keys, counts)
    yield from ((path[:end], node) for end in range(1, len(path) + 1))
    for pair in pairs:
        if pair.type == "pair":
            yield from _pair(path, pair)


def _inside(base: Key, keys: Key, counts: dict[Key, int]) -> Key:
    """A header's path with the index of the latest element wherever it passes through an array of tables."""
    for key in keys:
        base = (*base, key)
        if base in counts:
            base = (*base, counts[base])
    return base


def _pair(base: Key, node: Node) -> Iterator[tuple[Key, Node]]:
    children = [child for child in node.named_children if child.type != "comment"]
    for key in _names(children[0]):
        base = (*base, key)
        yield base, node
    if len(children) > 1:
        yield from _value(base, children[1])


def _value(path: Key, node: Node) -> Iterator[tuple[Key, Node]]:
    if node.type == "inline_table":
        for pair in node.named_children:
            if pair.type == "pair":
                yield from _pair(path, pair)
    elif node.type == "array":
        elements = [child for child in node.named_children if child.type != "comment"]
        for index, element in enumerate(elements):
            yield (*path, index), element
            yield from _value((*path, index), element)


def _names(node: Node) -> Key:
    """The parts of a key, read by tomllib so that quotes and escapes mean what they mean there."""
    if node.type not in _KEYS or node.text is None:
        return ()
    try:
        value: Any = tomllib.loads(f"{node.text.decode()} = 0")
    except ValueError:
        return ()
    names: list[str | int] = []
    while isinstance(value, dict):
        name, value = next(iter(value.items()))
        names.append(name)
    return tuple(names)
