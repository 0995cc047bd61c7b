"""Boards in a technician's hands: is a protocol's file right, what does a board answer, how has each one fared."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from lobbyline.display.boards import protocols
from lobbyline.drivers.boards.news import Counts
from lobbyline.drivers.wire.action import VALUES
from lobbyline.drivers.wire.line import Line
from lobbyline.drivers.wire.protocol import ACTIONS, Protocol
from lobbyline.drivers.wire.reading import nearest
from lobbyline.drivers.wire.settings import SerialSettings
from lobbyline.lobby.branch import Board, Bus
from lobbyline.lobby.config.toml import table_of
from lobbyline.lobby.devices import DeviceState
from lobbyline.technician.call import Answer, Call, counted
from lobbyline.technician.devices.lesson import Lesson
from lobbyline.technician.doctor import system
from lobbyline.technician.parser import Parser
from lobbyline.technician.terminal import table


def check(call: Call) -> Answer:
    """Read a protocol's file and run its vectors; every mistake with its line."""
    file = place_of(call.folder, call.options.what)
    source = table_of(file)
    protocol = protocols.read(source)
    vectors = source.data.get("test", [])
    lines = [f"ok  {vector['frame']}: {vector['hex']}" for vector in vectors]
    missing = [action for action in ACTIONS if action not in protocol.actions]
    lines += [f"it lacks the actions {', '.join(missing)}: no board of devices.toml can use it yet"] if missing else []
    lines += ["it has no [[test]]: copy a frame that the maker printed, and it will be checked"] if not vectors else []
    parts = {"frame": protocol.frames, "action": protocol.actions, "vector": vectors}
    lines.append(f"ok: {file}: {', '.join(counted(len(there), part) for part, there in parts.items())}")
    data = {"ok": True, "frames": [*protocol.frames], "missing": missing, "vectors": len(vectors)}
    return Answer("\n".join(lines), data)


def place_of(folder: Path, what: str) -> Path:
    """A file, or a protocol by its name."""
    return Path(what) if what.endswith(".toml") else protocols.place(folder, what)


def list_boards(call: Call) -> Answer:
    """Every board of devices.toml: what it shows and how it has fared."""
    known = {device.name: device for device in call.lobby.devices.all()}
    rows = [row(bus, board, known) for bus in call.setup.devices.buses for board in bus.boards]
    asleep = f"\n\n{ASLEEP}" if "boards" in system.asleep(call.lobby, call.setup) else ""
    return Answer(table([HEAD, *map(told, rows)]) + asleep if rows else "The branch has no boards.", rows)


def row(bus: Bus, board: Board, known: Mapping[str, DeviceState]) -> dict[str, Any]:
    device, line = known.get(board.name), known.get(bus.name)
    lost = line is not None and line.state != "ok"  # then nobody knows how its boards are
    counts = Counts.told(device.sentence) if device else None
    return {
        "board": board.name,
        "bus": bus.name,
        "protocol": board.protocol,
        "address": board.address,
        "state": "no line" if lost else device.state if device else "unseen",
        "shows": device.face if device else "",
        "sentence": device.sentence if device else "",
        "sent": counts.sent if counts else 0,
        "acknowledged": counts.acknowledged if counts else 0,
        "timeouts": counts.timeouts if counts else 0,
        "garbage": counts.garbage if counts else 0,
    }


ASLEEP = "`lobbyline boards` does not run: this is what it said last. systemctl start lobbyline-boards"
HEAD = ("board", "line", "state", "sent", "answered", "lost", "garbage", "shows")


def told(row: dict[str, Any]) -> tuple[str | int, ...]:
    """One row of the table: what never happened is left out; a frame is lost when its answer did not come in time."""
    counts = [row[name] or "" for name in ("sent", "acknowledged", "timeouts", "garbage")]
    return row["board"], f"{row['bus']} {row['address']}", row["state"], *counts, row["shows"]


def learn(call: Call) -> int:
    """Try frames by hand on a real line or on a stand-in's."""
    name: str | None = call.options.protocol
    protocol = protocols.read(table_of(place_of(call.folder, name))) if name else None
    settings = protocol.serial if protocol else SerialSettings()
    settings = replace(settings, baudrate=call.options.speed or settings.baudrate)
    line = Line("by hand", call.data / call.options.what, settings)
    Lesson(line, protocol, name or "").hold(sys.stdin)
    return 0


def frame(call: Call) -> Answer:
    """`lobbyline frame PROTOCOL [ACTION key=value …]`: bytes in hex, or the actions with their keys."""
    protocol = protocols.preset(call.folder, call.options.protocol)
    if not call.options.words:
        actions = protocol.actions_with_keys()
        return Answer("\n".join(f"{name}: {' '.join(keys)}" for name, keys in actions.items()), actions)
    action, *pairs = call.options.words
    if loose := [word for word in pairs if "=" not in word]:
        call.options.misused(f"{loose[0]!r} is not KEY=VALUE")
    values = dict(pair.split("=", 1) for pair in pairs)
    told = protocols.frame(protocol, action, values)
    for note in ignored(protocol, action, values):
        print(note, file=sys.stderr)
    return Answer(told, {"hex": told})


def ignored(protocol: Protocol, action: str, values: Iterable[str]) -> Iterator[str]:
    """A sentence for every value that changes nothing: a mistyped one would go unseen."""
    keys = protocol.keys(action)
    known = (*keys.needs, *keys.may)
    for name in values:
        if name not in known and name not in VALUES:
            yield f"note: {name} means nothing to `{action}`.{nearest(name, known)}"


def words(top: Parser) -> None:
    """The commands of this module."""
    boards = top.command("board", list_boards, "Every board and how it fares; a protocol's file; a line by hand.")
    boards.command("list", list_boards, "What each shows; its frames sent, answered, lost; its garbage.")
    checking = boards.command("check", check, "A protocol's file: its vectors, and every mistake with its line.")
    checking.add_argument("what", metavar="FILE", help="a file, or the name of a protocol")
    learning = boards.command("learn", learn, "Try frames by hand on a line; orders come from standard input.")
    port = "such as /dev/serial/by-id/…; a relative path is inside the data folder"
    learning.add_argument("what", metavar="PORT", help=port)
    learning.add_argument("--protocol", metavar="NAME", help="a protocol, or its file, to try actions of")
    learning.add_argument("--speed", metavar="BAUD", type=int, help="instead of the protocol's speed")
    framing = top.command("frame", frame, "The bytes in hex that would go to a board.")
    framing.add_argument("protocol", metavar="PROTOCOL", help="a file of assets/boards, or of the branch's own")
    framing.add_argument("words", metavar="ACTION KEY=VALUE", nargs="*", help="without an action: all, with their keys")
