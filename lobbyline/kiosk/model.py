"""What the touchscreen shows and does: one page after another, decided here; QML only binds.

Every touch arrives as the name of what was touched. A page answers to its own names and to nothing else, and to
nothing at all while an errand is under way: so two fingers at once, or one finger twice, draw one number.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot

from lobbyline.glass.bell import Bell
from lobbyline.glass.errand import Errand
from lobbyline.kiosk import view
from lobbyline.kiosk.filling import Filling
from lobbyline.kiosk.pinyin import Pinyin, PinyinMissing
from lobbyline.kiosk.typist import Typist
from lobbyline.lobby.branch import Service
from lobbyline.lobby.clock import Clock
from lobbyline.lobby.errors import Refusal, StoreError
from lobbyline.lobby.lobby import Lobby
from lobbyline.lobby.reception import Offer, Place
from lobbyline.lobby.ticket import shown

log = logging.getLogger(__name__)

MAP: type = "QVariantMap"  # type: ignore[assignment]  # the stubs know no C++ names of types
LIST: type = "QVariantList"  # type: ignore[assignment]

EVERYWHERE = {"home", "help", "language", "back", "continue"}
ANSWERS = {  # what each page answers to, beside what every page does
    "home": {"service", "group", "elder", "have", "unsure"},
    "group": {"service"},
    "ready": {"take", "machine"},
    "machine": {"take", "done"},
    "number": {"fill", "done"},
    "form": {"key", "pick", "field", "choice", "next"},
    "review": {"edit", "confirm", "forget"},
    "enter": {"key", "next"},
    "elder": {"service", "helper"},
    "trouble": {"done", "again"},
    "out": set[str](),
}
SETTLING = 250  # milliseconds in which a new page takes no touch: the second tap of a double tap
NOTE_SECONDS = 6
ELDER_PATIENCE = 120  # seconds: nobody is hurried on the large pages


@dataclass(frozen=True)
class Visit:
    """One customer at the kiosk, from the first touch to the empty home page."""

    language: str
    segment: str
    key: str = field(default_factory=lambda: secrets.token_hex(16))
    service: str = ""
    origin: str = "home"
    group: str = ""
    place: Place | None = None
    filled: frozenset[str] = frozenset()
    known: dict[str, str] = field(default_factory=dict)  # answers that the next form asks again


class KioskModel(QObject):
    """The one object that the kiosk's QML binds to."""

    moved = Signal()  # page, busy, note
    spoken = Signal()  # language
    ticked = Signal()  # clock, idle warning
    offered = Signal()  # services
    placed = Signal()  # the ticket and its paper
    typed = Signal()  # form, keyboard, review

    def __init__(self, lobby: Lobby, clock: Clock, enlarge: Callable[[bool], None] = lambda _: None) -> None:
        super().__init__()
        self.lobby, self.branch, self.clock, self.enlarge = lobby, lobby.branch, clock, enlarge
        self.visit = self._nobody()
        self.page_name, self.doing, self.note_text, self.note_left, self.still = "home", "", "", 0, 0
        self.settled_now, self.peeking = False, False
        self.trouble_view: dict[str, str] = {}
        self.retry: Callable[[], None] | None = None
        self.trouble_from = "home"
        self.offers: list[Offer] = []
        self.typist = Typist(load_pinyin(), "".join(self.branch.queues))
        self.errand = Errand(self)
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

    def close(self) -> None:
        self.second.stop()
        self.settling.stop()
        self.bell.stop()
        self.errand.close()
        self.watch.close()

    # Touches

    @Slot(str)
    def touch(self, name: str) -> None:
        """A finger lifted from the item of this name."""
        self.awake()
        verb, _, what = name.partition("-")
        if self.doing or not self.settled_now or verb not in EVERYWHERE | ANSWERS[self.page_name]:
            return
        self._quiet()
        self.actions[verb](what)

    @Slot()
    def awake(self) -> None:
        """Any touch, also beside everything, says that somebody is there."""
        warned, self.still = self.warning_left() > 0, 0
        if warned:
            self.ticked.emit()

    @Slot(bool)
    def peek(self, on: bool) -> None:
        """Lift the masks of the review while a finger holds the key."""
        self.peeking = on
        self.typed.emit()

    @cached_property
    def actions(self) -> dict[str, Callable[[str], None]]:
        return {
            "home": lambda _: self._leave(keep_language=True),
            "done": lambda _: self._leave(),
            "help": lambda _: self._ask_help(),
            "helper": lambda _: self._ask_help(),
            "language": lambda _: self._speak_next(),
            "back": lambda _: self._back(),
            "continue": lambda _: None,
            "service": self._choose,
            "group": self._open_group,
            "elder": lambda _: self._open_elder(),
            "have": lambda _: self._enter(),
            "unsure": lambda _: self._unsure(),
            "take": lambda _: self._take(),
            "machine": lambda _: self._go("machine"),
            "fill": lambda _: self._fill(),
            "key": self._key,
            "pick": self._pick,
            "field": self._field,
            "choice": self._choice,
            "next": lambda _: self._next(),
            "edit": self._edit,
            "confirm": lambda _: self._confirm(),
            "forget": lambda _: self._forget(),
            "again": lambda _: self._again(),
        }

    # From page to page

    def _go(self, page: str) -> None:
        if page != self.page_name:
            self.settled_now = False
            self.settling.start()
        self.page_name, self.peeking = page, False
        self.moved.emit()

    @Slot()
    def settle(self) -> None:
        self.settled_now = True
        self.moved.emit()

    def _leave(self, keep_language: bool = False) -> None:
        """Home, with everything of this customer gone."""
        language = self.visit.language if keep_language else self.branch.languages[0]
        was = self.visit
        self.visit = replace(self._nobody(), language=language)
        self.typist.clear()
        self.retry, self.trouble_view = None, {}
        self._quiet()
        self._go("home")
        if was.language != language:
            self.spoken.emit()
        if was.segment != self.visit.segment:
            self.enlarge(False)
        self.refresh()
        self.placed.emit()
        self.typed.emit()

    def _back(self) -> None:
        match self.page_name:
            case "ready":
                self._go(self.visit.origin)
            case "machine":
                self._go("ready")
            case "review":
                self._go("form")
            case "form":
                self._back_in_form()
            case "trouble" if self.visit.place is None:
                self._go(self.trouble_from)
            case "number" | "trouble" | "home" | "out":
                pass
            case _:
                self._leave(keep_language=True)

    def _back_in_form(self) -> None:
        filling = self.typist.filling
        if filling and filling.page > 0:
            self._open(filling.opened(filling.page - 1))
        else:
            self._go("number")

    def _speak_next(self) -> None:
        """The branch's languages in turn; what was typed stays."""
        languages = self.branch.languages
        language = languages[(languages.index(self.visit.language) + 1) % len(languages)]
        self.visit = replace(self.visit, language=language)
        if self.typist.filling:
            self.typist.open(replace(self.typist.filling, language=language))
        for signal in (self.spoken, self.ticked, self.offered, self.placed, self.typed):
            signal.emit()

    def _open_group(self, group: str) -> None:
        self.visit = replace(self.visit, group=group)
        self.offered.emit()
        self._go("group")

    def _open_elder(self) -> None:
        self.visit = replace(self.visit, segment=self._elder_segment())
        self.enlarge(True)
        self.refresh()
        self._go("elder")

    def _enter(self) -> None:
        self.typist.enter()
        self.typed.emit()
        self._go("enter")

    def _unsure(self) -> None:
        """The service that finds out what is needed; without one, somebody comes."""
        triage = next((code for code, service in self.branch.services.items() if service.complexity == "triage"), "")
        if triage:
            self._choose(triage)
        else:
            self._ask_help()

    def _choose(self, service: str) -> None:
        offer = self._offer(service)
        if offer is None:
            return
        self.visit = replace(self.visit, service=service, origin=self.page_name)
        self.placed.emit()
        if not offer.open:
            words = self.words_now()
            self._trouble(words["closed_page"], f"{offer.service.name.say(self.visit.language)} · {self._opens(offer)}")
        elif self.page_name == "elder":
            self._take()
        else:
            self._go("ready")

    # Errands

    def _send(self, word: str, work: Callable[[], Any], done: Callable[[Any], None], again: Callable[[], None]) -> None:
        """Have it done elsewhere; meanwhile the page says what is being done and takes no touch."""

        def back(result: Any) -> None:
            self.doing = ""
            done(result)
            self.moved.emit()

        def failed(error: Exception) -> None:
            self.doing = ""
            self._failed(error, again)

        if self.errand.run(work, back, failed):
            self.doing = self.words_now()[word] if word else " "
            self.moved.emit()

    def _failed(self, error: Exception, again: Callable[[], None]) -> None:
        """A refusal speaks for itself, the store's fault has a calm page, anything else is a bug."""
        words = self.words_now()
        if isinstance(error, Refusal):
            self._trouble(words["trouble_title"], self._sentence(error))
        elif isinstance(error, StoreError):
            log.error("the store does not answer: %s", error)
            self._trouble(words["out_title"], words["out_sentence"], again)
        else:
            raise error

    def _trouble(self, title: str, sentence: str, again: Callable[[], None] | None = None) -> None:
        number = self.visit.place.ticket.number if self.visit.place else ""
        self.trouble_view = {"title": title, "sentence": sentence, "number": shown(number)}
        self.retry, self.trouble_from = again, self.page_name
        self._go("trouble")

    def _sentence(self, refusal: Refusal) -> str:
        return self.lobby.say("refusal", refusal.code, refusal.facts, self.visit.language)

    def _again(self) -> None:
        if self.retry:
            self.retry()

    def _take(self) -> None:
        visit, at = self.visit, self.clock()
        self._send(
            "taking",
            lambda: self.lobby.reception.take(visit.service, at, segment=visit.segment, key=visit.key),
            self._taken,
            self._take,
        )

    def _taken(self, place: Place) -> None:
        self.visit = replace(self.visit, place=place)
        self.placed.emit()
        self._go("number")

    def _find(self) -> None:
        number, at = self.typist.typing.text, self.clock()
        self._send("finding", lambda: self.lobby.reception.find(number, at), self._taken, self._find)

    def _ask_help(self) -> None:
        at = self.clock()
        self._send("", lambda: self.lobby.reception.ask_help(at), lambda _: self._say("helped"), self._ask_help)

    # The form

    def _fill(self) -> None:
        """Open the first form that is not filled, with what is known from the ones before."""
        place, left = self.visit.place, self._forms_left()
        if place is None or not left:
            return
        form, known = self.lobby.setup.forms[left[0]], self.visit.known
        answers = {name: known[name] for name in form.fields if name in known}
        today = self.clock().date()
        self._open(Filling(left[0], form, today, self.visit.language, answers).opened(0))
        self._go("form")

    def _open(self, filling: Filling) -> None:
        self.typist.open(filling)
        self.typed.emit()

    def _key(self, key: str) -> None:
        self.typist.key(key)
        self.typed.emit()

    def _pick(self, place: str) -> None:
        self._key("more") if place == "more" else self.typist.pick(int(place))
        self.typed.emit()

    def _field(self, name: str) -> None:
        self.typist.finish()
        if self.typist.filling:
            self._open(self.typist.filling.at(name))

    def _choice(self, name: str) -> None:
        field, _, place = name.rpartition("-")
        self.typist.finish()
        self.typist.choose(field, int(place))
        self.typed.emit()

    def _next(self) -> None:
        """On to the next page of the form, when this one is right; or look the number up."""
        if self.page_name == "enter":
            if self.typist.typing.text:
                self._find()
            return
        self.typist.finish()
        if self.typist.filling is None:
            return
        judged = self.typist.filling.judge()
        if judged.wrong or not judged.last:
            self._open(judged if judged.wrong else judged.opened(judged.page + 1))
        else:
            self._open(judged)
            self._go("review")

    def _edit(self, name: str) -> None:
        if self.typist.filling:
            self._open(self.typist.filling.at(name))
            self._go("form")

    def _confirm(self) -> None:
        filling, place = self.typist.filling, self.visit.place
        if filling is None or place is None:
            return
        if not filling.checked.ok:
            self._edit(next(iter(filling.checked.errors)))
            return
        answers, at, ticket = dict(filling.answers), self.clock(), place.ticket
        self._send(
            "saving",
            lambda: self.lobby.reception.fill(ticket, filling.id, answers, at),
            lambda checked: self._saved(filling, checked.ok),
            self._confirm,
        )

    def _saved(self, filling: Filling, ok: bool) -> None:
        """The next form, or back to the number."""
        if not ok:
            self._open(filling.judge())
            self._go("form")
            return
        self.visit = replace(
            self.visit, filled=self.visit.filled | {filling.id}, known={**self.visit.known, **filling.answers}
        )
        self.typist.clear()
        self.refresh()
        if self._forms_left():
            self._fill()
        else:
            self._go("number")
            self._say("filled")

    def _forget(self) -> None:
        place, at = self.visit.place, self.clock()
        if place is not None:
            self._send(
                "", lambda: self.lobby.reception.forget(place.ticket, at), lambda _: self._forgotten(), self._forget
            )

    def _forgotten(self) -> None:
        self.visit = replace(self.visit, filled=frozenset(), known={})
        self.typist.clear()
        self.typed.emit()
        self._go("number")
        self.refresh()
        self._say("forgotten")

    def _forms_left(self) -> list[str]:
        place = self.visit.place
        if place is None or place.ticket.ended or place.ticket.ready or self.visit.segment == self._elder_segment():
            return []
        forms = self.branch.services[place.ticket.service].forms
        return [form for form in forms if form not in self.visit.filled and form in self.lobby.setup.forms]

    # Time, and what other programs changed

    @Slot()
    def tick(self) -> None:
        """Once a second: the clock, the note's end, and whether anybody is still there."""
        if self.note_left:
            self.note_left -= 1
            if not self.note_left:
                self._quiet()
        somebody = self.page_name not in ("home", "out") or self.visit.language != self.branch.languages[0]
        self.still = self.still + 1 if somebody and not self.doing else 0
        if self.still >= self._patience() + self.branch.kiosk.warning_seconds:
            self.still = 0
            self._leave()
        if self.page_name == "out" or self.clock().second == 0:
            self.refresh()
        self.ticked.emit()

    def _patience(self) -> int:
        seconds = self.branch.kiosk.idle_seconds
        return max(seconds, ELDER_PATIENCE) if self.visit.segment == self._elder_segment() else seconds

    def warning_left(self) -> int:
        """Seconds until everything is cleared, while the warning stands; else 0."""
        over = self.still - self._patience()
        return self.branch.kiosk.warning_seconds - over if over >= 0 else 0

    @Slot()
    def refresh(self) -> None:
        """Read again what others may have changed; without a store, say so calmly and try again."""
        at, place = self.clock(), self.visit.place
        try:
            self.offers = self.lobby.reception.offers(at, self.visit.segment)
            if place is not None:
                self.visit = replace(self.visit, place=self.lobby.reception.find(place.ticket.token, at))
        except StoreError as error:
            log.warning("the store does not answer: %s", error)
            self._go("out")
            return
        except Refusal:  # a new day: the ticket is yesterday's
            self.visit = replace(self.visit, place=None)
            self._leave()
            return
        if self.page_name == "out":
            self._go("home")
        self.offered.emit()
        self.placed.emit()

    # What the pages show

    def _nobody(self) -> Visit:
        segments = self.branch.segments
        return Visit(self.branch.languages[0], "ordinary" if "ordinary" in segments else next(iter(segments)))

    def _elder_segment(self) -> str:
        return next((name for name, segment in self.branch.segments.items() if segment.elder), "")

    def _offer(self, code: str) -> Offer | None:
        return next((offer for offer in self.offers if offer.code == code), None)

    def _opens(self, offer: Offer) -> str:
        return view.opens(offer, self.clock(), self.words_now())

    def _say(self, word: str) -> None:
        self.note_text, self.note_left = self.words_now()[word], NOTE_SECONDS
        self.moved.emit()

    def _quiet(self) -> None:
        if self.note_text:
            self.note_text, self.note_left = "", 0
            self.moved.emit()

    def words_now(self) -> dict[str, str]:
        return self.lobby.setup.words[self.visit.language]["kiosk"]

    def _second(self) -> str:
        """The language that stands small under the first one."""
        languages = self.branch.languages
        return next((language for language in languages if language != self.visit.language), languages[0])

    def _tiles(self, offers: list[Offer]) -> list[view.View]:
        at, words = self.clock(), self.words_now()
        return [view.tile(offer, at, words, self.visit.language, self._second()) for offer in offers]

    def _popular(self) -> list[view.View]:
        return self._tiles([offer for offer in self.offers if offer.service.popular])

    def _in_group(self) -> list[view.View]:
        return self._tiles([offer for offer in self.offers if offer.service.group == self.visit.group])

    def _group_title(self) -> str:
        name = self.branch.groups.get(self.visit.group)
        return name.say(self.visit.language) if name else ""

    def _ready(self) -> view.View:
        offer = self._offer(self.visit.service)
        return view.before(offer, self.clock(), self.words_now(), self.visit.language) if offer else {}

    def _service(self, place: Place) -> Service:
        return self.branch.services[place.ticket.service]

    def _number(self) -> view.View:
        place = self.visit.place
        if place is None:
            return {}
        seen = view.number(place, self._service(place), self.clock(), self.words_now(), self.visit.language)
        return {**seen, "fill": bool(self._forms_left()), "paper": self._paper(place)}

    def _paper(self, place: Place) -> str:
        """What has become of the paper: a word of `paper_…`, empty where nothing is printed."""
        try:
            state = self.lobby.outbox.state_of(place.ticket)
            waits = state in ("queued", "sending") and any(
                device.name == self.branch.kiosk.printer and device.state == "fault"
                for device in self.lobby.devices.all()
            )
        except StoreError:
            return ""
        return "fault" if waits else state

    def _clock_view(self) -> view.View:
        at = self.clock()
        return {"time": f"{at:%H:%M}", "day": view.today(at, self.words_now())}

    page = Property(str, lambda self: self.page_name, notify=moved)
    busy = Property(str, lambda self: self.doing, notify=moved)
    settled = Property(bool, lambda self: self.settled_now, notify=moved)
    note = Property(str, lambda self: self.note_text, notify=moved)
    trouble = Property(MAP, lambda self: self.trouble_view, notify=moved)
    retries = Property(bool, lambda self: self.retry is not None, notify=moved)
    words = Property(MAP, lambda self: self.words_now(), notify=spoken)
    branchName = Property(str, lambda self: self.branch.name.say(self.visit.language), notify=spoken)  # noqa: N815  # QML
    otherLanguage = Property(  # noqa: N815  # QML
        str, lambda self: self.lobby.setup.words[self._second()]["kiosk"]["language"], notify=spoken
    )
    hasElder = Property(bool, lambda self: bool(self._elder_segment()), constant=True)  # noqa: N815  # QML
    now = Property(MAP, lambda self: self._clock_view(), notify=ticked)
    warning = Property(int, lambda self: self.warning_left(), notify=ticked)
    tiles = Property(LIST, lambda self: self._popular(), notify=offered)
    groups = Property(LIST, lambda self: view.groups(self.branch, self.visit.language, self._second()), notify=spoken)
    groupTiles = Property(LIST, lambda self: self._in_group(), notify=offered)  # noqa: N815  # QML
    groupTitle = Property(str, lambda self: self._group_title(), notify=offered)  # noqa: N815  # QML
    elderTiles = Property(LIST, lambda self: self._tiles(view.for_elders(self.offers)), notify=offered)  # noqa: N815
    ready = Property(MAP, lambda self: self._ready(), notify=placed)
    number = Property(MAP, lambda self: self._number(), notify=placed)
    typedNumber = Property(str, lambda self: shown(self.typist.typing.text), notify=typed)  # noqa: N815  # QML
    form = Property(MAP, lambda self: self.typist.form(self.words_now()), notify=typed)
    keyboard = Property(MAP, lambda self: self.typist.keyboard(self.words_now()), notify=typed)
    review = Property(LIST, lambda self: self.typist.review(self.words_now()), notify=typed)
    peeked = Property(bool, lambda self: self.peeking, notify=typed)


def load_pinyin() -> Pinyin | None:
    """The Chinese keyboard, or none with a word to the technician: Latin letters still work."""
    try:
        return Pinyin()
    except PinyinMissing as error:
        log.warning("no Chinese keyboard: %s", error)
        return None
