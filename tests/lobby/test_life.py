"""Everything people can do, in any order, against a slow and obvious model of the lobby.

The model keeps tickets in a plain list and looks through all of it for every answer. Whom a counter calls is asked of
the rule as it is published (`rule/published.py`), under every policy.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from lobbyline import ASSETS
from lobbyline.lobby import journal
from lobbyline.lobby.branch import Branch
from lobbyline.lobby.config.folder import load
from lobbyline.lobby.errors import Refusal
from lobbyline.lobby.lobby import open_lobby
from tests.lobby.rule.published import Person, Published

SETUP = load(ASSETS / "branches" / "jingqi-street")
RULES = ("fifo", "interleave", "split", "gentle", "balanced", "fast")
SERVICES = ("W1", "O1", "B1", "D1")
SEGMENTS = ("ordinary", "care", "vip")
LAST_TICKETS = time(16, 10)  # of the business that closes first
COUNTERS = (2, 3, 5)
STEPS = ["greet", "ask", "operate", "confirm"]
NEEDS = {"O1": {"identity", "authorisation", "voucher"}, "B1": {"review"}}
TELLER = {2: "李芳", 3: "王强", 5: "赵敏"}
ENDS = {"done", "void", "abandoned"}


@dataclass
class Model:
    """One ticket as anybody would draw it on paper."""

    number: str
    service: str
    segment: str
    arrived: int
    returned: int | None = None
    place: str = "waiting"  # waiting called greet … confirm review held missed done void abandoned
    counter: int | None = None
    misses: int = 0
    moves: int = 0
    checked: frozenset[str] = frozenset()
    touched_by: frozenset[str] = frozenset()
    called: int = 0
    set_back: int = 0  # seconds of one counter's work


class Life(RuleBasedStateMachine):
    """The lobby and its model, side by side."""

    @initialize(
        name=st.sampled_from(RULES),
        hour=st.sampled_from((10, 15)),
        hall=st.lists(st.tuples(st.sampled_from(SERVICES), st.sampled_from(SEGMENTS)), max_size=12),
    )
    def begin(self, name: str, hour: int, hall: list[tuple[str, str]]) -> None:
        self.place = Path(tempfile.mkdtemp(prefix="life-", dir="/dev/shm" if Path("/dev/shm").is_dir() else None))
        self.lobby = open_lobby(SETUP, self.place)
        policy = SETUP.branch.policy.ruled(name)
        self.branch = self.lobby.branch = Branch.model_copy(SETUP.branch, update={"policy": policy})
        self.at = datetime(2026, 11, 23, hour, 0, tzinfo=SETUP.branch.zone)
        self.clock = 0
        self.tickets: list[Model] = []
        self.privileged: list[bool] = []  # of the calls so far, newest first, whether they counted against privilege
        self.keys: list[tuple[int, str, str]] = []
        for counter in COUNTERS:
            self.lobby.desk(counter).open(self.at, TELLER[counter])
        for service, segment in hall:
            self.take(service, segment)

    def teardown(self) -> None:
        if hasattr(self, "lobby"):
            self.lobby.close()
            shutil.rmtree(self.place)

    # What people do

    @precondition(lambda self: (self.at + timedelta(seconds=self.clock)).time() < LAST_TICKETS)
    @rule(service=st.sampled_from(SERVICES), segment=st.sampled_from(SEGMENTS))
    def take(self, service: str, segment: str) -> None:
        at = self.tick(7)
        place = self.lobby.reception.take(service, at, segment, paper=False)
        letter = self.branch.queue_of(service, segment)
        drawn = sum(ticket.number.startswith(letter) for ticket in self.tickets)
        assert place.ticket.number == f"{letter}{drawn + 1:03d}"
        self.tickets.append(Model(place.ticket.number, service, segment, self.clock))

    @rule(counter=st.sampled_from(COUNTERS))
    def next(self, counter: int) -> None:
        at = self.tick(40)
        here = self.here(counter)
        missing = self.missing(here) if here and here.place != "called" else set()
        published = self.published(at)
        expected = published.next(counter)
        told = self.ask(lambda: self.lobby.desk(counter).next(at, key=f"next-{self.clock}"))
        if missing:
            assert told == "control_missing"
        elif expected is None:
            assert told == "nobody_waiting"
        else:
            first = self.tickets[expected.id]
            assert told == first.number
            self.keys.append((counter, f"next-{self.clock}", first.number))
            self.leave(here)
            self.call(first, counter, privileged=published.counts(expected, counter))

    @precondition(lambda self: self.keys)
    @rule(data=st.data())
    def press_again(self, data: st.DataObject) -> None:
        counter, key, number = data.draw(st.sampled_from(self.keys))
        standing = self.lobby.desk(counter).next(self.tick(1), key=key)
        assert standing.ticket is not None
        assert standing.ticket.number == number

    @precondition(lambda self: self.tickets)
    @rule(counter=st.sampled_from(COUNTERS), data=st.data())
    def call_number(self, counter: int, data: st.DataObject) -> None:
        wanted = data.draw(st.sampled_from(self.tickets))
        here, at = self.here(counter), self.tick(40)
        missing = self.missing(here) if here and here.place != "called" else set()
        told = self.ask(lambda: self.lobby.desk(counter).call(wanted.number, at))
        if wanted.place == "missed" and self.clock - wanted.called > SETUP.branch.rules.restore_minutes * 60:
            assert told == "too_late"
        elif missing:
            assert told == "control_missing"
        elif wanted.place not in ("waiting", "held", "missed"):
            assert told == "wrong_state"
        else:
            assert told == wanted.number
            self.leave(here)
            self.call(wanted, counter)

    @rule(counter=st.sampled_from(COUNTERS), step=st.sampled_from(STEPS))
    def step(self, counter: int, step: str) -> None:
        here, at = self.here(counter), self.tick(20)
        told = self.ask(lambda: getattr(self.lobby.desk(counter), step)(at))
        if here is None:
            assert told == "no_ticket"
        elif here.place in STEPS and STEPS.index(here.place) >= STEPS.index(step):
            assert told == "wrong_step"
        else:
            assert told == here.number
            here.place = step
            here.touched_by |= {TELLER[counter]}

    @rule(counter=st.sampled_from(COUNTERS), verb=st.sampled_from(["done", "absent", "hold", "intake"]))
    def end(self, counter: int, verb: str) -> None:
        here, at = self.here(counter), self.tick(20)
        told = self.ask(lambda: getattr(self.lobby.desk(counter), verb)(at))
        expected, change = self.expected_end(here, verb)
        assert told == expected
        if here and change:
            here.counter = None
            here.misses += verb == "absent"
            here.place = change

    def expected_end(self, here: Model | None, verb: str) -> tuple[str, str]:
        """The answer to a verb that frees the counter, and where the ticket is then."""
        if here is None:
            return "no_ticket", ""
        if verb == "done":
            return ("control_missing", "") if self.missing(here) else (here.number, "done")
        if verb == "hold":
            return here.number, "held"
        if verb == "absent":
            return (here.number, "void" if here.misses else "missed") if here.place == "called" else ("wrong_state", "")
        if "review" not in self.missing(here):
            return "no_review", ""
        return here.number, "review"

    @rule(
        counter=st.sampled_from(COUNTERS),
        control=st.sampled_from(["identity", "authorisation", "voucher", "review"]),
        by=st.sampled_from([*TELLER.values(), "主管"]),
    )
    def check(self, counter: int, control: str, by: str) -> None:
        here = self.here(counter)
        told = self.ask(lambda: self.lobby.desk(counter).check(control, by, self.tick(5)))
        if here is None:
            assert told == "no_ticket"
        elif control in ("authorisation", "review") and by in here.touched_by | {TELLER[counter]}:
            assert told == "same_person"
        else:
            assert told == here.number
            here.checked |= {control}

    @rule(data=st.data(), by=st.sampled_from([*TELLER.values(), "复核员"]), well=st.booleans())
    def review(self, data: st.DataObject, by: str, well: bool) -> None:  # hypothesis passes it by name
        papers = [ticket for ticket in self.tickets if ticket.place == "review"]
        if not papers:
            return
        paper, at, desk = data.draw(st.sampled_from(papers)), self.tick(30), self.lobby.review
        told = self.refusal(
            lambda: desk.pass_(paper.number, by, at) if well else desk.send_back(paper.number, by, "x", at)
        )
        assert told == ("same_person" if by in paper.touched_by else "")
        if not told:
            paper.place, paper.returned = "waiting", self.clock
            paper.checked |= {"review"} if well else frozenset()

    @precondition(lambda self: self.tickets)
    @rule(data=st.data(), verb=st.sampled_from(["restore", "leave", "move"]))
    def on_the_floor(self, data: st.DataObject, verb: str) -> None:
        ticket, at = data.draw(st.sampled_from(self.tickets)), self.tick(10)
        floor = self.lobby.floor
        acts: dict[str, Callable[[], object]] = {
            "restore": lambda: floor.restore(ticket.number, at),
            "leave": lambda: floor.leave(ticket.number, at),
            "move": lambda: floor.move(ticket.number, "D1", at),
        }
        told = self.refusal(acts[verb])
        assert told == self.expected_on_floor(ticket, verb)
        if told:
            return
        if verb == "leave":
            ticket.place = "abandoned"
            return
        if verb == "move":
            ticket.service, ticket.moves = "D1", ticket.moves + 1
        if ticket.place != "waiting":
            ticket.returned = self.clock
        ticket.place = "waiting"

    def expected_on_floor(self, ticket: Model, verb: str) -> str:
        late = self.clock - ticket.called > SETUP.branch.rules.restore_minutes * 60
        if verb == "restore" and ticket.place == "missed" and late:
            return "too_late"
        if verb == "move" and ticket.moves >= SETUP.branch.rules.moves:
            return "move_limit"
        if verb == "move" and ticket.counter is not None:
            return "elsewhere"
        places = {"restore": {"missed", "held"}, "leave": {"waiting", "held", "missed"}, "move": {"waiting", "held"}}
        return "" if ticket.place in places[verb] else "wrong_state"

    @rule(minutes=st.integers(1, 12))
    def time_passes(self, minutes: int) -> None:
        self.tick(60 * minutes)

    # What always holds

    @invariant()
    def the_same_tickets_stand_at_the_same_places(self) -> None:
        if not hasattr(self, "tickets"):
            return
        with self.lobby.read() as book:
            for model in self.tickets:
                ticket = book.named(model.number, self.at.date())
                assert ticket is not None
                assert (ticket.position, ticket.service) == (model.place, model.service)
                if model.place == "called" or model.place in STEPS:
                    assert ticket.counter == model.counter
            outcomes = book.outcomes(self.at.date())
        assert sum(outcomes.values()) == len(self.tickets)

    @rule()
    def the_chain_holds(self) -> None:
        with self.lobby.read() as book:
            assert journal.first_break(book.chain()) is None

    # How the model works

    def tick(self, seconds: int) -> datetime:
        self.clock += seconds
        return self.at + timedelta(seconds=self.clock)

    def here(self, counter: int) -> Model | None:
        return next((ticket for ticket in self.tickets if ticket.counter == counter), None)

    def missing(self, ticket: Model) -> set[str]:
        return NEEDS.get(ticket.service, set()) - ticket.checked

    def published(self, at: datetime) -> Published:
        """The rule in the hall as the model has it."""
        hall = [self.person(id, one) for id, one in enumerate(self.tickets) if one.place == "waiting"]
        left = (at.replace(hour=17, minute=0, second=0) - at).total_seconds() / 60
        return Published(self.branch, hall, COUNTERS, self.privileged, at.timestamp() / 60, left)

    def person(self, id: int, one: Model) -> Person:
        queue, begin = self.branch.queue_of(one.service, one.segment), self.at.timestamp()
        returned = None if one.returned is None else (begin + one.returned) / 60
        arrived = (begin + one.arrived) / 60
        return Person(id, one.service, queue, one.segment, arrived, returned, one.set_back / 60)

    def leave(self, here: Model | None) -> None:
        if here and here.place == "called":
            here.place, here.misses = "void" if here.misses else "missed", here.misses + 1
        elif here:
            here.place = "done"
        if here:
            here.counter = None

    def call(self, ticket: Model, counter: int, *, privileged: bool = False) -> None:
        """Called; everybody who waits and came before, and could have been called, is set back by his work."""
        for one in self.tickets:
            queue = self.branch.queue_of(one.service, one.segment)
            able = self.branch.can_serve(self.branch.counters[counter - 1], one.service, queue)
            if one.place == "waiting" and one.arrived < ticket.arrived and able:
                one.set_back += round(60 * self.branch.services[ticket.service].minutes)
        self.privileged.insert(0, privileged)
        ticket.place, ticket.counter, ticket.called = "called", counter, self.clock
        ticket.touched_by |= {TELLER[counter]}

    def ask(self, act: Callable[[], object]) -> str:
        """The number that a verb was about, or the code of its refusal."""
        try:
            ticket = getattr(act(), "ticket", None)
        except Refusal as refusal:
            return refusal.code
        return ticket.number if ticket else ""

    def refusal(self, act: Callable[[], object]) -> str:
        try:
            act()
        except Refusal as refusal:
            return refusal.code
        return ""


TestLife = Life.TestCase
TestLife.settings = settings(
    max_examples=90,
    stateful_step_count=40,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
TestLife = pytest.mark.filterwarnings("ignore::hypothesis.errors.NonInteractiveExampleWarning")(TestLife)
