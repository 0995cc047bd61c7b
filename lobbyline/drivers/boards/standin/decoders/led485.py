"""LED-485 of armfly, its ASCII protocol."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lobbyline.drivers.boards.standin.hearing import RED, Heard, Look, Noisy, latin


class Led485(Noisy):
    """LED-485 in ASCII: `$001,text#`; questions end with `&`."""

    longest = 64

    def frame_size(self, data: bytes) -> int | None:
        if data[0] != 0x24:
            return 0
        found = re.match(rb"\$(\d{3}),([^$#&]*)[#&]", data)
        return found.end() if found else None

    def heard(self, frame: bytes) -> Iterator[Heard]:
        if frame.endswith(b"#"):
            yield Heard(int(frame[1:4]), Look.of(latin(frame[5:-1]), RED, "number"))
