"""One file over another: a branch's keys over the bank's base, and words and themes over ours.

Over our words and themes only keys that we have may lie, of the same type, with the same {places}.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Any

from lobbyline.lobby.config.agreement import LANGUAGES
from lobbyline.lobby.config.mistakes import hint, shown
from lobbyline.lobby.config.toml import Key, Table
from lobbyline.lobby.errors import Mistake

Sections = Mapping[str, Any]


@dataclass(frozen=True)
class Layered(Table):
    """A branch's file over the base's; a mistake is told where the wrong key is written."""

    below: Table | None = None

    @classmethod
    def over(cls, own: Table, base: Table) -> Layered:
        return cls(own.file, merged(base.data, own.data), own.text, base)

    def mistake(self, path: Key, sentence: str) -> Mistake:
        if self.below and self.below.depth(path) > self.depth(path):
            return self.below.mistake(path, sentence)
        return super().mistake(path, sentence)


def merged(below: Any, above: Any) -> Any:
    """Tables are merged key by key, however deep; a text, a number or a list above stands instead of the one below."""
    if not isinstance(below, dict) or not isinstance(above, dict):
        return above
    return below | {key: merged(below[key], value) if key in below else value for key, value in above.items()}


def misfits(own: Table, ours: Sections) -> Iterator[Mistake]:
    """A mistake for every section or key of the branch's file that we would never look at or could not use."""
    for name, section in own.data.items():
        if name not in ours:
            yield own.mistake((name,), f"unknown section [{name}]{hint(name, ours)}")
        elif not isinstance(section, dict) or not isinstance(ours[name], dict):
            yield own.mistake((name,), f"{name} is {shown(section)}; a section [{name}] is expected")
        else:
            for key, value in section.items():
                yield from _misfit(own, (name, key), value, ours[name])


def _misfit(own: Table, path: Key, value: object, ours: Sections) -> Iterator[Mistake]:
    key = str(path[-1])
    if key not in ours:
        yield own.mistake(path, f'unknown key "{key}"{hint(key, ours)}')
    elif _sort(value) is not _sort(ours[key]):
        yield own.mistake(path, f"{key} is {shown(value)}; something like {shown(ours[key])} is expected")
    elif isinstance(value, str):
        unknown = _places(value) - _places(ours[key])
        if unknown:
            said = ", ".join(sorted(f"{{{place}}}" for place in unknown))
            yield own.mistake(path, f"{key} has the place {said}{hint(min(unknown), sorted(_places(ours[key])))}")


def _sort(value: object) -> type:
    return float if type(value) is int else type(value)


def places(sentence: str) -> list[str]:
    """What stands in braces: a name, or with it how its value is written, which no sentence of ours says."""
    parts = [(name, form, how) for _, name, form, how in Formatter().parse(sentence) if name is not None]
    return [name + (f"!{how}" if how else "") + (f":{form}" if form else "") for name, form, how in parts]


def _places(sentence: str) -> set[str]:
    """The places of a sentence; one with a loose brace has a place no sentence of ours has."""
    try:
        return set(places(sentence))
    except ValueError:
        return {sentence}


def unlike_ours(table: Table) -> Iterator[Mistake]:
    """A mistake where a language of the branch's own does not say well which of ours it is like."""
    section = table.data.get("language")
    like = section.get("like") if isinstance(section, dict) else None
    if isinstance(like, str) and like not in LANGUAGES:
        yield table.mistake(("language", "like"), f"like is {shown(like)}{hint(like, LANGUAGES)}")


def left_out(table: Table, ours: Sections) -> Iterator[Mistake]:
    """A mistake for every word of ours that a language of the branch's own does not have."""
    for name, section in ours.items():
        theirs = table.data.get(name, {})
        missing = [key for key in section if not isinstance(theirs, dict) or key not in theirs]
        if missing:
            more = ", …" if len(missing) > 5 else ""
            yield table.mistake((name,), f"[{name}] lacks {', '.join(missing[:5])}{more}")
