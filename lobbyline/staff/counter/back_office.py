"""The second person over HTTP: what tellers ask to be authorised, papers to review, and the register of blank vouchers.

Where two people stand behind a thing, the one is signed in and the other proves to be there with a secret.
"""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends
from pydantic import Field
from typing_extensions import TypedDict

from lobbyline.lobby.clock import Clock
from lobbyline.lobby.counter.authorisation import Request
from lobbyline.lobby.counter.vouchers import Stock, Transfer
from lobbyline.lobby.lobby import Lobby
from lobbyline.staff.counter.verbs import Key
from lobbyline.staff.door.door import Visitor, require
from lobbyline.staff.shape import answers, shapes
from lobbyline.staff.shape.answers import moment, plain
from lobbyline.staff.shape.said import Said

Supervisor = Annotated[Visitor, Depends(require("supervisor", person=True))]
Reviewer = Annotated[Visitor, Depends(require("reviewer", person=True))]


class Reason(Said):
    reason: str = Field(max_length=200, examples=["印鉴不清"])


class Taken(Said):
    """Whose papers are taken over, where somebody has them."""

    over: str = Field("", max_length=60, description="Empty: nobody has them yet.", examples=["王芳"])


class Passed(Said):
    """How the customer goes on after a review that found nothing."""

    recall: bool = Field(True, description="Called again for the receipt; false: need not come back.")


class Two(Said):
    """The second of two people, who proves to be there."""

    second: str = Field(max_length=40, description="Sign-in name of the second person.", examples=["wangfang"])
    secret: str = Field(max_length=200, description="The second person's secret.", examples=["amber-7-kettle"])


class Serials(Two):
    """A range of blank vouchers that changes hands before two people."""

    kind: str = Field(max_length=40, examples=["card"])
    first: str = Field(max_length=18, examples=["00000101"])
    last: str = Field(max_length=18, examples=["00000200"])


class Counted(Two):
    """What two people counted by hand."""

    kind: str = Field(max_length=40, examples=["card"])
    holder: str = Field("", max_length=40, description="Whose stock; empty: the vault.", examples=["李静"])
    counted: int = Field(ge=0, le=1_000_000, examples=[100])


class Asked(TypedDict):
    """What a teller asks a second person for."""

    ticket: shapes.Ticket
    counter: shapes.Window
    asked_by: shapes.Called
    asked_at: shapes.Moment | None


class Balance(TypedDict):
    """Blank vouchers of one kind in somebody's hands, by the book and as counted."""

    kind: Annotated[str, Field(examples=["card"])]
    holder: Annotated[str, Field(description="Empty: the vault.", examples=["李静"])]
    book: Annotated[int, Field(examples=[100])]
    first: shapes.Serial
    last: shapes.Serial
    counted: int | None
    gap: int | None


class Moved(TypedDict):
    """How many vouchers changed hands."""

    kind: Annotated[str, Field(examples=["card"])]
    vouchers: Annotated[int, Field(examples=[10])]


def authorisations(lobby: Lobby, clock: Clock) -> APIRouter:
    """What tellers ask a second person for."""
    routes = APIRouter(prefix="/api/authorisations", tags=["back office"])

    @routes.get("")
    def waiting(_: Supervisor) -> list[Asked]:
        """What waits for a second person."""
        return [request(one, lobby) for one in lobby.authorisations.pending(clock())]

    @routes.post("/{number}/grant", status_code=204)
    def grant(number: str, visitor: Supervisor, key: Key = None) -> None:
        """Agree; refused to whoever worked on the ticket."""
        lobby.authorisations.grant(plain(number), visitor.by, clock(), key)

    @routes.post("/{number}/refuse", status_code=204)
    def refuse(number: str, said: Reason, visitor: Supervisor, key: Key = None) -> None:
        """Do not agree; the teller reads why."""
        lobby.authorisations.refuse(plain(number), visitor.by, said.reason, clock(), key)

    return routes


def reviews(lobby: Lobby, clock: Clock) -> APIRouter:
    """Papers that were handed in at a counter."""
    routes = APIRouter(prefix="/api/reviews", tags=["back office"])

    @routes.get("")
    def waiting(_: Reviewer) -> list[shapes.Review]:
        """Papers that wait, and those that somebody has."""
        return [answers.review(one, lobby.branch) for one in lobby.review.pending(clock())]

    @routes.post("/{number}/take")
    def take(number: str, visitor: Reviewer, said: Taken | None = None, key: Key = None) -> shapes.Review:
        """Begin, or take over; refused to whoever made the papers."""
        taken = lobby.review.take(plain(number), visitor.by, clock(), key, (said or Taken()).over)
        return answers.review(taken, lobby.branch)

    @routes.post("/{number}/pass")
    def pass_(number: str, visitor: Reviewer, said: Passed | None = None, key: Key = None) -> shapes.Review:
        """They are right."""
        recall = (said or Passed(recall=True)).recall
        passed = lobby.review.pass_(plain(number), visitor.by, clock(), recall=recall, key=key)
        return answers.review(passed, lobby.branch)

    @routes.post("/{number}/return")
    def send_back(number: str, said: Reason, visitor: Reviewer, key: Key = None) -> shapes.Review:
        """They are not right; the customer is called to a counter again."""
        returned = lobby.review.send_back(plain(number), visitor.by, said.reason, clock(), key)
        return answers.review(returned, lobby.branch)

    return routes


def vouchers(lobby: Lobby, clock: Clock) -> APIRouter:
    """The register of blank vouchers: two people at every move, counted by two at day end."""
    routes = APIRouter(prefix="/api/vouchers", tags=["back office"])

    @routes.get("")
    def balance(_: Supervisor) -> list[Balance]:
        """Who has which blank vouchers, by the book and as counted."""
        return [stock(one) for one in lobby.vouchers.balance(clock())]

    @routes.post("/count")
    def count(said: Counted, visitor: Supervisor) -> Balance:
        """What was counted, against the book; a gap stays in the log."""
        second = lobby.sessions.prove(said.second, said.secret, clock()).shown
        found = lobby.vouchers.count(said.kind, said.holder, said.counted, visitor.by, second, clock())
        return stock(found)

    @routes.post("/{move}")
    def change(
        move: Literal["receive", "issue", "give-back", "void"], said: Serials, visitor: Supervisor, key: Key = None
    ) -> Moved:
        """A range changes hands: into the vault, to the teller who signs, back from him, or to the shredder."""
        second = lobby.sessions.prove(said.second, said.secret, clock()).shown
        register = lobby.vouchers
        act = {
            "receive": register.receive, "issue": register.issue,
            "give-back": register.give_back, "void": register.void,
        }[move]  # fmt: skip
        one, other = (visitor.by, second) if move in ("receive", "issue") else (second, visitor.by)
        moved = act(Transfer(said.kind, said.first, said.last, one, other, clock(), key))
        return {"kind": said.kind, "vouchers": moved}

    return routes


def request(one: Request, lobby: Lobby) -> Asked:
    return {
        "ticket": answers.ticket(one.ticket, lobby.branch),
        "counter": one.row.counter,
        "asked_by": one.row.asked_by,
        "asked_at": moment(one.row.asked_at),
    }


def stock(one: Stock) -> Balance:
    return {
        "kind": one.kind,
        "holder": one.holder,
        "book": one.book,
        "first": one.first,
        "last": one.last,
        "counted": one.counted,
        "gap": one.gap,
    }
