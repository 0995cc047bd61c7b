"""What is said between us and one printer: questions one at a time, since answers carry no number, and what it tells.

A connection is a conversation of its own: what an earlier one left half said is forgotten.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from lobbyline.drivers.printers.dialects import DIALECTS
from lobbyline.drivers.printers.links.link import Link
from lobbyline.drivers.printers.replies import Answer, Cleared, Printed, Processed, RealTime, Replies, Reported
from lobbyline.drivers.printers.status import Status

ANSWER_SECONDS = 0.2


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


class Conversation:
    """Asks and listens over one link."""

    def __init__(self, link: Link, dialect: str) -> None:
        self.link = link
        self.connection = 0
        self._dialect = DIALECTS[dialect]
        self.heard = Heard(Replies(self._dialect))

    def meet(self) -> bool:
        """Opens the link if need be; whether that is another connection than before."""
        self.link.open()
        if self.link.connections == self.connection:
            return False
        self.connection = self.link.connections
        self.heard = Heard(Replies(self._dialect))
        return True

    def status(self) -> Status:
        """All questions, each answered at once; DeviceError when one is not."""
        if self.heard.asked:
            self.await_answer(ANSWER_SECONDS)
        self.heard.answers.clear()
        for question in self._dialect.questions:
            self._ask(question)
            self.await_answer(ANSWER_SECONDS)
        return self.heard.seen or Status()

    def is_heard(self) -> bool:
        """Whether the first question is answered at once."""
        self._ask(self._dialect.questions[0])
        return self.until(lambda: not self.heard.asked, ANSWER_SECONDS)

    def insist(self, seconds: float) -> None:
        """Asks the first question once more; DeviceError when it is not answered in time."""
        self._ask(self._dialect.questions[0])
        self.await_answer(seconds)

    def poll(self) -> None:
        """Asks the next question unless one is still open."""
        if not self.heard.asked:
            self._ask(self._dialect.questions[len(self.heard.answers)])

    def await_answer(self, seconds: float) -> None:
        if not self.until(lambda: not self.heard.asked, seconds):
            raise self.link.failed(
                "connected, but it does not say how it is. Is it switched on, and is the model in devices.toml right?"
            )

    def until(self, done: Callable[[], bool], seconds: float) -> bool:
        """Listens until something is so, or for a time; whether it is."""
        deadline = time.monotonic() + seconds
        while not done() and time.monotonic() < deadline:
            self.listen(deadline - time.monotonic())
        return done()

    def listen(self, seconds: float) -> None:
        for answer in self.heard.replies.take(self.link.receive(seconds)):
            self._note(answer)

    def _ask(self, question: bytes) -> None:
        self.heard.asked = question
        self.link.send(question)

    def _note(self, answer: Answer) -> None:
        match answer:
            case RealTime(data) if self.heard.asked:
                self._answered(data)
            case Reported(status):
                self.heard.seen = status
            case Printed(token):
                self.heard.printed.append(token)
            case Processed():
                self.heard.processed += 1
            case Cleared():
                self.heard.cleared = True

    def _answered(self, data: bytes) -> None:
        self.heard.asked = b""
        self.heard.answers.append(data)
        if len(self.heard.answers) == len(self._dialect.questions):
            self.heard.seen = self._dialect.status(self.heard.answers)
            self.heard.answers.clear()
