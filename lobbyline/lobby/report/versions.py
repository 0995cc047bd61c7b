"""What the visits under one version of the files were like, to be laid beside those under another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lobbyline.lobby.report.waits import called, share, waits
from lobbyline.lobby.store.pages.reports import Visit


@dataclass(frozen=True)
class VersionFigures:
    """The visits under one version; minutes, and shares of 1."""

    version: str
    days: int
    tickets: int
    served: int
    wait_mean: float
    wait_p90: float
    over_10: float
    over_20: float
    over_30: float
    counter_mean: float
    missed: float
    abandoned: float
    moved: float


def figures(version: str, visits: Sequence[Visit]) -> VersionFigures:
    """The figures of some visits."""
    waited = waits(called(visits))
    over_10, over_20, over_30 = waited.over
    return VersionFigures(
        version=version,
        days=len({visit.day for visit in visits}),
        tickets=len(visits),
        served=sum(visit.state == "done" for visit in visits),
        wait_mean=waited.mean,
        wait_p90=waited.p90,
        over_10=over_10,
        over_20=over_20,
        over_30=over_30,
        counter_mean=waits([visit.served for visit in visits if visit.served is not None]).mean,
        missed=share(sum(visit.misses > 0 for visit in visits), len(visits)),
        abandoned=share(sum(visit.state == "abandoned" for visit in visits), len(visits)),
        moved=share(sum(visit.moves > 0 for visit in visits), len(visits)),
    )
