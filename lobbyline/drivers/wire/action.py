"""An action: the frames that are sent for one thing the hall wants to show, with values of their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lobbyline.drivers.wire.reading import Keys, nearest
from lobbyline.drivers.wire.values import Template, Values, read_template

VALUES = ("address", "ticket", "prefix", "number", "window", "text", "arrow")


@dataclass(frozen=True)
class Action:
    """Frames sent for one thing the hall wants to show, with values of its own.

    How the hall's values are worded is the action's to say; a colour or a mode is the action's unless one is given.
    """

    frames: tuple[str, ...]
    given: Mapping[str, int | Template] = field(default_factory=dict)

    def values(self, values: Values) -> dict[str, int | str]:
        filled = dict(values)
        for name, value in self.given.items():
            if name in VALUES or name not in values:
                filled[name] = value.fill(values) if isinstance(value, Template) else value
        return filled


@dataclass(frozen=True)
class Needs:
    """The values that an action must have, and those that it may."""

    needs: tuple[str, ...]
    may: tuple[str, ...]


def read_action(keys: Keys, name: str, frames: Iterable[str]) -> Action:
    """`["show"]`, or a table of frames and values: `{ frames = ["show"], with = { colour = 1 } }`."""
    plain = isinstance(keys.get(name), list)
    inner = Keys({"frames": keys.get(name)}, keys.path, []) if plain else keys.inner(name)
    names, given = [str(frame) for frame in inner.list("frames")], inner.inner("with")
    for frame in names or [""]:
        if frame not in frames:
            keys.wrong(name, f"there is no frame `{frame}`.{nearest(frame, frames)}")
    values = {key: read_given(given, key) for key in given.table}
    inner.close()
    return Action(tuple(frame for frame in names if frame in frames), values)


def read_given(keys: Keys, name: str) -> int | Template:
    return keys.take(name, 0) if isinstance(keys.get(name), int) else read_template(keys, name)
