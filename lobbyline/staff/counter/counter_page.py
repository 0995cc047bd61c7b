"""Everything that a teller sees at one counter, in one answer: the counter's now, its controls, who waits behind."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from lobbyline.lobby.branch import Counter
from lobbyline.lobby.counter import referral
from lobbyline.lobby.counter.desk import Standing
from lobbyline.lobby.lobby import Lobby
from lobbyline.lobby.ticket import Ticket
from lobbyline.staff.counter.keys import Beside, Next, beside, big
from lobbyline.staff.shape import shapes
from lobbyline.staff.shape.answers import moment, names, serves, sign, standing, ticket, waiting

ASIDE = ("held", "missed")  # who may be called back by number


class Control(TypedDict):
    """A control of the service: who did it, or how far it is."""

    control: Annotated[str, Field(examples=["authorisation"])]
    done: bool
    by: shapes.Called
    serial: NotRequired[shapes.Serial]
    asked: NotRequired[Literal["waiting", "refused"]]
    since: NotRequired[shapes.Moment | None]
    reason: NotRequired[str]
    answered_by: NotRequired[shapes.Called]


class Desk(shapes.Standing):
    """Everything that a teller sees at one counter."""

    next: Annotated[Next, Field(description="What the big key does, for whoever asks.")]
    keys: Annotated[list[Beside], Field(description="The other keys that mean something.")]
    sign: shapes.Sign
    controls: list[Control]
    hint: shapes.Names | None
    prompt: Annotated[shapes.Names | None, Field(description="What the step reminds of; null: the product's words.")]
    aside: list[shapes.Ticket]
    behind: list[shapes.Waiting]
    at: shapes.Moment | None


def desk(lobby: Lobby, number: int, person: str, at: datetime) -> Desk:
    """The page of one counter, for whoever looks at it."""
    here = lobby.desk(number)
    now, counter = here.standing(at), here.counter
    line, checks = lobby.hall.waiting(at), controls(lobby, now)
    return {
        **standing(now, lobby),
        "next": big(now, person, [check["control"] for check in checks if not check["done"]]),
        "keys": keys(lobby, now, person),
        "sign": sign(counter),
        "controls": checks,
        "hint": hint(lobby, now.ticket),
        "prompt": prompt(lobby, now.ticket),
        "aside": aside(lobby, counter, at),
        "behind": [waiting(entry, lobby.branch) for entry in line if serves(lobby.branch, counter, entry.ticket)],
        "at": moment(at),
    }


def keys(lobby: Lobby, now: Standing, person: str) -> list[Beside]:
    branch, ticket = lobby.branch, now.ticket
    form = ticket is not None and bool(branch.services[ticket.service].forms)
    return beside(now, person, advice=bool(referral.services(branch)), form=form)


def controls(lobby: Lobby, now: Standing) -> list[Control]:
    """The controls of the ticket's service in their order: who did each, and how far an unfinished one is."""
    if now.ticket is None:
        return []
    with lobby.read() as book:
        done = book.controls(now.ticket)
    needed = lobby.branch.services[now.ticket.service].controls
    return [
        {"control": name, "done": True, "by": done[name]} if name in done else pending(lobby, name, now)
        for name in needed
    ]


def pending(lobby: Lobby, control: str, now: Standing) -> Control:
    """What the teller should know of a control that is still to do."""
    told: Control = {"control": control, "done": False, "by": ""}
    if now.ticket is None:
        return told
    if control == "voucher":
        return {**told, "serial": lobby.vouchers.next_of(now.ticket.service, now.teller)}
    if control != "authorisation" or (row := lobby.authorisations.of(now.ticket)) is None:
        return told
    if row.outcome == "refused":
        return {**told, "asked": "refused", "reason": row.reason, "answered_by": row.answered_by}
    return {**told, "asked": "waiting", "since": moment(row.asked_at)} if row.counter == now.counter else told


def hint(lobby: Lobby, ticket: Ticket | None) -> dict[str, str] | None:
    """One line by the service alone, before the farewell; a ticket that was moved has none, so none has two."""
    if ticket is None or ticket.moves or ticket.step != "confirm" or not lobby.branch.staff.hints:
        return None
    found = lobby.branch.services[ticket.service].hint
    return names(found) if found else None


def prompt(lobby: Lobby, ticket: Ticket | None) -> dict[str, str] | None:
    """What the step reminds the teller of: the service's own words, else the branch's."""
    if ticket is None:
        return None
    step, branch = ticket.step or "called", lobby.branch
    found = getattr(branch.services[ticket.service].prompts, step) or getattr(branch.staff.prompts, step)
    return names(found) if found else None


def aside(lobby: Lobby, counter: Counter, at: datetime) -> list[shapes.Ticket]:
    """Whom this counter may call back: those put aside, and those who missed their call."""
    with lobby.read() as book:
        found = [one for state in ASIDE for one in book.aside(state, lobby.day(at))]
    return [ticket(one, lobby.branch) for one in found if serves(lobby.branch, counter, one)]
