"""What some days were like, in figures: waits, steps, waits in vain, ratings, channels, minutes of counters.

Pure: days in, figures out. Shares are of 1, lengths are minutes.
"""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from statistics import fmean
from typing import TypeVar

from lobbyline.lobby.branch import Branch
from lobbyline.lobby.report.accuracy import Accuracy, accuracies
from lobbyline.lobby.report.days import Day
from lobbyline.lobby.report.trend import Stretch, by_day, by_month
from lobbyline.lobby.report.use import Use, class_of, together
from lobbyline.lobby.report.waits import Waits, called, distribution, share, waits
from lobbyline.lobby.store.pages.floor import AlertRow, ReferralRow
from lobbyline.lobby.store.pages.reports import Visit

STEPS = ("way", "greet", "ask", "operate", "confirm")
AT_ONCE = 0.5  # minutes in which a call is answered by who heard it and knew where to go

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Past:
    """What the memory holds of some days."""

    branch: Branch
    first: date
    last: date
    days: Mapping[date, Day]
    referrals: Sequence[ReferralRow]
    alerts: Sequence[AlertRow]

    @cached_property
    def visits(self) -> Sequence[Visit]:
        return [visit for day in self.days.values() for visit in day.visits]


@dataclass(frozen=True)
class Vain:
    """Waits that were for nothing: in the wrong line, or called without the form."""

    wrong_line: int
    wrong_minutes: float
    not_ready: int  # called before their form was filled
    needing: int  # called, and their business has a form

    @property
    def not_ready_share(self) -> float:
        return share(self.not_ready, self.needing)


@dataclass(frozen=True)
class Satisfaction:
    """Ratings by level, and how many were asked."""

    levels: Mapping[int, int]
    asked: int

    @property
    def rated(self) -> int:
        return sum(self.levels.values())

    @property
    def rate(self) -> float:
        return share(self.rated, self.asked)

    @property
    def mean(self) -> float:
        return sum(level * count for level, count in self.levels.items()) / max(self.rated, 1)


@dataclass(frozen=True)
class Advised:
    """Referrals to the advice desks."""

    referred: int
    picked: int
    pick_up: float
    late: int
    outcomes: Mapping[str, int]


@dataclass(frozen=True)
class Care:
    """One kind of alert: how often it was raised, how often somebody took it, and how soon."""

    kind: str
    raised: int
    taken: int
    seconds: float


@dataclass(frozen=True)
class Work:
    """One counter: how long its customers had waited, how long each took, and what its minutes were used for."""

    counter: int
    waits: Waits
    served: Waits  # minutes at the counter of the visits that were done
    use: Use


@dataclass(frozen=True)
class Report:
    """Everything that is told about some days."""

    first: date
    last: date
    outcomes: Mapping[str, int]
    waits: Waits
    distribution: tuple[int, ...]
    classes: Mapping[str, Waits]
    kept: Mapping[str, float]  # of each class with a standard, the share that was called in time
    accuracy: Mapping[str, Accuracy]
    hours: Mapping[int, Waits]
    segments: Mapping[str, Waits]
    works: Sequence[Work]
    steps: Mapping[str, Waits]
    at_once: float  # the share of the calls that were answered within half a minute
    vain: Vain
    prefilled: float
    channels: Mapping[str, int]
    satisfaction: Satisfaction
    advised: Advised
    review: Waits
    rework: float
    care: Sequence[Care]
    complaints: Mapping[str, int]
    days: Sequence[Stretch]
    months: Sequence[Stretch]

    @property
    def use(self) -> Use:
        """What the minutes of all counters were used for."""
        total = Use()
        for one in self.works:
            total.add(one.use)
        return total

    @property
    def cost(self) -> float:
        """Minutes with a customer, of all counters, for each who was called."""
        return (self.use.transaction + self.use.advice) / max(self.waits.people, 1)

    @property
    def drawn(self) -> int:
        return sum(self.outcomes.values())

    @property
    def gone(self) -> float:
        """The share of those who left or missed their call for good."""
        return share(self.outcomes.get("abandoned", 0) + self.outcomes.get("missed", 0), self.drawn)


def report(past: Past) -> Report:
    """The figures of some days."""
    branch, visits = past.branch, past.visits
    reviews = [visit.review for visit in visits if visit.review is not None]
    classes = parted(visits, lambda visit: class_of(branch, visit.service))
    return Report(
        first=past.first,
        last=past.last,
        outcomes=dict(Tally(visit.state for visit in visits)),
        waits=waits(called(visits)),
        distribution=distribution(called(visits)),
        classes=waited(classes),
        kept=kept(branch, classes),
        accuracy=accuracies(classes),
        hours=dict(sorted(waited(parted(visits, lambda visit: visit.hour)).items())),
        segments=waited(parted(visits, lambda visit: visit.segment)),
        works=works(past),
        steps={name: waits(_step(visits, place)) for place, name in enumerate(STEPS)},
        at_once=_at_once(visits),
        vain=vain(branch, visits),
        prefilled=_prefilled(branch, visits),
        channels=channels(past),
        satisfaction=satisfaction(branch, visits),
        advised=advised(past),
        review=waits(reviews),
        rework=share(sum(visit.sent_back > 0 for visit in visits), len(reviews)),
        care=care(past.alerts),
        complaints=complaints(past.alerts),
        days=by_day(past.days, past.referrals),
        months=by_month(past.days, past.referrals),
    )


def works(past: Past) -> list[Work]:
    """Every counter: its visits beside its minutes."""
    used = together(past.branch, (day.used for day in past.days.values()))
    counters = parted(past.visits, lambda visit: visit.counter)
    return [work(number, counters.get(number, []), use) for number, use in used.items()]


def work(counter: int, visits: Sequence[Visit], use: Use) -> Work:
    served = [visit.served for visit in visits if visit.served is not None]
    return Work(counter, waits(called(visits)), waits(served), use)


def parted(visits: Iterable[Visit], key: Callable[[Visit], Key]) -> dict[Key, list[Visit]]:
    """The visits of each group."""
    groups = dict[Key, list[Visit]]()
    for visit in visits:
        groups.setdefault(key(visit), []).append(visit)
    return groups


def waited(groups: Mapping[Key, Sequence[Visit]]) -> dict[Key, Waits]:
    """The waits of each group of which anybody was called."""
    found = {name: called(own) for name, own in groups.items()}
    return {name: waits(minutes) for name, minutes in found.items() if minutes}


def kept(branch: Branch, classes: Mapping[str, Sequence[Visit]]) -> dict[str, float]:
    """For each class that has a standard, the share of its customers who were called within its minutes."""
    found = dict[str, float]()
    for name, standard in branch.standards.items():
        if own := called(classes.get(name, [])):
            found[name] = share(sum(wait <= standard.minutes for wait in own), len(own))
    return found


def vain(branch: Branch, visits: Iterable[Visit]) -> Vain:
    """Whoever stood in the wrong line, and whoever was called without his form."""
    lost = [visit.lost for visit in visits if visit.lost is not None]
    needing = [visit for visit in visits if visit.wait is not None and _has_form(branch, visit)]
    return Vain(len(lost), sum(lost), sum(not visit.filled for visit in needing), len(needing))


def _has_form(branch: Branch, visit: Visit) -> bool:
    return visit.service in branch.services and bool(branch.services[visit.service].forms)


def _prefilled(branch: Branch, visits: Sequence[Visit]) -> float:
    needing = [visit for visit in visits if _has_form(branch, visit)]
    return share(sum(visit.filled for visit in needing), len(needing))


def channels(past: Past) -> dict[str, int]:
    """Where people's business was done: at a counter, at an advice desk, by the lobby manager, at a machine."""
    advising = {counter.number for counter in past.branch.counters if counter.advises}
    done = [visit for visit in past.visits if visit.state == "done"]
    return {
        "counter": sum(visit.counter not in advising for visit in done),
        "advice": sum(visit.counter in advising for visit in done),
        "lobby": sum(class_of(past.branch, v.service) == "triage" and v.state == "abandoned" for v in past.visits),
        "machine": sum(day.diverted for day in past.days.values()),
    }


def satisfaction(branch: Branch, visits: Iterable[Visit]) -> Satisfaction:
    """Asked is whoever's visit ended at a counter with a pad."""
    pads = set(branch.rating.counters)
    done = [visit for visit in visits if visit.state == "done" and (visit.counter in pads or visit.rating)]
    tally = Tally(visit.rating for visit in done if visit.rating)
    return Satisfaction({level: tally.get(level, 0) for level in (4, 3, 2, 1)}, len(done))


def advised(past: Past) -> Advised:
    """Who was referred, how soon he was called to his desk, and what came of it."""
    picks = [(row.picked_at - row.at).total_seconds() / 60 for row in past.referrals if row.picked_at]
    return Advised(
        referred=len(past.referrals),
        picked=len(picks),
        pick_up=fmean(picks) if picks else 0.0,
        late=sum(pick > past.branch.advice.pick_up for pick in picks),
        outcomes=dict(Tally(row.outcome for row in past.referrals if row.outcome)),
    )


def care(alerts: Iterable[AlertRow]) -> list[Care]:
    """Each kind of alert, the most frequent first."""
    kinds = dict[str, list[AlertRow]]()
    for alert in alerts:
        kinds.setdefault(alert.kind, []).append(alert)
    found = [_care(kind, rows) for kind, rows in kinds.items()]
    return sorted(found, key=lambda one: (-one.raised, one.kind))


def complaints(alerts: Iterable[AlertRow]) -> dict[str, int]:
    """How many were unhappy about what, by the codes of the files."""
    return dict(Tally(str(alert.facts["about"]) for alert in alerts if "about" in alert.facts))


def _care(kind: str, rows: Sequence[AlertRow]) -> Care:
    seconds = [(row.taken_at - row.raised_at).total_seconds() for row in rows if row.taken_at]
    return Care(kind, len(rows), len(seconds), fmean(seconds) if seconds else 0.0)


def _at_once(visits: Sequence[Visit]) -> float:
    ways = _step(visits, STEPS.index("way"))
    return share(sum(way <= AT_ONCE for way in ways), len(ways))


def _step(visits: Iterable[Visit], place: int) -> list[float]:
    return [length for visit in visits if visit.state == "done" and (length := visit.steps[place]) is not None]
