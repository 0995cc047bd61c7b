"""devices.toml: what is plugged in where."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import Field

from lobbyline.lobby.settings.buses import Board, Bus
from lobbyline.lobby.settings.keypads import KeypadLine
from lobbyline.lobby.settings.machines import Machine
from lobbyline.lobby.settings.printers import Printer
from lobbyline.lobby.settings.readers import Reader
from lobbyline.lobby.settings.setting import Settings, at_start_of


class Devices(Settings):
    """devices.toml: what is plugged in where."""

    machines: dict[str, Machine] = Field(
        {},
        description="The machines of a branch on several, by name; one machine needs no entry.",
        json_schema_extra=at_start_of("kiosk"),
    )
    printers: list[Printer] = Field([], description="Ticket printers.", json_schema_extra=at_start_of("kiosk"))
    readers: list[Reader] = Field([], description="Readers at the kiosk.", json_schema_extra=at_start_of("kiosk"))
    buses: list[Bus] = Field([], description="Serial lines with boards.")
    keypads: list[KeypadLine] = Field(
        [], description="Serial lines with callers or rating pads.", json_schema_extra=at_start_of("keypads")
    )

    def of(self, machine: str) -> Devices:
        """What is plugged in at one machine, and what is said of no machine."""
        printers = [printer for printer in self.printers if printer.machine in ("", machine)]
        buses = [bus for bus in self.buses if bus.machine in ("", machine)]
        keypads = [line for line in self.keypads if line.machine in ("", machine)]
        readers = [reader for reader in self.readers if reader.machine in ("", machine)]
        ours = {"printers": printers, "buses": buses, "keypads": keypads, "readers": readers}
        return self.model_copy(update=ours)

    def printer(self, name: str) -> Printer | None:
        return next((printer for printer in self.printers if printer.name == name), None)

    def boards(self) -> Iterable[Board]:
        return (board for bus in self.buses for board in bus.boards)
