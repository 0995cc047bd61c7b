"""Boards in a technician's hands: is a protocol's file right, what does a board answer, how has each one fared."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from lobbyline.display import protocols
from lobbyline.drivers.boards.keeper import Counts
from lobbyline.drivers.wire.line import Line
from lobbyline.drivers.wire.protocol import ACTIONS, Protocol, SerialSettings, spaced
from lobbyline.drivers.wire.values import FrameRefused
from lobbyline.lobby.branch import Board, Bus
from lobbyline.lobby.config.toml import Table, parse
from lobbyline.lobby.devices import DeviceState
from lobbyline.lobby.errors import ConfigError, Mistake
from lobbyline.technician.call import Answer, Call

HEX = re.compile(r"(?:[0-9A-Fa-f]{2}\s*)+")
ANSWER = 0.6  # seconds in which an answer is waited for, and with it the end of a long one


def run(call: Call) -> Answer | int:
    """`lobbyline board check|learn|list`."""
    return VERBS[call.options.verb](call)


# Check


def check(call: Call) -> Answer:
    """Read a protocol's file and run its vectors; every mistake with its line."""
    file = place_of(call.folder, call.options.what)
    table = table_of(file)
    protocol = protocols.read(table)
    vectors = table.data.get("test", [])
    lines = [f"ok  {vector['frame']}: {vector['hex']}" for vector in vectors]
    missing = [action for action in ACTIONS if action not in protocol.actions]
    lines += [f"it lacks the actions {', '.join(missing)}: no board of devices.toml can use it yet"] if missing else []
    lines += ["it has no [[test]]: copy a frame that the maker printed, and it will be checked"] if not vectors else []
    lines.append(f"ok: {file}: {len(protocol.frames)} frames, {len(protocol.actions)} actions, {len(vectors)} vectors")
    data = {"ok": True, "frames": [*protocol.frames], "missing": missing, "vectors": len(vectors)}
    return Answer("\n".join(lines), data)


def place_of(folder: Path, what: str) -> Path:
    """A file, or a protocol by its name."""
    return Path(what) if what.endswith(".toml") else protocols.place(folder, what)


def table_of(file: Path) -> Table:
    try:
        table = parse(file, file.read_bytes())
    except OSError as error:
        raise ConfigError([Mistake(file, 1, f"cannot be read: {error.strerror}")]) from error
    if isinstance(table, Mistake):
        raise ConfigError([table])
    return table


# List


def list_boards(call: Call) -> Answer:
    """Every board of devices.toml: what it shows and how it has fared."""
    known = {device.name: device for device in call.lobby.devices.all()}
    rows = [row(bus, board, known.get(board.name)) for bus in call.setup.devices.buses for board in bus.boards]
    head = f"{'board':<14} {'bus':<10} {'protocol':<22} {'addr':>5}  {'state':<7} {'sent':>7} {'acked':>7}"
    lines = [f"{head} {'t-outs':>6} {'garbage':>7}  shows", *map(line_of, rows)]
    return Answer("\n".join(lines), rows)


def row(bus: Bus, board: Board, device: DeviceState | None) -> dict[str, Any]:
    counts = Counts.told(device.sentence) if device else None
    return {
        "board": board.name,
        "bus": bus.name,
        "protocol": board.protocol,
        "address": board.address,
        "state": device.state if device else "unseen",
        "shows": device.face if device else "",
        "sentence": device.sentence if device else "",
        "sent": counts.sent if counts else 0,
        "acknowledged": counts.acknowledged if counts else 0,
        "timeouts": counts.timeouts if counts else 0,
        "garbage": counts.garbage if counts else 0,
    }


def line_of(row: dict[str, Any]) -> str:
    counted = f"{row['sent']:>7} {row['acknowledged']:>7} {row['timeouts']:>6} {row['garbage']:>7}"
    where = f"{row['board']:<14} {row['bus']:<10} {row['protocol']:<22} {row['address']:>5}"
    return f"{where}  {row['state']:<7} {counted}  {row['shows']}"


# Learn

WELCOME = """\
{path} is open at {speed} baud. Only one program may speak on a line: end `lobbyline boards` first.
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
            actions = KNOWN.format(name=self.name) if self.protocol else ""
            self.say(WELCOME.format(path=self.line.path, speed=self.line.settings.baudrate, actions=actions))
            for order in orders:
                if order.strip() == "end":
                    break
                self.follow(order.strip())
        finally:
            self.line.close()
        self.say(self.learned())

    def follow(self, order: str) -> None:
        word, _, rest = order.partition(" ")
        if HEX.fullmatch(order):
            self.send(bytes.fromhex(order))
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


def learn(call: Call) -> int:
    """Try frames by hand on a real line or on a stand-in's."""
    name: str | None = call.options.protocol
    protocol = protocols.read(table_of(place_of(call.folder, name))) if name else None
    settings = protocol.serial if protocol else SerialSettings()
    settings = replace(settings, baudrate=call.options.speed or settings.baudrate)
    line = Line("by hand", call.data / call.options.what, settings)
    Lesson(line, protocol, name or "").hold(sys.stdin)
    return 0


# By hand, without a line


def frame(call: Call) -> Answer:
    """`lobbyline frame PROTOCOL [ACTION key=value …]`: bytes in hex, or the actions with their keys."""
    protocol = protocols.preset(call.folder, call.options.protocol)
    if not call.options.words:
        actions = protocol.actions_with_keys()
        return Answer("\n".join(f"{name}: {' '.join(keys)}" for name, keys in actions.items()), actions)
    action, *pairs = call.options.words
    if loose := [word for word in pairs if "=" not in word]:
        call.options.misused(f"{loose[0]!r} is not KEY=VALUE")
    told = protocols.hex_frame(protocol, action, dict(pair.split("=", 1) for pair in pairs))
    return Answer(told, {"hex": told})


VERBS: dict[str, Callable[[Call], Answer | int]] = {"check": check, "learn": learn, "list": list_boards}
SENTENCES = {
    "check": "Read a protocol's file, run its vectors, and tell every mistake with its line.",
    "learn": "Try frames by hand on a line; orders come from standard input.",
    "list": "Every board: what it shows, and its frames sent, acknowledged, timed out and its garbage.",
}
ARGUMENTS: dict[str, list[tuple[tuple[str, ...], dict[str, Any]]]] = {
    "check": [(("what",), {"metavar": "FILE", "help": "a file, or the name of a protocol"})],
    "learn": [
        (
            ("what",),
            {"metavar": "PORT", "help": "such as /dev/serial/by-id/…; a relative path is inside the data folder"},
        ),
        (("--protocol",), {"metavar": "NAME", "help": "a protocol, or its file, to try actions of"}),
        (("--speed",), {"metavar": "BAUD", "type": int, "help": "instead of the protocol's speed"}),
    ],
}
