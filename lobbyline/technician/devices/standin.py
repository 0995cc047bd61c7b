"""`lobbyline standin`: devices that are not there, all or one printer, and a hand that holds cards to readers."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Any

from lobbyline.drivers.errors import DeviceError
from lobbyline.drivers.printers.standin.faults import FAULTS
from lobbyline.drivers.printers.standin.printer import StandinPrinter
from lobbyline.drivers.readers import standin
from lobbyline.kiosk import reading
from lobbyline.technician.call import Answer, Call
from lobbyline.technician.devices import standins
from lobbyline.technician.devices.standins import ENDS, hand, plugged
from lobbyline.technician.devices.ticket import profile_of
from lobbyline.technician.parser import Parser
from lobbyline.technician.running import logs, programs

ONE = {"card": "number", "code": "text"}  # what a single word is


def all_devices(call: Call) -> int:
    """`lobbyline standin`: one for every device of devices.toml."""
    logs.begin()
    with programs.windows():
        return standins.run(call.setup, call.data, window=call.options.window)


def printer(call: Call) -> int:
    """`lobbyline standin printer`: one stand-in, until Ctrl-C; a word in its file `fault` is its fault."""
    options = call.options
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDS)  # threads inherit it: sigwait hears them
    profile = profile_of(call.setup, options.model)
    unit = StandinPrinter(options.folder, profile, port=options.port, line=options.line)
    try:
        unit.start()
    except OSError as error:
        raise DeviceError(f"The stand-in cannot listen: {error.strerror}. Choose another --port or --line.") from error
    where = f"serial:{options.line}" if options.line else f"tcp://127.0.0.1:{unit.port}"
    print(f'{options.model} stands at "{where}" and prints into {options.folder}/ · Ctrl-C ends', flush=True)
    print(f"Faults: write {', '.join(FAULTS)} into {options.folder}/fault; remove that file to mend it.", flush=True)
    signal.sigwait(ENDS)
    unit.stop()
    return 0


def hold(call: Call) -> Answer:
    """Hold a card, a code or an ID card to a stand-in that runs."""
    options, setup = call.options, call.setup
    reader = next((one for one in plugged(setup) if one.name == options.name), None)
    if reader is None:
        known = ", ".join(one.name for one in plugged(setup)) or "none"
        raise DeviceError(f'There is no reader "{options.name}" on a line of devices.toml, only {known}')
    gives = reading.profiles(setup)[reader.model].gives
    standin.hold(hand(call.data, reader.name), thing(options, ONE.get(gives, "")))
    return Answer(f"held to {reader.name}", {"reader": reader.name, "gives": gives})


def thing(options: Any, alone: str) -> dict[str, str]:
    """KEY=VALUE as given; a word alone is the card's number or the code's text."""
    pairs = [word.split("=", 1) if "=" in word else [alone, word] for word in options.value]
    if any(not key for key, _ in pairs) or (alone and not pairs):
        options.misused("say what is held: a number, a text, or for an ID card KEY=VALUE")
    return dict(pairs)


def words(top: Parser) -> None:
    """The command of this module."""
    standing = top.command("standin", all_devices, "A stand-in for every device of devices.toml.")
    standing.add_argument("--window", action="store_true", help="show boards and paper in a window")
    one = standing.command("printer", printer, "One printer, of any model, on a port or a line.")
    one.add_argument("--model", default="generic-80", help="a printer's profile; generic-80 unless given")
    one.add_argument("--port", type=int, default=9100, help="where it listens; 9100 unless given")
    one.add_argument("--line", type=Path, metavar="PATH", help="a pseudo-terminal under this name instead of a port")
    one.add_argument("--folder", type=Path, default=Path("var/standin/paper/desk"), metavar="DIR", help="its paper")
    holding = standing.command("reader", hold, "Hold something to a stand-in reader that runs.")
    holding.add_argument("name", metavar="NAME", help="a reader of devices.toml")
    value = "a card's number, a code's text, or name=… number=… of an ID card"
    holding.add_argument("value", metavar="VALUE", nargs="*", help=value)
