"""A printer on a serial line, real or through a USB adapter.

`serial:/dev/serial/by-id/…?baud=115200&flow=rtscts`. Flow control is needed as soon as pages are longer than the
printer's buffer; DSR/DTR does not exist on Linux. With XON/XOFF the line's own 11 and 13 never count as answers.
"""

from __future__ import annotations

import errno
import os
import termios
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from lobbyline.drivers.errors import DeviceError, kernel_number
from lobbyline.drivers.printers.links.link import FileWire, Link, Wire

if TYPE_CHECKING:
    from serial import Serial

BAUDS = (1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200, 230400, 460800, 921600)
FLOWS = ("rtscts", "xonxoff", "none")
FRAME_BITS = 10  # 8N1: start, eight bits, stop
ADVICE = {
    errno.ENOENT: "There is no such line: is the cable in, and is the name one of /dev/serial/by-id/?",
    errno.EACCES: "Add this program's user to the group dialout.",
    errno.EAGAIN: "Another program has this line open: end it.",
    errno.ENODEV: "Was the adapter pulled out?",
    errno.EIO: "Was the adapter pulled out?",
    errno.ETIMEDOUT: "It takes nothing: is it switched on, and do cable and `flow` fit its switches?",
}


class SerialWire(FileWire):
    """The open line."""

    def __init__(self, line: Serial) -> None:
        super().__init__(line)
        self._line = line

    def close(self) -> None:
        """What the printer does not take any more would hold up closing for half a minute: it is dropped."""
        with suppress(OSError, termios.error):
            self._line.reset_output_buffer()
        with suppress(OSError, termios.error):
            self._line.close()


class SerialLink(Link):
    """8N1; every write and read is finite."""

    def __init__(self, name: str, address: str, folder: Path | None = None) -> None:
        super().__init__(name, address)
        self.path, self.baud, self.flow = _settings(name, address)
        self.path = str((folder or Path()) / self.path)
        self.bytes_a_second = self.baud / FRAME_BITS

    def _connect(self) -> Wire:
        import serial  # only where a printer is on such a line

        try:
            line = serial.Serial(
                self.path,
                self.baud,
                timeout=0,
                write_timeout=0,
                rtscts=self.flow == "rtscts",
                xonxoff=self.flow == "xonxoff",
                exclusive=True,
            )
        except termios.error as error:  # bare, where an adapter goes away while it is opened
            raise OSError(*error.args) from error
        return SerialWire(line)

    def _reason(self, error: OSError) -> str:
        number = errno.ETIMEDOUT if isinstance(error, TimeoutError) else kernel_number(error)
        seen = os.strerror(number) if number else str(error)
        return f"{seen}. {ADVICE.get(number, ADVICE[errno.EIO])}"

    def _nothing(self, seconds: float) -> None:  # noqa: ARG002  # the signature of the link
        raise self.failed("the line is gone. Was the adapter pulled out?", "unplugged")


def _settings(name: str, address: str) -> tuple[str, int, str]:
    """Path, baud rate and flow control; DeviceError with an example of each."""
    parts = urlsplit(address)
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    baud, flow = options.pop("baud", "115200"), options.pop("flow", "rtscts")
    right = parts.scheme == "serial" and parts.path and not parts.netloc and not options
    if right and baud in map(str, BAUDS) and flow in FLOWS:
        return parts.path, int(baud), flow
    raise DeviceError(
        f'Printer "{name}" of devices.toml: its address is written like "serial:/dev/serial/by-id/NAME?baud=115200",'
        f' with flow={"|".join(FLOWS)} if need be, not "{address}"'
    )
