"""What the open minutes of counters went to, in figures: transactions, advice, and nobody.

Pure, as `days.py`: visits and what counters' minutes were used for in, figures out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lobbyline.lobby.branch import Branch
from lobbyline.lobby.report.use import Use
from lobbyline.lobby.report.waits import Waits, called, share, waits
from lobbyline.lobby.store.pages.reports import Visit


@dataclass(frozen=True)
class Work:
    """One counter: whom it served, how long it was open, and what the minutes went to."""

    counter: int
    served: int
    waits: Waits
    open: float
    transaction: float
    advice: float
    idle: float  # free, while somebody waited whom it could have served

    @property
    def busy(self) -> float:
        return share(self.transaction + self.advice, self.open)


def class_of(branch: Branch, service: str) -> str:
    """The class of a business; of one that the files do not know any more, "gone"."""
    return branch.services[service].complexity if service in branch.services else "gone"


def work(branch: Branch, counter: int, visits: Iterable[Visit], use: Use) -> Work:
    """What a counter's open minutes went to."""
    own = [visit for visit in visits if visit.counter == counter]
    done = [visit for visit in own if visit.at_counter is not None]
    advice, transaction = minutes_of(branch, done)
    return Work(counter, len(done), waits(called(own)), use.open, transaction, advice, use.idle)


def minutes_of(branch: Branch, visits: Iterable[Visit]) -> tuple[float, float]:
    """Minutes at counters that went to advice, and to everything else."""
    spent = {True: 0.0, False: 0.0}
    for visit in visits:
        spent[class_of(branch, visit.service) == "advice"] += visit.at_counter or 0.0
    return spent[True], spent[False]
