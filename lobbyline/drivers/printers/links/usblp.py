"""A printer at `/dev/usb/lp*`, the kernel's own USB printer driver (usblp).

The driver hands over 8 KB at a time and, asked to block, waits for ever on a printer without paper. So it is opened
O_NONBLOCK and every piece is waited for by poll, also the last one: closing would drop it. A printer may answer with an
empty packet, so a read that gives nothing means nothing here.
"""

from __future__ import annotations

import errno
import fcntl
import os
import select
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from lobbyline.drivers.errors import DeviceError
from lobbyline.drivers.printers.links.link import FileWire, Link, Wire, wait_for

LPGETSTATUS = 0x060B
NO_ERROR, SELECTED, NO_PAPER = 0x08, 0x10, 0x20  # the three bits of the port's status
EMPTY_PAUSE = 0.005
ADVICE = {
    errno.ENOENT: "There is no such device: is the cable in, is it switched on, and is the module usblp loaded?",
    errno.ENODEV: "Was it switched off or unplugged?",
    errno.EIO: "Was it switched off or unplugged?",
    errno.EACCES: "Add this program's user to the group lp.",
    errno.EBUSY: "Another program has it open: end it, CUPS perhaps.",
}


@dataclass(frozen=True)
class Port:
    """The open device."""

    file: int

    def fileno(self) -> int:
        return self.file

    def close(self) -> None:
        os.close(self.file)


class UsblpWire(FileWire):
    """The open device."""

    def finish(self) -> None:
        wait_for(self.file, select.POLLOUT)

    def port(self) -> str:
        """What the USB port itself says, as far as the printer fills that in."""
        try:
            told = fcntl.ioctl(self.file.fileno(), LPGETSTATUS, bytes(4))
        except OSError:
            return ""
        return f" (the port says: {port_says(told[0])})"


class UsblpLink(Link):
    """One printer at `usblp:/dev/usb/lp0`, or better at a name that udev gives it."""

    def __init__(self, name: str, address: str, folder: Path | None = None) -> None:
        super().__init__(name, address)
        parts = urlsplit(address)
        if parts.scheme != "usblp" or not parts.path or parts.netloc or parts.query:
            raise DeviceError(
                f'Printer "{name}" of devices.toml: its address is written like "usblp:/dev/usb/lp0", not "{address}"'
            )
        self.path = (folder or Path()) / parts.path

    def _connect(self) -> Wire:
        return UsblpWire(Port(os.open(self.path, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)))

    def _reason(self, error: OSError) -> str:
        if isinstance(error, TimeoutError):
            port = self._wire.port() if isinstance(self._wire, UsblpWire) else ""
            return f"it takes nothing{port}. Has it paper, and is its cover closed?"
        return f"{error.strerror or error}. {ADVICE.get(error.errno or 0, ADVICE[errno.EIO])}"

    def _nothing(self, seconds: float) -> None:
        time.sleep(min(EMPTY_PAUSE, seconds))


def port_says(bits: int) -> str:
    """The status byte of USB's printer class in words."""
    if bits & NO_PAPER:
        return "no paper"
    if not bits & NO_ERROR:
        return "error"
    return "ready" if bits & SELECTED else "not selected"
