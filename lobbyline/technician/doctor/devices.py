"""How each device of the file fares: as its program last reported it, and whether it is there at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from lobbyline.drivers.boards.news import Counts
from lobbyline.lobby.config.setup import Setup
from lobbyline.lobby.devices import FILES, DeviceState
from lobbyline.lobby.lobby import Lobby
from lobbyline.technician.call import counted
from lobbyline.technician.doctor.finding import STATES, Finding, State

KNOWN: dict[str, State] = {state: state for state in STATES}


@dataclass(frozen=True)
class Expected:
    """A device of the file: which program reports it, where it is plugged in, or the line that it hangs on."""

    name: str
    program: str
    place: str = ""
    line: str = ""


def devices(lobby: Lobby, setup: Setup, at: datetime, asleep: Sequence[str]) -> Iterator[Finding]:
    """Every device of the file, whether or not a program has reported it; then whatever else was reported.

    What a program said that sleeps now may be true no more.
    """
    known = {device.name: device for device in lobby.devices.all() if device.name != FILES}
    papers = lobby.outbox.counted(at)
    for one in expected(setup):
        finding = judged(one, known)
        told = f", when `lobbyline {one.program}` ran last" if finding.state == "ok" and one.program in asleep else ""
        told += f"; today {papers[one.name]}" if one.name in papers else ""
        yield Finding(one.name, finding.state, finding.sentence + told)
    for name in sorted(known.keys() - {one.name for one in expected(setup)}):
        yield reported(known[name])


def judged(one: Expected, known: Mapping[str, DeviceState]) -> Finding:
    """What its program last said; where that was nothing bad, whether it is plugged in."""
    device, line = known.get(one.name), known.get(one.line)
    if device and device.state != "ok":
        return reported(device)
    if one.place.startswith("/") and not Path(one.place).exists():
        return Finding(one.name, "fault", f"{one.place} is not there: is it plugged in, and switched on?")
    if one.line and (line.state != "ok" if line else device is None):
        return Finding(one.name, "warn", f"waits for its line {one.line}")
    if device:
        return reported(device)
    return Finding(one.name, "warn", f"not seen yet: is the program `lobbyline {one.program}` running?")


def reported(device: DeviceState) -> Finding:
    counts = Counts.told(device.sentence) if device.state == "ok" else None
    return Finding(device.name, KNOWN[device.state], fared(counts) if counts else device.sentence or "well")


def fared(counts: Counts) -> str:
    """What a board was sent, and how it answered."""
    told = [f"{counted(counts.sent, 'frame')} sent"]
    told += [f"{counts.acknowledged} acknowledged"] if counts.acknowledged else []
    told += [counted(counts.timeouts, "time-out")] if counts.timeouts else []
    told += [f"{counted(counts.garbage, 'byte')} of garbage"] if counts.garbage else []
    return ", ".join(told)


def expected(setup: Setup) -> Iterator[Expected]:
    """Each device of the file, a line before what hangs on it."""
    for printer in setup.devices.printers:
        way, _, place = printer.at.partition(":")
        yield Expected(printer.name, "kiosk", place.partition("?")[0] if way in ("serial", "usblp") else "")
    for reader in setup.devices.readers:
        yield Expected(reader.name, "kiosk", reader.port)
    for bus in setup.devices.buses:
        yield Expected(bus.name, "boards", bus.port)
        yield from (Expected(board.name, "boards", line=bus.name) for board in bus.boards)
    for keypads in setup.devices.keypads:
        yield Expected(keypads.name, "keypads", keypads.port)
