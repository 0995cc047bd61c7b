"""How each device is, in one place for kiosk, staff pages and doctor."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from lobbyline.lobby.store.pages.devices import DeviceState

if TYPE_CHECKING:
    from lobbyline.lobby.lobby import Lobby

__all__ = ["FILES", "DeviceBook", "DeviceState"]

FILES = "files"  # told among the devices: a fault of the branch's files is a technician's work, too


class DeviceBook:
    """Devices report themselves here; only changes are written."""

    def __init__(self, lobby: Lobby) -> None:
        self._lobby = lobby

    def report(self, name: str, kind: str, state: str, sentence: str, at: datetime, trouble: str = "") -> None:
        """A device is `ok`, `warn` or `fault`; the sentence tells the technician what was seen and what to try.

        `trouble` is a code of `[trouble]` in the words, and behind a blank what it is about: for everybody else.
        """
        self._keep(name, DeviceState(name, kind, state, sentence, "", at, trouble), keep_face=True)

    def show(self, board: str, face: str, at: datetime, sentence: str = "") -> None:
        """What a board acknowledged, or was sent if it never answers; the sentence is how it has fared."""
        self._keep(board, DeviceState(board, "board", "ok", sentence, face, at), keep_face=False)

    def all(self) -> list[DeviceState]:
        with self._lobby.read() as book:
            return book.devices()

    def is_bad(self, name: str) -> bool:
        """Whether a device was last reported with a fault or a warning."""
        return any(device.name == name and device.state != "ok" for device in self.all())

    def shown(self, name: str, language: str) -> str:
        """What people of the branch call a device: by where it is, not by its name in the file."""
        devices = self._lobby.setup.devices
        board = next((board for board in devices.boards() if board.name == name), None)
        if board is not None:
            facts: dict[str, object] = {"counter": board.counter}
            return self._lobby.say("device", "board" if board.counter else "main_board", facts, language)
        only = len(devices.printers) == 1
        kinds = {one.name: ("printer", "" if only else one.name) for one in devices.printers}
        kinds |= {reader.name: ("reader", reader.name) for reader in devices.readers}
        kinds |= {bus.name: ("bus", bus.name) for bus in devices.buses}
        kinds |= {line.name: ("keypads", line.name) for line in devices.keypads}
        kinds |= {pad.name: ("keypad", str(pad.counter)) for line in devices.keypads for pad in line.pads}
        kinds |= {own: (own, "") for own in ("voice", "notices", "files")}
        kind, told = kinds.get(name, ("", name))
        return self._lobby.say("device", kind, {"name": told}, language).strip() if kind else name

    def told(self, device: DeviceState, language: str) -> str:
        """What is to be done: in the reader's language where there are words for it, else as the device said it."""
        return self.say(device.trouble, language) if device.trouble else device.sentence

    def say(self, trouble: str, language: str) -> str:
        """A trouble in the reader's language."""
        code, _, what = trouble.partition(" ")
        return self._lobby.say("trouble", code, {"what": what}, language)

    def _keep(self, name: str, state: DeviceState, *, keep_face: bool) -> None:
        with self._lobby.read() as book:
            known = book.device(name)
        if known and keep_face:
            state = replace(state, face=known.face)
        if known is None or replace(known, at=state.at) != state:
            with self._lobby.write() as book:
                book.keep_device(state)
