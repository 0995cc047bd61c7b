"""A protocol as a technician describes it: frames, the actions made of them, the line, published vectors.

The table comes from a file of `assets/boards` or the like; nothing here reads files or ports.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from lobbyline.drivers.wire.action import VALUES, Action, Needs, read_action
from lobbyline.drivers.wire.frame import Frame, Telegram, read_frame
from lobbyline.drivers.wire.parts import Sequence
from lobbyline.drivers.wire.reading import Keys, Path, ProtocolMistakes, nearest
from lobbyline.drivers.wire.settings import BusRules, SerialSettings, read_bus, read_serial
from lobbyline.drivers.wire.values import FrameRefused, Template, ValueMissing, Values, whole

# What a board shows; a keypad has actions of its own.
ACTIONS = ("welcome", "call", "serving", "paused", "closed", "clear")
NEXT = "prepare"  # what only a board of those who come next needs
THE_TEXT = Template("{text}", ("text",))


@dataclass(frozen=True)
class Protocol:
    """What a kind of device understands."""

    frames: Mapping[str, Frame]
    actions: Mapping[str, Action]
    serial: SerialSettings
    bus: BusRules

    @staticmethod
    def read(table: Mapping[str, Any]) -> Protocol:
        """The protocol of a table; ProtocolMistakes with everything that is wrong in it."""
        mistakes: list[tuple[Path, str]] = []
        keys = Keys(table, (), mistakes)
        protocol = read_protocol(keys)
        if not mistakes:
            check_vectors(keys, protocol)
        if mistakes:
            raise ProtocolMistakes(mistakes)
        return protocol

    def frame(self, action: str, values: Values) -> bytes:
        """The bytes of an action, or of a frame by its own name."""
        return b"".join(telegram.data for telegram in self.telegrams(action, values))

    def telegrams(self, action: str, values: Values) -> list[Telegram]:
        """The frames of an action, each with the answer it asks for."""
        meant = self._action(action)
        if "address" in values:
            self.bus.check(whole("address", values["address"]))
        try:
            filled = meant.values(values)
            return [self.frames[name].telegram(filled) for name in meant.frames]
        except ValueMissing as missing:
            raise FrameRefused(f"`{action}` needs more: {missing}") from missing

    def keys(self, action: str) -> Needs:
        """Which values an action takes."""
        meant = self._action(action)
        frames = [self.frames[name] for name in meant.frames]
        templates = [given for given in meant.given.values() if isinstance(given, Template)]
        needs = [name for frame in frames for name in frame.needs if name not in meant.given]
        needs += [name for template in templates for name in template.names]
        may = [name for name in meant.given if name not in VALUES]
        may += [name for template in templates for name in template.columns]
        may += [name for frame in frames for name in frame.may if name not in (*needs, *meant.given)]
        return Needs(tuple(dict.fromkeys(needs)), tuple(dict.fromkeys(may)))

    def saying(self, actions: Iterable[str]) -> Protocol:
        """The same with the hall's wording in these actions, in place of a text of their own."""
        own = {name: self.actions[name] for name in actions if name in self.actions}
        worded = {
            name: replace(action, given={**action.given, "text": THE_TEXT})
            for name, action in own.items()
            if "text" in action.given and "text" not in getattr(action.given["text"], "names", ())
        }
        return replace(self, actions={**self.actions, **worded})

    def actions_with_keys(self) -> dict[str, list[str]]:
        """Every action and frame with the keys it takes, those that may be left out in brackets."""
        keys = {name: self.keys(name) for name in (*self.actions, *self.frames)}
        return {name: [*own.needs, *(f"[{key}]" for key in own.may)] for name, own in keys.items()}

    @cached_property
    def echoes(self) -> bool:
        """Whether a board answers with the very bytes that it was sent."""
        return any(frame.ack is not None and frame.ack.echoes for frame in self.frames.values())

    @cached_property
    def sequences(self) -> Mapping[str, Sequence]:
        return {part.name: part for frame in self.frames.values() for part in frame.sequences()}

    def _action(self, name: str) -> Action:
        if name in self.actions:
            return self.actions[name]
        if name in self.frames:
            return Action((name,))
        known = [*self.actions, *self.frames]
        raise FrameRefused(f"This protocol has no `{name}`, only {', '.join(known)}.{nearest(name, known)}")


def hex_frame(protocol: Protocol, action: str, values: Values) -> str:
    """The bytes on the wire as a manual prints them: `01 21 20 07`."""
    return spaced(protocol.frame(action, values))


def spaced(data: bytes) -> str:
    return data.hex(" ").upper()


def read_protocol(keys: Keys) -> Protocol:
    described, acting = keys.inner("frames"), keys.inner("actions")
    frames = {name: read_frame(described.inner(name)) for name in described.table}
    if not frames:
        keys.wrong("frames", "a protocol needs at least one frame.")
    actions = {name: read_action(acting, name, frames) for name in acting.table}
    protocol = Protocol(frames, actions, read_serial(keys.inner("serial")), read_bus(keys.inner("bus")))
    keys.list("test")
    keys.close()
    return protocol


def check_vectors(keys: Keys, protocol: Protocol) -> None:
    """Run the frames that the maker published against what this table says."""
    for place, table in enumerate(keys.list("test")):
        vector = Keys(table, ("test", place), keys.mistakes)
        check_vector(vector, protocol)
        vector.close()


def check_vector(vector: Keys, protocol: Protocol) -> None:
    frame, hexes, values = vector.take("frame", ""), vector.bytes("hex"), vector.inner("with").table
    vector.take("source", "")
    try:
        telegrams = protocol.telegrams(frame, values)
    except FrameRefused as refusal:
        vector.wrong("with", str(refusal))
        return
    data = b"".join(telegram.data for telegram in telegrams)
    if data != hexes:
        vector.wrong("hex", f"the manual has {spaced(hexes)}, this table makes {spaced(data)}.")
    if vector.has("reply"):
        check_reply(vector, telegrams[-1])


def check_reply(vector: Keys, telegram: Telegram) -> None:
    reply = vector.bytes("reply")
    if telegram.answer is None or telegram.answer.verdict(reply) != "ok":
        vector.wrong("reply", f"`ack` does not know {spaced(reply)} as the answer to this frame.")
