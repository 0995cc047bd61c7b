"""Signing in and out over HTTP, and making a browser a counter's own.

A session is a cookie that scripts cannot read and other sites cannot use.
"""

from __future__ import annotations

from typing import Annotated, NotRequired

from fastapi import APIRouter, Request, Response
from pydantic import Field
from typing_extensions import TypedDict

from lobbyline.lobby.clock import Clock
from lobbyline.lobby.lobby import Lobby
from lobbyline.lobby.store.pages.people import Person
from lobbyline.staff.door.door import MACHINE, SESSION, Anybody, Door, Enterer, HalfAwake
from lobbyline.staff.shape import shapes
from lobbyline.staff.shape.answers import moment
from lobbyline.staff.shape.said import Said

MACHINE_SECONDS = 10 * 365 * 24 * 3600
FIRST_ROLES = ("branch_manager", "technician")


class Signing(Said):
    """Who wants to sign in; `new` is the secret to use from now on."""

    name: str = Field(max_length=40, examples=["lijing"])
    secret: str = Field(max_length=200, examples=["amber-7-kettle"])
    new: str = Field("", max_length=200, examples=[""])


class Proof(Said):
    secret: str = Field(max_length=200, examples=["amber-7-kettle"])


class First(Said):
    """The first account, with the code that the program of the staff's pages told its technician."""

    code: str = Field(max_length=20, examples=["K7QF-2M9X"])
    name: str = Field(max_length=40, examples=["zhougang"])
    shown: str = Field(max_length=60, examples=["周刚"])
    secret: str = Field(max_length=200, examples=["amber-7-kettle"])


Number = Annotated[int, Field(ge=1, le=99, examples=[2])]


class AtCounter(Said):
    """A browser and the counter it stands at."""

    counter: Number


class SignedIn(TypedDict):
    """Somebody who is signed in."""

    name: Annotated[str, Field(examples=["lijing"])]
    person: shapes.Called
    roles: shapes.Roles


class Sitting(TypedDict):
    """Who sits at this browser; of a program only what it is called."""

    person: shapes.Called
    name: NotRequired[Annotated[str, Field(examples=["lijing"])]]
    roles: NotRequired[shapes.Roles]
    locked: NotRequired[bool]
    since: NotRequired[shapes.Moment | None]
    counter: NotRequired[shapes.Window | None]
    at: NotRequired[shapes.Moment | None]


class Account(TypedDict):
    name: Annotated[str, Field(examples=["zhougang"])]


class Machine(TypedDict):
    """A browser that is a counter's own."""

    counter: shapes.Window
    by: shapes.Called
    at: shapes.Moment | None


def sessions(lobby: Lobby, clock: Clock) -> APIRouter:
    """Who sits at this browser."""
    routes = APIRouter(prefix="/api/session", tags=["session"])

    @routes.post("", status_code=201)
    def sign_in(said: Signing, request: Request, response: Response) -> SignedIn:
        """Sign in; a secret that somebody else knows is changed at once, with `new`."""
        token = lobby.sessions.sign_in(said.name, said.secret, clock(), said.new)
        keep(response, request, SESSION, token)
        return told(lobby.sessions.of(token, clock()).person)

    @routes.get("")
    def who(visitor: HalfAwake) -> Sitting:
        """Who is signed in here."""
        session = visitor.session
        if session is None:
            return {"person": visitor.by}
        return {
            **told(session.person),
            "locked": lobby.sessions.locked(session, clock()),
            "since": moment(session.begun_at),
            "counter": visitor.machine,
            "at": moment(clock()),
        }

    @routes.delete("", status_code=204)
    def sign_out(visitor: HalfAwake, response: Response) -> None:
        """Sign out; the session is no more."""
        if visitor.session:
            lobby.sessions.sign_out(visitor.session, clock())
        response.delete_cookie(SESSION)

    return routes


def absences(lobby: Lobby, clock: Clock) -> APIRouter:
    """Away for a moment: the session is locked, and opens again for its own person only."""
    routes = APIRouter(prefix="/api/session", tags=["session"])

    @routes.post("/stay", status_code=204)
    def stay(_: Anybody) -> None:
        """Somebody touches the page: that alone keeps it from being locked."""

    @routes.post("/lock", status_code=204)
    def lock(visitor: Anybody) -> None:
        """Away for a moment."""
        if visitor.session:
            lobby.sessions.lock(visitor.session, clock())

    @routes.post("/unlock", status_code=204)
    def unlock(said: Proof, visitor: HalfAwake) -> None:
        """Back again, with one's own secret."""
        if visitor.session:
            lobby.sessions.unlock(visitor.session, said.secret, clock())

    return routes


def first(lobby: Lobby, clock: Clock, door: Door) -> APIRouter:
    """The first account of all; there is none by default."""
    routes = APIRouter(prefix="/api/first", tags=["session"])

    @routes.post("", status_code=201)
    def make(said: First) -> Account:
        """The account that enters all others."""
        door.opens_first(said.code)
        lobby.people.add(said.name, said.shown, FIRST_ROLES, "", clock(), own=said.secret, first=True)
        return {"name": said.name}

    return routes


def machines(lobby: Lobby, clock: Clock) -> APIRouter:
    """Browsers that are a counter's own."""
    routes = APIRouter(prefix="/api/machines", tags=["people"])

    @routes.get("")
    def every(_: Enterer) -> list[Machine]:
        """Which browsers are a counter's own."""
        return [{"counter": row.counter, "by": row.person, "at": moment(row.at)} for row in lobby.machines.all()]

    @routes.post("", status_code=201)
    def bind(said: AtCounter, visitor: Enterer, request: Request, response: Response) -> AtCounter:
        """This browser is that counter from now on."""
        token = lobby.machines.bind(said.counter, visitor.by, clock())
        keep(response, request, MACHINE, token, MACHINE_SECONDS)
        return said

    @routes.delete("/{counter}", status_code=204)
    def free(counter: Number, visitor: Enterer) -> None:
        """That browser is nobody's own any more."""
        lobby.machines.free(counter, visitor.by, clock())

    return routes


def keep(response: Response, request: Request, name: str, token: str, seconds: int | None = None) -> None:
    """A cookie for this site alone, out of reach of scripts; over TLS it never travels in the clear."""
    secure = request.url.scheme == "https"
    response.set_cookie(name, token, max_age=seconds, httponly=True, samesite="strict", secure=secure)


def told(person: Person) -> SignedIn:
    return {"name": person.name, "person": person.shown, "roles": list(person.roles)}
