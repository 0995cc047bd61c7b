"""The staff's pages: frames in HTML that the modules in `static/` fill from the API.

A page carries its words and the branch's names as a block of data; no script stands in the HTML itself.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import PlainTextResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from fastapi.templating import Jinja2Templates
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from lobbyline.lobby.branch import Branch
from lobbyline.lobby.lobby import Lobby
from lobbyline.staff import theme
from lobbyline.staff.answers import Answer, names, sign

HERE = Path(__file__).parent
COOKIE = "lang"
YEAR_SECONDS = 365 * 24 * 3600

Shown = dict[str, Any]


def add_pages(app: FastAPI, lobby: Lobby) -> None:
    """The three pages, their theme and their modules."""
    templates = Jinja2Templates(env=environment())
    app.mount("/static", Modules(directory=HERE / "static"), name="static")

    def page(request: Request, name: str, status: int = 200, **more: Any) -> Response:
        language = language_of(request, lobby.branch)
        response = templates.TemplateResponse(request, name, frame(lobby, language) | more, status)
        if "lang" in request.query_params:
            response.set_cookie(COOKIE, language, max_age=YEAR_SECONDS, samesite="strict", httponly=True)
        return response

    @app.get("/", include_in_schema=False)
    def choose(request: Request) -> Response:
        return page(request, "choose.html")

    @app.get("/lobby", include_in_schema=False)
    def lobby_manager(request: Request) -> Response:
        return page(request, "lobby.html")

    @app.get("/counter/{number}", include_in_schema=False)
    def teller(request: Request, number: int) -> Response:
        counter = lobby.branch.counter(number)
        if counter is None:
            return page(request, "choose.html", 404, unknown=number)
        return page(request, "counter.html", counter=counter)

    @app.get("/theme.css", include_in_schema=False)
    def tokens() -> Response:
        return PlainTextResponse(theme.css(lobby.setup.themes["light"]), media_type="text/css")

    @app.get("/favicon.ico", include_in_schema=False)
    def icon() -> Response:
        return RedirectResponse("/static/icon.svg", 308)


class Modules(StaticFiles):
    """Static files that a browser keeps, and asks about before it uses them."""

    def file_response(self, *args: Any, **more: Any) -> Response:
        response = super().file_response(*args, **more)
        response.headers["Cache-Control"] = "no-cache"
        return response


def environment() -> Environment:
    """Templates that escape everything and refuse a word that is missing."""
    return Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )


def language_of(request: Request, branch: Branch) -> str:
    """The language to answer in: the switch just pressed, the one pressed before, or the branch's first."""
    asked = request.query_params.get("lang") or request.cookies.get(COOKIE, "")
    return asked if asked in branch.languages else branch.languages[0]


def frame(lobby: Lobby, language: str) -> Shown:
    """What every page is made from."""
    words = lobby.setup.words[language]["staff"]
    return {
        "words": words,
        "language": language,
        "branch": lobby.branch,
        "languages": {name: lobby.setup.words[name]["staff"]["this_language"] for name in lobby.branch.languages},
        "unknown": None,
        "data": {**data(lobby.branch, words, language), "version": lobby.setup.version},
    }


def data(branch: Branch, words: dict[str, str], language: str) -> Answer:
    """The block of data that the modules read."""
    return {
        "language": language,
        "words": words,
        "zone": branch.time_zone,
        "services": {code: names(service.name) for code, service in branch.services.items()},
        "segments": {code: names(segment.name) for code, segment in branch.segments.items()},
        "counters": [sign(counter) for counter in branch.counters],
    }
