"""The boards of a branch at its wall: stand-ins on lines of their own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from lobbyline.drivers.boards.standin.bus import StandinBoard, StandinBus
from lobbyline.lobby.config.folder import Setup


@contextmanager
def standing_in(setup: Setup, data: Path, *without: str) -> Iterator[dict[str, StandinBus]]:
    """A stand-in for every bus of the branch but some; by name."""
    with ExitStack() as stack:
        buses = {}
        for bus in setup.devices.buses:
            if bus.name not in without:
                plugged = [StandinBoard(board.name, board.protocol, board.address, board.width) for board in bus.boards]
                buses[bus.name] = StandinBus(data / "shown" / bus.name, data / bus.port, plugged).start()
                stack.callback(buses[bus.name].stop)
        yield buses
