"""The review of a form: everything typed, before it is kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lobbyline.kiosk import formview
from lobbyline.kiosk.filling import Filling
from lobbyline.kiosk.pages.page import Answers, Page
from lobbyline.kiosk.view import View

if TYPE_CHECKING:
    from lobbyline.kiosk.pages.form import Form

LINES = 12, 6, 3  # on one page: fewer where letters are large, or only the lower part is in reach, or both


class Review(Page):
    """Everything typed, to be mended, deleted or kept."""

    @property
    def form(self) -> Form:
        return self.kiosk.pages.form

    def answers(self) -> Answers:
        return {
            "edit": self.form.at,
            "overleaf": lambda _: self.turn(1),
            "confirm": lambda _: self.confirm(),
            "forget": lambda _: self.forget(),
        }

    def seen(self) -> list[View]:
        """What stands on this page of it."""
        overleaf = self.kiosk.typist.overleaf
        return self.rows()[overleaf * self.lines : (overleaf + 1) * self.lines]

    def goes_on(self) -> bool:
        """Whether there is a further page."""
        return len(self.rows()) > (self.kiosk.typist.overleaf + 1) * self.lines

    def rows(self) -> list[View]:
        """Everything typed, and what was worked out from it."""
        filling = self.kiosk.typist.filling
        return formview.rows(filling, self.kiosk.words_now()) if filling else []

    @property
    def lines(self) -> int:
        """Lines on one page."""
        return LINES[len(self.kiosk.visit.ways & {"large", "low"})]

    def promise(self) -> str:
        """What the customer promises by saving this form."""
        filling = self.kiosk.typist.filling
        return filling.form.promise.say(filling.language) if filling and filling.form.promise else ""

    def back(self) -> None:
        """The page of the review before, or the form."""
        self.turn(-1) if self.kiosk.typist.overleaf else self.kiosk.go("form")

    def turn(self, by: int) -> None:
        """Another page of the review; only after the last one it can be kept."""
        self.kiosk.typist.overleaf += by
        self.kiosk.unsettle()
        for signal in (self.kiosk.moved, self.kiosk.typed):
            signal.emit()

    def confirm(self) -> None:
        kiosk, filling, place = self.kiosk, self.kiosk.typist.filling, self.kiosk.visit.place
        if filling is None or place is None:
            return
        if not filling.checked.ok:
            self.form.at(next(iter(filling.checked.errors)))
            return
        answers, at, ticket, own = dict(filling.answers), kiosk.clock(), place.ticket, kiosk.branch.kiosk.consent
        version = own.version if own else ""
        kiosk.errands.send(
            "saving",
            lambda: kiosk.lobby.reception.fill(ticket, filling.id, answers, at, version),
            lambda checked: self.saved(filling, checked.ok),
            self.confirm,
        )

    def saved(self, filling: Filling, ok: bool) -> None:
        """The next form, or back to the number."""
        kiosk, visit = self.kiosk, self.kiosk.visit
        if not ok:
            self.form.open(filling.judge())
            kiosk.go("form")
            return
        form = {filling.id}
        known, printed = visit.known | filling.known, visit.printed - form
        kiosk.visit = replace(visit, filled=visit.filled | form, printed=printed, known=known)
        kiosk.typist.clear()
        kiosk.refresh()
        if self.form.left():
            self.form.begin()
        else:
            kiosk.go("number")
            kiosk.notes.say("filled")

    def forget(self) -> None:
        kiosk, place, at = self.kiosk, self.kiosk.visit.place, self.kiosk.clock()
        if place is not None:
            kiosk.errands.send(
                "", lambda: kiosk.lobby.reception.forget(place.ticket, at), lambda _: self.forgotten(), self.forget
            )

    def forgotten(self) -> None:
        kiosk = self.kiosk
        kiosk.visit = replace(kiosk.visit, filled=frozenset(), printed=frozenset(), known={})
        kiosk.typist.clear()
        kiosk.typed.emit()
        kiosk.go("number")
        kiosk.refresh()
        kiosk.notes.say("forgotten")
