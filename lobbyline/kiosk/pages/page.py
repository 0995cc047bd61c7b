"""What every page is: a name, the verbs it answers to, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

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

    def read(self, kind: str, facts: Facts) -> None:
        """A reader delivered an `id`, a `card` or a `code`: who somebody is, is kept for the forms of this visit."""
        if kind == "id":
            visit = self.kiosk.visit
            self.kiosk.visit = replace(visit, known={**visit.known, **facts}, tapped=visit.tapped | facts.keys())
            self.kiosk.say("id_read")
