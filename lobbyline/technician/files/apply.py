"""`lobbyline apply`: the folder's files are taken into use while everything runs, or the ones before come back."""

from __future__ import annotations

from dataclasses import asdict
from getpass import getuser
from typing import Any

from lobbyline.lobby.config.changes import PROGRAMS, Change, changes
from lobbyline.lobby.devices import FILES
from lobbyline.technician.call import Answer, Call, counted
from lobbyline.technician.files.check import checked
from lobbyline.technician.files.version import version_data
from lobbyline.technician.parser import Parser

TOLD = 3  # keys that a reason nobody wrote names


def apply(call: Call) -> Answer:
    """`lobbyline apply`: check, tell what changes, and let every program take it at the next ticket."""
    options = call.options
    if options.back is not None:
        return _back(call)
    setup = checked(call)
    found = changes(call.lobby.versions.running(), setup)
    if options.dry_run:
        return _told(
            found, f"{counted(len(found), 'key') if found else 'nothing'} would change", {"version": setup.version}
        )
    if call.lobby.devices.is_bad(FILES):
        call.lobby.devices.report(FILES, FILES, "ok", "", call.at)
    if any(one.version == setup.version and one.in_use and one.stage != "draft" for one in call.lobby.versions.all()):
        return _told([], f"version {setup.version} is in use already", {"version": setup.version})
    version = call.lobby.versions.apply(setup, call.at, options.by or getuser(), options.reason or _summary(found))
    return _told(found, f"version {version.version} is in use", version_data(version))


def _back(call: Call) -> Answer:
    options, before = call.options, call.lobby.versions.running()
    reason = options.reason or "taken back by command"
    written = call.lobby.versions.roll_back(options.back, options.by or getuser(), reason, call.at)
    version = next(one for one in call.lobby.versions.all() if one.in_use)
    found = changes(before, call.lobby.setup)
    files = {"written": [str(path) for path in written]}
    return _told(found, f"version {version.version} is in use again, its files are back", version_data(version) | files)


def _told(found: list[Change], last: str, data: dict[str, Any]) -> Answer:
    again = [program for program in PROGRAMS if any(program in change.programs for change in found)]
    lines = [*map(str, found), last + (f"; {' and '.join(again)} will start again in a quiet moment" if again else "")]
    return Answer("\n".join(lines), {**data, "changes": [asdict(change) for change in found], "starting_again": again})


def _summary(found: list[Change]) -> str:
    """The reason that nobody wrote."""
    keys = ", ".join([change.key for change in found[:TOLD]] + ["…"] * (len(found) > TOLD))
    return f"{counted(len(found), 'key')}: {keys}" if found else "the files as they are"


def words(top: Parser) -> None:
    """The command of this module."""
    applying = top.command("apply", apply, "Take the folder's files into use while everything runs.").by().reason()
    applying.add_argument("--dry-run", action="store_true", help="only tell what would change")
    returning = "go back: to the version before, or to one by its first digits"
    applying.add_argument("--back", nargs="?", const="", metavar="VERSION", help=returning)
