"""Looking after a branch: are the files right, is every device well, does the chain of events hold."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from lobbyline.display import boards
from lobbyline.kiosk import layout, press
from lobbyline.lobby import journal
from lobbyline.lobby.config import Setup
from lobbyline.lobby.errors import StoreError
from lobbyline.lobby.lobby import Lobby
from lobbyline.technician.call import FAULT, Answer, Call

LEAST_FREE = 500  # megabytes: a day of events and the copies of a backup
OLDEST_CLOCK = 2026  # a clock before this year was never set


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: ok, warn or fault, and what to do."""

    what: str
    state: str
    sentence: str


def check(call: Call) -> Answer:
    """`lobbyline check`: silent agreement of every file, or one line per mistake."""
    setup = call.setup
    boards.protocols(setup)
    press.profiles(setup)
    layout.layouts(setup)
    counted = f"{len(setup.branch.services)} services, {len(setup.branch.counters)} counters, {len(setup.forms)} forms"
    lines = [*(f"note: {note}" for note in setup.notes), f"ok: {call.folder}: {counted}, version {setup.version}"]
    notes = [{"file": str(note.file), "line": note.line, "sentence": note.sentence} for note in setup.notes]
    return Answer("\n".join(lines), {"ok": True, "version": setup.version, "notes": notes})


def doctor(call: Call) -> Answer:
    """`lobbyline doctor`: everything at once; exit code 4 when something needs a hand."""
    findings = [*_ground(call), *_memory(call)]
    lines = [f"{finding.state:<5} {finding.what}: {finding.sentence}" for finding in findings]
    bad = any(finding.state == "fault" for finding in findings)
    data = {"ok": not bad, "findings": [asdict(finding) for finding in findings]}
    return Answer("\n".join(lines), data, FAULT if bad else 0)


def _ground(call: Call) -> Iterator[Finding]:
    """What the programs stand on: disk and clock."""
    yield _disk(call.data)
    yield _clock(call.at)


def _memory(call: Call) -> Iterator[Finding]:
    """The store, the chain, and the devices as their programs last reported them."""
    try:
        lobby = call.lobby
        yield _store(lobby)
        yield _reserve(lobby)
        yield _chain(lobby)
        yield from _devices(lobby, call.setup)
    except StoreError as error:
        yield Finding("store", "fault", str(error))


def _disk(data: Path) -> Finding:
    place = next(folder for folder in (data, *data.absolute().parents) if folder.exists())
    free = shutil.disk_usage(place).free // 1_000_000
    if free < LEAST_FREE:
        return Finding(
            "disk", "fault", f"{free} MB are free at {place}; at least {LEAST_FREE} are needed: free some space"
        )
    return Finding("disk", "ok", f"{free} MB free")


def _clock(at: datetime) -> Finding:
    if at.year < OLDEST_CLOCK:
        return Finding("clock", "fault", f"it says {at:%Y-%m-%d %H:%M}: set the clock or connect a time server")
    return Finding("clock", "ok", f"{at:%Y-%m-%d %H:%M %Z}")


def _store(lobby: Lobby) -> Finding:
    damage = lobby.store.check()
    if damage:
        return Finding("store", "fault", f"{lobby.store.path} is damaged ({damage[0]}): stop, restore the last backup")
    return Finding("store", "ok", f"{lobby.store.path} is whole")


def _reserve(lobby: Lobby) -> Finding:
    reserve = lobby.store.reserve
    if reserve.gone:
        return Finding(
            "reserve", "fault", f"{reserve.path} was given up because the disk is nearly full: free some space"
        )
    return Finding("reserve", "ok", "room is held back for a full disk")


def _chain(lobby: Lobby) -> Finding:
    with lobby.read() as book:
        broken = journal.first_break(book.chain())
    if broken:
        return Finding(
            "events", "fault", f"event {broken.id} does not follow from the one before: keep the file as evidence"
        )
    return Finding("events", "ok", "the chain holds")


def _devices(lobby: Lobby, setup: Setup) -> Iterator[Finding]:
    """Every device of the file, whether or not a program has reported it."""
    known = {device.name: device for device in lobby.devices.all()}
    programs = {printer.name: "kiosk" for printer in setup.devices.printers}
    programs |= {board.name: "boards" for board in setup.devices.boards()}
    for name, program in programs.items():
        device = known.pop(name, None)
        if device is None:
            yield Finding(name, "warn", f"not seen yet: is the program `lobbyline {program}` running?")
        else:
            yield Finding(name, device.state, device.sentence or "well")
    for device in known.values():
        yield Finding(device.name, device.state, device.sentence or "well")
