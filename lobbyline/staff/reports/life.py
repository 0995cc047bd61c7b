"""The page of one number: its life in the reader's words, when each stage began, what happened, by whom, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from lobbyline.lobby.branch import Branch, Text
from lobbyline.lobby.clock import Clock
from lobbyline.lobby.lobby import Lobby
from lobbyline.lobby.report.life import Event, Life, Passing, moment
from lobbyline.lobby.rule.reason import Reason
from lobbyline.lobby.ticket import Ticket, shown
from lobbyline.staff.pages.pages import language_of
from lobbyline.staff.reports.asked import Day, Reader, page

STAFF = frozenset({"customer", "printer", "staff", "day end", "attendant"})  # who did it, where it was nobody by name
Number = Annotated[str, Query(max_length=12)]


def lives(lobby: Lobby, clock: Clock) -> APIRouter:
    """The page of one number."""
    routes = APIRouter(prefix="/reports", include_in_schema=False)

    @routes.get("/number")
    def one(request: Request, visitor: Reader, number: Number = "", day: Day = None) -> Response:
        """One number: its life, and who came later and was called before it."""
        at, language = clock(), language_of(request, lobby.branch)
        chosen, view = day or lobby.day(at), LifeView(lobby, language)
        life = lobby.records.life(number, chosen, at)
        facts: dict[str, Any] = {"number": number.strip().upper(), "day": chosen, "life": life}
        if life:
            facts |= named(life.ticket, lobby.branch, language)
            facts |= {"chapters": view.chapters(life), "passed": [view.passing(other) for other in life.passed]}
            facts |= {"elsewhere": life.elsewhere}
        return page(request, "number.html", visitor, say=lobby.setup.words[language]["report"], **facts)

    return routes


def named(ticket: Ticket, branch: Branch, language: str) -> dict[str, str]:
    """A number and what it was for, as people read it."""
    service, segment = branch.services.get(ticket.service), branch.segments.get(ticket.segment)
    return {
        "shown": shown(ticket.number),
        "service": service.name.say(language) if service else ticket.service,
        "segment": segment.name.say(language) if segment else ticket.segment,
    }


@dataclass(frozen=True)
class Happening:
    """One line: when, what, and beside it by whom and why."""

    time: str
    what: str
    beside: str


@dataclass(frozen=True)
class Chapter:
    """One stage: its name, how long it took, what happened in it."""

    name: str
    minutes: float
    lines: list[Happening]


class LifeView:
    """Lives as one language has them."""

    def __init__(self, lobby: Lobby, language: str) -> None:
        self._lobby, self._branch, self._language = lobby, lobby.branch, language

    def chapters(self, life: Life) -> list[Chapter]:
        """A life, stage by stage."""
        number = life.ticket.number
        return [
            Chapter(
                self._say(f"stage_{one.name}"), one.minutes, [self._happening(event, number) for event in one.events]
            )
            for one in life.stages
        ]

    def passing(self, one: Passing) -> list[str]:
        """Who was called before: the number, when it came, when and where it was called, and why."""
        came, called = one.arrived_at.strftime("%H:%M"), one.called_at.strftime("%H:%M")
        return [shown(one.number), came, called, str(one.counter), self._why(one.why)]

    def _happening(self, event: Event, number: str) -> Happening:
        what = self._say(event["what"], self._facts(event))
        beside = [self._who(event), self._because(event, number)]
        return Happening(moment(event).strftime("%H:%M:%S"), what, " · ".join(part for part in beside if part))

    def _who(self, event: Event) -> str:
        who = str(event["who"])
        if who in STAFF:
            return self._say(f"by_{who.replace(' ', '_')}")
        return "" if who == f"counter {event['counter']}" else who

    def _because(self, event: Event, number: str) -> str:
        """Why a number was called or an attempt refused, whose review went on; else the reason that somebody wrote."""
        reason = str(event.get("reason", ""))
        if event["what"] == "called":
            return self._why(Reason(reason or "by_number", {"ticket": number, **event}))
        if event["what"] == "review_begun" and "was" in event:
            return self._say("taken_over", event)
        if event["what"] == "refused":
            return self._say(f"refused_{event['code']}")
        return reason

    def _facts(self, event: Event) -> dict[str, object]:
        """What fills a sentence, each code by the name that people know."""
        forms = {code: form.name for code, form in self._lobby.setup.forms.items()}
        known: dict[str, Mapping[str, Text]] = {
            "service": {code: one.name for code, one in self._branch.services.items()},
            "segment": {code: one.name for code, one in self._branch.segments.items()},
            "form": forms,
            "about": self._branch.complaints.kinds,
            "outcome": self._branch.advice.outcomes,
        }
        named = {name: self._named(known[name], str(event[name])) for name in known if name in event}
        worded = {name: self._word(name, event[name]) for name in ("control", "level") if name in event}
        return dict(event) | named | worded

    def _named(self, names: Mapping[str, Text], code: str) -> str:
        return names[code].say(self._language) if code in names else code

    def _word(self, name: str, code: object) -> str:
        return self._lobby.say("staff", f"{'rating' if name == 'level' else name}_{code}", language=self._language)

    def _why(self, reason: Reason) -> str:
        return self._lobby.why(reason).say(self._language)

    def _say(self, word: str, facts: Mapping[str, object] | None = None) -> str:
        return self._lobby.say("life", word, facts, self._language)
