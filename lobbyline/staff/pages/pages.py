"""The staff's pages: frames in HTML that the modules in `static/` fill from the API.

A page carries its words and the branch's names as a block of data; no script stands in the HTML itself.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Depends, FastAPI, Request
from fastapi.responses import PlainTextResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from fastapi.templating import Jinja2Templates
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from lobbyline.lobby.branch import Branch
from lobbyline.lobby.calendar import day_written
from lobbyline.lobby.clock import Clock
from lobbyline.lobby.counter import referral
from lobbyline.lobby.errors import Refusal
from lobbyline.lobby.lobby import Lobby
from lobbyline.lobby.people.roster import ROLES
from lobbyline.staff.door.door import SEATED, SECONDS, Anybody, Enterer, Manager, Seated, Visitor, require
from lobbyline.staff.pages import theme
from lobbyline.staff.pages.rooms import COUNTERS, open_to
from lobbyline.staff.shape.answers import names

HERE = Path(__file__).parent
COOKIE = "lang"
YEAR_SECONDS = 365 * 24 * 3600

Shown = dict[str, Any]
Second = Annotated[Visitor, Depends(require(*SECONDS))]


class Pages:
    """Makes pages in the language of whoever asks."""

    def __init__(self, lobby: Lobby, clock: Clock) -> None:
        self._lobby, self._clock = lobby, clock
        self._templates = Jinja2Templates(env=environment())

    def __call__(
        self, request: Request, name: str, visitor: Visitor | None = None, status: int = 200, **more: Any
    ) -> Response:
        language = language_of(request, self._lobby.branch)
        shown = frame(self._lobby, language, visitor, self._clock()) | more
        response = self._templates.TemplateResponse(request, name, shown, status)
        if "lang" in request.query_params:
            response.set_cookie(COOKIE, language, max_age=YEAR_SECONDS, samesite="strict", httponly=True)
        return response


def add_pages(app: FastAPI, lobby: Lobby, clock: Clock) -> None:
    """The pages, their theme and their modules."""
    app.state.page = Pages(lobby, clock)
    add_look(app, lobby)
    add_doors(app, lobby, app.state.page)
    add_rooms(app, lobby, app.state.page)


def add_doors(app: FastAPI, lobby: Lobby, page: Pages) -> None:
    """Pages for whoever is not signed in yet."""

    @app.get("/sign-in", include_in_schema=False)
    def sign_in(request: Request) -> Response:
        if lobby.people.nobody():
            return RedirectResponse("/first", 303)
        return page(request, "sign-in.html")

    @app.get("/first", include_in_schema=False)
    def first(request: Request) -> Response:
        return page(request, "first.html") if lobby.people.nobody() else RedirectResponse("/sign-in", 303)


def add_rooms(app: FastAPI, lobby: Lobby, page: Pages) -> None:
    """One page for each kind of work."""

    @app.get("/", include_in_schema=False)
    def choose(request: Request, visitor: Anybody) -> Response:
        if visitor.machine and visitor.may(*SEATED):
            return RedirectResponse(f"/counter/{visitor.machine}", 303)
        return page(request, "choose.html", visitor)

    @app.get("/lobby", include_in_schema=False)
    def lobby_manager(request: Request, visitor: Manager) -> Response:
        return page(request, "lobby.html", visitor)

    @app.get("/work", include_in_schema=False)
    def work(request: Request, visitor: Second) -> Response:
        return page(request, "work.html", visitor)

    @app.get("/people", include_in_schema=False)
    def people(request: Request, visitor: Enterer) -> Response:
        return page(request, "people.html", visitor, roles=ROLES[:-1])

    @app.get("/counter/{number}", include_in_schema=False)
    def teller(request: Request, number: int, visitor: Seated) -> Response:
        counter = lobby.branch.counter(number)
        if counter is None:
            return page(request, "choose.html", visitor, 404, told="unknown_counter_page", n=number)
        return page(request, "counter.html", visitor, counter=counter, advice=referral.services(lobby.branch))


def add_look(app: FastAPI, lobby: Lobby) -> None:
    """What every page looks like."""
    app.mount("/static", Modules(directory=HERE / "static"), name="static")

    @app.get("/theme.css", include_in_schema=False)
    def tokens() -> Response:
        return PlainTextResponse(theme.css(lobby.setup.themes["light"]), media_type="text/css")

    @app.get("/favicon.ico", include_in_schema=False)
    def icon() -> Response:
        return RedirectResponse("/static/icon.svg", 308)


def no_page(request: Request) -> Response:
    """An address that is none of ours: the pages that there are."""
    try:
        visitor = request.app.state.door.visitor(request)
    except Refusal as refusal:
        return turned_away(request, refusal)
    page: Pages = request.app.state.page
    return page(request, "choose.html", visitor, 404, told="no_page")


def turned_away(request: Request, refusal: Refusal) -> Response:
    """A page that may not be seen: to the sign-in and back again, or a sentence that says why not."""
    if refusal.code in ("signed_out", "locked"):
        asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/sign-in?to={quote(asked, safe='/')}", 303)
    page: Pages = request.app.state.page
    visitor = request.app.state.door.visitor(request)
    return page(request, "choose.html", visitor, 403, told="barred")


class Modules(StaticFiles):
    """Static files that a browser keeps, and asks about before it uses them."""

    def file_response(self, *args: Any, **more: Any) -> Response:
        response = super().file_response(*args, **more)
        response.headers["Cache-Control"] = "no-cache"
        return response


def environment() -> Environment:
    """Templates that escape everything and refuse a word that is missing."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    made.filters["written"] = written
    return made


@pass_context
def written(context: Context, found: object) -> object:
    """A day as the page's language writes it; whatever else as it is."""
    return day_written(found, context["calendar"]) if isinstance(found, date) else found


def language_of(request: Request, branch: Branch) -> str:
    """The language to answer in: the switch just pressed, the one pressed before, or the branch's first."""
    asked = request.query_params.get("lang") or request.cookies.get(COOKIE, "")
    return asked if asked in branch.languages else branch.languages[0]


def frame(lobby: Lobby, language: str, visitor: Visitor | None, at: datetime) -> Shown:
    """What every page is made from; `data` is the block that its modules read."""
    words, calendar = (lobby.setup.words[language][table] for table in ("staff", "calendar"))
    return {
        "words": words,
        "calendar": calendar,
        "language": language,
        "branch": lobby.branch,
        "languages": {name: lobby.setup.words[name]["staff"]["this_language"] for name in lobby.branch.languages},
        "told": "",
        "n": 0,
        "visitor": visitor,
        "rooms": open_to(visitor, lobby.branch),
        "seated": visitor is not None and visitor.may(*COUNTERS.roles),
        "now": at,
        "data": {
            "language": language,
            "words": words,
            "calendar": calendar,
            "zone": lobby.branch.time_zone,
            "vouchers": {code: names(kind.name) for code, kind in lobby.branch.vouchers.items()},
            "version": lobby.setup.version,
            "person": visitor.by if visitor else "",
            "now": at.isoformat(),
        },
    }
