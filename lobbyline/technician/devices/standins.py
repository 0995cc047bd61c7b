"""Stand-ins for every device of devices.toml, in one program: real bytes over real TCP and pseudo-terminals.

Each remembers what it printed or showed in DATA/standin, where the lines are plugged in too.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from socket import create_server, socket
from typing import Any
from urllib.parse import urlsplit

from lobbyline.drivers.boards.standin.bus import StandinBoard, StandinBus
from lobbyline.drivers.errors import DeviceError
from lobbyline.drivers.keypads.standin import StandinPads
from lobbyline.drivers.printers.standin.printer import StandinPrinter
from lobbyline.drivers.readers.standin import StandinReader
from lobbyline.kiosk import press, reading
from lobbyline.lobby.branch import Bus, KeypadLine, Printer
from lobbyline.lobby.config.folder import Setup
from lobbyline.lobby.settings.readers import KEYBOARD, Reader
from lobbyline.staff import keypads

ENDS = {signal.SIGINT, signal.SIGTERM}


def run(setup: Setup, data: Path, *, window: bool = False) -> int:
    """Stand in until a signal ends it, with or without a window that shows it."""
    if not window:
        signal.pthread_sigmask(signal.SIG_BLOCK, ENDS)  # threads inherit it: sigwait hears them
    with started(setup, data):
        if window:
            from lobbyline.technician.devices import showcase  # a machine without Qt's libraries can stand in, too

            return showcase.show(setup, data)
        signal.sigwait(ENDS)
    return 0


@dataclass(frozen=True)
class Standins:
    """What stands in for the devices, by the names that devices.toml gives them."""

    printers: dict[str, StandinPrinter]
    buses: dict[str, StandinBus]


@contextmanager
def started(setup: Setup, data: Path) -> Iterator[Standins]:
    """Stand-ins for every printer, reader, bus and keypad, until the context ends."""
    profiles, models, standins = press.profiles(setup), reading.profiles(setup), Standins({}, {})
    with ExitStack() as running:
        for described in setup.devices.printers:
            place = _place(described, data)
            printer = _started(StandinPrinter(paper(data, described.name), profiles[described.model], **place))
            running.callback(printer.stop)
            standins.printers[described.name] = printer
        for reader in plugged(setup):
            line = StandinReader(data / reader.port, models[reader.model], hand(data, reader.name)).start()
            running.callback(line.stop)
        for bus in setup.devices.buses:
            standins.buses[bus.name] = _bus(bus, data)
            running.callback(standins.buses[bus.name].stop)
        for pads in setup.devices.keypads:
            running.callback(_pads(pads, setup, data).stop)
        yield standins


def _started(printer: StandinPrinter) -> StandinPrinter:
    with _worded(printer.folder.name, printer.host, printer.port):
        return printer.start()


def doors(setup: Setup) -> Iterator[tuple[int, Callable[[], socket]]]:
    """How the port of each printer's stand-in is opened."""
    for described in setup.devices.printers:
        place = _place(described, Path())
        if "port" in place:
            yield place["port"], partial(_listening, described.name, place["host"], place["port"])


def _listening(printer: str, host: str, port: int) -> socket:
    with _worded(printer, host, port):
        return create_server((host, port))


@contextmanager
def _worded(printer: str, host: str, port: int) -> Iterator[None]:
    """A port that cannot be opened, in a sentence."""
    try:
        yield
    except OSError as error:
        why = os.strerror(error.errno or 0)
        raise DeviceError(
            f'The stand-in of printer "{printer}" cannot listen on {host} port {port} ({why}): end the program that'
            " holds this port, or change `at` in devices.toml."
        ) from error


def paper(data: Path, printer: str) -> Path:
    """Where a stand-in printer leaves its tickets."""
    return data / "standin" / "paper" / printer


def faces(data: Path) -> Path:
    """Where the stand-in boards leave what they show: one picture and one journal each."""
    return data / "standin" / "faces"


def ready(setup: Setup, data: Path) -> bool:
    """Whether every line is plugged in; the printers listen before."""
    ports = [bus.port for bus in setup.devices.buses] + [reader.port for reader in plugged(setup)]
    ports += [line.port for line in setup.devices.keypads]
    return all((data / port).exists() for port in ports)


def plugged(setup: Setup) -> list[Reader]:
    """Readers on lines; one that types has no stand-in but a keyboard."""
    return [reader for reader in setup.devices.readers if reader.port != KEYBOARD]


def hand(data: Path, reader: str) -> Path:
    """Where something is held to a stand-in reader."""
    return data / "standin" / "hands" / reader


def _bus(bus: Bus, data: Path) -> StandinBus:
    boards = [StandinBoard(board.name, board.protocol, board.address, board.width) for board in bus.boards]
    return StandinBus(faces(data), data / bus.port, boards).start()


def _pads(line: KeypadLine, setup: Setup, data: Path) -> StandinPads:
    """Keypads whose keys are pressed by writing their names into DATA/standin/keys/NAME.keys."""
    addresses = {pad.name: pad.address for pad in line.pads}
    protocol = keypads.protocols(setup)[line.protocol]
    return StandinPads(data / "standin" / "keys", data / line.port, protocol, addresses).start()


def _place(printer: Printer, data: Path) -> dict[str, Any]:
    """Where a stand-in printer stands: the port or the line that devices.toml names."""
    address = urlsplit(printer.at)
    if address.scheme == "tcp":
        return {"host": address.hostname or "127.0.0.1", "port": address.port or 9100}
    if address.path.startswith("/"):
        raise DeviceError(f'Printer "{printer.name}" of devices.toml is a real one at {printer.at}: no stand-in there')
    return {"line": data / address.path}
