"""Branches that nobody designed: counters, mix and arrivals drawn by chance, so busy that their customers wait.

The same word and number always give the same branch. What is out of proportion is drawn again: counters of which some
stand idle while others drown say nothing about a rule.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import count, islice
from random import Random
from statistics import fmean

from bench import _assumed as assumed
from bench._assumed import COMPANY, EXPRESS, HELPING, Kind, arrivals_of, branch_of
from lobbyline.lobby.branch import Branch
from lobbyline.lobby.simulation.day import play
from lobbyline.lobby.simulation.figures import figures

MIXES = (assumed.EVERYDAY, assumed.FORMS, assumed.PENSION, assumed.BUSINESS)
SHAPES = (assumed.WEEKDAY, assumed.WEEKDAY, assumed.MORNING, assumed.LATE)
ONE_LINE_EACH = 4  # of so many branches one has counters that all do everything
TRIED_ON = range(900, 903)  # seeds of the days by which it is found how many customers a branch has
WAITING = (5, 20)  # minutes of the mean wait under today's practice


def drawn(branch: Branch, word: str, how_many: int, days: range) -> list[Kind]:
    """The first so many branches of a word whose customers wait on those days, but not for ever."""
    kinds = (_in_proportion(branch, Random(f"{word} {number}"), number) for number in count())  # no secret
    return list(islice((kind for kind in kinds if WAITING[0] < _wait(branch, kind, days) < WAITING[1]), how_many))


def _in_proportion(branch: Branch, chance: Random, number: int) -> Kind:
    """A kind of which no counters drown while others stand idle."""
    while True:
        kind = _kind(branch, chance, number)
        if number % ONE_LINE_EACH == 0 or _balanced(branch, kind):
            return kind


def _kind(branch: Branch, chance: Random, number: int) -> Kind:
    """Counters, mix, hours and kinds of customers, and as many of them as make the wanted wait."""
    counters = _counters(chance, one_line=number % ONE_LINE_EACH == 0)
    mix = {code: weight * chance.lognormvariate(0, 0.3) for code, weight in chance.choice(MIXES).items()}
    served = {letter for queues, _ in counters for letter in queues}
    kind = Kind(
        name=f"drawn {number}",
        visits=0,
        counters=counters,
        mix={code: weight for code, weight in mix.items() if branch.services[code].queue in served},
        shape=[share * chance.lognormvariate(0, 0.12) for share in chance.choice(SHAPES)],
        care=chance.uniform(0.08, 0.3),
        privileged=chance.uniform(0.03, 0.1),
        patience=chance.choice((0, 0, 0, 0.1)),
    )
    return _as_busy(branch, kind, chance.uniform(6, 14))


def _counters(chance: Random, *, one_line: bool) -> list[tuple[str, Sequence[str]]]:
    if one_line:
        return assumed.alike(chance.randint(4, 9))
    cash, companies, advisers = chance.randint(2, 6), chance.choice((1, 1, 1, 2)), chance.choice((0, 1, 1, 2))
    desks, company = chance.choice((0, 0, 1, 2)), chance.choice((HELPING, HELPING, COMPANY))
    counters = assumed.staffed(cash, desks, companies, advisers, company)
    return [*counters, (EXPRESS, ())] if chance.random() < 0.3 else counters


def _as_busy(branch: Branch, kind: Kind, wait: float) -> Kind:
    """The kind with as many customers as wait so long under today's practice."""
    least, most = 50.0, 900.0
    for _ in range(8):
        middle = (least + most) / 2
        if _wait(branch, replace(kind, visits=middle), TRIED_ON) < wait:
            least = middle
        else:
            most = middle
    return replace(kind, visits=round(least))


def _wait(branch: Branch, kind: Kind, days: range) -> float:
    staffed = branch_of(branch, kind).ruled("interleave")
    return fmean(figures(staffed, play(staffed, arrivals_of(branch, kind, day), reasons=False)).mean for day in days)


def _balanced(branch: Branch, kind: Kind) -> bool:
    work = _work(branch, kind)
    busy = {lines: sum(work[line] for line in lines) / _minutes(kind, lines) for lines in ("AB", "C", "D")}
    return busy["AB"] > 0.62 and 0.3 < busy["C"] < 0.78 and (not work["D"] or 0.3 < busy["D"] < 0.75)


def _work(branch: Branch, kind: Kind) -> Mapping[str, float]:
    """Minutes of counters that a day of each line needs."""
    share = kind.visits / sum(kind.mix.values())
    services = [(branch.services[code], weight * share) for code, weight in kind.mix.items()]
    return {line: sum(one.minutes * people for one, people in services if one.queue == line) for line in "ABCD"}


def _minutes(kind: Kind, lines: str) -> float:
    """Minutes of a day in which counters of these lines are open; lunch takes forty."""
    return max(1, sum(440 if hours else 480 for queues, hours in kind.counters if set(lines) & set(queues)))
