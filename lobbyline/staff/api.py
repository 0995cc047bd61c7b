"""The staff's HTTP API over the lobby: every verb of a counter, what staff may read, and the stream of changes.

Endpoints are plain functions in a thread pool (the lobby may be used from any thread). A verb carries an
`Idempotency-Key`: the same key twice is the same intention and happens once.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any, Literal

import anyio.to_thread
from fastapi import APIRouter, Depends, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import Field
from starlette.exceptions import HTTPException
from typing_extensions import TypedDict

from lobbyline.lobby.clock import Clock
from lobbyline.lobby.counter.desk import Desk
from lobbyline.lobby.errors import Refusal, StoreError
from lobbyline.lobby.lobby import Lobby
from lobbyline.staff import answers, counter_page, shapes
from lobbyline.staff.advice import advice
from lobbyline.staff.answers import plain
from lobbyline.staff.back_office import authorisations, reviews, vouchers
from lobbyline.staff.bell import Bell
from lobbyline.staff.description import ABOUT, RESPONSES, describe
from lobbyline.staff.door import Anybody, Caller, Door, Receptionist, Seated, Visitor, require
from lobbyline.staff.filled import filled
from lobbyline.staff.floor import floor
from lobbyline.staff.guard import Guard, problem, seal
from lobbyline.staff.history import history
from lobbyline.staff.metrics import add_metrics
from lobbyline.staff.pages import add_pages, language_of, no_page, turned_away
from lobbyline.staff.rating import rating
from lobbyline.staff.reports import comparisons, reports
from lobbyline.staff.roster import roster
from lobbyline.staff.said import Said
from lobbyline.staff.signing import absences, first, machines, sessions
from lobbyline.staff.verbs import SAYS, VERBS, Key, Press, Wish, missing
from lobbyline.staff.watchman import Watchman
from lobbyline.staff.webhook import Webhook
from lobbyline.systemd import Pulse

LOG = logging.getLogger(__name__)
# Each thread of the pool keeps a connection to the store open.
THREADS = 8
API_VERSION = "1"
BARRED = {
    "signed_out": 401, "locked": 401, "sign_in": 401, "wrong_code": 401, "not_yours": 403, "other_machine": 403,
    "another_teller": 403, "not_a_pad": 403, "locked_out": 429,
}  # fmt: skip
STREAM: dict[int | str, dict[str, Any]] = {200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}}
TURN_SECONDS = 0.5  # between two beats of the loop's heart

VerbName = Literal[
    "next", "recall", "greet", "ask", "operate", "confirm", "done", "absent", "hold", "pause", "resume", "open",
    "close", "call", "move", "check", "intake", "take-over", "refer",
]  # fmt: skip


class Visit(Said):
    """A ticket that staff take for a customer."""

    service: str = Field(max_length=12, examples=["W1"])
    segment: str = Field("ordinary", max_length=40, examples=["ordinary"])


class Copy(TypedDict):
    """A paper that is to be printed again."""

    number: shapes.Number
    copy: Annotated[int, Field(description="0 is the first paper.", examples=[1])]
    state: Annotated[str, Field(examples=["due"])]


class Health(TypedDict):
    """The program answers, and so does its memory."""

    ok: bool
    branch: Annotated[str, Field(examples=["jingqi-street"])]
    version: Annotated[str, Field(description="Of the files in use.", examples=["3f2a9c"])]
    counters: Annotated[int, Field(description="Open ones.", examples=[4])]


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
        tickets, filled, counters, hall, health, sessions, absences, machines, roster, authorisations, reviews,
        vouchers, floor, advice, rating, reports, comparisons, history,
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


def tickets(lobby: Lobby, clock: Clock) -> APIRouter:
    """Tickets: take one for a customer, look one up, print one again."""
    routes = APIRouter(prefix="/api/tickets", tags=["tickets"])

    @routes.post("", status_code=201)
    def take(visit: Visit, _: Receptionist, key: Key = None) -> shapes.Place:
        """A number for a customer."""
        place = lobby.reception.take(visit.service, clock(), segment=visit.segment, key=key)
        return answers.place(place, lobby.branch)

    @routes.get("/{number}")
    def find(number: str, _: Anybody) -> shapes.Place:
        """A ticket and where it stands."""
        return answers.place(lobby.reception.find(plain(number), clock()), lobby.branch)

    @routes.post("/{number}/reprint", status_code=202)
    def reprint(number: str, _: Receptionist) -> Copy:
        """The paper once more, marked as a copy."""
        job = lobby.outbox.reprint(plain(number), clock())
        return {"number": job.slip.number, "copy": job.copy, "state": job.state}

    return routes


def counters(lobby: Lobby, clock: Clock) -> APIRouter:
    """Counters: what a teller sees and does."""
    routes = APIRouter(prefix="/api/counters", tags=["counters"])

    @routes.get("")
    def every(_: Anybody) -> list[shapes.Counter]:
        """Every counter as the hall sees it."""
        return [answers.counter(counter) for counter in lobby.hall.view(clock()).counters]

    @routes.get("/{number}")
    def one(number: int, _: Anybody) -> counter_page.Desk:
        """Everything that a teller sees at one counter."""
        return counter_page.desk(lobby, number, clock())

    @routes.post("/{number}/authorise", status_code=204)
    def authorise(number: int, visitor: Seated, key: Key = None) -> None:
        """Ask a second person to authorise what is done for the customer who is here."""
        lobby.authorisations.ask(number, visitor.by, clock(), key)

    @routes.post("/{number}/{verb}", response_model=shapes.Standing)
    def do(
        number: int, verb: VerbName, visitor: Caller, wish: Annotated[Wish | None, SAYS] = None, key: Key = None
    ) -> Any:
        """A key of the teller; a program presses it in the teller's name."""
        said = wish or Wish()
        if lacking := missing(verb, said):
            return problem(422, "incomplete", f"Say also: {', '.join(lacking)}.", "Incomplete")
        if verb == "check" and not visitor.person:
            raise Refusal("not_yours")
        after = VERBS[verb](seat(number, visitor), said, Press(visitor.by, clock(), key))
        return answers.standing(after, lobby)

    def seat(number: int, visitor: Visitor) -> Desk:
        """The counter as whoever asks may press its keys."""
        if not visitor.person:
            return lobby.desk(number, via=visitor.by)
        desk = lobby.desk(number, by=visitor.by)
        lobby.machines.must_serve(number, visitor.machine)
        return desk

    return routes


def hall(lobby: Lobby, clock: Clock) -> APIRouter:
    """What everyone of the staff may see, and the stream that says when to look again."""
    routes = APIRouter(tags=["hall"], dependencies=[Depends(require())])

    @routes.get("/api/waiting")
    def waiting() -> list[shapes.Waiting]:
        """Who waits, in the order of the calls."""
        return [answers.waiting(entry, lobby.branch) for entry in lobby.hall.waiting(clock())]

    @routes.get("/api/hall")
    def view() -> shapes.Hall:
        """What everyone may see."""
        at = clock()
        return answers.hall(lobby.hall.view(at), at)

    @routes.get("/api/alerts")
    def alerts(request: Request) -> list[shapes.Alert]:
        """What needs a person."""
        language = language_of(request, lobby.branch)
        return [answers.alert(row, lobby.lookout.say(row, language)) for row in lobby.lookout.listed()]

    @routes.get("/api/devices")
    def devices() -> list[shapes.Device]:
        """Every device, and how it is."""
        return [answers.device(device) for device in lobby.devices.all()]

    @routes.get("/api/events", response_class=StreamingResponse, responses=STREAM)
    async def events(request: Request) -> StreamingResponse:
        """A line whenever something changed, and now and then to say that the line is alive."""
        bell: Bell = request.app.state.bell
        return StreamingResponse(bell.stream(), media_type="text/event-stream")

    return routes


def health(lobby: Lobby, clock: Clock) -> APIRouter:
    """For whoever watches the program, without a session."""
    routes = APIRouter(tags=["health"])

    @routes.get("/health")
    def well() -> Health:
        """Answers only when the store does."""
        return {"ok": True, "branch": lobby.branch.id, "version": lobby.setup.version, "counters": open_counters()}

    def open_counters() -> int:
        return sum(counter.state == "open" for counter in lobby.hall.view(clock()).counters)

    return routes


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
        LOG.error("%s", error)
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
