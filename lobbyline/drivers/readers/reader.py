"""A reader on a serial line: a thread that listens (or asks), hands over what it read, and survives its plug."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from lobbyline.drivers.errors import DeviceError
from lobbyline.drivers.readers import sdt
from lobbyline.drivers.readers.lines import Lines
from lobbyline.drivers.readers.profile import ReaderProfile
from lobbyline.drivers.readers.readings import Reading
from lobbyline.drivers.wire.line import Line

LOOK = 0.5  # seconds between two looks whether to end
ASK = 0.3  # seconds between two questions for a card
ANSWER = 1.5  # seconds in which a module answers; reading a card takes most of one
AGAIN = (1, 2, 5, 10)  # seconds before a reader that is gone is tried again

Report = Callable[[str, str, str], None]  # the state, a sentence for the technician, and the code of a trouble


class Reader:
    """One reader of devices.toml."""

    def __init__(
        self,
        name: str,
        path: Path,
        profile: ReaderProfile,
        hand_over: Callable[[Reading], None],
        report: Report,
        baudrate: int | None = None,
    ) -> None:
        self.name, self.profile = name, profile
        self._hand_over, self._report = hand_over, report
        self._told = ("", "", "")
        self._line = Line(name, path, profile.serial.settings(baudrate), kind="Reader")
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"reader-{name}", daemon=True)

    def start(self) -> Reader:
        self._thread.start()
        return self

    def stop(self) -> None:
        self._ended.set()
        self._thread.join()

    def _tell(self, fault: DeviceError | None) -> None:
        """Report what is news."""
        told = ("fault", str(fault), fault.trouble) if fault else ("ok", "", "")
        if told != self._told:
            self._told = told
            self._report(*told)

    def _run(self) -> None:
        """Listen until it ends; a reader that is gone is told once and tried again, ever more patiently."""
        tries = 0
        while not self._ended.is_set():
            try:
                self._line.open()
                for reading in self._readings():
                    tries = 0
                    if reading:
                        self._hand_over(reading)
            except DeviceError as error:
                self._tell(error)
                self._ended.wait(AGAIN[min(tries, len(AGAIN) - 1)])
                tries += 1
        self._line.close()

    def _readings(self) -> Iterator[Reading | None]:
        """What is read, and nothing now and then, until the end."""
        talk = self._asked() if self.profile.speaks == "sdt" else self._heard()
        while not self._ended.is_set():
            yield next(talk)

    def _heard(self) -> Iterator[Reading | None]:
        self._tell(None)
        lines = Lines(self.profile)
        while True:
            yield from lines.feed(self._line.wait(LOOK))
            yield None

    def _asked(self) -> Iterator[Reading | None]:
        """A card is read once while it lies there; taken away and laid down again it is read again."""
        lies = False
        while True:
            found = self._ask(sdt.FIND)
            self._tell(None if found else DeviceError(f"Reader {self.name!r} does not answer: is it on?", "silent"))
            there = found is not None and found.status == sdt.FOUND
            yield self._card() if there and not lies else None
            lies = there
            self._ended.wait(ASK)

    def _card(self) -> Reading | None:
        if (selected := self._ask(sdt.SELECT)) is None or selected.status != sdt.DONE:
            return None
        read = self._ask(sdt.READ)
        return sdt.person(read.data) if read and read.status == sdt.DONE else None

    def _ask(self, command: tuple[int, int]) -> sdt.Answer | None:
        self._line.say(sdt.request(command), 0)
        end, heard = time.monotonic() + ANSWER, b""
        while not self._ended.is_set() and (left := end - time.monotonic()) > 0:
            if found := sdt.answer(heard):
                return found
            heard += self._line.wait(min(left, LOOK))
        return sdt.answer(heard)
