"""The report pages: some days in pictures, the tables under them, and a day's end to print."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response

from lobbyline.lobby.clock import Clock
from lobbyline.lobby.lobby import Lobby
from lobbyline.lobby.report.report import Report
from lobbyline.staff.pages.pages import language_of
from lobbyline.staff.reports.asked import Day, Reader, page, span
from lobbyline.staff.reports.cards import Cards
from lobbyline.staff.reports.spreadsheet import sheet
from lobbyline.staff.reports.written import lasted, number, percent, whole


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
