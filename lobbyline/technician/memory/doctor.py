"""`lobbyline doctor`: everything that a branch stands on is looked at, and of each it is said: well, or what to do."""

from __future__ import annotations

import platform
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from lobbyline.lobby import copies, journal, seal
from lobbyline.lobby.config.changes import changes
from lobbyline.lobby.config.folder import Setup
from lobbyline.lobby.devices import FILES
from lobbyline.lobby.errors import StoreError
from lobbyline.lobby.lobby import Lobby
from lobbyline.technician.call import FAULT, Answer, Call
from lobbyline.technician.devices.printer import words as words_of_printer
from lobbyline.technician.parser import Parser
from lobbyline.technician.running import timekeeper

LEAST_FREE = 500  # megabytes: a day of events and the copies of a backup
RENEW_DAYS = 30  # before its end, a certificate wants to be renewed
OLDEST_CLOCK = 2026  # a clock before this year was never set


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: ok, warn or fault, and what to do."""

    what: str
    state: str
    sentence: str


def doctor(call: Call) -> Answer:
    """`lobbyline doctor`: everything at once; exit code 4 when something needs a hand."""
    findings = [*_ground(call), *_memory(call)]
    lines = [f"{finding.state:<5} {finding.what}: {finding.sentence}" for finding in findings]
    bad = any(finding.state == "fault" for finding in findings)
    data = {"ok": not bad, "findings": [asdict(finding) for finding in findings]}
    return Answer("\n".join(lines), data, FAULT if bad else 0)


def _ground(call: Call) -> Iterator[Finding]:
    """What the programs stand on: themselves, disk and clock."""
    yield Finding("version", "ok", f"Lobbyline {version('lobbyline')} on Python {platform.python_version()}")
    yield _disk(call.data)
    yield _clock(call.at)


def _memory(call: Call) -> Iterator[Finding]:
    """The store, the chain, and the devices as their programs last reported them."""
    try:
        lobby = call.lobby
        yield _files(call)
        yield _store(lobby)
        yield _reserve(lobby)
        yield _chain(lobby)
        yield _memory_of_time(lobby, call.at)
        yield _copies(lobby, call.at)
        yield _key(lobby)
        yield from _certificate(lobby, call.at)
        yield _programs(lobby)
        yield from _devices(lobby, call.setup, call.at)
    except StoreError as error:
        yield Finding("store", "fault", str(error))


def _files(call: Call) -> Finding:
    """Whether the branch runs under what lies in its folder."""
    if call.found.fault:
        first, *more = call.found.fault.splitlines()
        others = f" and {len(more)} more" if more else ""
        sentence = (
            f"{first}{others}: the branch runs under version {call.setup.version} until `lobbyline check` is content"
        )
        return Finding("files", "fault", sentence)
    if call.written.version != call.setup.version:
        found = len(changes(call.setup, call.written.on(call.setup.machine)))
        return Finding("files", "warn", f"{found} keys in {call.folder} are not applied: `lobbyline apply` takes them")
    return Finding("files", "ok", f"version {call.setup.version}")


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
        return Finding("store", "fault", f"{lobby.store.where} is damaged ({damage[0]}): stop, restore the last backup")
    return Finding("store", "ok", f"{lobby.store.where} is whole, {lobby.store.size() / 1e6:.1f} MB")


def _reserve(lobby: Lobby) -> Finding:
    gone = lobby.store.reserve_gone()
    if gone is None:
        return Finding("reserve", "ok", "the server's disk is its keeper's")
    if gone:
        where = lobby.data / "reserve"
        return Finding("reserve", "fault", f"{where} was given up because the disk is nearly full: free some space")
    return Finding("reserve", "ok", "room is held back for a full disk")


def _chain(lobby: Lobby) -> Finding:
    with lobby.read() as book:
        broken = journal.first_break(book.chain())
    if broken:
        return Finding(
            "events", "fault", f"event {broken.id} does not follow from the one before: keep the file as evidence"
        )
    return Finding("events", "ok", "the chain holds")


def _memory_of_time(lobby: Lobby, at: datetime) -> Finding:
    """The clock against what the branch has already lived through."""
    newest = timekeeper.newest_event(lobby)
    if newest and timekeeper.forgot(at, newest):
        return Finding("time server", "fault", timekeeper.sentence(at, newest))
    kept = "a time server keeps the clock" if timekeeper.synchronised() else "no time server keeps the clock"
    return Finding(
        "time server", "ok", f"{kept}; the last event was {f'at {newest:%Y-%m-%d %H:%M}' if newest else 'never'}"
    )


def _copies(lobby: Lobby, at: datetime) -> Finding:
    newest, hours = lobby.copies.newest(), lobby.branch.keeping.copy_hours
    if newest is None:
        return Finding("copy", "warn", f"there is none in {lobby.copies.folder} yet: run lobbyline backup")
    age = lobby.copies.age_hours(newest, at)
    if age > hours:
        return Finding("copy", "fault", f"{newest} is {age:.0f} hours old, {hours} are allowed: run lobbyline backup")
    return Finding("copy", "ok", f"{newest.name} is {age:.0f} hours old")


def _key(lobby: Lobby) -> Finding:
    """Where the key of the forms lies; whoever carries the disk away must not find it beside the answers."""
    file = lobby.data / seal.FILE
    if not file.exists():
        return Finding("form key", "ok", "none lies beside the memory")
    if file.stat().st_mode & 0o077:
        return Finding("form key", "fault", f"{file} can be read by others: chmod 600 {file}")
    return Finding("form key", "ok", f"{file}; bound to this machine it would be safer still (docs/security.md)")


def _certificate(lobby: Lobby, at: datetime) -> Iterator[Finding]:
    """How long browsers will trust the staff's pages, where they have a certificate."""
    if not lobby.branch.staff.certificate:
        return
    from cryptography import x509  # seldom needed

    file = lobby.setup.folder / lobby.branch.staff.certificate
    try:
        end = x509.load_pem_x509_certificate(file.read_bytes()).not_valid_after_utc
    except (OSError, ValueError) as error:
        yield Finding("certificate", "fault", f"{file} cannot be read as a certificate: {error}")
        return
    days = (end - at).days
    state = "fault" if days < 0 else "warn" if days < RENEW_DAYS else "ok"
    renew = "" if state == "ok" else ": put a new one there and restart lobbyline-staff"
    yield Finding("certificate", state, f"{file.name} is valid until {end:%Y-%m-%d}{renew}")


def _programs(lobby: Lobby) -> Finding:
    running = sorted({bell.rpartition("-")[0] for bell in copies.running(lobby.data)})
    if not running:
        return Finding("programs", "warn", "none is running: systemctl start lobbyline.target, or lobbyline run")
    return Finding("programs", "ok", f"{', '.join(running)} {'is' if len(running) == 1 else 'are'} awake")


def _devices(lobby: Lobby, setup: Setup, at: datetime) -> Iterator[Finding]:
    """Every device of the file, whether or not a program has reported it; the files were looked at before."""
    known = {device.name: device for device in lobby.devices.all() if device.name != FILES}
    papers = lobby.outbox.counted(at)
    for name, program, line in _expected(setup):
        device = known.pop(name, None)
        if device is not None:
            counted = f"; today {papers[name]}" if name in papers else ""
            yield Finding(name, device.state, (device.sentence or "well") + counted)
        elif line in known and known[line].state != "ok":
            yield Finding(name, "warn", f"waits for its line {line}")
        else:
            yield Finding(name, "warn", f"not seen yet: is the program `lobbyline {program}` running?")
    for device in known.values():
        yield Finding(device.name, device.state, device.sentence or "well")


def _expected(setup: Setup) -> Iterator[tuple[str, str, str]]:
    """Each device of the file with the program that reports it and the line it hangs on, where it shares one."""
    for printer in setup.devices.printers:
        yield printer.name, "kiosk", ""
    for reader in setup.devices.readers:
        yield reader.name, "kiosk", ""
    for bus in setup.devices.buses:
        for board in bus.boards:
            yield board.name, "boards", bus.name
    for keypads in setup.devices.keypads:
        yield keypads.name, "keypads", ""


def words(top: Parser) -> None:
    """The command of this module."""
    doctoring = top.command("doctor", doctor, "Everything that the branch stands on: ok, or what to do.")
    words_of_printer(doctoring)
