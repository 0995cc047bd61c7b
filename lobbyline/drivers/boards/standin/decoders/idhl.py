"""Boards that are told a number in four bytes."""

from __future__ import annotations

from collections.abc import Iterator

from lobbyline.drivers.boards.standin.hearing import RED, Heard, Look, Noisy


class FourBytes(Noisy):
    """Address, high byte, low byte, their sum."""

    longest = 8

    def frame_size(self, data: bytes) -> int | None:
        if len(data) < 4:
            return None
        return 4 if (data[0] + data[1] + data[2]) & 0xFF == data[3] else 0

    def heard(self, frame: bytes) -> Iterator[Heard]:
        yield Heard(frame[0], Look.of(f"{frame[1] << 8 | frame[2]:4}", RED, "number"))
