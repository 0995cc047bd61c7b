"""Days nobody recorded: several kinds of branch and day, drawn from published shapes.

Arrivals by the hour and the mix follow the figures of a large branch; service times are lognormal around the
minutes of the branch's file. The same kind and seed always give the same day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import log, sqrt
from random import Random

from lobbyline.lobby.branch import Branch, Counter, Text, Window, read_window
from lobbyline.lobby.simulation.day import Arrival

# Customers in each hour from 09:00, of a weekday with two peaks.
WEEKDAY = (27.6, 33.8, 26.2, 20.2, 18.0, 34.4, 33.5, 19.4)
MORNING = (42.0, 48.0, 34.0, 20.0, 12.0, 18.0, 20.0, 10.0)
LATE = (14.0, 18.0, 20.0, 26.0, 20.0, 32.0, 42.0, 34.0)
EVERYDAY = {"W1": 16.0, "D1": 12.0, "P1": 6.0, "C1": 4.0, "T1": 7.0, "E1": 5.0, "Q1": 3.0}
EVERYDAY |= {"O1": 6, "L1": 3, "Z1": 3, "N1": 4, "G1": 2, "I1": 4, "W2": 3, "D2": 2}
EVERYDAY |= {"M1": 2, "M2": 2, "M3": 3, "B1": 5, "B2": 6, "B4": 2}
FORMS = EVERYDAY | {"O1": 14, "N1": 10, "L1": 6, "Z1": 6, "I1": 7}
PENSION = EVERYDAY | {"E1": 30, "P1": 14, "W1": 20}
BUSINESS = EVERYDAY | {"B1": 12, "B2": 14, "B4": 5, "D2": 5}
NO_SHOW = 60  # seconds that a counter waits for somebody who does not come
SPREAD = 0.5  # standard deviation of a service time, as a share of its mean
CASH, DESK, ADVICE = "ABVL", "BVL", "DVL"
EXPRESS, ALL = "AVL", "ABCDVL"
COMPANY, HELPING = "CVL", "CABVL"  # a helping counter does personal business while no company waits
LUNCHES = ((), ("09:00-12:00", "12:40-17:00"), ("09:00-12:40", "13:20-17:00"), ("09:00-11:20", "12:00-17:00"))


@dataclass(frozen=True)
class Kind:
    """A kind of branch and day: its counters with their hours, how many come, when, and for what.

    Without counters the branch's own are meant.
    """

    name: str
    visits: float
    counters: Sequence[tuple[str, Sequence[str]]]
    shape: Sequence[float] = WEEKDAY
    mix: Mapping[str, float] = field(default_factory=lambda: EVERYDAY)
    care: float = 0.12
    privileged: float = 0.07
    patience: float = 0.0  # share of customers who leave after 25 to 60 minutes
    no_shows: float = 0.05  # share of customers who are called and do not come: the counter waits a minute


def staffed(
    cash: int, desks: int, companies: int, advisers: int, company: str = HELPING
) -> list[tuple[str, Sequence[str]]]:
    """Counters whose lunches are staggered."""
    kinds = [CASH] * cash + [DESK] * desks + [company] * companies + [ADVICE] * advisers
    return [(queues, LUNCHES[number % len(LUNCHES)] if number < cash else ()) for number, queues in enumerate(kinds)]


def alike(counters: int) -> list[tuple[str, Sequence[str]]]:
    """Counters that all do everything, with staggered lunches."""
    return [(ALL, LUNCHES[number % len(LUNCHES)]) for number in range(counters)]


GAP = [*[(CASH, ("09:00-12:00", "13:30-17:00"))] * 3, *staffed(2, 0, 1, 1)]
KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("weekday", 295, staffed(4, 0, 1, 1)),
        Kind("pension day", 335, staffed(5, 0, 1, 1), mix=PENSION, shape=MORNING, care=0.3),
        Kind("forms and sign-up", 305, staffed(4, 1, 1, 1), mix=FORMS),
        Kind("business district", 330, staffed(4, 0, 2, 1, COMPANY), mix=BUSINESS, privileged=0.1),
        Kind("lunch gap", 345, GAP),
        Kind("small town", 245, staffed(3, 0, 1, 0), mix={k: v for k, v in PENSION.items() if k[0] != "M"}, care=0.2),
        Kind("late rush", 305, staffed(4, 0, 1, 1), mix=PENSION, shape=LATE, patience=0.15),
        Kind("big house", 620, staffed(6, 1, 2, 2), privileged=0.08),
        Kind("one line", 355, alike(6)),
        Kind("one line, many forms", 180, alike(5), mix=FORMS, shape=MORNING, care=0.15, privileged=0.06),
        Kind("one line, many counters", 440, alike(8), shape=LATE, privileged=0.08),
        Kind("express and desk", 320, [*staffed(3, 1, 1, 1), (EXPRESS, ())], care=0.1, patience=0.05),
        Kind("as it stands", 340, ()),
    )
}


def branch_of(branch: Branch, kind: Kind) -> Branch:
    """The branch with the counters of a kind; services, lines, segments and weights stay its own."""
    if not kind.counters:
        return branch
    counters = [
        Counter(
            number=number,
            name=Text({language: str(number) for language in branch.languages}),
            queues=[letter for letter in queues if letter in branch.queues],
            first=["C"] if queues == HELPING and "C" in branch.queues else [],
            hours=[window for text in hours if isinstance(window := read_window(text), Window)],
        )
        for number, (queues, hours) in enumerate(kind.counters, 1)
    ]
    return branch.model_copy(update={"counters": counters})


def arrivals_of(branch: Branch, kind: Kind, seed: int) -> list[Arrival]:
    """The customers of one assumed day."""
    chance = Random(f"{kind.name} {seed}")
    services = [code for code in kind.mix if code in branch.services]
    weights = [kind.mix[code] for code in services]
    busy = chance.lognormvariate(0, 0.08)
    drawn = []
    for hour, share in enumerate(kind.shape):
        expected = kind.visits * busy * share / sum(kind.shape)
        drawn += [
            _arrival(branch, kind, chance, (hour + at) * 3600, chance.choices(services, weights)[0])
            for at in _poisson_times(chance, expected)
        ]
    return sorted(drawn, key=lambda arrival: arrival.at)


def prefilled(branch: Branch, arrivals: Sequence[Arrival], share: float, minutes: float) -> list[Arrival]:
    """The same day with a share of the customers who sign or open accounts coming with their forms filled."""
    chance = Random(len(arrivals))
    return [
        replace(one, ready=True, service_seconds=max(60.0, one.service_seconds - 60 * minutes))
        if branch.services[one.service].complexity == "forms" and chance.random() < share
        else one
        for one in arrivals
    ]


def _poisson_times(chance: Random, expected: float) -> list[float]:
    """Arrival times within one unit of time."""
    at, times = chance.expovariate(max(expected, 1e-9)), []
    while at < 1:
        times.append(at)
        at += chance.expovariate(expected)
    return times


def _arrival(branch: Branch, kind: Kind, chance: Random, at: float, code: str) -> Arrival:
    service = branch.services[code]
    review = service.review_minutes * 60
    return Arrival(
        at=round(at),
        service=code,
        segment=_segment(branch, kind, chance),
        service_seconds=NO_SHOW if chance.random() < kind.no_shows else round(_lognormal(chance, service.minutes * 60)),
        review_seconds=round(_lognormal(chance, review)) if review else None,
        patience_seconds=round(chance.uniform(25, 60) * 60) if chance.random() < kind.patience else None,
    )


def _segment(branch: Branch, kind: Kind, chance: Random) -> str:
    """Ordinary, or one of those whom the branch treats as care or privileged."""
    care = next((name for name, segment in branch.segments.items() if segment.elder), "ordinary")
    privileged = next((name for name, segment in branch.segments.items() if segment.privileged), "ordinary")
    drawn = chance.random()
    if drawn < kind.privileged:
        return privileged
    return care if drawn < kind.privileged + kind.care else "ordinary"


def _lognormal(chance: Random, mean: float) -> float:
    width = sqrt(log(1 + SPREAD**2))
    return max(20.0, chance.lognormvariate(log(mean) - width**2 / 2, width))
