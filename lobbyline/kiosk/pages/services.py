"""The pages on which a service is chosen: home, the services of one group, and the large page."""

from __future__ import annotations

from dataclasses import replace

from lobbyline.kiosk import view
from lobbyline.kiosk.pages.page import Answers, Facts, Page
from lobbyline.kiosk.view import View
from lobbyline.kiosk.visit import elder_segment
from lobbyline.lobby.reception import Offer


class Services(Page):
    """Tiles of services; a closed one says when it opens."""

    def answers(self) -> Answers:
        return {"service": self.choose}

    def choose(self, service: str) -> None:
        kiosk = self.kiosk
        offer = kiosk.offer(service)
        if offer is None:
            return
        kiosk.visit = replace(kiosk.visit, service=service, origin=kiosk.page_name)
        kiosk.placed.emit()
        if not offer.open:
            words, language = kiosk.words_now(), kiosk.visit.language
            opens = view.opens(offer, kiosk.clock(), words)
            kiosk.pages.trouble.tell(words["closed_page"], f"{offer.service.name.say(language)} · {opens}")
        else:
            self.chosen()

    def chosen(self) -> None:
        """An open service was chosen: first what to know before waiting."""
        self.kiosk.go("ready")

    def shown(self) -> list[Offer]:
        """The services that stand here."""
        return []

    def seen(self) -> list[View]:
        kiosk = self.kiosk
        at, words, language, second = kiosk.clock(), kiosk.words_now(), kiosk.visit.language, kiosk.second_language()
        return [view.tile(offer, at, words, language, second) for offer in self.shown()]


class Home(Services):
    """The first page: popular services, groups, and three quiet ways in."""

    def answers(self) -> Answers:
        return {
            **super().answers(),
            "group": self.open_group,
            "elder": lambda _: self.open_elder(),
            "have": lambda _: self.enter(),
            "unsure": lambda _: self.unsure(),
        }

    def back(self) -> None:
        """There is nothing behind the first page."""

    def shown(self) -> list[Offer]:
        return [offer for offer in self.kiosk.offers if offer.service.popular]

    def open_group(self, group: str) -> None:
        self.kiosk.visit = replace(self.kiosk.visit, group=group)
        self.kiosk.offered.emit()
        self.kiosk.go("group")

    def open_elder(self) -> None:
        self.kiosk.visit = replace(self.kiosk.visit, segment=elder_segment(self.kiosk.branch))
        self.kiosk.enlarge(True)
        self.kiosk.refresh()
        self.kiosk.go("elder")

    def enter(self) -> None:
        self.kiosk.typist.enter()
        self.kiosk.typed.emit()
        self.kiosk.go("enter")

    def read(self, kind: str, facts: Facts) -> None:
        """A ticket's code shows its page; a card or ID that tells the segment changes the line, and says nothing."""
        if kind == "code":
            self.kiosk.find(facts["text"])
        elif facts.get("segment") in self.kiosk.branch.segments:
            self.kiosk.visit = replace(self.kiosk.visit, segment=facts["segment"])
            self.kiosk.say("recognised")
            self.kiosk.refresh()
        else:
            super().read(kind, facts)

    def unsure(self) -> None:
        """The service that finds out what is needed; without one, somebody comes."""
        services = self.kiosk.branch.services.items()
        triage = next((code for code, service in services if service.complexity == "triage"), "")
        if triage:
            self.choose(triage)
        else:
            self.kiosk.ask_help()


class Group(Services):
    """The services of one group."""

    def shown(self) -> list[Offer]:
        return [offer for offer in self.kiosk.offers if offer.service.group == self.kiosk.visit.group]

    def title(self) -> str:
        name = self.kiosk.branch.groups.get(self.kiosk.visit.group)
        return name.say(self.kiosk.visit.language) if name else ""


class Elder(Services):
    """Four large services and a person; the second touch draws the number."""

    def answers(self) -> Answers:
        return {**super().answers(), "helper": lambda _: self.kiosk.ask_help()}

    def chosen(self) -> None:
        self.kiosk.take()

    def shown(self) -> list[Offer]:
        return view.for_elders(self.kiosk.offers)
