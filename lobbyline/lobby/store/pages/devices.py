"""How each device is, what each board shows, and how far each reader of events has read."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from lobbyline.lobby.store.pages.page import Pages, micros


@dataclass(frozen=True)
class DeviceState:
    """How a device is; for a board also what it shows."""

    name: str
    kind: str
    state: str
    sentence: str
    face: str
    at: datetime
    trouble: str = ""  # a code of `[trouble]` in the words


class DevicePages(Pages):
    """One device a row, and a bookmark for each reader."""

    def devices(self) -> list[DeviceState]:
        return [self._device(row) for row in self._rows.all("devices")]

    def device(self, name: str) -> DeviceState | None:
        row = self._rows.first("device", name=name)
        return self._device(row) if row else None

    def keep_device(self, device: DeviceState) -> None:
        values = asdict(device) | {"at": micros(device.at)}
        self._rows.run("keep_device", **values)

    def bookmark(self, reader: str) -> int | None:
        row = self._rows.first("bookmark", name=reader)
        return int(row["last"]) if row else None

    def move_bookmark(self, reader: str, last: int) -> None:
        self._rows.run("move_bookmark", name=reader, last=last)

    def _device(self, row: Any) -> DeviceState:
        at = self._time(row["at"])
        return DeviceState(row["name"], row["kind"], row["state"], row["sentence"], row["face"], at, row["trouble"])
