"""What every page is: a name, the verbs it answers to, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from lobbyline.kiosk.view import View
from lobbyline.lobby.forms.checks import age
from lobbyline.lobby.settings.segments import of_age

if TYPE_CHECKING:
    from lobbyline.kiosk.model import KioskModel

Facts = Mapping[str, str]
Answers = Mapping[str, Callable[[str], None]]


class Page:
    """A page of the kiosk. It holds nothing of a customer: that is in the kiosk's `visit`."""

    def __init__(self, kiosk: KioskModel) -> None:
        self.kiosk = kiosk

    def answers(self) -> Answers:
        """What may be touched here, by verb; what follows the verb's hyphen is handed over."""
        return {}

    def back(self) -> None:
        """Where the key at the lower left leads: home, unless a page knows better."""
        self.kiosk.leave(same_person=True)

    def spoken(self) -> str:
        """What the voice says when the page comes; nothing where there is nothing to say."""
        return ""

    def hint(self) -> View:
        """What helps here: the line that a card or an age opened, in the words of the hall; else nothing."""
        visit, branch = self.kiosk.visit, self.kiosk.branch
        segment = branch.segments[visit.segment]
        if visit.place or segment.privileged or not segment.queue or "large" in visit.ways:
            return {}
        line = branch.queues[segment.queue].name.say(visit.language)
        return {"icon": "check", "text": self.kiosk.words_now()["in_line"].format(line=line)}

    def read(self, kind: str, facts: Facts) -> None:
        """A reader delivered an `id`, a `card`, a `code`, or a `form` that was filled in before.

        Who somebody is, and what he brought filled in, is kept for the forms of this visit. Before there is a number,
        his card or his age may open a line; of the card nothing else is kept.
        """
        if kind == "id":
            self._know(facts)
            self._recognise(self._by_age(facts))
            self.kiosk.notes.say("id_read")
        elif kind == "form" and self._coded(facts):
            self._know({name: answer for name, answer in facts.items() if name != "form"})
            self.kiosk.notes.say("form_read")
        elif kind == "card" and self.kiosk.visit.place is None:
            self._recognise(facts.get("segment", ""))
            self.kiosk.notes.say("card_read")

    def _know(self, facts: Facts) -> None:
        """Keep what a reader delivered for the forms of this visit."""
        visit = self.kiosk.visit
        self.kiosk.visit = replace(visit, known={**visit.known, **facts}, tapped=visit.tapped | facts.keys())

    def _coded(self, facts: Facts) -> bool:
        """Whether this form may be brought as a code."""
        form = self.kiosk.lobby.setup.forms.get(facts.get("form", ""))
        return form is not None and form.coded

    def _by_age(self, facts: Facts) -> str:
        """The segment of somebody's age; a card that told one counts more, and one without a birth date none."""
        try:
            born = date.fromisoformat(facts.get("birth", ""))
        except ValueError:
            return ""
        ordinary = self.kiosk.visit.segment == "ordinary"
        return of_age(age(born, self.kiosk.clock().date()), self.kiosk.branch.segments) if ordinary else ""

    def _recognise(self, segment: str) -> None:
        """Another line for whoever has no number yet, with its own waits on every service."""
        kiosk = self.kiosk
        if segment in kiosk.branch.segments and kiosk.visit.place is None:
            kiosk.visit = replace(kiosk.visit, segment=segment)
            kiosk.refresh()
