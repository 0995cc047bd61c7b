"""How the kiosk may be used: large letters, a voice, strong contrast, everything low. Each is switched by one touch."""

from __future__ import annotations

from lobbyline.kiosk.pages.page import Answers, Page
from lobbyline.kiosk.view import View, named
from lobbyline.kiosk.visit import WAYS, Way

PICTURES = {"large": "letters", "voice": "voice", "contrast": "contrast", "low": "wheelchair"}


class Access(Page):
    """Four switches; they hold until the customer leaves."""

    def answers(self) -> Answers:
        return {"way": self.switch, "helper": lambda _: self.kiosk.errands.ask_help(), "begin": lambda _: self.begin()}

    @property
    def ways(self) -> list[Way]:
        """Those that change something here: on a panel that hangs low enough all is in reach anyway."""
        return [way for way in WAYS if way != "low" or self.kiosk.branch.kiosk.in_reach < 1]

    def switch(self, name: str) -> None:
        way = next(way for way in self.ways if way == name)
        self.kiosk.use(self.kiosk.visit.ways ^ {way})
        self.kiosk.speak(self.title(name))

    def begin(self) -> None:
        """On to the services, with the switches as they are."""
        self.kiosk.go("home")

    def title(self, name: str) -> str:
        words = self.kiosk.words_now()
        return f"{words[f'way_{name}']}: {words['on' if name in self.kiosk.visit.ways else 'off']}"

    def seen(self) -> list[View]:
        words, used = self.kiosk.words_now(), self.kiosk.visit.ways
        return [
            {
                "name": f"way-{way}",
                "icon": PICTURES[way],
                **named(words[f"way_{way}"]),
                "line": words["on" if way in used else "off"],
                "chosen": way in used,
            }
            for way in self.ways
        ]

    def spoken(self) -> str:
        return self.kiosk.words_now()["access_title"]
