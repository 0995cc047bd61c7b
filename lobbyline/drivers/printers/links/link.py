"""The way to a printer: one connection, kept; every wait is finite, and after a failure the next attempt comes later.

What all ways have in common stands here.
"""

from __future__ import annotations

import os
import select
import time
from abc import ABC, abstractmethod
from contextlib import suppress
from typing import Protocol

from lobbyline.drivers.errors import DeviceError, trouble_of

STALL_SECONDS = 5.0  # without a byte taken this long, the printer is not taking any
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 10.0
PIECE = 4096  # bytes handed over at a time
SLOW_MODULE = 20_000  # bytes a second that even a slow network module takes


class Interrupted(DeviceError):
    """The printer has some bytes of a page and not the others: `sent` of them were handed over."""

    def __init__(self, error: DeviceError, sent: int) -> None:
        super().__init__(str(error), error.trouble)
        self.sent = sent


class Wire(Protocol):
    """Something open. No call takes longer than it may; OSError when the other side is gone."""

    def write(self, data: bytes) -> int: ...  # how much was taken
    def read(self, seconds: float) -> bytes: ...  # what arrives first; TimeoutError when nothing does
    def finish(self) -> None: ...  # waits until all that was taken is really gone
    def close(self) -> None: ...


class Open(Protocol):
    """What the kernel knows as an open file."""

    def fileno(self) -> int: ...
    def close(self) -> None: ...


class FileWire:
    """A socket, a line or a device that never blocks."""

    def __init__(self, file: Open) -> None:
        self.file = file

    def write(self, data: bytes) -> int:
        wait_for(self.file, select.POLLOUT)
        with suppress(BlockingIOError):
            return os.write(self.file.fileno(), data)
        return 0

    def read(self, seconds: float) -> bytes:
        wait_for(self.file, select.POLLIN, seconds)
        return os.read(self.file.fileno(), PIECE)

    def finish(self) -> None:
        """Most ways have nothing to wait for."""

    def close(self) -> None:
        self.file.close()


class Link(ABC):
    """One kept connection; after a failure the next attempt is refused until the pause is over."""

    bytes_a_second: float = SLOW_MODULE

    def __init__(self, name: str, address: str) -> None:
        self.name = name
        self.address = address
        self.connections = 0  # how many there have been: a page belongs to one
        self._wire: Wire | None = None
        self._pause = 0.0
        self._not_before = 0.0
        self._failure: DeviceError | None = None

    def open(self) -> Wire:
        """The open way; connects when there is none, and refuses at once while a failed attempt is recent."""
        if self._wire is not None:
            return self._wire
        if self._failure and time.monotonic() < self._not_before:
            raise DeviceError(str(self._failure), self._failure.trouble)
        try:
            self._wire = self._connect()
        except OSError as error:
            raise self._broken(error) from error
        self.connections += 1
        return self._wire

    def failed(self, reason: str, trouble: str = "silent") -> DeviceError:
        """Closes the connection, doubles the pause before the next and gives the error to raise."""
        self.close()
        self._pause = min(LONGEST_PAUSE, self._pause * 2 or FIRST_PAUSE)
        self._not_before = time.monotonic() + self._pause
        self._failure = self.error(reason, trouble)
        return self._failure

    def error(self, reason: str, trouble: str = "") -> DeviceError:
        return DeviceError(f'Printer "{self.name}" of devices.toml at {self.address}: {reason}', trouble)

    def works(self) -> None:
        """The printer answered: the next failure is tried again soon."""
        self._pause = 0.0

    def send(self, data: bytes) -> None:
        """Hands over all of it, or raises `Interrupted` with how much was."""
        wire = self.open()
        sent = 0
        try:
            while sent < len(data):
                sent += wire.write(data[sent : sent + PIECE])
            wire.finish()
        except OSError as error:
            raise Interrupted(self._broken(error), sent) from error

    def receive(self, seconds: float) -> bytes:
        """What arrives first within the time; empty when nothing does."""
        wire = self.open()
        try:
            data = wire.read(seconds)
        except (TimeoutError, BlockingIOError):
            return b""
        except OSError as error:
            raise self._broken(error) from error
        if not data:
            self._nothing(seconds)
        return data

    def close(self) -> None:
        if self._wire is not None:
            self._wire.close()
            self._wire = None

    def _broken(self, error: OSError) -> DeviceError:
        return self.failed(self._reason(error), trouble_of(error, "silent"))

    @abstractmethod
    def _connect(self) -> Wire:
        """Opens the way; OSError when that fails."""

    @abstractmethod
    def _reason(self, error: OSError) -> str:
        """What the system saw and what to try."""

    def _nothing(self, seconds: float) -> None:  # noqa: ARG002  # for those that wait
        """A read that gave nothing means here that the other side is gone."""
        raise self.failed("it closed the connection. Is another program printing on it, or was it switched off?")


def wait_for(file: Open, event: int, seconds: float | None = None) -> None:
    """Waits until the file may be read or written (or is broken, which reading and writing tell)."""
    poll = select.poll()
    poll.register(file, event)
    if not poll.poll(1000 * max(0.001, STALL_SECONDS if seconds is None else seconds)):
        raise TimeoutError
