"""What the branch remembers and runs under: files, store, chain, copies, the key of the forms, the certificate."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from lobbyline.lobby import journal, seal
from lobbyline.lobby.config.changes import changes
from lobbyline.lobby.lobby import Lobby
from lobbyline.technician.call import Call, counted
from lobbyline.technician.doctor.finding import Finding, State
from lobbyline.technician.files.calendar import ending

RENEW_DAYS = 30  # before its end, a certificate wants to be renewed


def files(call: Call) -> Finding:
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
        told = f"{counted(found, 'key')} in {call.folder} not applied yet: `lobbyline apply` takes them"
        return Finding("files", "warn", told)
    return Finding("files", "ok", f"version {call.setup.version}")


def calendar(lobby: Lobby, at: datetime) -> Finding:
    """Whether the holidays that lie ahead are written down."""
    if sentence := ending(lobby.branch, lobby.day(at)):
        return Finding("calendar", "warn", sentence)
    last = max(lobby.branch.holidays, default=None)
    return Finding("calendar", "ok", f"holidays are known until {last}" if last else "none is written down")


def store(lobby: Lobby) -> Finding:
    damage = lobby.store.check()
    if damage:
        return Finding("store", "fault", f"{lobby.store.where} is damaged ({damage[0]}): stop, restore the last backup")
    return Finding("store", "ok", f"{lobby.store.where} is whole, {lobby.store.size() / 1e6:.1f} MB")


def reserve(lobby: Lobby) -> Finding:
    gone = lobby.store.reserve_gone()
    if gone is None:
        return Finding("reserve", "ok", "the server's disk is its keeper's")
    if gone:
        where = lobby.data / "reserve"
        return Finding("reserve", "fault", f"{where} was given up because the disk is nearly full: free some space")
    return Finding("reserve", "ok", "room is held back for a full disk")


def chain(lobby: Lobby) -> Finding:
    with lobby.read() as book:
        broken = journal.first_break(book.chain())
    if broken:
        return Finding(
            "events", "fault", f"event {broken.id} does not follow from the one before: keep the file as evidence"
        )
    return Finding("events", "ok", "the chain holds")


def copy(lobby: Lobby, at: datetime) -> Finding:
    newest, hours = lobby.copies.newest(), lobby.branch.keeping.copy_hours
    if newest is None:
        return Finding("copy", "warn", f"there is none in {lobby.copies.folder} yet: run `lobbyline backup`")
    age = lobby.copies.age_hours(newest, at)
    old = f"is {counted(round(age), 'hour')} old"
    if age > hours:
        return Finding(
            "copy",
            "fault",
            f"{newest} {old}, {hours} are allowed: run `lobbyline backup`",
        )
    return Finding("copy", "ok", f"{newest.name} {old}")


def form_key(lobby: Lobby) -> Finding:
    """Where the key of the forms lies; whoever carries the disk away must not find it beside the answers."""
    file = lobby.data / seal.FILE
    if not file.exists():
        return Finding("form key", "ok", "none lies beside the memory")
    if file.stat().st_mode & 0o077:
        return Finding("form key", "fault", f"{file} can be read by others: chmod 600 {file}")
    return Finding("form key", "ok", f"{file}; bound to this machine it would be safer still (docs/security.md)")


def certificate(lobby: Lobby, at: datetime) -> Iterator[Finding]:
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
    state: State = "fault" if days < 0 else "warn" if days < RENEW_DAYS else "ok"
    renew = "" if state == "ok" else ": put a new one there and restart lobbyline-staff"
    yield Finding("certificate", state, f"{file.name} is valid until {end:%Y-%m-%d}{renew}")
