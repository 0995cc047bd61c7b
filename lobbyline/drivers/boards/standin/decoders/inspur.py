"""浪潮: every frame comes three times."""

from __future__ import annotations

from collections.abc import Iterator

from lobbyline.drivers.boards.standin.hearing import RED, Heard, Look, Noisy, hanzi


class Inspur(Noisy):
    """浪潮: `23 14 24 15 13 18` six digits `44 mode speed wait times CHARS` text `07 38 0D 0C 03 02 0D` SUM."""

    START, END = bytes.fromhex("23 14 24 15 13 18"), bytes.fromhex("07 38 0D 0C 03 02 0D")

    def frame_size(self, data: bytes) -> int | None:
        if not self.START.startswith(data[:6]):
            return 0
        end = data.find(self.END, 18)
        if end < 0 or len(data) < end + 8:
            return None
        return end + 8 if sum(data[12 : end + 7]) & 0xFF == data[end + 7] else 0

    def heard(self, frame: bytes) -> Iterator[Heard]:
        text = hanzi(frame[18:-8])
        if frame[6:12].isdigit() and frame[17] == len(text):
            yield Heard(int(frame[6:12]), Look.of(text, RED, "blinking" if frame[13] == 5 else "steady"))
