"""What the touchscreen shows and does: one page after another, decided here; QML only binds.

Every touch arrives as the name of what was touched. A page answers to its own names and to nothing else, and to
nothing at all while an errand is under way: so two fingers at once, or one finger twice, draw one number.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property

from PySide6.QtCore import QCoreApplication, QTimer, Slot

from lobbyline.glass.bell import Bell
from lobbyline.kiosk.errands import Errands
from lobbyline.kiosk.idle import IdleTimer
from lobbyline.kiosk.languages import Languages
from lobbyline.kiosk.notes import Notes
from lobbyline.kiosk.pages import Pages
from lobbyline.kiosk.pages.page import Answers, Facts
from lobbyline.kiosk.pinyin import installed
from lobbyline.kiosk.properties import Properties
from lobbyline.kiosk.slots import Slots
from lobbyline.kiosk.typist import Typist
from lobbyline.kiosk.visit import Way, nobody
from lobbyline.lobby.branch import Branch
from lobbyline.lobby.clock import Clock
from lobbyline.lobby.errors import Refusal, StoreError
from lobbyline.lobby.lobby import Lobby
from lobbyline.lobby.reception.reception import Offer, Place

log = logging.getLogger(__name__)

SETTLING = 250  # milliseconds in which a new page takes no touch: the second tap of a double tap

Dress = Callable[[frozenset[Way]], None]  # changes letters and colours
Voice = Callable[[str, str], None]  # says a sentence in a language; an empty one is silence


class KioskModel(Properties):
    """The one object that the kiosk's QML binds to."""

    def __init__(
        self, lobby: Lobby, clock: Clock, dress: Dress = lambda _: None, voice: Voice = lambda *_: None
    ) -> None:
        super().__init__()
        self.lobby, self.setup, self.clock = lobby, lobby.setup, clock
        self.dress, self.voice = dress, voice
        self.try_paper: Callable[[], None] = lambda: None  # prints a trial
        self.restart: Callable[[], None] = lambda: None  # ends the program, to be started anew
        self.visit = nobody(self.branch)
        self.page_name = "home"
        self.settled_now, self.peeking = False, False
        self.offers: list[Offer] = []
        self.pages = Pages(self)
        self.typist = Typist(installed(), "".join(self.branch.queues))
        self.errands, self.idle = Errands(self), IdleTimer(self)
        self.slots, self.notes, self.languages = Slots(self), Notes(self), Languages(self)
        for signal in (self.moved, self.offered, self.typed):
            signal.connect(self.hinted)
        self.watch = lobby.watch("kiosk")
        self.bell = Bell(self.watch, self)
        self.bell.rang.connect(self.refresh)
        self.settling = QTimer(self, singleShot=True, interval=SETTLING)
        self.settling.timeout.connect(self.settle)
        self.settling.start()
        self.second = QTimer(self, interval=1000)
        self.second.timeout.connect(self.tick)
        self.second.start()
        self.refresh()

    @property
    def branch(self) -> Branch:
        return self.lobby.branch

    def close(self) -> None:
        self.voice("", self.visit.language)
        self.second.stop()
        self.settling.stop()
        self.bell.stop()
        self.errands.close()
        self.watch.close()

    # Touches

    @Slot(str)
    def touch(self, name: str) -> None:
        """A finger lifted from the item of this name."""
        self.awake()
        verb, _, what = name.partition("-")
        answer = self._everywhere.get(verb) or self.pages.named(self.page_name).answers().get(verb)
        if answer and self.settled_now and not self.errands.doing:
            self.notes.quiet()
            answer(what)

    @cached_property
    def _everywhere(self) -> Answers:
        """What every page answers to."""
        return {
            "home": lambda _: self.leave(same_person=True),
            "help": lambda _: self.errands.ask_help(),
            "language": lambda _: self.speak_next(),
            "back": lambda _: self.pages.named(self.page_name).back(),
            "continue": lambda _: None,
            "attendant": lambda _: self.pages.pin.begin(),
        }

    def read(self, kind: str, facts: Facts) -> None:
        """A reader delivered something: `id` and `card` with form fields and the segment, `code` with its text."""
        self.awake()
        if not self.errands.doing:
            self.pages.named(self.page_name).read(kind, facts)

    @Slot()
    def awake(self) -> None:
        """Any touch, also beside everything, says that somebody is there."""
        if self.idle.touched():
            self.ticked.emit()

    @Slot(list)
    def stroke(self, points: list[float]) -> None:
        """A finger lifted from the pad: the places it passed, x and y in turn, in a square from 0 to 1."""
        self.typist.write(list(zip(points[::2], points[1::2], strict=True)))
        self.typed.emit()

    @Slot(bool)
    def peek(self, on: bool) -> None:
        """Lift the masks of the review while a finger holds the key."""
        self.peeking = on
        self.typed.emit()

    # From page to page

    def go(self, page: str) -> None:
        """Show a page; it takes no touch until it has settled."""
        if page != self.page_name:
            self.unsettle()
        self.page_name, self.peeking = page, False
        self.moved.emit()
        if page == "attendant":
            self.placed.emit()
        if "voice" in self.visit.ways and page not in ("form", "review"):  # nothing personal is said aloud
            self.speak(self.pages.named(page).spoken())

    def unsettle(self) -> None:
        """Take no touch for a moment: a second tap was meant for what stood here before."""
        self.settled_now = False
        self.settling.start()

    def use(self, ways: frozenset[Way]) -> None:
        """Large letters, a voice, strong contrast, everything low: until this customer leaves."""
        self.visit = replace(self.visit, ways=ways)
        self.dress(ways)
        for signal in (self.spoken, self.offered, self.moved):
            signal.emit()

    def speak(self, sentence: str) -> None:
        """Say it aloud to whoever asked for a voice; whatever was being said ends."""
        if "voice" in self.visit.ways:
            self.voice(sentence, self.visit.language)

    @Slot()
    def settle(self) -> None:
        self.settled_now = True
        self.moved.emit()

    def leave(self, same_person: bool = False) -> None:
        """Home, with everything of this customer gone; the same person goes on in language and letters."""
        self.pages.form.left_behind()
        was, language = self.visit, self.visit.language if same_person else self.branch.languages[0]
        self.visit = replace(nobody(self.branch), language=language, ways=was.ways if same_person else frozenset())
        self.typist.clear()
        self.pages.trouble.clear()
        self.notes.quiet()
        self.go("home")
        if (was.language, was.ways) != (language, self.visit.ways):
            self.spoken.emit()
            self.ticked.emit()  # the date is said in the language, too
        if was.ways != self.visit.ways:
            self.dress(self.visit.ways)
            self.voice("", language)
        self.refresh()
        self.placed.emit()
        self.typed.emit()

    def hold(self, place: Place, *, typed: bool = False) -> None:
        """A ticket is in the customer's hands (`typed`: only its number is known): show it."""
        self.visit = replace(self.visit, place=place, typed=typed)
        self.placed.emit()
        self.go("number")

    def speak_next(self) -> None:
        """The branch's languages in turn; what was typed stays."""
        language = self.languages.following
        self.visit = replace(self.visit, language=language)
        if self.typist.filling:
            self.typist.open(replace(self.typist.filling, language=language, like=self.setup.like(language)))
        for signal in (self.spoken, self.ticked, self.offered, self.placed, self.typed):
            signal.emit()

    # Time, and what other programs changed

    @Slot()
    def tick(self) -> None:
        """Once a second: the clock, the note's end, and whether anybody is still there."""
        self.notes.tick()
        if self.idle.over():
            self.leave()
        if self.page_name == "out" or self.clock().second == 0:
            self.refresh()
        self.ticked.emit()
        if self.lobby.in_use.waiting_for_start and not self.idle.somebody and not self.errands.doing:
            QCoreApplication.exit(0)  # started again at once, with what only a start can take

    def _renew(self) -> None:
        """Other files are in use: everything on the glass says so; who holds on to what is gone begins again."""
        self.setup, branch, visit = self.lobby.setup, self.branch, self.visit
        self.typist.letters = "".join(branch.queues)
        known = visit.language in branch.languages and visit.segment in branch.segments
        if not known or (visit.service and visit.service not in branch.services):
            self.leave()
        for signal in (self.spoken, self.moved, self.ticked, self.typed):
            signal.emit()

    @Slot()
    def refresh(self) -> None:
        """Read again what others may have changed; without a store, say so calmly and try again."""
        if self.setup is not self.lobby.setup:
            self._renew()
        at, place = self.clock(), self.visit.place
        try:
            self.offers = self.lobby.emergency.offers(at, self.visit.segment)
            self.slots.look()
            if place is not None:
                look = self.lobby.emergency.find if place.emergency else self.lobby.reception.find
                self.visit = replace(self.visit, place=look(place.ticket.token, at))
        except StoreError as error:
            log.warning("the store does not answer: %s", error)
            if not (place and self.lobby.emergency.letter):  # a number stays on the glass as it was known last
                self.go("out")
                return
        except Refusal:  # a new day: the ticket is yesterday's
            self.visit = replace(self.visit, place=None)
            self.leave()
            return
        if self.page_name == "out":
            self.go("home")
        self.offered.emit()
        self.placed.emit()
        self.pages.form.called_away()

    # What the pages ask

    def offer(self, code: str) -> Offer | None:
        return next((offer for offer in self.offers if offer.code == code), None)

    def words_now(self) -> dict[str, str]:
        """The kiosk's words in the customer's language, with how days and lists are written in it."""
        words = self.lobby.setup.words[self.visit.language]
        return words["calendar"] | words["list"] | words["kiosk"]
