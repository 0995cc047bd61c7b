"""How a serial line is set, and what the devices on it ask for: pauses, repeats, refresh, addresses."""

from __future__ import annotations

from dataclasses import dataclass

from lobbyline.drivers.wire.reading import Keys
from lobbyline.drivers.wire.values import FrameRefused


@dataclass(frozen=True)
class SerialSettings:
    """Speed and shape of the bytes."""

    baudrate: int = 9600
    bytesize: int = 8
    parity: str = "N"
    stopbits: int = 1

    def seconds(self, count: int) -> float:
        """How long this many bytes take on the wire."""
        return count * (1 + self.bytesize + (self.parity != "N") + self.stopbits) / self.baudrate


@dataclass(frozen=True)
class BusRules:
    """What boards on a line may expect of us."""

    gap: float = 0.02
    repeat: int = 1
    repeat_gap: float = 0.0
    refresh: float = 60.0
    broadcast: int | None = None
    lowest: int = 0
    highest: int = 255

    def check(self, address: int) -> None:
        if address != self.broadcast and not self.lowest <= address <= self.highest:
            raise FrameRefused(f"Address {address} is out of range: boards have {self.lowest} to {self.highest}.")


def read_serial(keys: Keys) -> SerialSettings:
    settings = SerialSettings(
        keys.take("baudrate", 9600, 300, 1000000),
        keys.take("bytesize", 8, 5, 8),
        keys.choice("parity", "N", ("N", "E", "O")),
        keys.take("stopbits", 1, 1, 2),
    )
    keys.close()
    return settings


def read_bus(keys: Keys) -> BusRules:
    rules = BusRules(
        gap=keys.take("gap_ms", 20, 0, 5000) / 1000,
        repeat=keys.take("repeat", 1, 1, 10),
        repeat_gap=keys.take("repeat_gap_ms", 0, 0, 5000) / 1000,
        refresh=float(keys.take("refresh_s", 60, 1, 86400)),
        broadcast=keys.take("broadcast", 0, 0, 65535) if keys.has("broadcast") else None,
        lowest=keys.take("address_min", 0, 0, 65535),
        highest=keys.take("address_max", 255, 0, 65535),
    )
    keys.close()
    return rules
