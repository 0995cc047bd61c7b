"""The attendant's menu behind a PIN: the roll was changed, a paper once more, a test, a new start."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from lobbyline.kiosk.pages.page import Answers, Page
from lobbyline.kiosk.slots import KINDS
from lobbyline.kiosk.view import View, listed
from lobbyline.lobby.devices import DeviceState
from lobbyline.lobby.errors import StoreError
from lobbyline.lobby.ticket import shown

if TYPE_CHECKING:
    from lobbyline.kiosk.model import KioskModel

TRIES = 3
PAUSE = timedelta(minutes=1)  # after so many wrong PINs
MOST = 4  # numbers whose paper may be asked for again


class Pin(Page):
    """Who opens the menu; after some wrong ones it rests for a while."""

    def __init__(self, kiosk: KioskModel) -> None:
        super().__init__(kiosk)
        self.wrong, self.until = 0, datetime.min

    def answers(self) -> Answers:
        return {"key": self.key, "next": lambda _: self.next()}

    def begin(self) -> None:
        if self.kiosk.lobby.attendant.known:
            self.kiosk.typist.enter_pin()
            self.kiosk.typed.emit()
            self.kiosk.go("pin")

    def key(self, key: str) -> None:
        self.kiosk.typist.key(key)
        self.kiosk.typed.emit()

    def next(self) -> None:
        kiosk, pin = self.kiosk, self.kiosk.typist.typing.text
        kiosk.typist.enter_pin()
        kiosk.typed.emit()
        if pin and kiosk.clock().replace(tzinfo=None) >= self.until:
            kiosk.errands.send("", lambda: kiosk.lobby.attendant.admits(pin), self.tried, lambda: None)
        else:
            kiosk.notes.say("pin_wrong")

    def tried(self, right: bool) -> None:
        if right:
            self.wrong = 0
            self.kiosk.typist.clear()
            self.kiosk.go("attendant")
            return
        self.wrong += 1
        if self.wrong % TRIES == 0:
            self.until = self.kiosk.clock().replace(tzinfo=None) + PAUSE
        self.kiosk.notes.say("pin_wrong")


class Attendant(Page):
    """How printer and papers are, and the four things an attendant does. Each is an event."""

    def answers(self) -> Answers:
        return {
            "roll": lambda _: self.do("roll"),
            "trial": lambda _: self.do("trial", self.kiosk.try_paper),
            "restart": lambda _: self.do("restart", then=self.kiosk.restart),
            "again": lambda number: self.do("again", lambda: self.reprint(number)),
            "done": lambda _: self.kiosk.leave(),
        }

    def do(self, what: str, work: Callable[[], object] = lambda: None, then: Callable[[], None] = lambda: None) -> None:
        kiosk, at = self.kiosk, self.kiosk.clock()

        def done() -> None:
            work()
            kiosk.lobby.attendant.did(what, at)

        def after(_: object) -> None:
            kiosk.notes.say(f"attended_{what}")
            kiosk.placed.emit()
            then()

        kiosk.errands.send("", done, after, lambda: None)

    def reprint(self, number: str) -> None:
        self.kiosk.lobby.outbox.reprint(number, self.kiosk.clock())

    def seen(self) -> View:
        kiosk = self.kiosk
        if kiosk.page_name != "attendant":
            return {}
        words = kiosk.words_now()
        try:
            devices = {device.name: device for device in kiosk.lobby.devices.all()}
            doubtful = kiosk.lobby.attendant.doubtful(kiosk.clock())[:MOST]
        except StoreError as error:
            return {"state": words["out_title"], "sentence": str(error), "silent": "", "papers": []}
        printer = devices.get(kiosk.branch.kiosk.printer)
        return {
            "state": self._how(printer) if printer else words["printer_none"],
            "good": printer is not None and printer.state == "ok",
            "sentence": printer.sentence if printer and not printer.trouble else "",
            "silent": self.silent(devices),
            "papers": [{"name": f"again-{number}", "number": shown(number)} for number in doubtful],
        }

    def _how(self, printer: DeviceState) -> str:
        """How the printer is, in the words of whoever stands before it."""
        kiosk = self.kiosk
        if printer.trouble:
            return kiosk.lobby.devices.told(printer, kiosk.visit.language)
        return kiosk.words_now()[f"printer_{printer.state}"]

    def silent(self, devices: Mapping[str, DeviceState]) -> str:
        """Readers that do not answer, by what is held to them, and what to do; nothing while all do."""
        readers, words = self.kiosk.lobby.setup.devices.readers, self.kiosk.words_now()
        silent = [one for one in readers if one.name in devices and devices[one.name].state != "ok"]
        kinds = {self.kiosk.slots.given(reader) for reader in silent}
        names = [words[f"reader_{kind}"] for kind in KINDS if kind in kinds]
        return words["reader_silent"].format(names=listed(names, words)) if names else ""
