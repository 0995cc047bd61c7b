"""Characters by their radical, step by step: how many strokes it has, which one it is, how many are left, which sign.

For names that nobody finds by their sound. Every step has few enough answers to stand in place of the keys.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from lobbyline import ASSETS

TABLE = ASSETS / "pinyin" / "radicals.txt"
STEPS = 4

Path = tuple[str, ...]  # what was answered so far


class Radicals:
    """The table, read when somebody asks for it first."""

    def answers(self, path: Path) -> list[str]:
        """What may be answered next; after three answers these are characters."""
        found: Any = self._table
        for answer in path:
            found = found[answer]
        return list(found)

    @cached_property
    def _table(self) -> dict[str, dict[str, dict[str, str]]]:
        table: dict[str, dict[str, dict[str, str]]] = {}
        for line in TABLE.read_text("utf-8").splitlines():
            if not line.startswith("#"):
                strokes, radical, *rests = line.split(" ")
                table.setdefault(strokes, {})[radical] = dict(rest.split(":") for rest in rests)
        return table
