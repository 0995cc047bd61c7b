"""Who looks at a branch that plays: papers, boards, and what the memory says of a ticket."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

from lobbyline.lobby.clock import Clock
from lobbyline.lobby.config.folder import Setup
from lobbyline.lobby.lobby import Lobby
from lobbyline.lobby.ticket import Ticket
from lobbyline.technician.devices import standins


class Onlooker:
    """Sees what came out of the stand-ins, and keeps pictures of it."""

    def __init__(self, setup: Setup, lobby: Lobby, clock: Clock, data: Path, pictures: Path) -> None:
        self._setup, self._lobby, self._clock = setup, lobby, clock
        self._data, self._pictures = data, pictures

    def copy_boards(self, name: str) -> None:
        for board in self._setup.devices.boards():
            picture = standins.faces(self._data) / f"{board.name}.png"
            shutil.copy(picture, self._pictures / f"{name}-{board.name}.png")

    def papers(self) -> list[Path]:
        printers = self._setup.devices.printers
        folders = [standins.paper(self._data, printer.name) for printer in printers]
        return [paper for folder in folders for paper in sorted(folder.glob("*.png"))]

    def journal(self, board: str) -> list[str]:
        """Everything a stand-in board ever showed."""
        return (standins.faces(self._data) / f"{board}.jsonl").read_text("utf-8").splitlines()

    def face(self, board: str) -> str:
        return next((device.face for device in self._lobby.devices.all() if device.name == board), "")

    def shown_at(self, board: str) -> datetime:
        return next(device.at for device in self._lobby.devices.all() if device.name == board)

    def state(self, ticket: Ticket) -> str:
        return self._lobby.reception.find(ticket.number, self._clock()).ticket.state

    def step(self, ticket: Ticket) -> str:
        return self._lobby.reception.find(ticket.number, self._clock()).ticket.step

    def called_at(self, ticket: Ticket) -> datetime:
        return self._lobby.reception.find(ticket.number, self._clock()).ticket.called_at or self._clock()
