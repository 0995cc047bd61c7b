"""`lobbyline run`: all programs of a branch at once, watched as systemd would, with stand-ins on a desk."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from lobbyline.glass import screens
from lobbyline.technician.call import Call
from lobbyline.technician.devices import standins
from lobbyline.technician.parser import Parser
from lobbyline.technician.running.alone import alone, taken
from lobbyline.technician.running.programs import PATIENCE, WITH_A_PANEL, names, windows
from lobbyline.technician.running.supervisor import Program, Supervisor


def run(call: Call) -> int:
    """Start what runs on this machine (and stand-ins when asked) and watch it until a signal ends everything.

    What would end every program again and again is told once, before any is started.
    """
    with alone(call.data):
        return supervise(call)


def supervise(call: Call) -> int:
    """The same for whoever is alone already."""
    call.lobby.close()  # opened first: a broken file or store is a sentence, too
    for error in taken(call).values():
        raise error
    if set(names(call.setup)).intersection(WITH_A_PANEL):
        with windows():
            screens.must_be_there()
    if call.options.fingers:
        (call.data / "finger").mkdir(parents=True, exist_ok=True)
    branch = call.setup.branch
    print(f"{branch.name.say(call.language)} · staff's pages at {branch.staff.address} · Ctrl-C ends", flush=True)
    return Supervisor(list(planned(call))).run()


def planned(call: Call) -> Iterator[Program]:
    """Stand-ins first, then the programs, those with a window last."""
    options, setup = call.options, call.setup
    if options.standins:
        window = ["--window"] if options.window else []
        yield Program("standin", command(call, "standin", *window), lambda: standins.ready(setup, call.data))
    for name in names(setup):
        finger = ["--finger", str(call.data / "finger" / name)] if options.fingers and name in WITH_A_PANEL else []
        yield Program(name, command(call, name, *finger), patience=options.patience)


def command(call: Call, name: str, *more: str) -> list[str]:
    """How a program of this very branch is started, with a clock as far ahead as ours."""
    place = ["--branch", str(call.folder), "--data", str(call.data), "--ahead", str(call.clock.ahead.total_seconds())]
    machine = ["--machine", call.setup.machine] if call.setup.machine else []
    return [sys.executable, "-m", "lobbyline.technician", name, *place, *machine, *more]


def words(top: Parser) -> None:
    """The command of this module."""
    running = top.command("run", run, "Start kiosk, screen, boards and staff's pages, and watch them.")
    running.add_argument("--standins", action="store_true", help="also start a stand-in for every device")
    running.add_argument("--window", action="store_true", help="with --standins: a window that shows boards and paper")
    patience = "without a sign of life this long a program is taken for frozen"
    running.add_argument("--patience", type=float, default=PATIENCE, metavar="SECONDS", help=patience)
    running.add_argument("--fingers", action="store_true", help="open the touch panels' stand-ins in DATA/finger")
