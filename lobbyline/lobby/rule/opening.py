"""Whether one more counter is worth it now: the hall is played forward with the real rule, without it and with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lobbyline.lobby.branch import Counter
from lobbyline.lobby.rule.line import Line


@dataclass(frozen=True)
class Suggestion:
    """Open a counter, or let an open one help a line (`helps`, its letter): minutes of the mean wait, now and then."""

    counter: int
    helps: str
    people: int
    mean: float
    mean_then: float

    @property
    def saved(self) -> float:
        """Minutes of waiting of all who wait now."""
        return self.people * (self.mean - self.mean_then)


def suggestion(line: Line, closed: Sequence[Counter], least: float) -> Suggestion | None:
    """The counter that saves most, if it saves at least so many minutes of waiting; `least` 0 is never."""
    people = len(line.tickets)
    if not people or not least:
        return None
    now = mean(line)
    found = [Suggestion(counter, letter, people, now, mean(then)) for counter, letter, then in _others(line, closed)]
    best = max(found, key=lambda one: one.saved, default=None)
    return best if best and best.saved >= least else None


def mean(line: Line) -> float:
    """Expected minutes until whoever waits now is called."""
    return sum(line.expected(ticket) for ticket in line.tickets) / len(line.tickets)


def _others(line: Line, closed: Sequence[Counter]) -> Iterator[tuple[int, str, Line]]:
    """The hall with one counter opened, or with a free one that helps a line of others."""
    for counter in closed:
        yield counter.number, "", replace(line, counters=[*line.counters, counter])
    for counter in line.counters:
        if counter.number not in line.serving and not _wanted(line, counter):
            for letter in counter.helps:
                yield counter.number, letter, _helped(line, counter, letter)


def _helped(line: Line, counter: Counter, letter: str) -> Line:
    """The hall while a counter takes from one more line than its own."""
    helping = counter.model_copy(update={"queues": [*counter.queues, letter], "services": []})

    def with_help(counters: Sequence[Counter]) -> list[Counter]:
        return [helping if one.number == counter.number else one for one in counters]

    branch = line.branch.model_copy(update={"counters": with_help(line.branch.counters)})
    return replace(line, branch=branch, counters=with_help(line.counters))


def _wanted(line: Line, counter: Counter) -> bool:
    """Whether somebody waits whom the counter serves anyway."""
    return any(line.branch.can_serve(counter, one.service, one.queue) for one in line.tickets)
