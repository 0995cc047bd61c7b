"""`lobbyline check`: every file of the branch, looked at by everybody who uses a part of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from lobbyline.display.boards import protocols
from lobbyline.kiosk import fitting, layout, press, reading
from lobbyline.lobby.config.folder import Setup
from lobbyline.lobby.config.mistakes import shown
from lobbyline.lobby.config.toml import Table, parse
from lobbyline.lobby.errors import ConfigError, Mistake
from lobbyline.staff import keypads
from lobbyline.technician.call import Answer, Call
from lobbyline.technician.files.calendar import ending
from lobbyline.technician.parser import Parser


def check(call: Call) -> Answer:
    """`lobbyline check`: silent agreement of every file, or one line per mistake."""
    setup = checked(call)
    counted = f"{len(setup.branch.services)} services, {len(setup.branch.counters)} counters, {len(setup.forms)} forms"
    found = [*setup.notes, *ends_soon(setup, call.at.date())]
    lines = [*(f"note: {note}" for note in found), f"ok: {call.folder}: {counted}, version {setup.version}"]
    notes = [{"file": str(note.file), "line": note.line, "sentence": note.sentence} for note in found]
    return Answer("\n".join(lines), {"ok": True, "version": setup.version, "notes": notes})


def checked(call: Call) -> Setup:
    """The folder's files, after everybody who uses a part of them has looked at it."""
    setup = call.written
    mistakes = [mistake for look in LOOKS for mistake in wrong(look, setup)]
    if mistakes:
        raise ConfigError(list(dict.fromkeys(mistakes)))
    return setup


def wrong(look: Callable[[Setup], object], setup: Setup) -> list[Mistake]:
    try:
        look(setup)
    except ConfigError as error:
        return error.mistakes
    return []


def ends_soon(setup: Setup, today: date) -> Iterator[Mistake]:
    """A note about a calendar that nobody has written on, where it stands."""
    sentence = ending(setup.branch, today)
    place = next((table for table in written(setup) if "holidays" in table.data), None)
    if sentence and place:
        yield place.mistake(("holidays",), sentence)


def written(setup: Setup) -> Iterator[Table]:
    """branch.toml and the bank's under it, to point at their lines."""
    base = setup.branch.base
    for name, folder in {"branch.toml": "", "base/branch.toml": base.folder if base else ""}.items():
        table = parse(setup.folder / folder / "branch.toml", setup.files.get(name, "").encode())
        if isinstance(table, Table):
            yield table


def fits_the_paper(setup: Setup) -> None:
    if mistakes := fitting.misfits(setup, press.profiles(setup), layout.layouts(setup)):
        raise ConfigError(mistakes)


def has_its_certificate(setup: Setup) -> None:
    """The staff's pages cannot begin without the files of their certificate."""
    own, pages = next(written(setup)), setup.branch.staff
    named = {"certificate": pages.certificate, "key": pages.key}
    lost = {name: file for name, file in named.items() if file and not (setup.folder / file).is_file()}
    if lost:
        said = {name: f"{name} is {shown(file)}, but there is no such file" for name, file in lost.items()}
        raise ConfigError([own.mistake(("staff", name), sentence) for name, sentence in said.items()])


# Everybody who uses a part of the files, and what is beside them.
LOOKS: tuple[Callable[[Setup], object], ...] = (
    protocols.protocols,
    keypads.protocols,
    reading.profiles,
    press.profiles,
    layout.have_their_pictures,
    fits_the_paper,
    has_its_certificate,
)


def words(top: Parser) -> None:
    """The command of this module."""
    top.command("check", check, "Check every file of the branch: one line per mistake.")
