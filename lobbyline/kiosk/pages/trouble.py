"""Calm pages when something cannot be done: a refusal, a store that does not answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from lobbyline.kiosk.pages.page import Answers, Page
from lobbyline.kiosk.view import unbroken
from lobbyline.lobby.ticket import shown

if TYPE_CHECKING:
    from lobbyline.kiosk.model import KioskModel


class Trouble(Page):
    """One sentence, the number if there is one, and a way on."""

    def __init__(self, kiosk: KioskModel) -> None:
        super().__init__(kiosk)
        self.clear()

    def clear(self) -> None:
        """As if nothing had happened."""
        self.seen: dict[str, str] = {}
        self.retry: Callable[[], None] | None = None
        self.origin = "home"

    def answers(self) -> Answers:
        return {"done": lambda _: self.kiosk.leave(), "again": lambda _: self.again()}

    def spoken(self) -> str:
        return self.seen.get("sentence", "")

    def back(self) -> None:
        if self.kiosk.visit.place is None:
            self.kiosk.go(self.origin)

    def tell(self, title: str, sentence: str, again: Callable[[], None] | None = None, staff: str = "") -> None:
        """Show it; `again` is what the customer may try, `staff` what the lobby manager does about it."""
        place = self.kiosk.visit.place
        number = place.ticket.number if place else ""
        self.seen = {"title": title, "sentence": unbroken(sentence), "number": shown(number), "staff": staff}
        self.retry, self.origin = again, self.kiosk.page_name
        self.kiosk.go("trouble")

    def again(self) -> None:
        if self.retry:
            self.retry()


class Out(Page):
    """Nothing can be given: the lobby manager can."""

    def back(self) -> None:
        """Nothing is behind it."""
