"""The form while waiting: page after page of fields."""

from __future__ import annotations

import logging
from collections.abc import Callable

from lobbyline.kiosk import formview
from lobbyline.kiosk.filling import Filling
from lobbyline.kiosk.inhand import FEW_LARGE, MOST
from lobbyline.kiosk.pages.page import Answers, Facts, Page
from lobbyline.kiosk.view import View
from lobbyline.kiosk.visit import elder_segment
from lobbyline.lobby.errors import Refusal, StoreError

log = logging.getLogger(__name__)

AT_THE_COUNTER = ("called", "serving")  # states in which nobody fills anything any more


class Form(Page):
    """One group of fields with its keyboard."""

    def answers(self) -> Answers:
        return {
            "key": self.key,
            "pick": self.pick,
            "field": self.field,
            "choice": self.choice,
            "next": lambda _: self.next(),
            "aside": lambda _: self.put_aside(),
        }

    def seen(self) -> View:
        """The page of the form in hand."""
        typist = self.kiosk.typist
        return formview.page(typist.filling, typist.typing.letters, self.kiosk.words_now()) if typist.filling else {}

    def consent(self) -> str:
        """What a customer agrees to by filling a form: the branch's words, or ours."""
        own = self.kiosk.branch.kiosk.consent
        return own.text.say(self.kiosk.visit.language) if own else self.kiosk.words_now()["consent"]

    def back(self) -> None:
        filling = self.kiosk.typist.filling
        earlier = filling.backward() if filling else None
        if earlier:
            self.open(earlier)
        else:
            self.kiosk.go("number")

    def left(self) -> list[str]:
        """The forms of this ticket that are still to be filled."""
        visit, branch = self.kiosk.visit, self.kiosk.branch
        place = visit.place
        if place is None or place.emergency or place.ticket.ended or place.ticket.ready:
            return []
        if place.ticket.state in AT_THE_COUNTER:
            return []
        if visit.segment == elder_segment(branch) and "large" in visit.ways:
            return []
        forms = branch.services[place.ticket.service].forms
        return [form for form in forms if form not in visit.filled and form in self.kiosk.lobby.setup.forms]

    def begin(self) -> None:
        """Open the first form that is not filled, with what is known from the ones before."""
        left, visit = self.left(), self.kiosk.visit
        if not left:
            return
        form = self.kiosk.lobby.setup.forms[left[0]]
        known = {name: visit.known[name] for name in form.fields if name in visit.known}
        before, today = self.before(left[0]), self.kiosk.clock().date()
        answers, veiled = {**before, **known}, frozenset(before if visit.typed else ()) - known.keys()
        filling = Filling(
            id=left[0],
            form=form,
            today=today,
            language=visit.language,
            like=self.kiosk.setup.like(visit.language),
            answers=answers,
            conventions=self.kiosk.branch.conventions,
            most=self.most,
            veiled=veiled,
        )
        filling = filling.taken({name: answers[name] for name in visit.tapped & answers.keys()})
        self.open(filling.begun())
        self.kiosk.go("form")

    @property
    def most(self) -> int:
        """Fields on a page: larger letters leave room for fewer."""
        return FEW_LARGE if "large" in self.kiosk.visit.ways else MOST

    def before(self, form: str) -> dict[str, str]:
        """What was typed before the form was put aside, here or at another kiosk."""
        place = self.kiosk.visit.place
        try:
            return self.kiosk.lobby.reception.aside(place.ticket, form) if place else {}
        except StoreError:
            return {}

    def put_aside(self) -> None:
        """Somebody else wants a number: the form goes on later, at any kiosk, with nothing typed twice."""
        kiosk, work = self.kiosk, self.keeping()
        kiosk.typist.clear()
        kiosk.errands.send("saving", work, lambda _: self.gone(), kiosk.leave)

    def gone(self) -> None:
        self.kiosk.leave()
        self.kiosk.notes.say("put_aside")

    def left_behind(self) -> None:
        """Whoever walks away from a form finds it again: it is kept, sealed, before the glass is cleared."""
        if self.kiosk.typist.filling and any(self.kiosk.typist.filling.answers.values()):
            self.kiosk.errands.runner.run(self.keeping(), lambda _: None, self.lost)

    def called_away(self) -> None:
        """Whoever is called while he fills is told so at once; what he typed is kept."""
        kiosk, place = self.kiosk, self.kiosk.visit.place
        if place is None or place.ticket.state not in AT_THE_COUNTER or kiosk.errands.doing:
            return
        if kiosk.page_name in ("form", "review"):
            self.left_behind()
            kiosk.typist.clear()
            kiosk.typed.emit()
            kiosk.go("number")

    def keeping(self) -> Callable[[], None]:
        """What keeps the form in hand as it stands now."""
        kiosk, filling, place, at = self.kiosk, self.kiosk.typist.filling, self.kiosk.visit.place, self.kiosk.clock()
        if filling is None or place is None:
            return lambda: None
        answers = {name: value for name, value in filling.answers.items() if value}
        return lambda: kiosk.lobby.reception.put_aside(place.ticket, filling.id, answers, at)

    def lost(self, error: Exception) -> None:
        """A ticket that has just ended keeps nothing; a store that does not answer cannot."""
        if isinstance(error, StoreError):
            log.warning("a form that was left is not kept: the store does not answer")
        elif not isinstance(error, Refusal):
            raise error

    def open(self, filling: Filling) -> None:
        self.kiosk.typist.open(filling)
        self.kiosk.typed.emit()

    def at(self, name: str) -> None:
        """The form at one of its fields."""
        if filling := self.kiosk.typist.filling:
            self.open(filling.at(name))
            self.kiosk.go("form")

    def read(self, kind: str, facts: Facts) -> None:
        """A card or ID held to the reader writes itself into the fields of this form."""
        super().read(kind, facts)
        self.kiosk.typist.finish()
        filling = self.kiosk.typist.filling
        if filling and (kind in ("id", "card") or (kind == "form" and facts.get("form") == filling.id)):
            self.open(filling.taken(facts).opened(filling.page))

    def hint(self) -> View:
        filling = self.kiosk.typist.filling
        if filling is None or not filling.active or filling.warning:
            return {}
        if self.kiosk.typist.typing.layout == "radical":
            return {"icon": "pen", "text": self.kiosk.words_now()[f"radical_{len(self.kiosk.typist.path)}"]}
        kind = filling.line(filling.active).kind
        return self.kiosk.slots.for_field(filling.active, kind, coded=filling.form.coded)

    def key(self, key: str) -> None:
        self.kiosk.typist.key(key)
        self.kiosk.typed.emit()

    def pick(self, place: str) -> None:
        self.key("more") if place == "more" else self.kiosk.typist.pick(int(place))
        self.kiosk.typed.emit()

    def field(self, name: str) -> None:
        self.kiosk.typist.finish()
        if filling := self.kiosk.typist.filling:
            self.open(filling.at(name))

    def choice(self, name: str) -> None:
        field, _, place = name.rpartition("-")
        self.kiosk.typist.finish()
        self.kiosk.typist.choose(field, int(place))
        self.kiosk.typed.emit()
        filling = self.kiosk.typist.filling
        if filling and not filling.wrong and (filling.question or filling.answered):
            self.next()

    def next(self) -> None:
        """On to the next page of the form, when this one is right."""
        typist = self.kiosk.typist
        typist.finish()
        if filling := typist.filling:
            self.open(filling.onward())
            if filling.complete:
                self.kiosk.go("review")
