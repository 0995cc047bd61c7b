"""A monkey at the kiosk: it touches anywhere, most often where there is something to touch, and never tires."""

from __future__ import annotations

from random import Random

from tests.kiosk.hand import Hand

AIMED = 0.85  # share of its touches that meet something
HELD = 0.01  # share of its moments in which it holds something to a reader
PATIENCE = 200  # seconds after which everybody is gone
CODES = ({"text": "no such token"}, {"text": ""})
IDS = ({"name": "张小景", "id_no": "110000199001010005"},)
CARDS = ({"card_no": "6299018800000001", "segment": "vip"}, {"card_no": "6299000000000007", "segment": ""})


class Monkey:
    """Touches at random; what it did can be done again with the same seed."""

    def __init__(self, hand: Hand, seed: int) -> None:
        self.hand, self.random = hand, Random(seed)  # no secret
        self.pages: set[str] = set()

    def play(self, touches: int) -> None:
        for _ in range(touches):
            self.pages.add(self.hand.page)
            self.touch()
            if self.random.random() < HELD:
                self.hold()
            if self.random.random() < HELD:
                self.hand.later(self.random.randint(1, 20))
            self.hand.qtbot.waitUntil(lambda: not self.hand.told("busy"))

    def touch(self) -> None:
        items = self.hand.touchable()
        if items and self.random.random() < AIMED:
            self.hand.panel.touch(self.random.choice(items))
        else:
            window = self.hand.window
            self.hand.panel.touch((self.random.randrange(window.width()), self.random.randrange(window.height())))

    def hold(self) -> None:
        kind, facts = self.random.choice([("code", CODES), ("id", IDS), ("card", CARDS)])
        self.hand.model.read(kind, self.random.choice(facts))

    def goes(self) -> None:
        """Nobody touches anything any more."""
        self.hand.later(PATIENCE)
