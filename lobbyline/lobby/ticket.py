"""A ticket and its life: one table of allowed moves, and a small function for each.

A move returns the ticket as it is afterwards; a move that the table does not allow is a refusal. Whoever is moved to
another service waits again, so "moved" is a move and not a place to stay; "farewell" is the last of the five steps
and ends the visit. Time comes in as `at`; nothing here asks the clock.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal, cast, get_args

from lobbyline.lobby.errors import Refusal
from lobbyline.lobby.rule.reason import Reason

State = Literal[
    "booked", "waiting", "called", "serving", "review", "held", "missed", "done", "abandoned", "void"
]  # fmt: skip
Step = Literal["", "greet", "ask", "operate", "confirm"]
Position = Literal[
    "booked", "waiting", "called", "greet", "ask", "operate", "confirm", "review", "held", "missed", "done",
    "abandoned", "void",
]  # fmt: skip
STEPS: tuple[Position, ...] = ("greet", "ask", "operate", "confirm")
POSITIONS: tuple[Position, ...] = get_args(Position)
AT_COUNTER: frozenset[State] = frozenset({"called", "serving"})
ASIDE: frozenset[State] = frozenset({"booked", "waiting", "held", "missed"})  # in the hall, not at a counter
ENDED: frozenset[State] = frozenset({"done", "abandoned", "void"})
THIN_SPACE = "\u2009"


@dataclass(frozen=True)
class Move:
    """One arrow of the life of a ticket: from which positions to which, and what it means."""

    sources: tuple[Position, ...]
    target: Position
    means: str


# The whole life of a ticket; docs/lobby.md shows this very table.
MOVES: dict[str, Move] = {
    "arrive": Move(("booked",), "waiting", "A customer with an appointment has come."),
    "forfeit": Move(("booked",), "void", "The appointment's grace has passed."),
    "call": Move(("waiting", "held", "missed"), "called", "Called to a counter."),
    "recall": Move(("called",), "called", "Called once more."),
    "greet": Move(("called",), "greet", "Step 1: the customer stands at the counter."),
    "ask": Move(("called", "greet"), "ask", "Step 2: what is wanted."),
    "operate": Move(("called", "greet", "ask"), "operate", "Step 3: the work."),
    "confirm": Move(("called", "greet", "ask", "operate"), "confirm", "Step 4: the customer agrees."),
    "farewell": Move(("called", *STEPS), "done", "Step 5: farewell; no control may be missing."),
    "intake": Move(("called", *STEPS), "review", "Papers are taken in; the back office reviews them."),
    "pass": Move(("review",), "waiting", "Reviewed well: called again to fetch the receipt."),
    "return": Move(("review",), "waiting", "Not right yet: called again to put it right."),
    "settle": Move(("review",), "done", "Reviewed well, and the customer need not come back."),
    "miss": Move(("called",), "missed", "Nobody came; may be restored for a while."),
    "lose": Move(("called",), "void", "Nobody came once too often."),
    "hold": Move(("called", *STEPS), "held", "Put aside, to be called back."),
    "restore": Move(("missed", "held"), "waiting", "Back in the line, time of arrival kept."),
    "move": Move(("waiting", "called", *STEPS, "held"), "waiting", "To another service, number and time kept."),
    "abandon": Move(("booked", "waiting", "held", "missed"), "abandoned", "The customer has left."),
    "cancel": Move(
        ("booked", "waiting", "called", *STEPS, "review", "held", "missed"), "void", "Made void by staff or day end."
    ),
}  # fmt: skip


def shown(number: str) -> str:
    """A number as every face writes it: letter, thin space, digits."""
    return f"{number[:1]}{THIN_SPACE}{number[1:]}" if number else ""


@dataclass(frozen=True, kw_only=True)
class Ticket:
    """A customer's number and everything the rules need to know of it; as it is when it has just been drawn."""

    id: int
    number: str
    token: str
    service: str
    queue: str
    segment: str
    day: str
    config: str
    taken_at: datetime
    arrived_at: datetime
    state: State = "waiting"
    step: Step = ""
    counter: int | None = None
    calls: int = 0
    misses: int = 0
    moves: int = 0
    ready: bool = False
    set_back: int = 0  # seconds of one counter's work that came later and was called before it
    why: Reason | None = None
    booked_for: datetime | None = None
    called_at: datetime | None = None
    returned_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def ended(self) -> bool:
        return self.state in ENDED

    @property
    def told(self) -> dict[str, Any]:
        """What the log says of a number that was drawn."""
        return {"number": self.number, "service": self.service, "queue": self.queue, "segment": self.segment}

    @property
    def position(self) -> Position:
        """Where it stands in the table of moves: its step while it is served, else its state."""
        return self.step or "greet" if self.state == "serving" else self.state

    def arrived(self, at: datetime) -> Ticket:
        """The customer with the appointment has come; he counts as arrived at the booked time."""
        return self._by("arrive", taken_at=at)

    def forfeited(self, at: datetime) -> Ticket:
        return self._by("forfeit", at)

    def called(self, counter: int, at: datetime, why: Reason) -> Ticket:
        """Called to a counter, from the line or back from a hold or a miss."""
        return self._by("call", counter=counter, called_at=at, calls=1, why=why)

    def recalled(self, at: datetime, seconds: int, most: int) -> Ticket:
        """Called once more to the same counter, not sooner than `seconds` after the last call."""
        again = self._by("recall", called_at=at, calls=self.calls + 1)
        if self.calls > most:
            raise Refusal("recall_limit", ticket=self.number, most=most)
        if self.called_at and 0 <= (at - self.called_at).total_seconds() < seconds:
            raise Refusal("too_soon", ticket=self.number, seconds=seconds)
        return again

    def at_step(self, step: Step) -> Ticket:
        """On to a step of the service; the order is fixed, backwards is refused."""
        return self._by(step)

    def done(self, at: datetime) -> Ticket:
        """Farewell, the fifth step."""
        return self._by("farewell", at)

    def taken_in(self) -> Ticket:
        """Papers are with the back office; the counter is free."""
        return self._by("intake")

    def passed(self, at: datetime) -> Ticket:
        """Reviewed well: back to a counter for the receipt."""
        return self._by("pass", returned_at=at)

    def settled(self, at: datetime) -> Ticket:
        return self._by("settle", at)

    def sent_back(self, at: datetime) -> Ticket:
        """Reviewed and not right: back to a counter."""
        return self._by("return", returned_at=at)

    def missed(self, at: datetime, most: int = 2) -> Ticket:
        """Nobody came: it may be restored; with the `most`-th miss it is void."""
        misses = self.misses + 1
        return self._by("lose" if misses >= most else "miss", at, misses=misses)

    def held(self) -> Ticket:
        """Put aside by the teller, to be called back."""
        return self._by("hold")

    def restored(self, at: datetime) -> Ticket:
        """Back in the line after a miss or a hold; the time of arrival is kept."""
        return self._by("restore", returned_at=at)

    def moved(self, service: str, queue: str, at: datetime) -> Ticket:
        """To another service with number and time of arrival kept; who was called already is called first again."""
        back = self.returned_at if self.state == "waiting" else at
        return self._by("move", service=service, queue=queue, returned_at=back, moves=self.moves + 1)

    def recognised(self, segment: str, queue: str) -> Ticket:
        """Another kind of customer than was thought; place and number are kept while he is not at a counter."""
        if self.state not in ASIDE:
            raise Refusal("wrong_state", ticket=self.number, **self._found())
        return replace(self, segment=segment, queue=queue)

    def abandoned(self, at: datetime) -> Ticket:
        return self._by("abandon", at)

    def cancelled(self, at: datetime) -> Ticket:
        """Made void, by staff or at day end."""
        return self._by("cancel", at)

    def _by(self, name: str, at: datetime | None = None, **changes: Any) -> Ticket:
        """The ticket after an allowed move, and what else changes by it; `at` is when a move may have ended it."""
        move = MOVES[name]
        if self.position not in move.sources:
            backwards = name in STEPS and self.position in STEPS
            raise Refusal("wrong_step" if backwards else "wrong_state", ticket=self.number, **self._found())
        state, step = placed(move.target)
        changes.setdefault("counter", self._counter_after(move))
        return replace(self, state=state, step=step, ended_at=_end(move, at), **changes)

    def _found(self) -> dict[str, object]:
        return {"state": self.state, "step": self.step}

    def _counter_after(self, move: Move) -> int | None:
        """A ticket keeps its counter while it is there, and as its last one once it is done."""
        return self.counter if move.target in ("called", "done", *STEPS) else None


def placed(position: Position) -> tuple[State, Step]:
    """State and step of a position."""
    for step in get_args(Step):
        if step == position:
            return "serving", step
    return cast("State", position), ""


def _end(move: Move, at: datetime | None) -> datetime | None:
    return at if move.target in ENDED else None
