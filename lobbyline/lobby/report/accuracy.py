"""How accurate the waits were that customers were told with their numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lobbyline.lobby.report.waits import share
from lobbyline.lobby.simulation.figures import percentile
from lobbyline.lobby.store.pages.reports import Visit

MINUTES, PART = 3, 0.3  # an error up to so much, or up to this part of the wait, is none that anybody minds


@dataclass(frozen=True)
class Accuracy:
    """Of some people who were told a wait and called: by how much it was wrong, and for which share it held."""

    people: int
    median: float
    p90: float
    held: float


def accuracy(visits: Iterable[Visit]) -> Accuracy:
    """Whoever was sent to another line meanwhile was told another one's wait, and does not count."""
    told = [(one.wait, one.told) for one in visits if one.wait is not None and one.told is not None and not one.moves]
    errors = [abs(wait - said) for wait, said in told]
    held = sum(error <= max(MINUTES, PART * wait) for error, (wait, _) in zip(errors, told, strict=True))
    return Accuracy(len(told), percentile(errors, 0.5), percentile(errors, 0.9), share(held, len(told)))


def accuracies(groups: Mapping[str, Sequence[Visit]]) -> dict[str, Accuracy]:
    """The same for each group of which anybody was told."""
    found = {name: accuracy(own) for name, own in groups.items()}
    return {name: one for name, one in found.items() if one.people}
