"""What an Onbon BX-5K card answers: escaped, with a CRC of its own, which a pattern cannot check.

Between A5… and 5A stand dst, src (two bytes each, low first), eight bytes of settings, the length of the data, the
data and its CRC-ARC. `A0 00` is a yes; `A0 01` a no with a code: 3 the card is busy, 5 the CRC was wrong.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from lobbyline.drivers.wire.checksums import CHECKSUMS

FRAME = re.compile(rb"\xa5+([^\xa5\x5a]{16,2000})\x5a")
ESCAPED = {b"\xa6\x02": b"\xa5", b"\xa6\x01": b"\xa6", b"\x5b\x02": b"\x5a", b"\x5b\x01": b"\x5b"}
US, ANY = b"\x00\x80", b"\xfe\xff"


class Answers:
    """Finds the answer of one card amid noise."""

    def __init__(self, pieces: Mapping[str, bytes]) -> None:
        self.card = unescaped(pieces["address"])

    def __call__(self, heard: bytes) -> tuple[str, int] | None:
        """`ok` or `nak` and the bytes of the answer, or None."""
        for match in FRAME.finditer(heard):
            verdict = self.verdict(unescaped(match[1]))
            if verdict:
                return verdict, len(match[0])
        return None

    def verdict(self, body: bytes) -> str:
        """What the card says in a frame that is whole, from this card and for us; otherwise nothing."""
        if CHECKSUMS["crc16-arc"].reckon(body[:-2]) != int.from_bytes(body[-2:], "little"):
            return ""
        if body[:2] != US or self.card not in (ANY, body[2:4]):
            return ""
        return {b"\xa0\x00": "ok", b"\xa0\x01": "nak"}.get(body[14:16], "")


def unescaped(data: bytes) -> bytes:
    return re.sub(rb"[\xa6\x5b][\x01\x02]", lambda match: ESCAPED[match[0]], data)
