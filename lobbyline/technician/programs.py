"""The programs that systemd starts, and the ones that play a branch on a desk.

Faces are imported when they are started: a teller's single question needs neither Qt nor HTTP.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from lobbyline.drivers.errors import DeviceError
from lobbyline.lobby import hours
from lobbyline.lobby.devices import FILES
from lobbyline.technician import cast, logs
from lobbyline.technician.call import Call
from lobbyline.technician.supervisor import Program, Supervisor
from lobbyline.technician.timekeeper import steadied

PATIENCE = 20.0  # seconds without a sign of life after which a program is taken for frozen; as WatchdogSec of the units
log = logging.getLogger(__name__)
# Kiosk and hall screen as windows side by side, small enough for any desk.
DESK = {"LOBBYLINE_ON_A_DESK": "1", "QT_SCALE_FACTOR": "0.4"}


def kiosk(call: Call) -> int:
    from lobbyline.kiosk import program

    _begin(call)
    with _fonts():
        return program.run(call.lobby, steadied(call), call.options.finger)


def screen(call: Call) -> int:
    from lobbyline.display import screen as program

    _begin(call)
    with _fonts():
        return program.run(call.lobby, steadied(call), call.options.finger)


def boards(call: Call) -> int:
    from lobbyline.display import boards as program

    _begin(call)
    return program.run(call.lobby, steadied(call))


def staff(call: Call) -> int:
    from lobbyline.staff import program

    _begin(call)
    return program.run(call.lobby, steadied(call))


def keypads(call: Call) -> int:
    from lobbyline.staff import keypads as program

    _begin(call)
    return program.run(call.lobby, steadied(call))


def standin(call: Call) -> int:
    from lobbyline.technician import standins

    logs.begin()
    with _fonts():
        return standins.run(call.setup, call.data, window=call.options.window)


def run(call: Call) -> int:
    """Start the four programs (and stand-ins when asked) and watch them until a signal ends everything."""
    from lobbyline.technician import standins

    fingers = call.options.fingers
    data = call.lobby.data  # opening the lobby first: a broken file or store is told once, not by four programs
    names = [("standin", "")] if call.options.standins else []
    here = call.setup.devices.machines.get(call.setup.machine)
    ours = [("keypads", "")] if call.setup.devices.keypads else []
    ours += [("boards", ""), ("staff", ""), ("screen", "finger"), ("kiosk", "finger")]
    names += [(name, panel) for name, panel in ours if here is None or name in here.programs]
    shared = ["--branch", str(call.folder), "--data", str(data), "--ahead", str(call.clock.ahead.total_seconds())]
    shared += ["--machine", call.setup.machine] if call.setup.machine else []
    ready = {"standin": lambda: standins.ready(call.setup, data)}
    programs = []
    for name, panel in names:
        more = ["--finger", str(data / "finger" / name)] if fingers and panel else []
        more += ["--window"] if name == "standin" and call.options.window else []
        command = [sys.executable, "-m", "lobbyline.technician", name, *shared, *more]
        if name in ready:
            programs.append(Program(name, command, ready[name]))
        else:
            programs.append(Program(name, command, patience=call.options.patience))
    if fingers:
        (data / "finger").mkdir(parents=True, exist_ok=True)
    call.lobby.close()
    pages = call.setup.branch.staff
    print(f"{call.setup.branch.name.zh} · staff pages at {pages.address} · Ctrl-C ends", flush=True)
    return Supervisor(programs).run()


def visit(call: Call) -> int:
    from lobbyline.technician import visit as rehearsal

    return rehearsal.play(call.folder, call.options.pictures)


def demo(call: Call) -> int:
    """The sample branch with stand-ins, on this machine's screen or, without one, one visit off-screen."""
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        call.options.standins, call.options.window, call.options.fingers = True, True, False
        call.options.patience = PATIENCE
        os.environ.update(DESK)
        _open_if_closed(call)
        if pins := cast.enter(call.lobby, call.at):
            print(cast.told(pins), flush=True)
        return run(call)
    print("There is no screen here (neither DISPLAY nor WAYLAND_DISPLAY): playing one visit off-screen.", flush=True)
    from lobbyline.technician import visit as rehearsal

    return rehearsal.play(call.folder, call.data / "visit")


def _open_if_closed(call: Call) -> None:
    """Whoever tries the product by night or on a holiday gets a Monday morning, and is told so."""
    from lobbyline.technician.visit import PLAYED_AT

    branch = call.setup.branch
    now = datetime.now(branch.zone)
    if call.options.at is None and not any(hours.is_open(branch, service, now) for service in branch.services):
        call.options.ahead = (PLAYED_AT.replace(tzinfo=branch.zone) - now).total_seconds()
        print(f"The branch is closed now: playing {PLAYED_AT:%Y-%m-%d %H:%M} and on.", flush=True)


def _begin(call: Call) -> None:
    """The journal listens; what the program runs under is kept, and told when the folder's own files are wrong."""
    logs.begin()
    call.lobby.versions.begin(call.at)
    fault = call.found.fault
    if fault:
        log.warning("%s", fault)
        log.warning("running under version %s: the files in %s are wrong", call.setup.version, call.folder)
    if fault or call.lobby.devices.is_bad(FILES):
        call.lobby.devices.report(FILES, FILES, "fault" if fault else "ok", fault, call.at)


@contextmanager
def _fonts() -> Iterator[None]:
    """A machine without the font is told to its technician, like any missing device."""
    from lobbyline.glass.font import FontMissing

    try:
        yield
    except FontMissing as error:
        raise DeviceError(str(error)) from error
