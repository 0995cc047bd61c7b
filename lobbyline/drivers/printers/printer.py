"""A printer that says what became of each page: printed, not begun, held back by a fault, or unknown.

A write that succeeds proves nothing: a printer without paper takes sixty pages into its buffer. So a page ends with a
fence, cut, fence, and only an answer to a fence counts. A page is never sent again from here.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Literal

from lobbyline.drivers.errors import DeviceError
from lobbyline.drivers.printers import escpos
from lobbyline.drivers.printers.conversation import Conversation
from lobbyline.drivers.printers.links.link import Interrupted, Link
from lobbyline.drivers.printers.profile import Profile
from lobbyline.drivers.printers.receipt import Cut, Fence, Receipt, Report
from lobbyline.drivers.printers.status import Status

CLEAR_BUFFERS = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"
WAKE_SECONDS = 2.0  # for the answer behind the padding
CLEAR_SECONDS = 0.5
MARGIN_SECONDS = 3.0
POLL_SECONDS = 0.05


@dataclass(frozen=True)
class Outcome:
    """What became of a page.

    `failed`: no byte was sent. `held`: a fault stopped it and the printer keeps the rest; once the printer is well,
    `settle` tells. `unknown`: some of it may be on paper; nobody may print it again silently.
    """

    state: Literal["printed", "failed", "held", "unknown"]
    note: str = ""
    trouble: str = ""  # the code of what holds it


@dataclass(frozen=True)
class Page:
    """The page last sent: a held one is finished by the printer on the same connection."""

    fence: str
    connection: int
    seconds: float


class Printer:
    """One printer at the end of one link. Not for several threads at once."""

    def __init__(self, link: Link, profile: Profile) -> None:
        self.link = link
        self.profile = profile
        self.doubtful = False  # rests of a page may be in its buffer: `clear` before the next
        self._page: Page | None = None
        self._talk = Conversation(link, profile.dialect)

    def status(self) -> Status:
        """How it is now; DeviceError when it does not say so at once."""
        self._meet()
        status = self._talk.status()
        self.link.works()
        return status

    def print(self, receipt: Receipt, fence: str) -> Outcome:
        """Sends one page, cuts it, and waits for the fences; the caller has looked at `status` just before."""
        page = Receipt((Report(), *receipt.lines, Fence(fence), Cut(), Fence(fence)))
        try:
            data = escpos.render(page, self.profile)
            self._meet()
            self._talk.heard.processed = 0
            self.link.send(data)
        except Interrupted as error:
            return self._unknown(str(error)) if error.sent else Outcome("failed", str(error), error.trouble)
        except DeviceError as error:
            return Outcome("failed", str(error), error.trouble)
        seconds = len(data) / self.link.bytes_a_second + self._paper_seconds(page)
        self._page = Page(fence, self._talk.connection, seconds)
        return self._confirmed(fence, seconds)

    def settle(self, old: str, new: str) -> Outcome:
        """What became of the page with the fence `old`, whose end nobody saw; the printer is well again.

        On the connection that carried it, its own fences are still to come. On another, a fence `new` tells when
        all that went before has been dealt with; only an answer to `old` proves that the page was part of that.
        """
        try:
            self._meet()
            if self._page and (self._page.fence, self._page.connection) == (old, self._talk.connection):
                return self._confirmed(old, self._page.seconds)
            return self._reconciled(old, new)
        except DeviceError as error:
            return self._unknown(str(error))

    def clear(self, fence: str) -> None:
        """Empties its buffers, ends a picture that was cut off, and cuts what hangs out, so that nothing mixes."""
        self._meet()
        self._talk.heard.cleared = False
        self.link.send(CLEAR_BUFFERS)
        if not self._talk.until(lambda: self._talk.heard.cleared, CLEAR_SECONDS):
            self.link.send(escpos.PADDING)
        page = Receipt((Cut(), Fence(fence)))
        self._talk.heard.processed = 0
        self.link.send(escpos.render(page, self.profile))
        answered = self._talk.until(lambda: self._fences(fence) > 0, self._padding_seconds + self._paper_seconds(page))
        if not answered and self.profile.fence != "none":
            raise self.link.failed("it does not take up printing again. Switch it off and on.", "broken")
        self.doubtful = False

    def close(self) -> None:
        self.link.close()

    # The end of a page

    def _confirmed(self, fence: str, seconds: float) -> Outcome:
        """Waits for both fences; a fault that the printer tells of ends the wait early."""
        deadline = time.monotonic() + seconds
        self._talk.heard.seen = None
        try:
            while self._fences(fence) < 2 and time.monotonic() < deadline:
                self._talk.poll()
                self._talk.listen(POLL_SECONDS)
                if self._talk.heard.seen and self._talk.heard.seen.fault:
                    return self._stopped(fence, self._talk.heard.seen)
        except DeviceError as error:
            return self._stopped_short(fence, str(error))
        if self._fences(fence) >= 2 or (self.profile.fence == "none" and self._talk.heard.seen):
            return Outcome("printed")
        return self._stopped_short(fence, str(self.link.error("it did not say that the page was printed")))

    def _stopped(self, fence: str, seen: Status) -> Outcome:
        if self._fences(fence):
            return Outcome("printed", f"printed, but not cut: {seen.fault}")
        return Outcome("held", str(self.link.error(seen.fault)), seen.trouble)

    def _stopped_short(self, fence: str, note: str) -> Outcome:
        if self._fences(fence):
            self.doubtful = True
            return Outcome("printed", f"printed; the cut was not confirmed. {note}")
        return self._unknown(note)

    def _unknown(self, note: str) -> Outcome:
        self.doubtful = True
        return Outcome("unknown", note)

    def _reconciled(self, old: str, new: str) -> Outcome:
        page = Receipt((Fence(new),))
        self._talk.heard.processed = 0
        for strip in escpos.strips(page, self.profile):  # without ESC @, which would cut a page's rest short
            self.link.send(strip.data)
        self._talk.until(lambda: self._fences(old, new) > 0, self._paper_seconds(page))
        if self.profile.fence == "gsh" and self._fences(old):
            return Outcome("printed")
        return self._unknown(str(self.link.error("the end of the page was not seen and the model counts no cuts")))

    def _fences(self, *fences: str) -> int:
        """How many answers came; `GS r` carries no token, so there any answer counts."""
        if self.profile.fence == "gsr":
            return self._talk.heard.processed
        return sum(self._talk.heard.printed.count(fence) for fence in fences)

    def _paper_seconds(self, page: Receipt) -> float:
        return escpos.millimetres(page, self.profile) / self.profile.speed + MARGIN_SECONDS

    @property
    def _padding_seconds(self) -> float:
        return len(escpos.PADDING) / self.link.bytes_a_second

    # The connection

    def _meet(self) -> None:
        if self._talk.meet() and self.doubtful:
            self._wake()

    def _wake(self) -> None:
        """Cut off inside a picture, some firmware hears nothing but the picture's rest: then it gets one."""
        if not self._talk.is_heard():
            self.link.send(escpos.PADDING)
            self._talk.insist(WAKE_SECONDS + self._padding_seconds)
        self._talk.heard.answers.clear()
