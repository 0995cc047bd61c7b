"""How long a report takes, reckoned from the events and as the evening wrote it down, on a month of a branch's days."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import median

from bench import Figure
from bench._past import lay_down
from lobbyline import ASSETS
from lobbyline.lobby.config.folder import load
from lobbyline.lobby.lobby import open_lobby

FIRST, DAYS, ROUNDS = date(2026, 11, 2), 30, 5


def figures(days: int = DAYS) -> Iterator[Figure]:
    folder = Path(tempfile.mkdtemp())
    try:
        lobby = open_lobby(load(ASSETS / "branches" / "jingqi-street"), folder)
        lay_down(lobby, FIRST, days)
        last = FIRST + timedelta(days=days - 1)
        at = datetime(2027, 12, 31, tzinfo=lobby.branch.zone)
        one = seconds(lambda: lobby.records.report(last, last, at))
        people = lobby.records.report(last, last, at).drawn
        every = seconds(lambda: lobby.records.report(FIRST, last, at))
        lobby.records.keep(at)
        kept = seconds(lambda: lobby.records.report(FIRST, last, at))
        yield Figure("report of one day", one * 1000, "ms", note=f"{people} visits")
        yield Figure(f"report of {days} days, beside so many single days", every * 1000, "ms", one * days * 1000)
        yield Figure("the same as evenings wrote it down, beside that", kept * 1000, "ms", every * 1000)
        lobby.close()
    finally:
        shutil.rmtree(folder)


def seconds(act: Callable[[], object]) -> float:
    """The median of some rounds."""
    times = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        act()
        times.append(time.perf_counter() - begin)
    return median(times)
