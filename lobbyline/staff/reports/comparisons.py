"""Pages that compare: two versions of the files, and a day played again under other rules and hours."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from fastapi import APIRouter, Request
from fastapi.responses import Response

from lobbyline.lobby.branch import Branch
from lobbyline.lobby.clock import Clock
from lobbyline.lobby.lobby import Lobby
from lobbyline.lobby.report.versions import VersionFigures
from lobbyline.lobby.settings.policy import RULES
from lobbyline.lobby.simulation import staffing
from lobbyline.lobby.simulation.day import Arrival, play
from lobbyline.lobby.simulation.figures import Figures, figures
from lobbyline.staff.pages.pages import language_of
from lobbyline.staff.reports.asked import DAYS_OFFERED, Day, Reader, page
from lobbyline.staff.reports.cards import Card
from lobbyline.staff.reports.charts import Bar, bars
from lobbyline.staff.reports.written import number, percent, signed, whole

Rows = list[list[str]]


def comparisons(lobby: Lobby, clock: Clock) -> APIRouter:
    """What two versions were like, and what another rule or plan would have made of a day."""
    routes = APIRouter(prefix="/reports", include_in_schema=False)

    @routes.get("/versions")
    def versions(request: Request, visitor: Reader, one: str = "", other: str = "") -> Response:
        known = {version.version: version for version in lobby.versions.all()}
        words = lobby.setup.words[language_of(request, lobby.branch)]["report"]
        before, after = [*[""] * 2, *known][-2:]
        chosen = {"one": one or before, "other": other or after}
        rows = compared(*lobby.records.compare(*chosen.values()), words) if all(chosen.values()) else []
        return page(request, "versions.html", visitor, known=known, chosen=chosen, rows=rows, say=words)

    @routes.get("/plan")
    def plan(request: Request, visitor: Reader, day: Day = None) -> Response:
        """What another rule, or other hours of the counters, would have made of a recorded day."""
        at = clock()
        chosen = day or lobby.day(at)
        words = lobby.setup.words[language_of(request, lobby.branch)]["report"]
        cards = played(lobby.branch, lobby.records.arrivals(chosen), words)
        days = lobby.records.days(at, DAYS_OFFERED)
        return page(request, "plan.html", visitor, day=chosen, days=days, cards=cards, say=words)

    return routes


COMPARED: tuple[tuple[str, Callable[[float], str]], ...] = (
    ("days", whole), ("tickets", whole), ("served", whole), ("wait_mean", number), ("wait_p90", number),
    ("over_10", percent), ("over_20", percent), ("over_30", percent), ("counter_mean", number), ("missed", percent),
    ("abandoned", percent), ("moved", percent),
)  # fmt: skip


def compared(one: VersionFigures, other: VersionFigures, words: Mapping[str, str]) -> Rows:
    """Two versions side by side, and how the second differs."""
    rows = []
    for name, told in COMPARED:
        before, after = float(getattr(one, name)), float(getattr(other, name))
        change = (after - before) * (100 if told is percent else 1)
        digits = 1 if told is number else 0
        rows.append([words[f"compare_{name}"], told(before), told(after), signed(change, digits)])
    return rows


def played(branch: Branch, arrivals: list[Arrival], words: Mapping[str, str]) -> list[Card]:
    """The same customers under every rule, and under other hours of the counters; nothing for a day without any."""
    if not arrivals:
        return []
    rules = {rule: figures(branch, play(branch.ruled(rule), arrivals, reasons=False)) for rule in RULES}
    today = staffing.judged("today", branch, staffing.schedule_of(branch), arrivals)
    better = staffing.better(branch, today, arrivals)
    plans = {"as_planned": today, "laid_better": better}
    plans |= {"one_more": staffing.one_more(better, arrivals), "one_less": staffing.one_less(better, arrivals)}
    named = [(words[f"plan_{name}"].format(hours=whole(plan.hours)), plan.figures) for name, plan in plans.items()]
    return [
        _played("rules", [(words[f"rule_{rule}"], found) for rule, found in rules.items()], words),
        _played("plans", named, words),
    ]


def _played(key: str, found: list[tuple[str, Figures]], words: Mapping[str, str]) -> Card:
    rows = [Bar(name, one.mean, number(one.mean), one.long_p95, beside=whole(one.long_p95)) for name, one in found]
    head = [words[key], words["mean"], ">20", words["long_p95"], words["longest"], words["overtime"]]
    table = [
        [name, number(one.mean), percent(one.over), whole(one.long_p95), whole(one.longest), whole(max(0.0, one.end))]
        for name, one in found
    ]
    return Card(key, words[key], bars(rows, words[key]), head, table, words[f"{key}_note"])
