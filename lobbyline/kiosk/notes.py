"""The sentence that stands over a page for a moment: that something was read, kept, asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lobbyline.kiosk.model import KioskModel

SECONDS = 6


class Notes:
    """One at a time; the next touch takes it away, and so does time."""

    def __init__(self, kiosk: KioskModel) -> None:
        self.kiosk, self.text, self._left = kiosk, "", 0

    def say(self, word: str) -> None:
        self.text, self._left = self.kiosk.words_now()[word], SECONDS
        self.kiosk.moved.emit()

    def quiet(self) -> None:
        if self.text:
            self.text, self._left = "", 0
            self.kiosk.moved.emit()

    def tick(self) -> None:
        """One second later."""
        self._left = max(0, self._left - 1)
        if not self._left:
            self.quiet()
