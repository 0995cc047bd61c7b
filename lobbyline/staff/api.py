"""The staff's pages and their HTTP API as one application over the lobby: its rooms, its door, and how it says no.

Endpoints are plain functions in a thread pool: the lobby may be used from any thread.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio.to_thread
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from lobbyline.lobby.clock import Clock
from lobbyline.lobby.errors import Refusal, StoreError
from lobbyline.lobby.lobby import Lobby
from lobbyline.staff.bell import Bell
from lobbyline.staff.counter.back_office import authorisations, reviews, vouchers
from lobbyline.staff.counter.counters import counters
from lobbyline.staff.counter.filled import filled
from lobbyline.staff.door.door import Door
from lobbyline.staff.door.guard import Guard, problem, seal
from lobbyline.staff.door.roster import roster
from lobbyline.staff.door.signing import absences, first, machines, sessions
from lobbyline.staff.hall.advice import advice
from lobbyline.staff.hall.badges import badges
from lobbyline.staff.hall.floor import floor
from lobbyline.staff.hall.hall import hall, health
from lobbyline.staff.hall.history import history
from lobbyline.staff.hall.rating import rating
from lobbyline.staff.hall.tickets import tickets
from lobbyline.staff.metrics import add_metrics
from lobbyline.staff.pages.pages import add_pages, language_of, no_page, turned_away
from lobbyline.staff.reports.comparisons import comparisons
from lobbyline.staff.reports.life import lives
from lobbyline.staff.reports.reports import reports
from lobbyline.staff.shape.description import ABOUT, RESPONSES, describe
from lobbyline.staff.watchman import Watchman
from lobbyline.staff.webhook import Webhook
from lobbyline.systemd import Pulse

log = logging.getLogger(__name__)
# Each thread of the pool keeps a connection to the store open.
THREADS = 8
API_VERSION = "1"
BARRED = {
    "signed_out": 401, "locked": 401, "sign_in": 401, "wrong_code": 401, "not_yours": 403, "other_machine": 403,
    "another_teller": 403, "not_a_pad": 403, "locked_out": 429,
}  # fmt: skip
TURN_SECONDS = 0.5  # between two beats of the loop's heart


def make_app(lobby: Lobby, clock: Clock) -> FastAPI:
    """The staff's pages and their API over one lobby."""

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS
        app.state.bell = Bell(lambda: lobby.watch("staff"), asyncio.get_running_loop())
        watchman, webhook = Watchman(lobby, clock), Webhook(lobby)
        heart = asyncio.create_task(beating())
        yield
        heart.cancel()
        webhook.close()
        watchman.close()
        app.state.bell.close()

    app = FastAPI(
        title="Lobbyline",
        summary="A bank branch's lobby",
        description=ABOUT,
        version=API_VERSION,
        responses=RESPONSES,
        lifespan=life,
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    describe(app)
    app.add_middleware(Guard, host=lobby.branch.staff.host, version=lambda: lobby.setup.version)
    app.state.door = Door(lobby, clock)
    add_metrics(app, lobby, clock)
    rooms = (
        tickets, filled, counters, hall, badges, health, sessions, absences, machines, roster, authorisations, reviews,
        vouchers, floor, advice, rating, reports, lives, comparisons, history,
    )  # fmt: skip
    for room in rooms:
        app.include_router(room(lobby, clock))
    app.include_router(first(lobby, clock, app.state.door))
    add_pages(app, lobby, clock)
    add_refusals(app, lobby)
    return app


async def beating() -> None:
    """The loop that answers every request turns: ready at its first turn, alive at each."""
    pulse = Pulse()
    while True:
        pulse.beat()
        await asyncio.sleep(TURN_SECONDS)


def add_refusals(app: FastAPI, lobby: Lobby) -> None:
    """What went wrong, as answers with a code for programs and a sentence for people."""

    @app.exception_handler(Refusal)
    def refused(request: Request, refusal: Refusal) -> Response:
        if not request.url.path.startswith("/api/"):
            return turned_away(request, refusal)
        sentence = lobby.say("refusal", refusal.code, refusal.facts, language_of(request, lobby.branch))
        return problem(refusal_status(request, refusal), refusal.code, sentence, "Refused")

    @app.exception_handler(StoreError)
    def store(request: Request, error: StoreError) -> JSONResponse:
        """The teller hears a calm sentence; what the technician must do goes into the journal."""
        log.error("%s", error)
        sentence = lobby.say("staff", "store_trouble", language=language_of(request, lobby.branch))
        return problem(503, "store", sentence, "The store cannot be used")

    @app.exception_handler(Exception)
    def bug(request: Request, _: Exception) -> JSONResponse:
        """A mistake of ours: the server writes the traceback; this answer is made outside the guard."""
        sentence = lobby.say("staff", "store_trouble", language=language_of(request, lobby.branch))
        answer = problem(500, "bug", sentence, "A mistake of ours")
        seal(answer.headers)
        return answer

    @app.exception_handler(RequestValidationError)
    def unclear(_: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        sentence = f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}."
        return problem(422, "unclear", sentence, "Not understood")

    @app.exception_handler(HTTPException)
    def other(request: Request, error: HTTPException) -> Response:
        if error.status_code == 404 and "text/html" in request.headers.get("accept", ""):
            return no_page(request)
        return problem(error.status_code, "http", f"{error.detail}.", str(error.detail))


def refusal_status(request: Request, refusal: Refusal) -> int:
    """401 and 403 for whoever may not, 404 when the address names what does not exist, else 409."""
    if refusal.code in BARRED:
        return BARRED[refusal.code]
    asked = {"unknown_counter": "/api/counters/", "unknown_ticket": "/api/tickets/"}.get(refusal.code)
    return 404 if asked and request.url.path.startswith(asked) else 409
