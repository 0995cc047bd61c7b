"""One serial line: opens, paces, writes, listens. Whatever goes wrong becomes a DeviceError here and nowhere else.

Errors come in families (SerialException, OSError, the bare termios.error of an unplugged adapter, ValueError of a speed
the adapter cannot do). A write that timed out has usually been sent: it is purged and repeated whole, never continued.
"""

from __future__ import annotations

import errno
import os
import select
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import serial

from lobbyline.drivers.errors import DeviceError, kernel_number, trouble_of
from lobbyline.drivers.wire.answers import Expected
from lobbyline.drivers.wire.settings import SerialSettings

POLL = 0.01  # seconds a read waits before the clock is looked at again
WRITE_TIMEOUT = 2.0
ECHO_WAIT = 0.3  # seconds in which an adapter has repeated what it heard, on a busy machine, too
FAMILIES = (OSError, termios.error, ValueError)
ADVICE = {
    errno.ENOENT: "Plug the adapter in, and name it by a path of /dev/serial/by-id or by-path.",
    errno.EACCES: "Let the program's user into the group dialout.",
    errno.EPERM: "Let the program's user into the group dialout.",
    errno.EAGAIN: "Another program holds it: only one may.",
    errno.EBUSY: "Another program holds it: only one may.",
    errno.EIO: "Look at the plug of the adapter and its power.",
    errno.ENOTTY: "This path is no serial line: name the adapter's.",
}


class Line:
    """A serial line as `bus` of the technician's file; used by one thread."""

    def __init__(
        self,
        bus: str,
        path: Path,
        settings: SerialSettings,
        pause: Callable[[float], object] = time.sleep,
        kind: str = "Bus",
    ) -> None:
        self.bus, self.path, self.settings, self.kind = bus, path, settings, kind
        self.echoes = False  # the adapter hears its own voice
        self._pause = pause
        self._port: serial.Serial | None = None
        self._free_at = 0.0
        self._said = b""

    @property
    def is_open(self) -> bool:
        return self._port is not None

    def open(self) -> None:
        """Open the device that the path leads to now; after a replug that may be another one."""
        with self._speaking("cannot be opened"):
            # RS-485 direction is the adapter's business: asking pyserial for it spoils the port for good.
            self._port = serial.Serial(
                port=str(self.path),
                baudrate=self.settings.baudrate,
                bytesize=self.settings.bytesize,
                parity=self.settings.parity,
                stopbits=self.settings.stopbits,
                timeout=POLL,
                write_timeout=WRITE_TIMEOUT,
                exclusive=True,
            )
        self._free_at, self._said = time.monotonic(), b""

    def close(self) -> None:
        port, self._port = self._port, None
        if port is not None:
            with suppress(*FAMILIES):  # closing what is already gone is no news
                port.close()

    def find_echo(self) -> None:
        """Ask the adapter, not the boards: one NUL that comes back at once is our own voice."""
        self.say(b"\0", 0.05)
        end, heard = time.monotonic() + self.settings.seconds(1) + ECHO_WAIT, b""
        while not heard and time.monotonic() < end:
            heard = self._read()
        self.echoes = heard == b"\0"
        self._said = b""

    def say(self, data: bytes, gap: float) -> int:
        """Send a whole frame when the line is free; the bytes of strangers that had come in before."""
        self._wait_until(self._free_at)
        garbage = self._drain()
        self._send(data, gap)
        return garbage

    def tell(self, data: bytes, gap: float) -> None:
        """Send a whole frame when the line is free, and keep what has come in for whoever listens."""
        self._wait_until(self._free_at)
        self._send(data, gap)

    def _send(self, data: bytes, gap: float) -> None:
        with self._speaking("takes no bytes"):
            self._write(data, gap)
        self._said = data
        self._free_at = time.monotonic() + self.settings.seconds(len(data)) + gap

    def busy(self) -> float:
        """Seconds until the last frame and its gap are over."""
        return max(0.0, self._free_at - time.monotonic())

    def hear(
        self, expected: Expected, seconds: float, gap: float, give_up: Callable[[], bool] = lambda: False
    ) -> tuple[str, int]:
        """`ok`, `nak` or `""` when nobody answered in time, and how many bytes were no answer."""
        end = time.monotonic() + self.settings.seconds(len(self._said)) + seconds
        heard = b""
        while not (verdict := self._verdict(expected, heard)) and time.monotonic() < end and not give_up():
            heard += self._read()
        self._free_at = max(self._free_at, time.monotonic() + gap)
        return verdict, expected.foreign(self._others(heard, expected))

    def listen(self) -> bytes:
        """Everything that has come in; DeviceError when the adapter is gone."""
        with self._speaking("is gone"):
            return self._opened.read(waiting) if (waiting := self._opened.in_waiting) else b""

    def wait(self, seconds: float) -> bytes:
        """What comes in, as soon as something does; nothing when the time is over."""
        with self._speaking("is gone"):
            ready, _, _ = select.select([self._opened], [], [], seconds)
        return self._read() if ready else b""

    @property
    def _opened(self) -> serial.Serial:
        if self._port is None:
            raise serial.PortNotOpenError
        return self._port

    def _read(self) -> bytes:
        with self._speaking("is gone"):
            return self._opened.read(self._opened.in_waiting or 1)

    def _write(self, data: bytes, gap: float) -> None:
        try:
            self._opened.write(data)
        except serial.SerialTimeoutException:
            self._opened.reset_output_buffer()
            self._pause(self.settings.seconds(len(data)) + gap)
            self._opened.write(data)

    def _drain(self) -> int:
        """Throw away what came in since the last frame; our own voice is no garbage."""
        return len(self.listen().removeprefix(self._said))

    def _verdict(self, expected: Expected, heard: bytes) -> str:
        return expected.verdict(self._others(heard, expected))

    def _others(self, heard: bytes, expected: Expected) -> bytes:
        """What was heard without our own voice; where a board answers with an echo only a known echo is ours."""
        if self.echoes:
            own = heard.find(self._said)
            return b"" if own < 0 else heard[:own] + heard[own + len(self._said) :]
        return heard if expected.echoes else heard.removeprefix(self._said)

    def _wait_until(self, moment: float) -> None:
        if (rest := moment - time.monotonic()) > 0:
            self._pause(rest)

    @contextmanager
    def _speaking(self, what: str) -> Iterator[None]:
        try:
            yield
        except FAMILIES as error:
            self.close()
            unknown = "" if isinstance(error, ValueError) else "unplugged"
            raise DeviceError(self._sentence(what, error), trouble_of(error, unknown)) from error

    def _sentence(self, what: str, error: Exception) -> str:
        number = kernel_number(error)
        seen = os.strerror(number) if number else str(error)
        advice = ADVICE.get(number, ADVICE[errno.EIO])
        return f"{self.kind} {self.bus!r} ({self.path}) {what}: {seen}. {advice}"
