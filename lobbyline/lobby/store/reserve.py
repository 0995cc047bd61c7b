"""A file that only takes up room: when the disk fills, it goes, and the branch works on until evening.

Before every change the free space is looked at, which costs a microsecond. The reserve is given up before the
disk is full, so that no customer notices; that it is gone is told by `lobbyline doctor` and the staff's alerts.
"""

from __future__ import annotations

import os
from pathlib import Path

BYTES = 16 << 20  # a busy day writes less than half of it
SMALLEST_SHARE = 8  # of a small disk at most this part is held back
NEARLY_FULL = 4  # given up when less than this part of the reserve is free besides it
ROOMY = 4  # laid down again when at least so many reserves are free


class Reserve:
    """The reserve of one data folder."""

    def __init__(self, data: Path) -> None:
        self.path = data / "reserve"
        self._data = data
        disk = os.statvfs(data)
        self._bytes = min(BYTES, disk.f_blocks * disk.f_frsize // SMALLEST_SHARE)

    @property
    def gone(self) -> bool:
        return not self.path.exists()

    def restore(self) -> None:
        """Lay the reserve down where there is room for it; where there is none, nothing happens."""
        if self.gone and self._free() >= ROOMY * self._bytes:
            draft = self.path.with_name(f"reserve.{os.getpid()}")
            try:
                with draft.open("wb") as file:
                    os.posix_fallocate(file.fileno(), 0, self._bytes)
                draft.replace(self.path)
            except OSError:  # the disk filled meanwhile: the branch works without a reserve
                draft.unlink(missing_ok=True)

    def mind(self) -> None:
        """Give the reserve up when the disk is nearly full."""
        if self._free() < self._bytes // NEARLY_FULL:
            self.give_up()

    def give_up(self) -> None:
        self.path.unlink(missing_ok=True)

    def _free(self) -> int:
        disk = os.statvfs(self._data)
        return disk.f_bavail * disk.f_frsize
