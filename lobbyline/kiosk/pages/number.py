"""The number, and the page on which somebody who has one types it."""

from __future__ import annotations

from lobbyline.kiosk import view
from lobbyline.kiosk.pages.page import Answers, Facts, Page
from lobbyline.kiosk.view import View
from lobbyline.lobby.errors import StoreError
from lobbyline.lobby.reception import Place


class Number(Page):
    """The ticket and its place in the line."""

    def answers(self) -> Answers:
        return {"fill": lambda _: self.kiosk.pages.form.begin(), "done": lambda _: self.kiosk.leave()}

    def back(self) -> None:
        """A number is not taken back by going back."""

    def seen(self) -> View:
        kiosk, place = self.kiosk, self.kiosk.visit.place
        if place is None:
            return {}
        service, language = kiosk.branch.services[place.ticket.service], kiosk.visit.language
        seen = view.number(place, service, kiosk.clock(), kiosk.words_now(), language)
        return {**seen, "fill": bool(kiosk.pages.form.left()), "paper": self.paper(place)}

    def paper(self, place: Place) -> str:
        """What has become of the paper: a word of `paper_…`, empty where nothing is printed."""
        lobby, printer = self.kiosk.lobby, self.kiosk.branch.kiosk.printer
        try:
            state = lobby.outbox.state_of(place.ticket)
            devices = lobby.devices.all() if state in ("queued", "sending") else []
        except StoreError:
            return ""
        return "fault" if any(one.name == printer and one.state == "fault" for one in devices) else state


class Enter(Page):
    """A number from the paper, typed on a pad."""

    def answers(self) -> Answers:
        return {"key": self.key, "next": lambda _: self.find()}

    def key(self, key: str) -> None:
        self.kiosk.typist.key(key)
        self.kiosk.typed.emit()

    def find(self) -> None:
        if number := self.kiosk.typist.typing.text:
            self.kiosk.find(number)

    def read(self, kind: str, facts: Facts) -> None:
        if kind == "code":
            self.kiosk.find(facts["text"])
