"""The register of people over HTTP: who may sign in, with which roles. Secrets go out once, when they are made."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from pydantic import Field
from typing_extensions import TypedDict

from lobbyline.lobby.clock import Clock
from lobbyline.lobby.lobby import Lobby
from lobbyline.lobby.people.roster import Role
from lobbyline.lobby.store.pages.people import Person
from lobbyline.staff.door.door import Enterer
from lobbyline.staff.shape import shapes
from lobbyline.staff.shape.answers import moment
from lobbyline.staff.shape.said import Said


class Rights(Said):
    """What somebody may do."""

    roles: list[Role] = Field(min_length=1, max_length=8, examples=[["teller"]])
    qualifications: list[str] = Field([], max_length=20, examples=[["funds"]])


class Newcomer(Rights):
    """Somebody new; the PIN of the first sign-in is answered once."""

    name: str = Field(max_length=40, examples=["lijing"])
    shown: str = Field(max_length=60, examples=["李静"])


class Member(TypedDict):
    """Somebody who may sign in, or might once."""

    name: Annotated[str, Field(examples=["lijing"])]
    shown: shapes.Called
    roles: shapes.Roles
    qualifications: Annotated[list[str], Field(examples=[["funds"]])]
    fresh: bool
    locked_until: shapes.Moment | None
    left_at: shapes.Moment | None


class Pin(TypedDict):
    """The PIN of a first sign-in, which is answered once."""

    name: Annotated[str, Field(examples=["lijing"])]
    pin: Annotated[str, Field(examples=["4071 8826"])]


def roster(lobby: Lobby, clock: Clock) -> APIRouter:
    """People: enter, change, give a new PIN, see off."""
    routes = APIRouter(prefix="/api/people", tags=["people"])

    @routes.get("")
    def every(_: Enterer) -> list[Member]:
        """Everybody who may sign in, or might once."""
        return [one(person) for person in lobby.people.all()]

    @routes.post("", status_code=201)
    def add(said: Newcomer, visitor: Enterer) -> Pin:
        """Somebody new."""
        pin = lobby.people.add(
            said.name, said.shown, said.roles, visitor.by, clock(), qualifications=said.qualifications
        )
        return {"name": said.name.strip().lower(), "pin": pin}

    @routes.put("/{name}")
    def change(name: str, said: Rights, visitor: Enterer) -> Member:
        """What somebody may do from now on."""
        return one(lobby.people.change(name, said.roles, said.qualifications, visitor.by, clock()))

    @routes.post("/{name}/reset")
    def reset(name: str, visitor: Enterer) -> Pin:
        """A new PIN for somebody who forgot it, or is locked out."""
        return {"name": name, "pin": lobby.people.reset(name, visitor.by, clock())}

    @routes.delete("/{name}", status_code=204)
    def leave(name: str, visitor: Enterer) -> None:
        """Somebody leaves the branch; the name stays in the log."""
        lobby.people.leave(name, visitor.by, clock())

    return routes


def one(person: Person) -> Member:
    return {
        "name": person.name,
        "shown": person.shown,
        "roles": list(person.roles),
        "qualifications": list(person.qualifications),
        "fresh": person.fresh,
        "locked_until": moment(person.locked_until),
        "left_at": moment(person.left_at),
    }
