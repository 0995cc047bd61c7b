"""The report pages: some days in pictures, a day's end to print, two versions compared, a day played again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import PlainTextResponse, Response

from lobbyline.lobby.branch import Branch
from lobbyline.lobby.clock import Clock
from lobbyline.lobby.lobby import Lobby
from lobbyline.lobby.report.records import LONGEST
from lobbyline.lobby.report.report import Report
from lobbyline.lobby.report.versions import VersionFigures
from lobbyline.lobby.settings.policy import RULES
from lobbyline.lobby.simulation import staffing
from lobbyline.lobby.simulation.day import Arrival, play
from lobbyline.lobby.simulation.figures import Figures, figures
from lobbyline.lobby.ticket import Ticket, shown
from lobbyline.staff.door.door import READERS, Visitor, require
from lobbyline.staff.pages.pages import Pages, language_of
from lobbyline.staff.reports.cards import Card, Cards
from lobbyline.staff.reports.charts import Bar, bars
from lobbyline.staff.reports.life import LifeView
from lobbyline.staff.reports.spreadsheet import sheet
from lobbyline.staff.reports.written import lasted, number, percent, signed, whole

DAYS_OFFERED = 30
Rows = list[list[str]]
Day = Annotated[date | None, Query(ge=date(2000, 1, 1), le=date(2100, 1, 1))]
Number = Annotated[str, Query(max_length=12)]
Reader = Annotated[Visitor, Depends(require(*READERS))]


@dataclass(frozen=True)
class Span:
    """The days that are asked for, and what may be asked for with one touch."""

    first: date
    last: date
    offered: list[tuple[str, date, date]]

    @property
    def one_day(self) -> bool:
        return self.first == self.last

    @property
    def chosen(self) -> str:
        """The offer that these days are; the shortest name where several are the same."""
        found = (name for name, first, last in self.offered if (first, last) == (self.first, self.last))
        return next(found, "")


def span(today: date, first: date | None, last: date | None) -> Span:
    """The days between, the latest year of them at most; today when nothing was said."""
    monday = today - timedelta(days=today.weekday())
    offered = [
        ("today", today, today),
        ("yesterday", today - timedelta(days=1), today - timedelta(days=1)),
        ("this_week", monday, today),
        ("last_week", monday - timedelta(days=7), monday - timedelta(days=1)),
        ("this_month", today.replace(day=1), today),
        ("thirty_days", today - timedelta(days=DAYS_OFFERED - 1), today),
        ("twelve_months", (today.replace(day=1) - timedelta(days=330)).replace(day=1), today),
    ]
    ends = sorted((first or last or today, last or first or today))
    return Span(max(ends[0], ends[1] - timedelta(days=LONGEST - 1)), ends[1], offered)


def page(request: Request, name: str, visitor: Visitor, **shown: Any) -> Response:
    pages: Pages = request.app.state.page
    return pages(request, name, visitor, **shown)


def reports(lobby: Lobby, clock: Clock) -> APIRouter:
    """The pages under /reports."""
    routes = APIRouter(prefix="/reports", include_in_schema=False)

    def cards_of(request: Request, report: Report) -> Cards:
        language = language_of(request, lobby.branch)
        words, calendar = (lobby.setup.words[language][table] for table in ("report", "calendar"))
        return Cards(report, lobby.branch, words, calendar, language)

    @routes.get("")
    def overview(request: Request, visitor: Reader, first: Day = None, last: Day = None) -> Response:
        at = clock()
        asked = span(lobby.day(at), first, last)
        report = lobby.records.report(asked.first, asked.last, at)
        cards = cards_of(request, report)
        heads = headlines(report, cards.words)
        shown = {"report": report, "span": asked, "heads": heads, "cards": cards.all()}
        return page(request, "reports.html", visitor, say=cards.words, **shown)

    @routes.get("/table.csv")
    def table(request: Request, _: Reader, part: str, first: Day = None, last: Day = None) -> Response:
        at = clock()
        asked = span(lobby.day(at), first, last)
        cards = cards_of(request, lobby.records.report(asked.first, asked.last, at)).all()
        card = next((card for card in cards if card.key == part), None)
        if card is None:
            return PlainTextResponse("", 404)
        return csv(f"{part}-{asked.first}-{asked.last}", sheet(card.head, card.rows))

    @routes.get("/day")
    def day_end(request: Request, visitor: Reader, day: Day = None) -> Response:
        """The day's account, to be printed and signed."""
        at = clock()
        chosen = day or lobby.day(at)
        report = lobby.records.report(chosen, chosen, at)
        noon = datetime.combine(chosen, time(12), lobby.branch.zone)
        reckoning, today = lobby.day_end.look(noon), chosen == lobby.day(at)
        verdict = "yes" if reckoning.tickets_agree else "later" if today else "no"
        cards = cards_of(request, report)
        return page(
            request, "day.html", visitor, report=report, reckoning=reckoning, heads=headlines(report, cards.words),
            say=cards.words, verdict=verdict, today=today, version=lobby.setup.version,
        )  # fmt: skip

    @routes.get("/number")
    def number_(request: Request, visitor: Reader, number: Number = "", day: Day = None) -> Response:
        """One number: its life, and who came later and was called before it."""
        at, language = clock(), language_of(request, lobby.branch)
        chosen, view = day or lobby.day(at), LifeView(lobby, language)
        life = lobby.records.life(number, chosen, at)
        shown: dict[str, Any] = {"number": number.strip().upper(), "day": chosen, "life": life}
        if life:
            shown |= named(life.ticket, lobby.branch, language)
            shown |= {"chapters": view.chapters(life), "passed": [view.passing(one) for one in life.passed]}
            shown |= {"elsewhere": life.elsewhere}
        return page(request, "number.html", visitor, say=lobby.setup.words[language]["report"], **shown)

    return routes


def named(ticket: Ticket, branch: Branch, language: str) -> dict[str, str]:
    """A number and what it was for, as people read it."""
    service, segment = branch.services.get(ticket.service), branch.segments.get(ticket.segment)
    return {
        "shown": shown(ticket.number),
        "service": service.name.say(language) if service else ticket.service,
        "segment": segment.name.say(language) if segment else ticket.segment,
    }


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


def csv(name: str, text: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(text, media_type="text/csv; charset=utf-8", headers=headers)


def headlines(report: Report, words: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """The figures that a manager asks first: what it is, how much, and what stands beside it."""
    waits, given, outcomes = report.waits, report.satisfaction, report.outcomes
    facts = {
        "done": outcomes.get("done", 0),
        "abandoned": outcomes.get("abandoned", 0),
        "missed": outcomes.get("missed", 0),
        "p50": whole(waits.p50),
        "p90": whole(waits.p90),
        "over": percent(waits.over[2]),
        "share": percent(report.vain.not_ready_share),
        "rate": percent(given.rate),
        "busy": percent(report.use.busy),
        "idle": lasted(report.use.idle, words),
    }
    figures = {
        "done": str(report.drawn),
        "wait": number(waits.mean),
        "over": percent(waits.over[1]),
        "cost": number(report.cost),
        "gone": percent(report.gone),
        "prefilled": percent(report.prefilled),
        "rating": number(given.mean) if given.rated else "–",
    }
    unknown = () if waits.people else ("wait", "over", "cost")  # nobody was called yet
    return [
        (words[f"head_{name}"], "–", "")
        if name in unknown
        else (words[f"head_{name}"], figure, words[f"beside_{name}"].format(**facts))
        for name, figure in figures.items()
    ]


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
