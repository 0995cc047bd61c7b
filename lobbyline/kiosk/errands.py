"""What a customer asks of the branch: a number, his own one found, somebody to come. Done elsewhere, one at a time.

Meanwhile the page says what is being done and takes no touch; a refusal or a fault comes back as a calm page.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from lobbyline.glass.background import Background
from lobbyline.kiosk import view
from lobbyline.lobby.errors import Refusal, StoreError
from lobbyline.lobby.reception.reception import Place

if TYPE_CHECKING:
    from lobbyline.kiosk.model import KioskModel

log = logging.getLogger(__name__)


class Errands:
    """The kiosk's errands; `doing` names the one under way, and is empty while there is none."""

    def __init__(self, kiosk: KioskModel) -> None:
        self.kiosk, self.runner, self.doing = kiosk, Background(kiosk), ""

    def send(self, word: str, work: Callable[[], Any], done: Callable[[Any], None], again: Callable[[], None]) -> None:
        """Have it done elsewhere; `word` says what, `again` is what the customer may try if it fails."""

        def back(result: Any) -> None:
            self.doing = ""
            done(result)
            self.kiosk.moved.emit()

        def failed(error: Exception) -> None:
            self.doing = ""
            self._failed(error, again)

        self.runner.run(work, back, failed)
        self.doing = self.kiosk.words_now()[word] if word else " "
        self.kiosk.moved.emit()

    def take(self) -> None:
        """Draw a number for the chosen service, once for this visit however often it is asked."""
        visit, at = self.kiosk.visit, self.kiosk.clock()
        draw = self.kiosk.lobby.emergency.take
        self.send(
            "taking",
            lambda: draw(visit.service, at, visit.segment, visit.key, band=visit.band),
            self.kiosk.hold,
            self.take,
        )

    def find(self, number_or_token: str) -> None:
        """A ticket by the number on its paper or by its code."""
        at = self.kiosk.clock()
        look = self.kiosk.lobby.reception.find

        def found(place: Place) -> None:
            self.kiosk.hold(place, typed=number_or_token != place.ticket.token)

        self.send("finding", lambda: look(number_or_token, at), found, lambda: self.find(number_or_token))

    def ask_help(self) -> None:
        """Call the lobby manager to this kiosk."""
        kiosk, at = self.kiosk, self.kiosk.clock()
        self.send("", lambda: kiosk.lobby.reception.ask_help(at), lambda _: kiosk.notes.say("helped"), self.ask_help)

    def must_be_open(self) -> bool:
        """Whether the chosen service is open; a closed one has a calm page that says when it opens."""
        kiosk = self.kiosk
        offer = kiosk.offer(kiosk.visit.service)
        if offer is None or offer.open:
            return offer is not None
        words = kiosk.words_now()
        name = view.parted(offer.service.name.say(kiosk.visit.language))[0]
        kiosk.pages.trouble.tell(f"{name} · {words['closed_page']}", view.opens(offer, kiosk.clock(), words))
        return False

    def _failed(self, error: Exception, again: Callable[[], None]) -> None:
        """A refusal speaks for itself, the store's fault has a calm page, anything else is a bug."""
        kiosk, words = self.kiosk, self.kiosk.words_now()
        if isinstance(error, Refusal):
            sentence = kiosk.lobby.say("refusal", error.code, error.facts, kiosk.visit.language)
            kiosk.pages.trouble.tell(words["trouble_title"], sentence)
        elif isinstance(error, StoreError):
            log.error("the store does not answer: %s", error)
            kiosk.pages.trouble.tell(words["out_title"], words["out_sentence"], again, words["out_staff"])
        else:
            raise error

    def close(self) -> None:
        self.runner.close()
