"""Before the number: what to bring, and a machine that can do it too."""

from __future__ import annotations

from lobbyline.kiosk import view
from lobbyline.kiosk.pages.page import Answers, Page
from lobbyline.kiosk.view import View


class Ready(Page):
    """What to know before waiting."""

    def answers(self) -> Answers:
        return {"take": lambda _: self.kiosk.take(), "machine": lambda _: self.kiosk.go("machine")}

    def back(self) -> None:
        self.kiosk.go(self.kiosk.visit.origin)

    def seen(self) -> View:
        kiosk = self.kiosk
        offer = kiosk.offer(kiosk.visit.service)
        return view.before(offer, kiosk.clock(), kiosk.words_now(), kiosk.visit.language) if offer else {}


class Machine(Page):
    """Where the machine stands; the number stays one touch away."""

    def answers(self) -> Answers:
        return {"take": lambda _: self.kiosk.take(), "done": lambda _: self.kiosk.leave()}

    def back(self) -> None:
        self.kiosk.go("ready")
