"""The number, and the page on which somebody who has one types it."""

from __future__ import annotations

from dataclasses import replace

from lobbyline.kiosk import view
from lobbyline.kiosk.pages.page import Answers, Facts, Page
from lobbyline.kiosk.view import View
from lobbyline.lobby.errors import StoreError
from lobbyline.lobby.reception import Place


class Number(Page):
    """The ticket and its place in the line."""

    def answers(self) -> Answers:
        return {
            "fill": lambda _: self.kiosk.pages.form.begin(),
            "slip": lambda _: self.print_slips(),
            "done": lambda _: self.kiosk.leave(),
        }

    def back(self) -> None:
        """A number is not taken back by going back."""

    def seen(self) -> View:
        kiosk, place = self.kiosk, self.kiosk.visit.place
        if place is None:
            return {}
        service, language = kiosk.branch.services[place.ticket.service], kiosk.visit.language
        seen = view.number(place, service, kiosk.clock(), kiosk.words_now(), language)
        paper = self.paper(place)
        return {**seen, "fill": bool(kiosk.pages.form.left()), "paper": paper, "slip": bool(paper and self.unprinted())}

    def unprinted(self) -> list[str]:
        """The forms filled in this visit that are not on paper yet."""
        place, visit = self.kiosk.visit.place, self.kiosk.visit
        return [] if place is None or place.ticket.ended else sorted(visit.filled - visit.printed)

    def print_slips(self) -> None:
        """What was filled in, masked, on paper to take along: once, whoever presses twice."""
        kiosk, place, forms, at = self.kiosk, self.kiosk.visit.place, self.unprinted(), self.kiosk.clock()
        if place is None or not forms:
            return

        def ask() -> None:
            for form in forms:
                kiosk.lobby.outbox.print_form(place.ticket, form, at)

        kiosk.send("slipping", ask, lambda _: self.slips_asked(forms), self.print_slips)

    def slips_asked(self, forms: list[str]) -> None:
        kiosk = self.kiosk
        kiosk.visit = replace(kiosk.visit, printed=kiosk.visit.printed | set(forms))
        kiosk.placed.emit()
        kiosk.say("slip_comes")

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
