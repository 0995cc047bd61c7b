"""A keypad's protocol as a technician describes it: the frames of a board's language, and which key says what.

A key is written as the frame that the pad sends for it, so that our own engine makes the very bytes to listen for:
lengths and checksums are right by construction, and nothing has to be taken apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from lobbyline.drivers.wire.frame import Telegram
from lobbyline.drivers.wire.protocol import Protocol
from lobbyline.drivers.wire.reading import Keys, Path, ProtocolMistakes, nearest
from lobbyline.drivers.wire.values import FrameRefused, Values

# What a key may mean; digits are typed before `call`, `rate_1` is dissatisfied and `rate_4` very satisfied.
VERBS = (
    "next", "recall", "step", "done", "absent", "hold", "pause", "open", "close", "call", "clear",
    "rate_1", "rate_2", "rate_3", "rate_4",
)  # fmt: skip
DIGITS = tuple(f"digit_{digit}" for digit in range(10))
# What a pad may show: a counter's number and line, a refusal; a rating pad asks, thanks and rests.
FACES = ("show", "refused", "ask", "thanks", "rest")


@dataclass(frozen=True)
class Sent:
    """A frame that a pad sends: its name in the file, and the values that make it this key."""

    frame: str
    given: Mapping[str, int]


@dataclass(frozen=True)
class KeypadProtocol:
    """What a kind of keypad says and understands."""

    wire: Protocol
    keys: Mapping[str, Sent]
    poll: str  # the frame that asks a pad for its key; empty where pads speak by themselves
    idle: str  # what a pad answers that has none
    confirm: str  # what tells a pad that its key was heard; empty where nothing does
    patience: float  # seconds in which a pad answers
    settle: float  # seconds in which the same key again is the same press

    @staticmethod
    def read(table: Mapping[str, Any]) -> KeypadProtocol:
        """The protocol of a table; ProtocolMistakes with everything that is wrong in it."""
        own = {name: table[name] for name in ("keys", "poll", "confirm", "settle_ms") if name in table}
        wire = Protocol.read({name: value for name, value in table.items() if name not in own})
        mistakes: list[tuple[Path, str]] = []
        protocol = read_keypad(Keys(own, (), mistakes), wire)
        if not mistakes:
            mistakes += untold(protocol)
        if mistakes:
            raise ProtocolMistakes(mistakes)
        return protocol

    def presses(self, address: int) -> dict[bytes, str]:
        """The very bytes of each key of the pad at an address."""
        return {self._bytes(sent.frame, address, sent.given): key for key, sent in self.keys.items()}

    def question(self, address: int) -> bytes:
        """The bytes that ask a pad for its key; nothing where pads speak by themselves."""
        return self._bytes(self.poll, address, {}) if self.poll else b""

    def nothing(self, address: int) -> bytes:
        """The bytes of a pad that was asked and has no key."""
        return self._bytes(self.idle, address, {}) if self.idle else b""

    def heard(self, address: int) -> bytes:
        """The bytes that tell a pad that its key was heard."""
        return self._bytes(self.confirm, address, {}) if self.confirm else b""

    def face(self, name: str, values: Values) -> list[Telegram]:
        """The frames of a face; none where the pad has no such face."""
        return self.wire.telegrams(name, values) if name in self.wire.actions else []

    def _bytes(self, frame: str, address: int, given: Mapping[str, int]) -> bytes:
        return self.wire.frames[frame].telegram({"address": address, **given}).data  # an action may have its name


def read_keypad(keys: Keys, wire: Protocol) -> KeypadProtocol:
    described = keys.inner("keys")
    pressed = {name: read_sent(described, name, wire) for name in described.table}
    for name in pressed:
        if name not in (*VERBS, *DIGITS):
            described.wrong(name, f"there is no key `{name}`.{nearest(name, (*VERBS, *DIGITS))}")
    if not pressed:
        keys.wrong("keys", "a keypad needs at least one key.")
    asking = keys.inner("poll") if keys.has("poll") else Keys({}, ("poll",), keys.mistakes)
    found = KeypadProtocol(
        wire=wire,
        keys=pressed,
        poll=frame_of(asking, "frame", wire),
        idle=frame_of(asking, "idle", wire),
        confirm=frame_of(keys, "confirm", wire),
        patience=asking.take("timeout_ms", 60, 5, 2000) / 1000,
        settle=keys.take("settle_ms", 400, 0, 5000) / 1000,
    )
    asking.close()
    keys.close()
    return found


def read_sent(keys: Keys, name: str, wire: Protocol) -> Sent:
    """`{ frame = "key", with = { key = 0x31 } }`."""
    table = keys.inner(name)
    sent = Sent(frame_of(table, "frame", wire), dict(table.inner("with").table))
    table.close()
    if not sent.frame:
        table.wrong("frame", "a key is a `frame` that the pad sends.")
    return sent


def frame_of(keys: Keys, name: str, wire: Protocol) -> str:
    """The name of a frame of the file, or empty."""
    found = keys.take(name, "")
    if found and found not in wire.frames:
        keys.wrong(name, f"there is no frame `{found}`.{nearest(found, wire.frames)}")
        return ""
    return found


def untold(protocol: KeypadProtocol) -> Iterable[tuple[Path, str]]:
    """Keys whose bytes cannot be made, or are those of another key."""
    told = dict[bytes, str]()
    for key, sent in protocol.keys.items():
        try:
            data = protocol.wire.frames[sent.frame].telegram({"address": protocol.wire.bus.lowest, **sent.given}).data
        except FrameRefused as refusal:
            yield ("keys", key), str(refusal)
            continue
        if data in told:
            yield ("keys", key), f"`{key}` sends the same bytes as `{told[data]}`."
        told[data] = key
