"""Shapes of what several rooms answer, with an example of every value: the API's description is made of these.

A shape that one room alone answers stands in that room.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from lobbyline.lobby.people.roster import ROLES

Number = Annotated[str, Field(description="A ticket's number.", examples=["A012"])]
Shown = Annotated[str, Field(description="The number as it is shown to people.", examples=["A\u2009012"])]
Window = Annotated[int, Field(description="A counter.", examples=[2])]
Moment = Annotated[str, Field(description="ISO 8601, the branch's time.", examples=["2026-11-23T10:12:00+08:00"])]
Names = Annotated[dict[str, str], Field(description="In every language.", examples=[{"zh": "取款", "en": "Withdraw"}])]
Called = Annotated[str, Field(description="What a person is called.", examples=["李静"])]
Service = Annotated[str, Field(description="A service's code.", examples=["W1"])]
Letter = Annotated[str, Field(description="A line's letter.", examples=["A"])]
Serial = Annotated[str, Field(examples=["00000101"])]
People = Annotated[int, Field(ge=0, examples=[3])]
Minutes = Annotated[int, Field(ge=0, examples=[6])]
Level = Annotated[int, Field(description="What a customer pressed; 0: nothing.", examples=[4])]
Open = Annotated[str, Field(json_schema_extra={"enum": ["open", "paused", "closed"]})]
Well = Annotated[str, Field(json_schema_extra={"enum": ["ok", "warn", "fault"]})]
Roles = Annotated[list[str], Field(json_schema_extra={"items": {"type": "string", "enum": list(ROLES)}})]


class Wait(TypedDict):
    """Minutes, as a range."""

    low: Minutes
    high: Minutes


class Ticket(TypedDict):
    """One ticket, without its token."""

    number: Number
    shown: Shown
    service: Service
    service_name: Names
    queue: Letter
    segment: Annotated[str, Field(examples=["ordinary"])]
    segment_name: Annotated[dict[str, str], Field(examples=[{"zh": "普通", "en": "Ordinary"}])]
    state: Annotated[str, Field(examples=["waiting"])]
    step: Annotated[str, Field(description="Where it is at the counter.", examples=[""])]
    counter: Window | None
    calls: Annotated[int, Field(examples=[0])]
    needs_form: bool
    ready: bool
    taken_at: Moment | None
    arrived_at: Moment | None
    called_at: Moment | None


class Place(TypedDict):
    """A ticket and where it stands."""

    ticket: Ticket
    ahead: People
    wait: Wait
    counters: list[Window]
    zone: Annotated[dict[str, str], Field(examples=[{"zh": "A区", "en": "Zone A"}])]


class Waiting(TypedDict):
    """One line of the waiting list."""

    ticket: Ticket
    ahead: People
    wait: Wait
    overdue: bool


class Sign(TypedDict):
    """What stands over a counter."""

    number: Window
    name: Names
    queues: list[Letter]


class Standing(TypedDict):
    """What a verb left behind at the counter."""

    counter: Window
    state: Open
    teller: Called
    ticket: Ticket | None
    why: Annotated[dict[str, str], Field(description="Why this number now.", examples=[{"en": "Next in line"}])]


class Call(TypedDict):
    """Somebody was called."""

    number: Number
    shown: Shown
    counter: Window
    at: Moment | None


class Queue(TypedDict):
    """One line, and what a newcomer is told."""

    letter: Letter
    name: Names
    waiting: People
    wait: Wait


class Counter(TypedDict):
    """One counter as the hall sees it."""

    number: Window
    name: Names
    state: Open
    ticket: Number
    shown: Shown
    ticket_state: Annotated[str, Field(examples=["called"])]


class Hall(TypedDict):
    """What everyone may see."""

    at: Moment | None
    calls: list[Call]
    queues: list[Queue]
    counters: list[Counter]
    soon: list[Number]


class Alert(TypedDict):
    """One line of the lobby manager's list; the technician's own sentence stands beside the calm one."""

    id: Annotated[int, Field(examples=[17])]
    level: Annotated[str, Field(examples=["amber"])]
    kind: Annotated[str, Field(examples=["long_wait"])]
    sentence: Annotated[str, Field(description="In the language of the request.")]
    detail: str
    ticket: Annotated[str, Field(description="Empty where it is about none.", examples=["A012"])]
    counter: Window | None
    taken_by: Called
    at: Moment | None


class Device(TypedDict):
    """One device, and how it is."""

    name: Annotated[str, Field(examples=["front"])]
    kind: Annotated[str, Field(examples=["printer"])]
    state: Well
    sentence: str
    face: Annotated[str, Field(description="What a board shows.")]
    at: Moment | None


class Review(TypedDict):
    """Papers in the back office with their hand-off times."""

    ticket: Ticket
    counter: Window
    maker: Called
    handed_at: Moment | None
    reviewer: Called
    begun_at: Moment | None
    times_back: Annotated[int, Field(examples=[0])]
