"""A printer that says what became of each page: printed, not begun, held back by a fault, or unknown.

A write that succeeds proves nothing: a printer without paper takes sixty pages into its buffer. So a page ends with a
fence, cut, fence, and only an answer to a fence counts. A page is never sent again from here.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from lobbyline.drivers.errors import DeviceError
from lobbyline.drivers.printers import escpos
from lobbyline.drivers.printers.links.link import Interrupted, Link
from lobbyline.drivers.printers.profile import Profile
from lobbyline.drivers.printers.receipt import Cut, Fence, Receipt, Report
from lobbyline.drivers.printers.status import (
    DIALECTS,
    Answer,
    Cleared,
    Printed,
    Processed,
    RealTime,
    Replies,
    Reported,
    Status,
)

CLEAR_BUFFERS = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"
ANSWER_SECONDS = 0.2
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


@dataclass(frozen=True)
class Page:
    """The page last sent: a held one is finished by the printer on the same connection."""

    fence: str
    connection: int
    seconds: float


@dataclass
class Heard:
    """What one connection has told so far."""

    replies: Replies
    asked: bytes = b""  # the question that is not answered yet
    answers: list[bytes] = field(default_factory=list)  # of this round of questions
    seen: Status | None = None
    printed: list[str] = field(default_factory=list)  # fences, as they were answered
    processed: int = 0
    cleared: bool = False


class Printer:
    """One printer at the end of one link. Not for several threads at once."""

    def __init__(self, link: Link, profile: Profile) -> None:
        self.link = link
        self.profile = profile
        self.doubtful = False  # rests of a page may be in its buffer: `clear` before the next
        self._connection = 0
        self._page: Page | None = None
        self._dialect = DIALECTS[profile.dialect]
        self._heard = Heard(Replies(self._dialect))

    def status(self) -> Status:
        """How it is now; DeviceError when it does not say so at once."""
        self._meet()
        if self._heard.asked:
            self._await_answer(ANSWER_SECONDS)
        self._heard.answers.clear()
        for question in self._dialect.questions:
            self._ask(question)
            self._await_answer(ANSWER_SECONDS)
        self.link.works()
        return self._heard.seen or Status()

    def print(self, receipt: Receipt, fence: str) -> Outcome:
        """Sends one page, cuts it, and waits for the fences; the caller has looked at `status` just before."""
        page = Receipt((Report(), *receipt.lines, Fence(fence), Cut(), Fence(fence)))
        try:
            data = escpos.render(page, self.profile)
            self._meet()
            self._heard.processed = 0
            self.link.send(data)
        except Interrupted as error:
            return self._unknown(str(error)) if error.sent else Outcome("failed", str(error))
        except DeviceError as error:
            return Outcome("failed", str(error))
        seconds = len(data) / self.link.bytes_a_second + self._paper_seconds(page)
        self._page = Page(fence, self._connection, seconds)
        return self._confirmed(fence, seconds)

    def settle(self, old: str, new: str) -> Outcome:
        """What became of the page with the fence `old`, whose end nobody saw; the printer is well again.

        On the connection that carried it, its own fences are still to come. On another, a fence `new` tells when
        all that went before has been dealt with; only an answer to `old` proves that the page was part of that.
        """
        try:
            self._meet()
            if self._page and (self._page.fence, self._page.connection) == (old, self._connection):
                return self._confirmed(old, self._page.seconds)
            return self._reconciled(old, new)
        except DeviceError as error:
            return self._unknown(str(error))

    def clear(self, fence: str) -> None:
        """Empties its buffers, ends a picture that was cut off, and cuts what hangs out, so that nothing mixes."""
        self._meet()
        self._heard.cleared = False
        self.link.send(CLEAR_BUFFERS)
        if not self._until(lambda: self._heard.cleared, CLEAR_SECONDS):
            self.link.send(escpos.PADDING)
        page = Receipt((Cut(), Fence(fence)))
        self._heard.processed = 0
        self.link.send(escpos.render(page, self.profile))
        answered = self._until(lambda: self._fences(fence) > 0, self._padding_seconds + self._paper_seconds(page))
        if not answered and self.profile.fence != "none":
            raise self.link.failed("it does not take up printing again. Switch it off and on.")
        self.doubtful = False

    def close(self) -> None:
        self.link.close()

    # The end of a page

    def _confirmed(self, fence: str, seconds: float) -> Outcome:
        """Waits for both fences; a fault that the printer tells of ends the wait early."""
        deadline = time.monotonic() + seconds
        self._heard.seen = None
        try:
            while self._fences(fence) < 2 and time.monotonic() < deadline:
                self._poll()
                self._listen(POLL_SECONDS)
                if self._heard.seen and self._heard.seen.fault:
                    return self._stopped(fence, self._heard.seen.fault)
        except DeviceError as error:
            return self._stopped_short(fence, str(error))
        if self._fences(fence) >= 2 or (self.profile.fence == "none" and self._heard.seen):
            return Outcome("printed")
        return self._stopped_short(fence, str(self.link.error("it did not say that the page was printed")))

    def _stopped(self, fence: str, fault: str) -> Outcome:
        if self._fences(fence):
            return Outcome("printed", f"printed, but not cut: {fault}")
        return Outcome("held", str(self.link.error(fault)))

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
        self._heard.processed = 0
        for strip in escpos.strips(page, self.profile):  # without ESC @, which would cut a page's rest short
            self.link.send(strip.data)
        self._until(lambda: self._fences(old, new) > 0, self._paper_seconds(page))
        if self.profile.fence == "gsh" and self._fences(old):
            return Outcome("printed")
        return self._unknown(str(self.link.error("the end of the page was not seen and the model counts no cuts")))

    def _fences(self, *fences: str) -> int:
        """How many answers came; `GS r` carries no token, so there any answer counts."""
        if self.profile.fence == "gsr":
            return self._heard.processed
        return sum(self._heard.printed.count(fence) for fence in fences)

    def _paper_seconds(self, page: Receipt) -> float:
        return escpos.millimetres(page, self.profile) / self.profile.speed + MARGIN_SECONDS

    @property
    def _padding_seconds(self) -> float:
        return len(escpos.PADDING) / self.link.bytes_a_second

    # The conversation

    def _meet(self) -> None:
        """Opens the link if need be; what an earlier connection left half said is forgotten."""
        self.link.open()
        if self.link.connections != self._connection:
            self._connection = self.link.connections
            self._heard = Heard(Replies(self._dialect))
            if self.doubtful:
                self._wake()

    def _wake(self) -> None:
        """Cut off inside a picture, some firmware hears nothing but the picture's rest: then it gets one."""
        self._ask(self._dialect.questions[0])
        if not self._until(lambda: not self._heard.asked, ANSWER_SECONDS):
            self.link.send(escpos.PADDING)
            self._ask(self._dialect.questions[0])
            self._await_answer(WAKE_SECONDS + self._padding_seconds)
        self._heard.answers.clear()

    def _ask(self, question: bytes) -> None:
        self._heard.asked = question
        self.link.send(question)

    def _poll(self) -> None:
        """Asks the next of the questions unless one is still open: answers carry no number, so one at a time."""
        if not self._heard.asked:
            self._ask(self._dialect.questions[len(self._heard.answers)])

    def _await_answer(self, seconds: float) -> None:
        if not self._until(lambda: not self._heard.asked, seconds):
            raise self.link.failed(
                "connected, but it does not say how it is. Is it switched on, and is the model in devices.toml right?"
            )

    def _until(self, done: Callable[[], bool], seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        while not done() and time.monotonic() < deadline:
            self._listen(deadline - time.monotonic())
        return done()

    def _listen(self, seconds: float) -> None:
        for answer in self._heard.replies.take(self.link.receive(seconds)):
            self._note(answer)

    def _note(self, answer: Answer) -> None:
        match answer:
            case RealTime(data) if self._heard.asked:
                self._answered(data)
            case Reported(status):
                self._heard.seen = status
            case Printed(token):
                self._heard.printed.append(token)
            case Processed():
                self._heard.processed += 1
            case Cleared():
                self._heard.cleared = True

    def _answered(self, data: bytes) -> None:
        self._heard.asked = b""
        self._heard.answers.append(data)
        if len(self._heard.answers) == len(self._dialect.questions):
            self._heard.seen = self._dialect.status(self._heard.answers)
            self._heard.answers.clear()
