"""The programs that systemd starts.

Each loads its face when it is started, and a face with a window loads the lobby behind its first picture.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from lobbyline.drivers.errors import DeviceError
from lobbyline.lobby.errors import StoreError
from lobbyline.technician.call import Call
from lobbyline.technician.parser import Parser
from lobbyline.technician.running import logs

if TYPE_CHECKING:
    from lobbyline.lobby.clock import Clock
    from lobbyline.lobby.config.setup import Setup
    from lobbyline.lobby.lobby import Lobby

WITH_A_PANEL = ("screen", "kiosk")
PATIENCE = 20.0  # seconds without a sign of life after which a program is taken for frozen; as WatchdogSec of the units
log = logging.getLogger(__name__)


def names(setup: Setup) -> list[str]:
    """Those that this machine has, one with a panel last; keypads only where there are any."""
    here = setup.devices.machines.get(setup.machine)
    every = [*(["keypads"] if setup.devices.keypads else []), "boards", "staff", *WITH_A_PANEL]
    return [name for name in every if here is None or name in here.programs]


def kiosk(call: Call) -> int:
    from lobbyline.kiosk import program

    logs.begin()
    with windows():
        return program.run(partial(entered, call), call.data, call.options.finger)


def screen(call: Call) -> int:
    from lobbyline.display import program

    logs.begin()
    with windows():
        return program.run(partial(entered, call), call.data, call.options.finger)


def boards(call: Call) -> int:
    from lobbyline.display.boards import program

    logs.begin()
    return program.run(*entered(call))


def staff(call: Call) -> int:
    from lobbyline.staff import program

    logs.begin()
    return program.run(*entered(call))


def keypads(call: Call) -> int:
    from lobbyline.staff import keypads as program

    logs.begin()
    return program.run(*entered(call))


def entered(call: Call) -> tuple[Lobby, Clock]:
    """The lobby with its clock; a kiosk that has numbers for an emergency starts in the middle of one, too."""
    try:
        return _begun(call)
    except StoreError as error:
        if call.options.command != "kiosk" or not call.lobby.emergency.letter:
            raise
        log.warning("%s", error)
        return call.lobby, call.clock


def _begun(call: Call) -> tuple[Lobby, Clock]:
    """What the program runs under is kept, and told when the folder's own files are wrong."""
    from lobbyline.lobby.devices import FILES
    from lobbyline.technician.running.timekeeper import steadied

    call.lobby.versions.begin(call.at)
    fault = call.found.fault
    if fault:
        log.warning("%s", fault)
        log.warning("running under version %s: the files in %s are wrong", call.setup.version, call.folder)
    if fault or call.lobby.devices.is_bad(FILES):
        state, trouble = ("fault", "mistaken") if fault else ("ok", "")
        call.lobby.devices.report(FILES, FILES, state, fault, call.at, trouble)
    return call.lobby, steadied(call)


@contextmanager
def windows() -> Iterator[None]:
    """A machine without a screen or the font is told to its technician, like any missing device."""
    from lobbyline.glass.font import FontMissing
    from lobbyline.glass.screens import ScreenMissing

    try:
        yield
    except (FontMissing, ScreenMissing) as error:
        raise DeviceError(str(error)) from error


def words(top: Parser) -> None:
    """The commands of this module."""
    for name, program, sentence in (
        ("kiosk", kiosk, "The customers' touchscreen and its ticket printer."),
        ("screen", screen, "The hall screen and the voice."),
    ):
        one = top.command(name, program, sentence)
        one.add_argument("--finger", type=Path, metavar="SOCKET", help="stand-in of the panel")
    top.command("boards", boards, "The call boards.")
    top.command("keypads", keypads, "Callers and rating pads on serial lines.")
    top.command("staff", staff, "The staff's pages.")
