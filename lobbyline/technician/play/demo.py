"""`make run`: the sample branch with stand-ins, as windows on a desk or as one visit off-screen."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from lobbyline.glass import screens
from lobbyline.lobby import hours
from lobbyline.lobby.clock import ahead_of_now
from lobbyline.technician.call import Call
from lobbyline.technician.parser import Parser
from lobbyline.technician.play import accounts
from lobbyline.technician.play.training import training_copy
from lobbyline.technician.running import programs, together
from lobbyline.technician.running.alone import alone, taken

# Kiosk and hall screen as windows side by side, small enough for any desk.
DESK = {"LOBBYLINE_ON_A_DESK": "1", "QT_SCALE_FACTOR": "0.4"}


def visit(call: Call) -> int:
    from lobbyline.technician.play import visit as rehearsal

    return rehearsal.play(call.folder, call.options.pictures)


def demo(call: Call) -> int:
    """The sample branch with stand-ins, on this machine's screen or, without one, one visit off-screen."""
    if screens.seen():
        return _on_a_desk(call)
    print("There is no screen here (neither DISPLAY nor WAYLAND_DISPLAY): playing one visit off-screen.", flush=True)
    from lobbyline.technician.play import visit as rehearsal

    return rehearsal.play(call.folder, call.data / "visit")


def _on_a_desk(call: Call) -> int:
    """Everything as windows; who can sign in is told first."""
    call.options.standins, call.options.window, call.options.fingers = True, True, False
    call.options.patience = programs.PATIENCE
    os.environ.update(DESK)
    with alone(call.data), on_free_ports(call) as desk:
        _open_if_closed(desk)
        if pins := accounts.enter(desk.lobby, desk.at):
            print(accounts.told(pins), flush=True)
        return together.supervise(desk)


@contextmanager
def on_free_ports(call: Call) -> Iterator[Call]:
    """The same branch; where another program has a port of it, as a copy of its files with ports that are free."""
    ports = taken(call)
    if not ports:
        yield call
        return
    print(f"Taken on this machine: port {' and '.join(map(str, ports))}. Playing on free ones instead.", flush=True)
    with TemporaryDirectory(prefix="lobbyline-") as place:
        call.options.branch = training_copy(call.folder, Path(place) / "branch")
        yield Call(call.options)


def _open_if_closed(call: Call) -> None:
    """Whoever tries the product by night or on a holiday gets a Monday morning, and is told so."""
    from lobbyline.technician.play.playing import PLAYED_AT

    branch = call.setup.branch
    now = datetime.now(branch.zone)
    if call.options.at is None and not any(hours.is_open(branch, service, now) for service in branch.services):
        call.options.ahead = ahead_of_now(PLAYED_AT.replace(tzinfo=branch.zone)).total_seconds()
        print(f"The branch is closed now: playing {PLAYED_AT:%Y-%m-%d %H:%M} and on.", flush=True)


def words(top: Parser) -> None:
    """The commands of this module."""
    top.command("demo", demo, "The sample branch with stand-ins: on the screen, or one visit where there is none.")
    visiting = top.command("visit", visit, "Play one whole visit off-screen with the real programs; leaves pictures.")
    visiting.add_argument("--pictures", type=Path, default=Path("var/visit"), metavar="DIR", help="where they go")
