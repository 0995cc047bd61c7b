"""Stand-in keypads on a pseudo-terminal: they answer questions, send keys, and remember what they were shown.

A key is pressed by `press`, or by a line in the file NAME.keys of their folder; faces.log holds every face as bytes.
"""

from __future__ import annotations

import os
import select
import threading
from collections import deque
from collections.abc import Mapping
from pathlib import Path

from lobbyline.drivers.keypads.protocol import KeypadProtocol
from lobbyline.drivers.standin.terminal import Terminal
from lobbyline.drivers.wire.protocol import spaced

LOOK_SECONDS = 0.05
LONGEST_HEARD = 4096


class StandinPads:
    """A serial line with stand-in keypads on it."""

    def __init__(self, folder: Path, link_path: Path, protocol: KeypadProtocol, addresses: Mapping[str, int]) -> None:
        self.folder, self.link_path, self._protocol, self._addresses = folder, link_path, protocol, dict(addresses)
        self.shown: dict[str, list[bytes]] = {name: [] for name in addresses}
        self.powered = dict.fromkeys(addresses, True)
        self._keys: dict[str, deque[str]] = {name: deque() for name in addresses}
        self._heard, self._over = b"", threading.Event()
        self._thread = threading.Thread(target=self._live, name=f"stand-in {link_path.name}", daemon=True)

    def start(self) -> StandinPads:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._terminal = Terminal(self.link_path)
        os.set_blocking(self._terminal.near, False)
        self._thread.start()
        return self

    def stop(self) -> None:
        self._over.set()
        self._thread.join()
        self._terminal.close()

    def press(self, name: str, key: str) -> None:
        """A finger on a key."""
        self._keys[name].append(key)

    def _live(self) -> None:
        while not self._over.is_set():
            ready, _, _ = select.select([self._terminal.near], [], [], LOOK_SECONDS)
            if ready:
                self._heard = (self._heard + self._read())[-LONGEST_HEARD:]
                self._understand()
            self._read_keys()
            if not self._protocol.poll:
                self._send_keys()

    def _read(self) -> bytes:
        try:
            return os.read(self._terminal.near, LONGEST_HEARD)
        except OSError:  # nobody has the line open
            return b""

    def _understand(self) -> None:
        """Questions are answered in turn; whatever stands before one is a face or a confirmation."""
        if not self._protocol.poll:
            self._remember(self._heard)
            self._heard = b""
            return
        questions = {name: self._protocol.question(address) for name, address in self._addresses.items()}
        while asked := [name for name, question in questions.items() if question in self._heard]:
            name = min(asked, key=lambda name: self._heard.find(questions[name]))
            before, _, self._heard = self._heard.partition(questions[name])
            self._remember(before)
            if self.powered[name]:
                self._answer(name, self._addresses[name])

    def _answer(self, name: str, address: int) -> None:
        keys = self._keys[name]
        self._write(self._frame(address, keys.popleft()) if keys else self._protocol.nothing(address))

    def _send_keys(self) -> None:
        for name, keys in self._keys.items():
            while keys:
                self._write(self._frame(self._addresses[name], keys.popleft()))

    def _frame(self, address: int, key: str) -> bytes:
        presses = self._protocol.presses(address)
        return next((data for data, meant in presses.items() if meant == key), b"")

    def _remember(self, data: bytes) -> None:
        """A face, without the confirmations that came with it, is every pad's that the bytes name."""
        for address in self._addresses.values():
            if confirmation := self._protocol.heard(address):
                data = data.replace(confirmation, b"")
        if data:
            for name in self._addresses:
                self.shown[name].append(data)
            with (self.folder / "faces.log").open("a", encoding="utf-8") as journal:
                journal.write(spaced(data) + "\n")

    def _read_keys(self) -> None:
        """Keys that somebody wrote into NAME.keys, one a line; the file is emptied."""
        for name in self._addresses:
            file = self.folder / f"{name}.keys"
            if file.exists() and file.stat().st_size:
                for key in file.read_text(encoding="utf-8").split():
                    self.press(name, key)
                file.write_text("", encoding="utf-8")

    def _write(self, data: bytes) -> None:
        if data:
            os.write(self._terminal.near, data)
