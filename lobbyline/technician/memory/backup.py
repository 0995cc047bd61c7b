"""`lobbyline backup`: copies of the memory, and back."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from lobbyline.lobby import copies
from lobbyline.lobby.copies import Copy
from lobbyline.technician.call import Answer, Call, counted
from lobbyline.technician.parser import Parser
from lobbyline.technician.terminal import table


def backup(call: Call) -> Answer:
    """`lobbyline backup`: a verified copy, taken while the programs work."""
    found = call.lobby.copies.take(call.at, call.options.to)
    return Answer(f"{_told(found)}. What customers wrote is not in it.", _data(found))


def verify(call: Call) -> Answer:
    """`lobbyline backup verify FILE`: read a copy through."""
    found = copies.verified(call.options.file, call.setup.branch)
    return Answer(_told(found), _data(found))


def list_copies(call: Call) -> Answer:
    """`lobbyline backup list`: the copies that are kept, newest first."""
    folder = call.options.to or call.lobby.copies.folder
    found = copies.kept(folder, call.setup.branch)
    told = table((str(file), f"{file.stat().st_size / 1e6:.1f} MB") for file in found)
    return Answer(told or f"There is no copy in {folder} yet.", [str(file) for file in found])


def restore(call: Call) -> Answer:
    """`lobbyline backup restore FILE`: a copy becomes the memory again; what was there is set aside."""
    found, aside = copies.restore(call.options.file, call.data, call.setup.branch, call.at)
    with call.lobby.write() as book:
        book.note("restored", call.at, call.options.by, copy=found.file.name, last=found.last)
    lines = [_told(found)]
    lines += [f"What was there is kept as {aside}."] if aside else []
    lines += [f"Numbers drawn after {found.newest_at:%Y-%m-%d %H:%M} are not in it."] if found.newest_at else []
    return Answer("\n".join(lines), _data(found) | {"aside": str(aside or "")})


def _told(copy: Copy) -> str:
    until = f", the last of {copy.newest_at:%Y-%m-%d %H:%M}" if copy.newest_at else ""
    events, numbers = counted(copy.events, "event"), counted(copy.tickets, "number")
    return f"{copy.file}: whole; {events} in an unbroken chain{until}; {numbers}"


def _data(copy: Copy) -> dict[str, Any]:
    newest = copy.newest_at.isoformat() if copy.newest_at else None
    return asdict(copy) | {"file": str(copy.file), "newest_at": newest}


def words(top: Parser) -> None:
    """The command of this module."""
    copying = top.command("backup", backup, "A verified copy of the memory, taken while the programs work.")
    copying.add_argument("--to", type=Path, metavar="DIR", help="instead of copies in [keeping]")
    copying.command("list", list_copies, "The copies that are kept, newest first.")
    verifying = copying.command("verify", verify, "Read a copy through: is it whole, does its chain of events hold?")
    restoring = copying.command("restore", restore, "Make a copy the memory again; end the programs first.")
    for one in (verifying, restoring):
        one.add_argument("file", type=Path, metavar="FILE", help="one of `lobbyline backup list`")
    restoring.by("technician")
