"""Readers that are not there: real bytes over a pseudo-terminal, and a socket to hold something to them.

The link leads to the terminal as /dev/serial/by-id leads to an adapter; it can be pulled and plugged in again.
"""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from lobbyline.drivers.errors import DeviceError
from lobbyline.drivers.readers import sdt
from lobbyline.drivers.readers.profile import ReaderProfile
from lobbyline.drivers.readers.readings import Person
from lobbyline.drivers.standin.doors import LineDoor, Mouth
from lobbyline.sockets import short

SAMPLE = {  # nobody: a region and a sequence that are not given out
    "name": "张小景",
    "number": "110000199001010005",
    "birth": "1990-01-01",
    "address": "北京市东城区某某路1号",
    "until": "2036-01-01",
}
LIES = 2.0  # seconds that an ID card lies on its reader
Thing = Mapping[str, str]


class StandinReader:
    """One reader; `hold` is a customer's hand."""

    def __init__(self, line: Path, profile: ReaderProfile, socket_path: Path | None = None) -> None:
        self.line, self.profile, self.socket_path = line, profile, socket_path
        self._door: LineDoor | None = None
        self._card: Person | None = None
        self._asked = 0
        self._changed = threading.Condition()
        self._ended = threading.Event()
        self._threads = [threading.Thread(target=self._talk, name=f"stand-in {line.name}", daemon=True)]

    def start(self) -> StandinReader:
        self.replug()
        if self.socket_path:
            self._threads.append(threading.Thread(target=self._obey, args=(ear(self.socket_path),), daemon=True))
        for thread in self._threads:
            thread.start()
        return self

    def stop(self) -> None:
        self._ended.set()
        for thread in self._threads:
            thread.join()
        self.unplug()

    def replug(self) -> None:
        with self._changed:
            self._door = LineDoor(self.line)

    def unplug(self) -> None:
        """Pull the adapter: whoever has the line open gets an error."""
        with self._changed:
            if self._door:
                self._door.close()
            self._door = None

    def hold(self, thing: Thing) -> None:
        """Hold something to the reader: a card's `number`, a code's `text`, or an ID card."""
        with self._changed:
            if self.profile.speaks == "sdt":
                self._card = Person(**{**SAMPLE, **thing})
            elif mouth := self._mouth():
                mouth.say(self.said(thing))

    def take_away(self, seconds: float = 30.0) -> bool:
        """Take the ID card back, and wait until the reader has asked for it in vain."""
        with self._changed:
            self._card, asked = None, self._asked
            return self._changed.wait_for(lambda: self._asked > asked, seconds)

    def said(self, thing: Thing) -> bytes:
        """The line that a real reader says of it; a card's track has an expiry and more behind its number."""
        line = thing.get("text", "")
        if "number" in thing:
            line = (
                thing["number"] if self.profile.reading(thing["number"]) else f";{thing['number']}=30122010000000000?"
            )
        return line.encode(self.profile.encoding, "replace") + self.profile.ends

    def _mouth(self) -> Mouth | None:
        return self._door.visitor() if self._door else None

    def _talk(self) -> None:
        """Answer what an ID module is asked; other readers only speak."""
        heard = b""
        while not self._ended.wait(0.02):
            with self._changed:
                mouth = self._mouth()
                heard = self._answered(mouth, heard + (mouth.hear() or b"")) if mouth else b""

    def _answered(self, mouth: Mouth, heard: bytes) -> bytes:
        for command in (sdt.FIND, sdt.SELECT, sdt.READ) if self.profile.speaks == "sdt" else ():
            asked = sdt.request(command)
            if heard.endswith(asked):
                mouth.say(self._module(command))
                self._asked += 1
                self._changed.notify_all()
                return b""
        return heard[-64:]

    def _module(self, command: tuple[int, int]) -> bytes:
        if self._card is None:
            return sdt.framed(bytes((0, 0, 0x80 if command == sdt.FIND else 0x41)))
        data = {sdt.FIND: bytes(4), sdt.SELECT: bytes(8), sdt.READ: sdt.card_data(self._card)}[command]
        return sdt.framed(bytes((0, 0, sdt.FOUND if command == sdt.FIND else sdt.DONE)) + data)

    def _obey(self, orders: socket.socket) -> None:
        """Hold what comes in by the socket; an ID card is taken away after a while."""
        with orders:
            while not self._ended.is_set():
                with suppress(TimeoutError, ValueError):
                    self.hold(json.loads(orders.recv(4096)))
                    if self._card and not self._ended.wait(LIES):
                        self.take_away()


def ear(path: Path) -> socket.socket:
    """A datagram socket at this path, in which a stand-in hears what is held to it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    orders = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    with short(path.parent) as place:
        orders.bind(f"{place}/{path.name}")
    orders.settimeout(0.2)
    return orders


def hold(path: Path, thing: Thing) -> None:
    """Hold something to a stand-in that another program runs."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as hand:
        try:
            with short(path.parent) as place:
                hand.sendto(json.dumps(thing).encode(), f"{place}/{path.name}")
        except OSError as error:
            raise DeviceError(
                f"No stand-in reader listens at {path} ({error.strerror}): start `lobbyline run`"
            ) from error
