"""The rating pad: a tablet that is bound to a counter by a manager, and then asks without anybody signed in.

What binds it is a cookie sealed with the branch's own key; it opens nothing but the question of its counter.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from pydantic import Field
from typing_extensions import TypedDict

from lobbyline.lobby.clock import Clock
from lobbyline.lobby.errors import Refusal
from lobbyline.lobby.lobby import Lobby
from lobbyline.staff.door.door import SESSION, Manager
from lobbyline.staff.door.signing import AtCounter, keep
from lobbyline.staff.pages.pages import Pages
from lobbyline.staff.shape import shapes
from lobbyline.staff.shape.answers import moment
from lobbyline.staff.shape.said import Said

PAD = "pad"
YEARS_SECONDS = 5 * 365 * 24 * 3600


class Press(Said):
    """What a customer pressed, and whom the pad had asked."""

    visit: int = Field(ge=1, lt=2**63, examples=[12])
    level: int = Field(ge=1, le=4, examples=[4])


class Question(TypedDict):
    """Whom a pad asks, until when."""

    counter: shapes.Window
    visit: Annotated[int | None, Field(examples=[12])]
    level: shapes.Level
    until: shapes.Moment | None


class Rating(TypedDict):
    counter: shapes.Window
    level: shapes.Level


def rating(lobby: Lobby, clock: Clock) -> APIRouter:
    """The pad's page and its API."""
    routes = APIRouter(tags=["rating"])

    def pad(request: Request) -> int:
        """The counter of a bound tablet."""
        counter = bound(lobby, request.cookies.get(PAD, ""))
        if counter is None:
            raise Refusal("not_a_pad")
        return counter

    @routes.get("/rating", include_in_schema=False)
    def page(request: Request) -> Response:
        counter = bound(lobby, request.cookies.get(PAD, ""))
        pages: Pages = request.app.state.page
        return pages(request, "rating.html", counter=counter)

    @routes.post("/api/pad", status_code=201)
    def bind(binding: AtCounter, visitor: Manager, request: Request, response: Response) -> AtCounter:
        """This tablet asks at that counter from now on, and nobody is signed in on it any more."""
        lobby.desk(binding.counter)
        keep(response, request, PAD, lobby.seal.close({PAD: str(binding.counter)}), YEARS_SECONDS)
        response.delete_cookie(SESSION)
        with lobby.write() as book:
            book.note("pad_bound", clock(), visitor.by, counter=binding.counter)
        return binding

    def question(counter: int = Depends(pad)) -> Question:
        """Whom this pad asks now."""
        asked = lobby.ratings.question(counter, clock())
        return {
            "counter": counter,
            "visit": asked.visit if asked else None,
            "level": asked.level if asked else 0,
            "until": moment(asked.until) if asked else None,
        }

    def give(press: Press, counter: int = Depends(pad)) -> Rating:
        """A customer pressed."""
        lobby.ratings.give(counter, press.level, clock(), visit=press.visit)
        return {"counter": counter, "level": press.level}

    routes.add_api_route("/api/rating", question, methods=["GET"])
    routes.add_api_route("/api/rating", give, methods=["POST"])
    return routes


def bound(lobby: Lobby, token: str) -> int | None:
    """The counter that a sealed cookie names; nothing for one that we did not seal."""
    number = lobby.seal.recognised(token).get(PAD, "")
    return int(number) if number.isdecimal() else None
