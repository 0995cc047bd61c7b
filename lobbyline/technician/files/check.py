"""`lobbyline check`: every file of the branch, looked at by everybody who uses a part of it."""

from __future__ import annotations

from lobbyline.display import protocols
from lobbyline.kiosk import fitting, held, layout, press
from lobbyline.lobby.config.folder import Setup
from lobbyline.lobby.errors import ConfigError
from lobbyline.staff import keypads
from lobbyline.technician.call import Answer, Call
from lobbyline.technician.parser import Parser


def check(call: Call) -> Answer:
    """`lobbyline check`: silent agreement of every file, or one line per mistake."""
    setup = checked(call)
    counted = f"{len(setup.branch.services)} services, {len(setup.branch.counters)} counters, {len(setup.forms)} forms"
    lines = [*(f"note: {note}" for note in setup.notes), f"ok: {call.folder}: {counted}, version {setup.version}"]
    notes = [{"file": str(note.file), "line": note.line, "sentence": note.sentence} for note in setup.notes]
    return Answer("\n".join(lines), {"ok": True, "version": setup.version, "notes": notes})


def checked(call: Call) -> Setup:
    """The folder's files, after everybody who uses a part of them has looked at it."""
    setup = call.written
    protocols.protocols(setup)
    keypads.protocols(setup)
    held.profiles(setup)
    if mistakes := fitting.misfits(setup, press.profiles(setup), layout.layouts(setup)):
        raise ConfigError(mistakes)
    return setup


def words(top: Parser) -> None:
    """The command of this module."""
    top.command("check", check, "Check every file of the branch: one line per mistake.")
