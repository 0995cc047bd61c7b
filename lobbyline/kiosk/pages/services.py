"""The pages on which a service is chosen: home, the services of one group, and the large page."""

from __future__ import annotations

from dataclasses import replace

from lobbyline.kiosk import view
from lobbyline.kiosk.pages.page import Answers, Facts, Page
from lobbyline.kiosk.view import View, sentence
from lobbyline.kiosk.visit import ELDER, elder_segment
from lobbyline.lobby.reception.reception import Offer

MOST, FEW = 24, 12  # services on one page, and where letters are large or only the lower part is in reach


class Services(Page):
    """Tiles of services; a closed one says when it opens."""

    def answers(self) -> Answers:
        return {"service": self.choose, "more": lambda _: self.turn()}

    def choose(self, service: str) -> None:
        """A service was meant: its ranges of amounts are asked for first, where it has any."""
        kiosk = self.kiosk
        if kiosk.offer(service) is None:
            return
        banded = bool(kiosk.branch.services[service].bands)
        asked = service if banded and not self.straight() else ""
        kiosk.visit = replace(kiosk.visit, service=service, band=None, asked=asked, origin=kiosk.page_name)
        kiosk.placed.emit()
        if not kiosk.errands.must_be_open():
            return
        if asked:
            kiosk.go("bands")
        else:
            self.chosen()

    def chosen(self) -> None:
        """An open service was chosen: first what to know before waiting, unless it goes straight to the number."""
        service = self.kiosk.branch.services[self.kiosk.visit.service]
        if self.straight() or service.at_once:
            self.kiosk.errands.take()
        else:
            self.kiosk.go("ready")

    def straight(self) -> bool:
        """Whoever is recognised by card gets the number with one touch."""
        return self.kiosk.branch.segments[self.kiosk.visit.segment].privileged

    def shown(self) -> list[Offer]:
        """The services that stand here."""
        return []

    def seen(self) -> list[View]:
        kiosk, shown, first = self.kiosk, self.shown(), self.kiosk.visit.leaf * self.most
        at, words, language, second = kiosk.clock(), kiosk.words_now(), kiosk.visit.language, kiosk.languages.second
        here = shown[first : first + self.most]
        return [view.tile(offer, at, words, language, second, self.bring(offer)) for offer in here]

    @property
    def most(self) -> int:
        """Services on one page, each as large as a fingertip."""
        return FEW if self.kiosk.visit.ways & {"low", "large"} else MOST

    def leaves(self) -> int:
        """How many pages they take."""
        return max(1, -(-len(self.shown()) // self.most))

    def opened(self, page: str) -> None:
        """Show the first leaf of a page of services."""
        self.kiosk.visit = replace(self.kiosk.visit, leaf=0)
        self.kiosk.go(page)
        for signal in (self.kiosk.offered, self.kiosk.placed):
            signal.emit()

    def turn(self) -> None:
        """The next leaf; after the last one the first again."""
        kiosk = self.kiosk
        kiosk.visit = replace(kiosk.visit, leaf=(kiosk.visit.leaf + 1) % self.leaves())
        kiosk.unsettle()
        for signal in (kiosk.moved, kiosk.offered, kiosk.placed):
            signal.emit()

    def bring(self, offer: Offer) -> str:
        """What to bring, where nothing else is said before the number is drawn."""
        papers = self.kiosk.branch.bring(offer.code) if offer.service.at_once else []
        return view.listed([paper.name.say(self.kiosk.visit.language) for paper in papers], self.kiosk.words_now())


class Home(Services):
    """The first page: popular services, groups, and three quiet ways in."""

    def answers(self) -> Answers:
        return {
            **super().answers(),
            "group": self.open_group,
            "elder": lambda _: self.open_elder(),
            "have": lambda _: self.enter(),
            "unsure": lambda _: self.unsure(),
            "access": lambda _: self.kiosk.go("access"),
        }

    def back(self) -> None:
        """There is nothing behind the first page."""

    def shown(self) -> list[Offer]:
        return [offer for offer in self.kiosk.offers if offer.service.popular]

    def spoken(self) -> str:
        return self.kiosk.words_now()["title"]

    def open_group(self, group: str) -> None:
        self.kiosk.visit = replace(self.kiosk.visit, group=group)
        self.kiosk.pages.group.opened("group")

    def open_elder(self) -> None:
        self.kiosk.visit = replace(self.kiosk.visit, segment=elder_segment(self.kiosk.branch))
        self.kiosk.use(self.kiosk.visit.ways | ELDER)
        self.kiosk.refresh()
        self.kiosk.go("elder")

    def enter(self) -> None:
        self.kiosk.typist.enter()
        self.kiosk.typed.emit()
        self.kiosk.go("enter")

    def hint(self) -> View:
        return super().hint() or self.kiosk.slots.offered()

    def read(self, kind: str, facts: Facts) -> None:
        """A ticket's code shows its page."""
        if kind == "code":
            self.kiosk.errands.find(facts["text"])
        else:
            super().read(kind, facts)

    def unsure(self) -> None:
        """Questions, where the branch has any; else the service that finds out."""
        if self.kiosk.branch.questions:
            self.kiosk.pages.unsure.begin()
        else:
            self.kiosk.pages.unsure.none()


class Unsure(Services):
    """At most three questions that land on the right service."""

    def answers(self) -> Answers:
        return {"answer": self.answer, "none": lambda _: self.none()}

    def back(self) -> None:
        if len(self.kiosk.visit.questions) > 1:
            self.ask(self.kiosk.visit.questions[:-1])
        else:
            super().back()

    def begin(self) -> None:
        self.ask((next(iter(self.kiosk.branch.questions)),))

    def ask(self, questions: tuple[str, ...]) -> None:
        self.kiosk.visit = replace(self.kiosk.visit, questions=questions)
        self.kiosk.offered.emit()
        self.kiosk.go("unsure")

    def answer(self, place: str) -> None:
        asked = self.kiosk.visit.questions
        answer = self.kiosk.branch.questions[asked[-1]].answers[int(place)]
        if answer.then:
            self.ask((*asked, answer.then))
        else:
            self.choose(answer.service)

    def none(self) -> None:
        """Nothing of it: the service that finds out what is needed; without one, somebody comes."""
        services = self.kiosk.branch.services.items()
        triage = next((code for code, service in services if service.complexity == "triage"), "")
        if triage:
            self.choose(triage)
        else:
            self.kiosk.errands.ask_help()

    def spoken(self) -> str:
        asking = self.asking()
        return sentence(asking.get("title", ""), *(answer["title"] for answer in asking.get("answers", [])))

    def asking(self) -> View:
        asked, kiosk = self.kiosk.visit.questions, self.kiosk
        if not asked:
            return {}
        return view.question(kiosk.branch.questions[asked[-1]], len(asked), kiosk.words_now(), kiosk.visit.language)


class Group(Services):
    """The services of one group."""

    def shown(self) -> list[Offer]:
        return [offer for offer in self.kiosk.offers if offer.service.group == self.kiosk.visit.group]

    def spoken(self) -> str:
        return sentence(self.title(), *(tile["title"] for tile in self.seen()))

    def title(self) -> str:
        name = self.kiosk.branch.groups.get(self.kiosk.visit.group)
        return name.say(self.kiosk.visit.language) if name else ""


class Elder(Services):
    """Four large services and a person; the second touch draws the number."""

    def answers(self) -> Answers:
        return {**super().answers(), "helper": lambda _: self.kiosk.errands.ask_help()}

    def straight(self) -> bool:
        """Nobody is asked twice here, and nobody is sent to a machine."""
        return True

    def shown(self) -> list[Offer]:
        return view.for_elders(self.kiosk.offers)

    def spoken(self) -> str:
        names = (tile["title"] for tile in self.seen())
        return sentence(self.kiosk.words_now()["elder_title"], *names, self.kiosk.words_now()["helper"])
