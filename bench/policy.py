"""The rule against today's practice (order of arrival, privileged customers in between) on days it was not tuned on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from math import exp, log
from statistics import fmean
from time import perf_counter

from bench import Figure
from lobbyline import ASSETS
from lobbyline.lobby import policy
from lobbyline.lobby.branch import Branch
from lobbyline.lobby.config import load
from lobbyline.lobby.line import Line
from lobbyline.lobby.simulation.assumed import KINDS, Kind, arrivals_of, branch_of, prefilled
from lobbyline.lobby.simulation.day import Arrival, Visit, closing, play
from lobbyline.lobby.simulation.figures import Figures, average, worse_off
from lobbyline.lobby.simulation.figures import figures as figures_of_day
from lobbyline.lobby.ticket import Ticket

SAMPLE = ASSETS / "branches" / "jingqi-street"
TUNED_ON = range(12)  # seeds of the days by which weights were chosen
KEPT_ASIDE = range(5000, 5012)  # seeds of the days that nobody looked at
TODAY = "interleave"
FORMS_SHARE, FORMS_MINUTES = 0.6, 6


@dataclass(frozen=True)
class Compared:
    """One kind of day: figures under a rule as shares of today's practice."""

    mean: float
    over: float
    long_p95: float
    longest: float
    end: float
    priority: float
    worse_off: float


def compared(branch: Branch, kind: Kind, rule: str, seeds: range, *, forms: bool = False) -> Compared:
    """A rule on many days of one kind, beside today's practice on the same days."""
    staffed = branch_of(branch, kind)
    before, after, worse = list[Figures](), list[Figures](), list[float]()
    for seed in seeds:
        arrivals = arrivals_of(branch, kind, seed)
        old = played(staffed, TODAY, arrivals)
        new = played(staffed, rule, prefilled(branch, arrivals, FORMS_SHARE, FORMS_MINUTES) if forms else arrivals)
        before.append(figures_of_day(staffed, old))
        after.append(figures_of_day(staffed, new))
        worse.append(worse_off(old, new))
    was, now, day = average(before), average(after), closing(branch) / 60
    return Compared(
        mean=now.mean / was.mean,
        over=now.over / max(was.over, 1e-9),
        long_p95=now.long_p95 / was.long_p95,
        longest=now.longest / was.longest,
        end=(day + now.end) / (day + was.end),
        priority=now.priority / was.priority,
        worse_off=fmean(worse),
    )


def played(branch: Branch, rule: str, arrivals: list[Arrival]) -> list[Visit]:
    return play(branch.model_copy(update={"policy": branch.policy.ruled(rule)}), arrivals, reasons=False)


def geometric(values: list[float]) -> float:
    return exp(fmean(log(max(value, 1e-9)) for value in values))


def goals(branch: Branch, rule: str, seeds: range, *, forms: bool = False) -> tuple[Compared, Compared]:
    """The geometric mean over kinds of day, and the worst kind, of every figure."""
    found = [compared(branch, kind, rule, seeds, forms=forms) for kind in KINDS.values()]
    names = vars(found[0])
    middle = Compared(**{name: geometric([vars(one)[name] for one in found]) for name in names})
    return middle, Compared(**{name: max(vars(one)[name] for one in found) for name in names})


def figures_of(branch: Branch, rule: str) -> list[Figure]:
    middle, worst = goals(branch, rule, KEPT_ASIDE)
    told = f"{rule}, {len(KINDS)} kinds of day, {len(KEPT_ASIDE)} days each, seeds kept aside"
    return [
        Figure(f"{rule}: mean wait, of today's practice", middle.mean, "×", note=told),
        Figure(f"{rule}: mean wait, worst kind of day", worst.mean, "×"),
        Figure(f"{rule}: share over 20 min", middle.over, "×"),
        Figure(f"{rule}: P95 of long jobs", middle.long_p95, "×"),
        Figure(f"{rule}: longest wait", middle.longest, "×"),
        Figure(f"{rule}: closing time, worst kind of day", worst.end, "×"),
        Figure(f"{rule}: priority customers' wait", middle.priority, "×"),
        Figure(f"{rule}: customers more than 10 min worse off", 100 * middle.worse_off, "%"),
    ]


def speed(branch: Branch) -> Figure:
    """A day of about 230 visits, many times faster than it lasts."""
    arrivals = arrivals_of(branch, replace(KINDS["weekday"], visits=230), KEPT_ASIDE[0])
    began = perf_counter()
    for _ in range(5):
        play(branch, arrivals)
    took = (perf_counter() - began) / 5
    return Figure(f"a day of {len(arrivals)} visits, with reasons: times real time", closing(branch) / took, "×")


def line(branch: Branch, waiting: int) -> Line:
    """A crowded hall at one moment."""
    at = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
    arrivals = arrivals_of(branch, replace(KINDS["weekday"], visits=waiting * 1.5), KEPT_ASIDE[0])[:waiting]
    begin = int(at.timestamp()) - 3600
    tickets = [
        _ticket(branch, number, one, datetime.fromtimestamp(begin + number * 10, UTC))
        for number, one in enumerate(arrivals)
    ]
    return Line(branch, tickets, branch.counters, {}, at)


def _ticket(branch: Branch, id: int, one: Arrival, at: datetime) -> Ticket:
    return Ticket(
        id=id,
        number=f"A{id:03d}",
        service=one.service,
        queue=branch.queue_of(one.service, one.segment),
        segment=one.segment,
        state="waiting",
        step="",
        token=str(id),
        taken_at=at,
        arrived_at=at,
        returned_at=None,
        called_at=None,
        counter=None,
        calls=0,
        misses=0,
        ready=False,
        set_back=0,
        why=None,
        config="",
        day="2026-11-23",
    )


def decisions(branch: Branch, waiting: int = 300) -> list[Figure]:
    """The rule alone, and the forecast of everybody, with a full hall."""
    hall = line(branch, waiting)
    crowd, times = hall._crowd(), list[float]()
    for turn in range(1000):
        counter = branch.counters[turn % len(branch.counters)].number
        began = perf_counter()
        policy.choose(policy.Moment(crowd, hall._desks, (), hall._now), counter)
        times.append((perf_counter() - began) * 1000)
    plays = []
    for _ in range(20):
        hall = line(branch, waiting)
        began = perf_counter()
        hall.ordered()
        plays.append((perf_counter() - began) * 1000)
    return [
        Figure(f"one decision with {waiting} waiting, p99", sorted(times)[990], "ms"),
        Figure(f"forecast of everybody with {waiting} waiting, p50", sorted(plays)[10], "ms"),
    ]


def figures() -> list[Figure]:
    branch = load(SAMPLE).branch
    found = [figure for rule in ("balanced", "gentle", "fast", "split") for figure in figures_of(branch, rule)]
    middle, _ = goals(branch, "balanced", KEPT_ASIDE, forms=True)
    gentle, _ = goals(branch, "gentle", KEPT_ASIDE, forms=True)
    found.append(Figure("balanced with 60 % of forms filled before: mean wait", middle.mean, "×"))
    found.append(Figure("gentle with 60 % of forms filled before: mean wait", gentle.mean, "×"))
    found.append(Figure("gentle with 60 % of forms filled before: P95 of long jobs", gentle.long_p95, "×"))
    return [*found, speed(branch), *decisions(branch)]
