"""What the customer at a counter filled in, over HTTP: to look at, put right, agree on. Every look is in the log."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import Field
from typing_extensions import TypedDict

from lobbyline.lobby.clock import Clock
from lobbyline.lobby.forms import form as forms
from lobbyline.lobby.lobby import Lobby
from lobbyline.staff.counter.verbs import Seen
from lobbyline.staff.door.door import Seated
from lobbyline.staff.pages.pages import language_of
from lobbyline.staff.shape import shapes
from lobbyline.staff.shape.answers import names, value_of


class Answers(Seen):
    """Answers of one form, by field, as they should stand."""

    answers: dict[str, str] = Field(max_length=120, examples=[{"amt": "2000"}])


class Line(TypedDict):
    """One line of a form: how it reads, what was written, and how it may be put right."""

    name: Annotated[str, Field(examples=["amt"])]
    label: shapes.Names
    value: Annotated[dict[str, str], Field(examples=[{"": "2,000"}])]
    raw: Annotated[str, Field(examples=["2000"])]
    derived: bool
    choices: dict[str, dict[str, str]]


class Sheet(TypedDict):
    """One form that the customer filled in."""

    form: Annotated[str, Field(examples=["F01"])]
    title: shapes.Names
    agreed: bool
    fields: list[Line]


class Judged(TypedDict):
    """Whether the answers hold; what does not, field by field."""

    ok: bool
    errors: dict[str, str]


def filled(lobby: Lobby, clock: Clock) -> APIRouter:
    """The filled forms of whoever is at the counter."""
    routes = APIRouter(prefix="/api/counters/{number}/filled", tags=["counters"])

    @routes.get("")
    def look(number: int, visitor: Seated, seen: Annotated[Seen, Query()]) -> list[Sheet]:
        """What the customer at this counter filled in; each look is logged."""
        desk = lobby.desk(number, by=visitor.by, here=seen.here)
        written = desk.filled(clock())
        ticket = desk.standing(clock()).ticket
        agreed = lobby.filled.agreed(ticket) if ticket else set()
        return [paper(code, lobby.setup.forms[code], answers, agreed) for code, answers in written.items()]

    @routes.put("/{form}")
    def correct(request: Request, number: int, form: str, said: Answers, visitor: Seated) -> Judged:
        """Put a form right; what does not hold is told field by field, and nothing of it is kept."""
        language = lobby.setup.like(language_of(request, lobby.branch))
        checked = lobby.filled.correct(number, visitor.by, form, said.answers, clock(), language, said.here)
        return {"ok": checked.ok, "errors": checked.errors}

    @routes.post("/{form}/agree", status_code=204)
    def agree(number: int, form: str, visitor: Seated, seen: Seen | None = None) -> None:
        """The form was compared with the originals."""
        lobby.filled.agree(number, visitor.by, form, clock(), (seen or Seen()).here)

    return routes


def paper(code: str, form: forms.Form, written: dict[str, str], agreed: set[str]) -> Sheet:
    """One form in the order of the paper; lines that were not asked for are left out."""
    lines = [line(name, field, written[name]) for name, field in form.fields.items() if written.get(name)]
    return {"form": code, "title": names(form.name), "agreed": code in agreed, "fields": lines}


def line(name: str, field: forms.Field, value: str) -> Line:
    """One line: how it reads, what was written, and how it may be put right."""
    return {
        "name": name,
        "label": names(field.label),
        "value": value_of(field, value),
        "raw": value,
        "derived": field.kind == "derived",
        "choices": {} if field.several else {choice: names(text) for choice, text in field.choices.items()},
    }
