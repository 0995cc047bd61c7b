"""The pads of one line: asks them (or listens), tells which key was pressed where, and shows each its face.

A pad that repeats its key until it is confirmed is heard once. Faces are level-triggered: what a pad should show is
compared with what it was sent, and sent again now and then, since a pad may have lost its power.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lobbyline.drivers.errors import DeviceError
from lobbyline.drivers.keypads.protocol import KeypadProtocol
from lobbyline.drivers.wire.frame import Telegram
from lobbyline.drivers.wire.line import Line
from lobbyline.drivers.wire.values import FrameRefused, Values

DEAF = 5  # questions in a row without an answer after which a pad is missing
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 10.0  # seconds before a line is opened again
ROUND = 0.05  # seconds between two rounds of questions: no finger notices; what speaks by itself is heard at once

Face = tuple[str, Values]


@dataclass
class Pad:
    """One pad: what it should show, what it was sent, and how it has fared."""

    name: str
    address: int
    presses: Mapping[bytes, str]
    question: bytes = b""  # empty: it speaks by itself
    nothing: bytes = b""  # its answer while no key is pressed
    wanted: Face | None = None
    sent: Face | None = None
    sent_at: float = 0.0
    refused: bool = False  # what it should show could not be said
    unanswered: int = 0
    pressed: tuple[str, float] = field(default=("", -1e9))  # the last key, and when


class Pads:
    """Everything on one line; used by one thread."""

    def __init__(
        self,
        line: Line,
        protocol: KeypadProtocol,
        addresses: Mapping[str, int],
        pressed: Callable[[str, str], object],
        told: Callable[[str, DeviceError | None], object],
    ) -> None:
        """`pressed` hears of a pad and its key; `told` of a pad (or the line) and its fault, None when it is well."""
        self._line, self._protocol, self._pressed, self._told = line, protocol, pressed, told
        self.pads = {
            name: Pad(name, address, protocol.presses(address), protocol.question(address), protocol.nothing(address))
            for name, address in addresses.items()
        }
        self._longest = max(len(data) for pad in self.pads.values() for data in pad.presses)
        self._heard = b""
        self._pause, self._due = FIRST_PAUSE, 0.0

    def want(self, name: str, face: str, values: Values) -> None:
        """What a pad should show from now on."""
        pad = self.pads[name]
        pad.wanted = (face, {"address": pad.address, **values})

    def turn(self) -> None:
        """One round: open the line if it is closed, hear every pad, show what changed."""
        if not self._open():
            time.sleep(ROUND)
            return
        try:
            for pad in self.pads.values():
                if pad.question:
                    self._ask(pad)
                self._show(pad)
            self._listen(ROUND)
        except DeviceError as error:
            self._lost(error)

    def close(self) -> None:
        self._line.close()

    def _open(self) -> bool:
        if self._line.is_open:
            return True
        if time.monotonic() < self._due:
            return False
        try:
            self._line.open()
        except DeviceError as error:
            self._lost(error)
            return False
        self._pause, self._heard = FIRST_PAUSE, b""
        self._told(self._line.bus, None)
        for pad in self.pads.values():
            pad.sent, pad.unanswered = None, 0
        return True

    def _lost(self, error: DeviceError) -> None:
        self._line.close()
        self._due = time.monotonic() + self._pause
        self._pause = min(self._pause * 2, LONGEST_PAUSE)
        self._told(self._line.bus, error)

    def _ask(self, pad: Pad) -> None:
        """Ask one pad for its key and wait for it, or for its word that there is none."""
        self._say(pad.question)
        end = time.monotonic() + self._protocol.patience
        while (left := end - time.monotonic()) > 0:
            self._heard += self._line.wait(left)
            if self._find():
                return self._answered(pad)
            if pad.nothing and pad.nothing in self._heard:
                self._heard = self._heard.partition(pad.nothing)[2]
                return self._answered(pad)
        return self._silent(pad)

    def _answered(self, pad: Pad) -> None:
        if pad.unanswered >= DEAF:
            self._told(pad.name, None)
            pad.sent = None  # it may have lost its power, and its face with it
        pad.unanswered = 0

    def _silent(self, pad: Pad) -> None:
        pad.unanswered += 1
        if pad.unanswered == DEAF:
            sentence = f'Keypad "{pad.name}" does not answer: look at its power, its plug and its address.'
            self._told(pad.name, DeviceError(sentence, "silent"))

    def _listen(self, seconds: float) -> None:
        self._heard += self._line.wait(seconds)
        while self._find():
            pass
        self._heard = self._heard[-self._longest :]

    def _find(self) -> bool:
        """The first key in what was heard; its bytes and all before them are dealt with."""
        known = [(data, pad) for pad in self.pads.values() for data in pad.presses if data in self._heard]
        if not known:
            return False
        data, pad = min(known, key=lambda one: self._heard.find(one[0]))
        place = self._heard.find(data)
        self._heard = self._heard[place + len(data) :]
        self._press(pad, pad.presses[data])
        return True

    def _press(self, pad: Pad, key: str) -> None:
        """Confirm it, and tell of it unless it is the same press again."""
        if confirmation := self._protocol.heard(pad.address):
            self._say(confirmation)
        now, (before, when) = time.monotonic(), pad.pressed
        pad.pressed = key, now
        if key != before or now - when > self._protocol.settle:
            self._pressed(pad.name, key)

    def _show(self, pad: Pad) -> None:
        stale = time.monotonic() - pad.sent_at > self._protocol.wire.bus.refresh
        if pad.wanted is None or (pad.wanted == pad.sent and not stale):
            return
        for telegram in self._telegrams(pad, *pad.wanted):
            self._say(telegram.data)
        pad.sent, pad.sent_at = pad.wanted, time.monotonic()

    def _telegrams(self, pad: Pad, face: str, values: Values) -> list[Telegram]:
        """The frames of a face; none of one that the protocol refuses, which is told: keys are heard all the same."""
        try:
            telegrams = self._protocol.face(face, values)
        except FrameRefused as refused:
            self._told(pad.name, DeviceError(f'Keypad "{pad.name}" cannot show this: {refused}', "unshowable"))
            pad.refused = True
            return []
        if pad.refused:
            self._told(pad.name, None)
            pad.refused = False
        return telegrams

    def _say(self, data: bytes) -> None:
        """Keys that came in meanwhile are kept: a line is purged of nothing here."""
        self._heard += self._line.listen()
        self._line.tell(data, self._protocol.wire.bus.gap)
