"""What the open minutes of counters went to, in figures: transactions, advice, and nobody.

Pure, as `report.py`: visits and turns of counters in, minutes out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from lobbyline.lobby.branch import Branch
from lobbyline.lobby.report.waits import Waits, called, share, waits
from lobbyline.lobby.store.pages.reports import Turn, Visit


@dataclass(frozen=True)
class Work:
    """One counter: whom it served, how long it was open, and what the minutes went to."""

    counter: int
    served: int
    waits: Waits
    open: float
    transaction: float
    advice: float

    @property
    def busy(self) -> float:
        return share(self.transaction + self.advice, self.open)


def class_of(branch: Branch, service: str) -> str:
    """The class of a business; of one that the files do not know any more, "gone"."""
    return branch.services[service].complexity if service in branch.services else "gone"


def work(branch: Branch, counter: int, visits: Iterable[Visit], turns: Iterable[Turn], until: datetime) -> Work:
    """What a counter's open minutes went to."""
    own = [visit for visit in visits if visit.counter == counter]
    done = [visit for visit in own if visit.at_counter is not None]
    advice, transaction = minutes_of(branch, done)
    opened = open_minutes((turn for turn in turns if turn.counter == counter), until)
    return Work(counter, len(done), waits(called(own)), opened, transaction, advice)


def minutes_of(branch: Branch, visits: Iterable[Visit]) -> tuple[float, float]:
    """Minutes at counters that went to advice, and to everything else."""
    spent = {True: 0.0, False: 0.0}
    for visit in visits:
        spent[class_of(branch, visit.service) == "advice"] += visit.at_counter or 0.0
    return spent[True], spent[False]


def open_minutes(turns: Iterable[Turn], until: datetime) -> float:
    """Minutes in which a counter was open, neither paused nor closed; what was never closed ends with its day."""
    total, since = 0.0, None
    for turn in turns:
        if since and since.date() == turn.at.date():
            total += (turn.at - since).total_seconds() / 60
        since = turn.at if turn.what == "open" else None
    if since and since.date() == until.date():
        total += max(0.0, (until - since).total_seconds() / 60)
    return total
