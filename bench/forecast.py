"""The wait on the ticket against the one that came, over simulated days: how often the range held, and how wide it was.

The branch learns from the days before, as it does in life; and once more from minutes that are a fifth too low.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import fmean, median

from bench import Figure
from bench._assumed import KINDS, Kind, arrivals_of, branch_of
from bench.policy import SAMPLE
from lobbyline.lobby.branch import Branch
from lobbyline.lobby.config.folder import load
from lobbyline.lobby.rule import forecast
from lobbyline.lobby.rule.crowd import Crowd, Kinds
from lobbyline.lobby.rule.forecast import NOTHING, Learned
from lobbyline.lobby.rule.line import LEAST_LEFT
from lobbyline.lobby.simulation.day import Arrival, Day

BEFORE, AFTER = range(7000, 7010), range(8000, 8006)  # days learned from, and days judged
TOO_LOW = 0.8
KIND_NAMES = ("weekday", "pension day", "business district", "one line", "late rush", "as it stands")


@dataclass(frozen=True)
class Told:
    """What one customer was told, and what came."""

    queue: str
    expected: float
    came: float

    def held(self, learned: Learned) -> bool:
        wait = forecast.around(self.expected, learned.errors.get(self.queue))
        return wait.low <= self.came <= wait.high

    def width(self, learned: Learned) -> float:
        wait = forecast.around(self.expected, learned.errors.get(self.queue))
        return wait.high - wait.low


class ForetoldDay(Day):
    """A day on which everybody is told how long it will be, from what the branch knows at that moment."""

    def __init__(self, branch: Branch, arrivals: Sequence[Arrival], known: Kinds) -> None:
        super().__init__(branch, arrivals, reasons=False)
        self._known, self._began = known, dict[int, float]()
        self.expected: dict[int, float] = {}

    def arrive(self, at: float, index: int) -> None:
        super().arrive(at, index)
        crowd = Crowd()
        for customer in self.waiting.values():
            kind = customer.kind
            known = self._known.of(kind.service, kind.queue, self.arrivals[customer.id].segment, ready=False)
            crowd.add(replace(customer, kind=known))
        free = {counter: self._left(counter, at) for counter in self.planned}
        left = (self.closed - at) / 60
        played = forecast.play(crowd, self.open_counters(), free, at / 60, self.recent, left, index)
        self.expected[index] = played.begins[index]

    def _left(self, counter: int, at: float) -> float:
        """Minutes until a counter is free, as far as anybody can know."""
        index = self.at_counter.get(counter)
        if index is None:
            return 0.0
        called, arrival = self.visits[index].called or at, self.arrivals[index]
        return max(LEAST_LEFT, self._known.minutes(arrival.service, ready=False) - (at - called) / 60)

    def told(self) -> list[Told]:
        visits = self.played()
        return [
            Told(visit.ticket[0], self.expected[index], visit.wait)
            for index, visit in enumerate(visits)
            if visit.called is not None
        ]


def told_on(branch: Branch, kind: Kind, days: range, known: Kinds) -> list[Told]:
    staffed = branch_of(branch, kind)
    return [one for day in days for one in ForetoldDay(staffed, arrivals_of(branch, kind, day), known).told()]


def judged(branch: Branch, share: float) -> tuple[list[Told], list[bool], list[bool], list[float]]:
    """What was told on the later days, whether it held without and with what the earlier days taught, and how wide."""
    known = Kinds(branch, {code: service.minutes * share for code, service in branch.services.items()})
    told, raw, held, widths = list[Told](), list[bool](), list[bool](), list[float]()
    for name in KIND_NAMES:
        past = [(one.queue, one.expected, one.came) for one in told_on(branch, KINDS[name], BEFORE, known)]
        learned = forecast.learn({}, {}, past)
        now = told_on(branch, KINDS[name], AFTER, known)
        told += now
        raw += [one.held(NOTHING) for one in now]
        held += [one.held(learned) for one in now]
        widths += [one.width(learned) for one in now]
    return told, raw, held, widths


def figures() -> list[Figure]:
    branch = load(SAMPLE).branch
    found = []
    for share, name in ((1.0, "known minutes"), (TOO_LOW, "minutes a fifth too low")):
        told, raw, held, widths = judged(branch, share)
        errors = [abs(one.expected - one.came) for one in told]
        found += [
            Figure(f"mean error of the play, {name}", fmean(errors), "min", note=f"{len(told)} customers"),
            Figure(f"range held, nothing learned, {name}", 100 * fmean(raw), "%"),
            Figure(f"range held, errors learned, {name}", 100 * fmean(held), "%"),
            Figure(f"width of the range, {name}", fmean(widths), "min", note=f"median {median(widths):.0f}"),
        ]
    return found
