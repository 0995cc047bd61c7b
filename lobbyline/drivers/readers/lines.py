"""Lines out of bytes, however they arrive: in pieces, several at once, or with noise before them."""

from __future__ import annotations

from collections.abc import Iterator

from lobbyline.drivers.readers.profile import ReaderProfile
from lobbyline.drivers.readers.readings import Reading


class Lines:
    """One reader's bytes on their way to becoming readings; nothing of a line stays after it."""

    def __init__(self, profile: ReaderProfile) -> None:
        self.profile = profile
        self._heard = b""

    def feed(self, data: bytes) -> Iterator[Reading]:
        """The readings that are whole now."""
        *lines, self._heard = (self._heard + data).split(self.profile.ends)
        if len(self._heard) > self.profile.longest:
            self._heard = b""
        for line in lines:
            reading = self.profile.reading(line.decode(self.profile.encoding, "replace").strip())
            if reading is not None:
                yield reading
