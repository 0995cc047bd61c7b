"""Whether a branch can run here: nobody runs it on this memory already, and its ports are free."""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from socket import socket

from lobbyline.drivers.errors import DeviceError
from lobbyline.lobby.errors import StoreError
from lobbyline.staff.port import listen
from lobbyline.technician.call import Call
from lobbyline.technician.devices import standins
from lobbyline.technician.running import programs


@contextmanager
def alone(data: Path) -> Iterator[None]:
    """The only run on this memory: another one would take its lines and its customers."""
    try:
        data.mkdir(parents=True, exist_ok=True)
        lock = (data / "run.lock").open("w")
    except OSError as error:
        raise StoreError(f"{data}: {error.strerror}: check --data, its owner and the disk") from error
    with lock as turn:
        try:
            fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise DeviceError(
                f"The branch is running already with the memory in {data}: end that first (Ctrl-C where it runs),"
                " or give this one a folder of its own with --data."
            ) from error
        yield


def taken(call: Call) -> dict[int, DeviceError]:
    """The ports that would have to be opened here and cannot be, each with the sentence that says why."""
    found = {}
    for port, opened in doors(call):
        try:
            opened().close()
        except DeviceError as error:
            found[port] = error
    return found


def doors(call: Call) -> Iterator[tuple[int, Callable[[], socket]]]:
    """How each port of this machine's programs is opened."""
    pages = call.setup.branch.staff
    if "staff" in programs.names(call.setup):
        yield pages.port, partial(listen, pages.host, pages.port)
    if call.options.standins:
        yield from standins.doors(call.setup)
