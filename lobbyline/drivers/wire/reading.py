"""Reading a protocol's table: every key once, every mistake kept with its path, none raised early."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any, TypeVar

Path = tuple[str | int, ...]
Kind = TypeVar("Kind", int, str, bool)
KINDS = {int: "a whole number", str: "a text", bool: "true or false"}


class ProtocolMistakes(Exception):
    """A protocol's table is wrong: all mistakes, each with the path of its key."""

    def __init__(self, mistakes: Iterable[tuple[Path, str]]) -> None:
        self.mistakes = list(mistakes)
        super().__init__("; ".join(f"{'.'.join(map(str, path))}: {sentence}" for path, sentence in self.mistakes))


def nearest(word: str, words: Iterable[str]) -> str:
    """` Did you mean …?`, or nothing when no word is near."""
    near = get_close_matches(word, list(words), 1)
    return f" Did you mean `{near[0]}`?" if near else ""


def within(value: int, low: int | None, high: int | None) -> bool:
    return (low is None or low <= value) and (high is None or value <= high)


class Keys:
    """The keys of one table: take each, then `close` to hear of keys that nobody took."""

    def __init__(self, table: object, path: Path, mistakes: list[tuple[Path, str]]) -> None:
        self.path, self.mistakes = path, mistakes
        self.table: Mapping[str, Any] = table if isinstance(table, Mapping) else {}
        self.known: set[str] = set()
        if not isinstance(table, Mapping):
            self.wrong("", f"must be a table, not {table!r}.")

    def wrong(self, name: str | int, sentence: str) -> None:
        self.mistakes.append(((*self.path, name) if name != "" else self.path, sentence))

    def has(self, name: str) -> bool:
        self.known.add(name)
        return name in self.table

    def get(self, name: str, default: Any = None) -> Any:
        return self.table[name] if self.has(name) else default

    def take(self, name: str, default: Kind, low: int | None = None, high: int | None = None) -> Kind:
        """The value of a key of the same type as `default`, within limits; the default when it is wrong."""
        value, kind = self.get(name, default), type(default)
        if type(value) is not kind:
            self.wrong(name, f"`{name}` must be {KINDS[kind]}, not {value!r}.")
            return default
        if isinstance(value, int) and not within(value, low, high):
            self.wrong(name, f"`{name}` must be from {low} to {high}, not {value}.")
            return default
        return value

    def choice(self, name: str, default: str, allowed: Iterable[str]) -> str:
        """One of the allowed words."""
        value, words = self.take(name, default), list(allowed)
        if value in words or not self.has(name):
            return value
        self.wrong(name, f"`{name}` knows no `{value}`, only {', '.join(words)}.{nearest(value, words)}")
        return default

    def bytes(self, name: str) -> bytes:
        """Bytes written as hex: `"A0 07"`."""
        value = self.take(name, "")
        try:
            return bytes.fromhex(value)
        except ValueError:
            self.wrong(name, f'`{name}` must be bytes in hex like "A0 07", not {value!r}.')
            return b""

    def list(self, name: str) -> list[Any]:
        value = self.get(name, [])
        if isinstance(value, list):
            return value
        self.wrong(name, f"`{name}` must be a list, not {value!r}.")
        return []

    def inner(self, name: str) -> Keys:
        """The table under a key; an empty one when it is not there."""
        return Keys(self.get(name, {}), (*self.path, name), self.mistakes)

    def close(self) -> None:
        """Tell of every key that nobody asked for."""
        for name in self.table:
            if name not in self.known:
                self.wrong(name, f"there is no key `{name}` here.{nearest(name, self.known)}")
