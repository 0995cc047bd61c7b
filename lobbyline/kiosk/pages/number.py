"""The number, and the page on which somebody who has one types it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from lobbyline.kiosk import view
from lobbyline.kiosk.pages.page import Answers, Facts, Page
from lobbyline.kiosk.pages.services import Services
from lobbyline.kiosk.view import View, sentence
from lobbyline.lobby.errors import StoreError
from lobbyline.lobby.reception.reception import Offer, Place


class Number(Page):
    """The ticket and its place in the line."""

    def answers(self) -> Answers:
        return {
            "fill": lambda _: self.kiosk.pages.form.begin(),
            "slip": lambda _: self.print_slips(),
            "restore": lambda _: self.restore(),
            "change": lambda _: self.kiosk.pages.change.opened("change"),
            "cancel": lambda _: self.kiosk.go("cancel"),
            "done": lambda _: self.kiosk.leave(),
        }

    def back(self) -> None:
        """A number is not taken back by going back."""

    def restore(self) -> None:
        """Back in the line after a missed call, time kept; the rules say how long that is possible."""
        kiosk, number, at = self.kiosk, self.ticket(), self.kiosk.clock()
        kiosk.errands.send(
            "restoring", lambda: kiosk.lobby.floor.restore(number, at), lambda _: self.again("restored"), self.restore
        )

    def again(self, word: str) -> None:
        """The number's page with what is true of it now."""
        self.kiosk.refresh()
        self.kiosk.go("number")
        self.kiosk.notes.say(word)

    def ticket(self) -> str:
        place = self.kiosk.visit.place
        return place.ticket.number if place else ""

    def seen(self) -> View:
        kiosk, place = self.kiosk, self.kiosk.visit.place
        if place is None:
            return {}
        code, language = place.ticket.service, kiosk.visit.language
        bring = kiosk.branch.bring(code, kiosk.visit.band if code == kiosk.visit.service else None)
        seen = view.number(place, bring, kiosk.branch.services[code], kiosk.clock(), kiosk.words_now(), language)
        paper = self.paper(place)
        return {
            **seen,
            "fill": bool(kiosk.pages.form.left()),
            "paper": paper,
            "slip": bool(paper and self.unprinted()),
            "consent": kiosk.pages.form.consent(),
        }

    def spoken(self) -> str:
        """The number sign by sign, as the hall will call it, and what happens next."""
        seen, words = self.seen(), self.kiosk.words_now()
        number = " ".join(self.signs().get(sign, sign) for sign in self.ticket())
        facts = [words["ahead_label"], seen["ahead"], seen["wait"], seen["zone"]] if seen.get("waiting") else []
        return sentence(words["number_title"], number, *facts, seen.get("state", ""))

    def signs(self) -> Mapping[str, str]:
        """How letters and digits are read in the customer's language."""
        speech = self.kiosk.lobby.setup.voices.get(self.kiosk.visit.language)
        return speech.file.signs if speech else {}

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

        kiosk.errands.send("slipping", ask, lambda _: self.slips_asked(forms), self.print_slips)

    def slips_asked(self, forms: list[str]) -> None:
        kiosk = self.kiosk
        kiosk.visit = replace(kiosk.visit, printed=kiosk.visit.printed | set(forms))
        kiosk.placed.emit()
        kiosk.notes.say("slip_comes")

    def paper(self, place: Place) -> str:
        """What has become of the paper: a word of `paper_…`, empty where nothing is printed."""
        lobby, printer = self.kiosk.lobby, self.kiosk.branch.kiosk.printer
        if place.emergency:
            return lobby.emergency.local.outbox.state_of(place.ticket)
        try:
            state = lobby.outbox.state_of(place.ticket)
            devices = lobby.devices.all() if state in ("queued", "sending") else []
        except StoreError:
            return ""
        return "fault" if any(one.name == printer and one.state == "fault" for one in devices) else state


class Change(Services):
    """Another service for the same number: place and time are kept."""

    def shown(self) -> list[Offer]:
        place = self.kiosk.visit.place
        mine = place.ticket.service if place else ""
        return [offer for offer in self.kiosk.offers if offer.open and offer.code != mine]

    def back(self) -> None:
        self.kiosk.go("number")

    def choose(self, service: str) -> None:
        kiosk, at = self.kiosk, self.kiosk.clock()
        number = kiosk.pages.number.ticket()
        kiosk.errands.send(
            "moving",
            lambda: kiosk.lobby.floor.move(number, service, at),
            lambda _: kiosk.pages.number.again("changed"),
            lambda: self.choose(service),
        )


class Cancel(Page):
    """Asks once before a number is given up."""

    def answers(self) -> Answers:
        return {"leave": lambda _: self.leave(), "keep": lambda _: self.back()}

    def back(self) -> None:
        self.kiosk.go("number")

    def leave(self) -> None:
        kiosk, at = self.kiosk, self.kiosk.clock()
        number = kiosk.pages.number.ticket()
        kiosk.errands.send("cancelling", lambda: kiosk.lobby.floor.leave(number, at), lambda _: self.gone(), self.leave)

    def gone(self) -> None:
        self.kiosk.leave()
        self.kiosk.notes.say("cancelled")


class Enter(Page):
    """A number from the paper, typed on a pad."""

    def answers(self) -> Answers:
        return {"key": self.key, "next": lambda _: self.find()}

    def key(self, key: str) -> None:
        self.kiosk.typist.key(key)
        self.kiosk.typed.emit()

    def find(self) -> None:
        if number := self.kiosk.typist.typing.text:
            self.kiosk.errands.find(number)

    def hint(self) -> View:
        return self.kiosk.slots.helping("code")

    def read(self, kind: str, facts: Facts) -> None:
        if kind == "code":
            self.kiosk.errands.find(facts["text"])
