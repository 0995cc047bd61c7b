"""`lobbyline run`: all programs of a branch at once, watched as systemd would, with stand-ins on a desk."""

from __future__ import annotations

import sys

from lobbyline.technician.call import Call
from lobbyline.technician.devices import standins
from lobbyline.technician.parser import Parser
from lobbyline.technician.running import programs
from lobbyline.technician.running.supervisor import Program, Supervisor


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


def words(top: Parser) -> None:
    """The command of this module."""
    running = top.command("run", run, "Start kiosk, screen, boards and staff's pages, and watch them.")
    running.add_argument("--standins", action="store_true", help="also start a stand-in for every device")
    running.add_argument("--window", action="store_true", help="with --standins: a window that shows boards and paper")
    patience = "without a sign of life this long a program is taken for frozen"
    running.add_argument("--patience", type=float, default=programs.PATIENCE, metavar="SECONDS", help=patience)
    running.add_argument("--fingers", action="store_true", help="open the touch panels' stand-ins in DATA/finger")
