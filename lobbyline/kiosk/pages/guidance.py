"""Before the number: how much, what to bring, what to do when something is missing, and a machine that can do it."""

from __future__ import annotations

from dataclasses import replace

from lobbyline.kiosk import view
from lobbyline.kiosk.pages.page import Answers, Page
from lobbyline.kiosk.view import View, sentence
from lobbyline.lobby.branch import Band


class Bands(Page):
    """Ranges of amounts: each says what to bring; one that no machine can do draws the number."""

    def answers(self) -> Answers:
        return {"band": self.choose}

    def back(self) -> None:
        self.kiosk.go(self.kiosk.visit.origin)

    def choose(self, place: str) -> None:
        kiosk, band = self.kiosk, self.ranges()[int(place)]
        service = self.leads(band)
        kiosk.visit = replace(kiosk.visit, service=service, band=band)
        kiosk.placed.emit()
        if not kiosk.errands.must_be_open():
            return
        if band.machine and kiosk.branch.services[service].machine:
            kiosk.go("ready")
        else:
            kiosk.errands.take()

    def ranges(self) -> list[Band]:
        return self.kiosk.branch.services[self.kiosk.visit.asked].bands

    def leads(self, band: Band) -> str:
        """The service that an amount belongs to."""
        return band.service or self.kiosk.visit.asked

    def seen(self) -> list[View]:
        kiosk, asked = self.kiosk, self.kiosk.visit.asked
        at, words, language = kiosk.clock(), kiosk.words_now(), kiosk.visit.language
        seen = []
        for place, band in enumerate(self.ranges() if asked else []):
            service = self.leads(band)
            if offer := kiosk.offer(service):
                seen.append(view.band(place, band, kiosk.branch.bring(service, band), offer, at, words, language))
        return seen

    def spoken(self) -> str:
        words = (sentence(band["title"], band["bring"]) for band in self.seen())
        return sentence(self.kiosk.words_now()["bands_title"], *words)


class Ready(Page):
    """What to know before waiting."""

    def answers(self) -> Answers:
        return {
            "take": lambda _: self.kiosk.errands.take(),
            "machine": lambda _: self.kiosk.go("machine"),
            "lacking": lambda _: self.kiosk.go("lacking"),
            "faq": lambda _: self.kiosk.go("faq"),
        }

    def back(self) -> None:
        visit = self.kiosk.visit
        self.kiosk.go("bands" if visit.asked else visit.origin)

    def seen(self) -> View:
        kiosk, visit = self.kiosk, self.kiosk.visit
        offer = kiosk.offer(visit.service)
        if offer is None:
            return {}
        papers = kiosk.branch.bring(visit.service, visit.band)
        return view.before(offer, visit.band, papers, kiosk.words_now(), visit.language)

    def spoken(self) -> str:
        seen, words = self.seen(), self.kiosk.words_now()
        papers = [paper["text"] for paper in seen.get("bring", [])]
        machine = seen.get("machine", "")
        way = sentence(words["machine"], machine, words["take_wait"]) if machine else words["take"]
        return sentence(seen.get("title", ""), words["bring_title"] if papers else "", *papers, way)


class Lacking(Page):
    """Something is missing: what to do about it, before the wait and not after it."""

    def answers(self) -> Answers:
        return {"take": lambda _: self.kiosk.errands.take(), "done": lambda _: self.kiosk.leave()}

    def back(self) -> None:
        self.kiosk.go("ready")

    def spoken(self) -> str:
        papers = self.kiosk.pages.ready.seen().get("bring", [])
        return sentence(*(f"{paper['text']}: {paper['missing']}" for paper in papers if paper["missing"]))


class Faq(Page):
    """What people often ask about the service."""

    def answers(self) -> Answers:
        return {"take": lambda _: self.kiosk.errands.take()}

    def back(self) -> None:
        self.kiosk.go("ready")

    def spoken(self) -> str:
        asked = self.kiosk.pages.ready.seen().get("faq", [])
        return sentence(*(words for one in asked for words in (one["ask"], one["answer"])))


class Machine(Page):
    """Where the machine stands; the number stays one touch away."""

    def answers(self) -> Answers:
        return {"take": lambda _: self.kiosk.errands.take(), "done": lambda _: self.go()}

    def go(self) -> None:
        """Off to the machine: counted where the count can be kept, and nobody waits for it."""
        service, at, divert = self.kiosk.visit.service, self.kiosk.clock(), self.kiosk.lobby.reception.divert
        self.kiosk.errands.runner.run(lambda: divert(service, at), lambda _: None, lambda _: None)
        self.kiosk.leave()

    def back(self) -> None:
        self.kiosk.go("ready")

    def spoken(self) -> str:
        return sentence(self.kiosk.words_now()["machine_title"], self.kiosk.pages.ready.seen().get("machine", ""))
