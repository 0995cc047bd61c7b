"""Days in a row, and months of them: how waits and the use of counters' minutes change with time."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from lobbyline.lobby.report.days import Day
from lobbyline.lobby.report.waits import Waits, called, share, waits
from lobbyline.lobby.store.pages.floor import ReferralRow


@dataclass(frozen=True)
class Stretch:
    """One day, or one month."""

    first: date
    people: int
    waits: Waits
    left: float
    transaction: float
    advice: float
    referred: int

    @property
    def advised(self) -> float:
        """Of the minutes with a customer, the share in which he was advised."""
        return share(self.advice, self.transaction + self.advice)

    @property
    def referred_of_100(self) -> float:
        return share(100 * self.referred, self.people)


def by_day(days: Mapping[date, Day], referrals: Sequence[ReferralRow]) -> list[Stretch]:
    return _stretches(days, referrals, lambda day: day)


def by_month(days: Mapping[date, Day], referrals: Sequence[ReferralRow]) -> list[Stretch]:
    return _stretches(days, referrals, lambda day: day.replace(day=1))


def _stretches(
    days: Mapping[date, Day], referrals: Sequence[ReferralRow], begin: Callable[[date], date]
) -> list[Stretch]:
    """Every stretch in which somebody came; `begin` is the first day of the one that a day belongs to."""
    referred = Tally(begin(row.at.date()) for row in referrals)
    found = [(first, [days[day] for day in own]) for first, own in groupby(days, begin)]
    return [_stretch(first, own, referred[first]) for first, own in found if any(day.visits for day in own)]


def _stretch(first: date, days: Sequence[Day], referred: int) -> Stretch:
    visits = [visit for day in days for visit in day.visits]
    uses = [use for day in days for use in day.used.values()]
    left = share(sum(visit.state in ("abandoned", "missed") for visit in visits), len(visits))
    transaction, advice = sum(use.transaction for use in uses), sum(use.advice for use in uses)
    return Stretch(first, len(visits), waits(called(visits)), left, transaction, advice, referred)
