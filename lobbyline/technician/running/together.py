"""All programs of a branch at once: watched as systemd would, with stand-ins on a desk, or as one visit off-screen."""

from __future__ import annotations

import os
import sys
from datetime import datetime

from lobbyline.lobby import hours
from lobbyline.technician.call import Call
from lobbyline.technician.devices import standins
from lobbyline.technician.play import cast
from lobbyline.technician.running import logs, programs
from lobbyline.technician.running.supervisor import Program, Supervisor

# Kiosk and hall screen as windows side by side, small enough for any desk.
DESK = {"LOBBYLINE_ON_A_DESK": "1", "QT_SCALE_FACTOR": "0.4"}


def standin(call: Call) -> int:
    logs.begin()
    with programs.fonts():
        return standins.run(call.setup, call.data, window=call.options.window)


def run(call: Call) -> int:
    """Start the four programs (and stand-ins when asked) and watch them until a signal ends everything."""
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
    started = []
    for name, panel in names:
        more = ["--finger", str(data / "finger" / name)] if fingers and panel else []
        more += ["--window"] if name == "standin" and call.options.window else []
        command = [sys.executable, "-m", "lobbyline.technician", name, *shared, *more]
        if name in ready:
            started.append(Program(name, command, ready[name]))
        else:
            started.append(Program(name, command, patience=call.options.patience))
    if fingers:
        (data / "finger").mkdir(parents=True, exist_ok=True)
    call.lobby.close()
    pages = call.setup.branch.staff
    print(f"{call.setup.branch.name.zh} · staff pages at {pages.address} · Ctrl-C ends", flush=True)
    return Supervisor(started).run()


def visit(call: Call) -> int:
    from lobbyline.technician.play import visit as rehearsal

    return rehearsal.play(call.folder, call.options.pictures)


def demo(call: Call) -> int:
    """The sample branch with stand-ins, on this machine's screen or, without one, one visit off-screen."""
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        call.options.standins, call.options.window, call.options.fingers = True, True, False
        call.options.patience = programs.PATIENCE
        os.environ.update(DESK)
        _open_if_closed(call)
        if pins := cast.enter(call.lobby, call.at):
            print(cast.told(pins), flush=True)
        return run(call)
    print("There is no screen here (neither DISPLAY nor WAYLAND_DISPLAY): playing one visit off-screen.", flush=True)
    from lobbyline.technician.play import visit as rehearsal

    return rehearsal.play(call.folder, call.data / "visit")


def _open_if_closed(call: Call) -> None:
    """Whoever tries the product by night or on a holiday gets a Monday morning, and is told so."""
    from lobbyline.technician.play.playing import PLAYED_AT

    branch = call.setup.branch
    now = datetime.now(branch.zone)
    if call.options.at is None and not any(hours.is_open(branch, service, now) for service in branch.services):
        call.options.ahead = (PLAYED_AT.replace(tzinfo=branch.zone) - now).total_seconds()
        print(f"The branch is closed now: playing {PLAYED_AT:%Y-%m-%d %H:%M} and on.", flush=True)
