"""The rule against today's practice (order of arrival, privileged customers in between) on days it was not tuned on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from math import exp, log
from statistics import fmean
from time import perf_counter

from bench import Figure
from bench._assumed import KINDS, Kind, arrivals_of, branch_of, prefilled
from bench._drawn import drawn
from bench._limits import ShortestExpected, ShortestTrue
from lobbyline import ASSETS
from lobbyline.lobby.branch import Branch
from lobbyline.lobby.config.folder import load
from lobbyline.lobby.rule import policy
from lobbyline.lobby.rule.line import Line
from lobbyline.lobby.simulation.day import Arrival, Visit, closing, play
from lobbyline.lobby.simulation.figures import Figures
from lobbyline.lobby.simulation.figures import figures as figures_of_day
from lobbyline.lobby.ticket import Ticket

SAMPLE = ASSETS / "branches" / "jingqi-street"
TUNED_ON = range(12)  # seeds of the days by which weights were chosen
KEPT_ASIDE = range(5000, 5012)  # seeds of the days that nobody looked at
DRAWN_TUNED_ON, DRAWN_KEPT_ASIDE = ("tuning", 28, range(4)), ("kept aside", 20, range(5000, 5003))
TODAY = "interleave"
WORST = 0.80  # of today's mean wait: of a kind of day above it, it is told what was possible at all
FORMS_SHARE, FORMS_MINUTES = 0.6, 6


Way = Callable[[Branch, list[Arrival]], list[Visit]]


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


def compared(branch: Branch, kind: Kind, way: Way, seeds: range) -> Compared:
    """A way of calling on many days of one kind, beside today's practice on the same days."""
    staffed = branch_of(branch, kind)
    before, after, worse = list[Figures](), list[Figures](), list[float]()
    for seed in seeds:
        arrivals = arrivals_of(branch, kind, seed)
        old, new = played(staffed, TODAY, arrivals), way(staffed, arrivals)
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


def average(days: Sequence[Figures]) -> Figures:
    """The mean of each figure over several days."""
    return Figures(**{each.name: fmean(getattr(day, each.name) for day in days) for each in fields(Figures)})


def worse_off(before: Sequence[Visit], after: Sequence[Visit]) -> float:
    """The share of the same customers who wait more than ten minutes longer."""
    worse = sum(new.wait > old.wait + 10 for old, new in zip(before, after, strict=True))
    return worse / len(before)


def played(branch: Branch, rule: str, arrivals: list[Arrival]) -> list[Visit]:
    return play(branch.ruled(rule), arrivals, reasons=False)


def under(rule: str) -> Way:
    return lambda branch, arrivals: played(branch, rule, arrivals)


def with_forms(rule: str) -> Way:
    """Most who sign or open something come with the form filled."""
    return lambda branch, arrivals: played(branch, rule, prefilled(branch, arrivals, FORMS_SHARE, FORMS_MINUTES))


def shortest_expected(branch: Branch, arrivals: list[Arrival]) -> list[Visit]:
    return ShortestExpected(branch.ruled("balanced"), arrivals, reasons=False).played()


def shortest_true(branch: Branch, arrivals: list[Arrival]) -> list[Visit]:
    return ShortestTrue(branch.ruled("balanced"), arrivals, reasons=False).played()


def helping(branch: Branch, arrivals: list[Arrival]) -> list[Visit]:
    """Counters that help when they are asked to do it by themselves, after their own lines."""
    counters = [
        one.model_copy(update={"queues": [*one.queues, *one.helps], "first": one.queues}) if one.helps else one
        for one in branch.counters
    ]
    return played(branch.model_copy(update={"counters": counters}), "balanced", arrivals)


def geometric(values: list[float]) -> float:
    return exp(fmean(log(max(value, 1e-9)) for value in values))


def over_kinds(branch: Branch, kinds: Iterable[Kind], way: Way, seeds: range) -> dict[str, Compared]:
    return {kind.name: compared(branch, kind, way, seeds) for kind in kinds}


def middle(kinds: Sequence[Compared]) -> Compared:
    """The geometric mean over kinds of day of every figure."""
    return Compared(**{name: geometric([vars(one)[name] for one in kinds]) for name in vars(kinds[0])})


def figures_of(branch: Branch, rule: str) -> list[Figure]:
    kinds = over_kinds(branch, KINDS.values(), under(rule), KEPT_ASIDE)
    alike = middle([found for name, found in kinds.items() if name.startswith("one line")])
    mean, last = middle(list(kinds.values())), max(kinds.values(), key=lambda one: one.end)
    told = f"{rule}, {len(KINDS)} kinds of day, {len(KEPT_ASIDE)} days each, seeds kept aside"
    return [
        Figure(f"{rule}: mean wait, of today's practice", mean.mean, "×", note=told),
        *worst_kinds(branch, rule, kinds),
        Figure(f"{rule}: share over 20 min", mean.over, "×"),
        Figure(f"{rule}: P95 of long jobs", mean.long_p95, "×"),
        Figure(f"{rule}: longest wait", mean.longest, "×"),
        Figure(f"{rule}: longest wait where counters do everything", alike.longest, "×"),
        Figure(f"{rule}: closing time, worst kind of day", last.end, "×"),
        Figure(f"{rule}: priority customers' wait", mean.priority, "×"),
        Figure(f"{rule}: customers more than 10 min worse off", 100 * mean.worse_off, "%"),
    ]


def worst_kinds(branch: Branch, rule: str, kinds: dict[str, Compared]) -> list[Figure]:
    """The worst kind of day, and for the default rule each above `WORST`, with what was possible on the same days."""
    worst = sorted(kinds, key=lambda name: -kinds[name].mean)
    found = [Figure(f"{rule}: mean wait, worst kind of day", kinds[worst[0]].mean, "×", note=worst[0])]
    if rule != "balanced":
        return found
    for name in (name for name in worst if kinds[name].mean > WORST):
        blind = compared(branch, KINDS[name], shortest_expected, KEPT_ASIDE)
        seeing = compared(branch, KINDS[name], shortest_true, KEPT_ASIDE)
        found.append(Figure(f"  {name}", kinds[name].mean, "×"))
        found.append(Figure("    shortest expected job first, no promise", blind.mean, "×"))
        found.append(Figure("    shortest true job first, which nobody knows", seeing.mean, "×"))
    others = {name: one.mean for name, one in kinds.items() if one.mean <= WORST}
    return [*found, Figure("  worst other", max(others.values()), "×", note=max(others, key=lambda name: others[name]))]


def figures_of_drawn(branch: Branch, told: str, word: str, how_many: int, days: range) -> list[Figure]:
    """The default rule in branches that nobody designed."""
    kinds = over_kinds(branch, drawn(branch, word, how_many, days), under("balanced"), days).values()
    mean = middle(list(kinds))
    return [
        Figure(f"balanced: mean wait, branches drawn by chance, {told}", mean.mean, "×", note=f"{how_many} branches"),
        Figure("  the worst of them", max(one.mean for one in kinds), "×"),
        Figure("  P95 of long jobs", mean.long_p95, "×"),
        Figure("  longest wait", mean.longest, "×"),
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
        token=str(id),
        taken_at=at,
        arrived_at=at,
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
        policy.choose(policy.Moment(crowd, hall._open_counters, (), hall._now), counter)
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
    kinds, found = (
        KINDS.values(),
        [one for rule in ("balanced", "gentle", "fast", "split") for one in figures_of(branch, rule)],
    )
    helped = compared(branch, KINDS["as it stands"], helping, KEPT_ASIDE)
    found.append(Figure("balanced: mean wait, as it stands, helping by itself", helped.mean, "×"))
    tuned = middle(list(over_kinds(branch, kinds, under("balanced"), TUNED_ON).values()))
    found.append(Figure("balanced: mean wait, same kinds, days tuned on", tuned.mean, "×"))
    found += figures_of_drawn(branch, "tuned on", *DRAWN_TUNED_ON)
    found += figures_of_drawn(branch, "kept aside", *DRAWN_KEPT_ASIDE)
    balanced, gentle = (
        middle(list(over_kinds(branch, kinds, with_forms(rule), KEPT_ASIDE).values()))
        for rule in ("balanced", "gentle")
    )
    found.append(Figure("balanced with 60 % of forms filled before: mean wait", balanced.mean, "×"))
    found.append(Figure("gentle with 60 % of forms filled before: mean wait", gentle.mean, "×"))
    found.append(Figure("gentle with 60 % of forms filled before: P95 of long jobs", gentle.long_p95, "×"))
    return [*found, speed(branch), *decisions(branch)]
