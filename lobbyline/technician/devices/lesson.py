"""One sitting at a line of boards: bytes go out, answers are shown, and what worked becomes a protocol's file."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from lobbyline.drivers.wire.line import Line
from lobbyline.drivers.wire.protocol import Protocol, spaced
from lobbyline.drivers.wire.values import FrameRefused

HEX = re.compile(r"(?:[0-9A-Fa-f]{2}\s*)+")
ANSWER = 0.6  # seconds in which an answer is waited for, and with it the end of a long one

WELCOME = "{path} is open at {speed} baud. Only one program may speak on a line: end `lobbyline boards` first."
ORDERS = """\
  AB 01 0D               send these bytes, and see what comes back
  listen 5               send nothing for 5 seconds: what comes is another master, noise, or a board that talks
  speed 19200            try another speed
{actions}  keep call              the board showed what the last frame said: remember it under this name
  end                    print what was kept as the beginning of a protocol's file
"""
KNOWN = """\
  actions                what {name} can say
  call address=3 …       send an action of it
"""


@dataclass
class Kept:
    """A frame that did what was hoped for, and what the board answered."""

    frame: bytes
    answer: bytes


@dataclass
class Lesson:
    """One sitting at a line: every order is a line of text, every byte is shown both ways."""

    line: Line
    protocol: Protocol | None = None
    name: str = ""
    say: Callable[[str], object] = print
    last: Kept | None = None
    kept: dict[str, Kept] = field(default_factory=dict)

    def hold(self, orders: Iterable[str]) -> None:
        """Open the line, follow orders until they end, and tell what was learned."""
        self.line.open()
        try:
            self.say(WELCOME.format(path=self.line.path, speed=self.line.settings.baudrate))
            self.say(self.orders())
            for order in orders:
                if order.strip() == "end":
                    break
                self.follow(order.strip())
        finally:
            self.line.close()
        self.say(self.learned())

    def orders(self) -> str:
        return ORDERS.format(actions=KNOWN.format(name=self.name) if self.protocol else "")

    def follow(self, order: str) -> None:
        word, _, rest = order.partition(" ")
        if HEX.fullmatch(order):
            self.send(bytes.fromhex(order))
        elif word in ("help", "?"):
            self.say(self.orders())
        elif word == "listen":
            self.listen(float(rest) if rest.replace(".", "", 1).isdigit() else 3.0)
        elif word == "speed" and rest.isdigit():
            self.change_speed(int(rest))
        elif word == "keep":
            self.keep(rest.strip() or "show")
        elif word == "actions" and self.protocol:
            self.say("\n".join(f"  {name} {' '.join(k)}" for name, k in self.protocol.actions_with_keys().items()))
        elif self.protocol and word:
            self.act(word, dict(pair.split("=", 1) for pair in rest.split() if "=" in pair))
        elif word:
            self.say(f"{order!r} is neither bytes in hex like A0 07 nor one of the words above.")

    def send(self, data: bytes) -> None:
        """The bytes out, and whatever comes back; our own bytes are told apart where the adapter echoes."""
        self.say(f"→ {spaced(data)}")
        garbage = self.line.say(data, 0.02)
        heard = self._heard(self.line.settings.seconds(len(data)) + ANSWER)
        if garbage:
            self.say(f"  ({garbage} bytes had come in before: noise, or another master)")
        if heard.startswith(data):
            self.say("← the same bytes: an echoing adapter, or a board that answers with an echo")
        heard = heard.removeprefix(data) if heard != data else heard
        self.say(f"← {spaced(heard)}   {readable(heard)}" if heard else "← nothing")
        self.last = Kept(data, heard)

    def listen(self, seconds: float) -> None:
        heard = self._heard(min(seconds, 60.0))
        self.say(f"← {spaced(heard)}   {readable(heard)}" if heard else "← silence, as it should be")

    def change_speed(self, speed: int) -> None:
        self.line.close()
        self.line.settings = replace(self.line.settings, baudrate=speed)
        self.line.open()
        self.say(f"{speed} baud")

    def keep(self, name: str) -> None:
        if self.last is None:
            self.say("Nothing was sent yet.")
        else:
            self.kept[name] = self.last
            self.say(f"kept as {name!r}")

    def act(self, action: str, values: dict[str, str]) -> None:
        """Every frame of an action, and whether the answer is the one its file waits for."""
        assert self.protocol is not None  # noqa: S101, asked by `follow`
        try:
            telegrams = self.protocol.telegrams(action, values)
        except FrameRefused as refused:
            self.say(str(refused))
            return
        for telegram in telegrams:
            self.send(telegram.data)
            if telegram.answer and self.last:
                verdict = telegram.answer.verdict(self.last.answer)
                self.say({"ok": "  a yes", "nak": "  a no"}.get(verdict, "  not the answer that the file waits for"))

    def learned(self) -> str:
        """What was kept, as the beginning of a protocol's file."""
        if not self.kept:
            return "Nothing was kept."
        parts = [f"[serial]\nbaudrate = {self.line.settings.baudrate}"]
        for name, kept in self.kept.items():
            ack = f'\nack = {{ ok = "{spaced(kept.answer)}" }}' if kept.answer else ""
            parts.append(f'[frames.{name}]\nparts = [{{ hex = "{spaced(kept.frame)}" }}]{ack}')
            reply = f'\nreply = "{spaced(kept.answer)}"' if kept.answer else ""
            parts.append(
                f'[[test]]\nframe = "{name}"\nhex = "{spaced(kept.frame)}"{reply}\nsource = "seen on the board"'
            )
        return "\n\n".join(parts)

    def _heard(self, seconds: float) -> bytes:
        """What comes in: until the time is over, or a silence after the first bytes."""
        end, heard, quiet = time.monotonic() + seconds, b"", 0
        while time.monotonic() < end and quiet < 10:
            time.sleep(0.02)
            new = self.line.listen()
            quiet = 0 if new or not heard else quiet + 1
            heard += new
        return heard


def readable(data: bytes) -> str:
    return "".join(chr(byte) if 0x20 <= byte < 0x7F else "·" for byte in data)
