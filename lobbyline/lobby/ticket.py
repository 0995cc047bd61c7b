"""A ticket and its life.

Each move is a small function that returns the ticket as it is afterwards; a forbidden move is a refusal.
Time comes in as `at`; nothing here asks the clock.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from lobbyline.lobby.errors import Refusal

State = Literal["waiting", "called", "serving", "review", "held", "missed", "done", "abandoned", "void"]
Step = Literal["", "greet", "ask", "operate", "confirm"]
STEPS: tuple[Step, ...] = ("greet", "ask", "operate", "confirm")
AT_COUNTER: frozenset[State] = frozenset({"called", "serving"})
ENDED: frozenset[State] = frozenset({"done", "abandoned", "void"})
THIN_SPACE = "\u2009"


def shown(number: str) -> str:
    """A number as every face writes it: letter, thin space, digits."""
    return f"{number[:1]}{THIN_SPACE}{number[1:]}" if number else ""


@dataclass(frozen=True)
class Ticket:
    """A customer's number and everything the rules need to know of it."""

    id: int
    number: str
    service: str
    queue: str
    segment: str
    state: State
    step: Step
    token: str
    taken_at: datetime
    arrived_at: datetime
    returned_at: datetime | None
    called_at: datetime | None
    counter: int | None
    calls: int
    misses: int
    ready: bool
    overtaken: int
    promise: int
    why: str
    config: str
    day: str

    @property
    def ended(self) -> bool:
        return self.state in ENDED

    def called(self, counter: int, at: datetime, why: str) -> Ticket:
        """Called to a counter, from the line or back from a hold, a miss or a review."""
        self._must_be("waiting", "held", "missed", "review")
        return replace(self, state="called", step="", counter=counter, called_at=at, calls=1, why=why)

    def recalled(self, at: datetime, seconds: int, most: int) -> Ticket:
        """Called once more to the same counter, not sooner than `seconds` after the last call."""
        self._must_be("called")
        if self.calls > most:
            raise Refusal("recall_limit", ticket=self.number, most=most)
        if self.called_at and (at - self.called_at).total_seconds() < seconds:
            raise Refusal("too_soon", ticket=self.number, seconds=seconds)
        return replace(self, called_at=at, calls=self.calls + 1)

    def at_step(self, step: Step) -> Ticket:
        """On to a step of the service; the order is fixed, backwards is refused."""
        self._must_be(*AT_COUNTER)
        if self.step and STEPS.index(step) <= STEPS.index(self.step):
            raise Refusal("wrong_step", ticket=self.number, step=self.step)
        return replace(self, state="serving", step=step)

    def done(self) -> Ticket:
        self._must_be("called", "serving", "review")
        return replace(self, state="done", step="")

    def missed(self) -> Ticket:
        """Nobody came: the first time it may be restored, the second time it is void."""
        self._must_be("called")
        return replace(self, state="void" if self.misses else "missed", step="", counter=None, misses=self.misses + 1)

    def held(self) -> Ticket:
        """Put aside by the teller, to be called back."""
        self._must_be(*AT_COUNTER)
        return replace(self, state="held", step="", counter=None)

    def restored(self, at: datetime) -> Ticket:
        """Back in the line after a miss or a hold; the time of arrival is kept."""
        self._must_be("missed", "held")
        return replace(self, state="waiting", step="", counter=None, returned_at=at)

    def moved(self, service: str, queue: str, at: datetime) -> Ticket:
        """To another service with number and time of arrival kept; back in the line if it was at a counter."""
        self._must_be("waiting", "called", "serving", "held")
        return replace(self, service=service, queue=queue, state="waiting", step="", counter=None, returned_at=at)

    def _must_be(self, *states: State) -> None:
        if self.state not in states:
            raise Refusal("wrong_state", ticket=self.number, state=self.state)
