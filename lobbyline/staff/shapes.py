"""What the API answers, shape by shape, with an example of every value: its description is made of these."""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from lobbyline.lobby.people import ROLES

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


class Copy(TypedDict):
    """A paper that is to be printed again."""

    number: Number
    copy: Annotated[int, Field(description="0 is the first paper.", examples=[1])]
    state: Annotated[str, Field(examples=["due"])]


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


class Control(TypedDict):
    """A control of the service: who did it, or how far it is."""

    control: Annotated[str, Field(examples=["authorisation"])]
    done: bool
    by: Called
    serial: NotRequired[Serial]
    asked: NotRequired[Literal["waiting", "refused"]]
    since: NotRequired[Moment | None]
    reason: NotRequired[str]
    answered_by: NotRequired[Called]


class Desk(Standing):
    """Everything that a teller sees at one counter."""

    sign: Sign
    controls: list[Control]
    hint: Names | None
    aside: list[Ticket]
    behind: list[Waiting]
    at: Moment | None


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


class NamedDevice(Device):
    """The same with the name that people know it by."""

    shown: str


class Printer(TypedDict):
    """A ticket printer and the papers that wait for it."""

    name: Annotated[str, Field(examples=["front"])]
    shown: str
    papers: Annotated[int, Field(description="Of none of them a byte was sent.", examples=[3])]


class SentOn(TypedDict):
    """Papers that another printer prints now."""

    printer: Annotated[str, Field(examples=["front"])]
    to: Annotated[str, Field(examples=["second"])]
    papers: Annotated[int, Field(examples=[3])]


class Paper(TypedDict):
    """Papers in the back office with their hand-off times."""

    ticket: Ticket
    counter: Window
    maker: Called
    handed_at: Moment | None
    reviewer: Called
    begun_at: Moment | None
    times_back: Annotated[int, Field(examples=[0])]


class Suggestion(TypedDict):
    """A counter worth opening, or a line that an open one may help."""

    counter: Window
    helps: Annotated[str, Field(description="The line's letter; empty: open the counter.", examples=["B"])]
    people: People
    mean: Minutes
    mean_then: Minutes


class Floor(Hall):
    """Everything of the hall at one look."""

    waiting: list[Waiting]
    aside: Annotated[dict[str, list[Ticket]], Field(description="Tickets that wait in no line, by state.")]
    papers: list[Paper]
    alerts: list[Alert]
    devices: list[NamedDevice]
    printers: list[Printer]
    suggestion: Suggestion | None


class Referral(TypedDict):
    """A customer whom a teller sent to an advice desk."""

    id: Annotated[int, Field(examples=[5])]
    number: Number
    shown: Shown
    state: Annotated[str, Field(examples=["waiting"])]
    counter: Window
    teller: Called
    service: Service
    service_name: Names
    at: Moment | None
    picked_at: Moment | None
    outcome: str
    outcome_by: Called


class Referrals(TypedDict):
    """Today's referrals, and the desks they go to."""

    at: Moment | None
    referrals: list[Referral]
    desks: list[Counter]


class Complaint(TypedDict):
    """What a customer is unhappy about, as a code of the files."""

    about: Annotated[str, Field(examples=["wait"])]
    number: Number


class Request(TypedDict):
    """What a teller asks a second person for."""

    ticket: Ticket
    counter: Window
    asked_by: Called
    asked_at: Moment | None


class Stock(TypedDict):
    """Blank vouchers of one kind in somebody's hands, by the book and as counted."""

    kind: Annotated[str, Field(examples=["card"])]
    holder: Annotated[str, Field(description="Empty: the vault.", examples=["李静"])]
    book: Annotated[int, Field(examples=[100])]
    first: Serial
    last: Serial
    counted: int | None
    gap: int | None


class Moved(TypedDict):
    """How many vouchers changed hands."""

    kind: Annotated[str, Field(examples=["card"])]
    vouchers: Annotated[int, Field(examples=[10])]


class Line(TypedDict):
    """One line of a form: how it reads, what was written, and how it may be put right."""

    name: Annotated[str, Field(examples=["amt"])]
    label: Names
    value: Annotated[dict[str, str], Field(examples=[{"": "2000"}])]
    raw: Annotated[str, Field(examples=["2000"])]
    derived: bool
    choices: dict[str, dict[str, str]]


class Sheet(TypedDict):
    """One form that the customer filled in."""

    form: Annotated[str, Field(examples=["F01"])]
    title: Names
    agreed: bool
    fields: list[Line]


class Judged(TypedDict):
    """Whether the answers hold; what does not, field by field."""

    ok: bool
    errors: dict[str, str]


class Person(TypedDict):
    """Somebody who is signed in."""

    name: Annotated[str, Field(examples=["lijing"])]
    person: Called
    roles: Roles


class Session(TypedDict):
    """Who sits at this browser; of a program only what it is called."""

    person: Called
    name: NotRequired[Annotated[str, Field(examples=["lijing"])]]
    roles: NotRequired[Roles]
    locked: NotRequired[bool]
    since: NotRequired[Moment | None]
    counter: NotRequired[Window | None]
    at: NotRequired[Moment | None]


class Member(TypedDict):
    """Somebody who may sign in, or might once."""

    name: Annotated[str, Field(examples=["lijing"])]
    shown: Called
    roles: Roles
    qualifications: Annotated[list[str], Field(examples=[["funds"]])]
    fresh: bool
    locked_until: Moment | None
    left_at: Moment | None


class Pin(TypedDict):
    """The PIN of a first sign-in, which is answered once."""

    name: Annotated[str, Field(examples=["lijing"])]
    pin: Annotated[str, Field(examples=["4071 8826"])]


class Account(TypedDict):
    name: Annotated[str, Field(examples=["zhougang"])]


class AtCounter(TypedDict):
    counter: Window


class Machine(TypedDict):
    """A browser that is a counter's own."""

    counter: Window
    by: Called
    at: Moment | None


class Question(TypedDict):
    """Whom a pad asks, until when."""

    counter: Window
    visit: Annotated[int | None, Field(examples=[12])]
    level: Level
    until: Moment | None


class Rating(TypedDict):
    counter: Window
    level: Level


class Event(TypedDict):
    """Something that happened to a number or a counter."""

    id: Annotated[int, Field(examples=[4711])]
    at: Moment
    what: Annotated[str, Field(examples=["called"])]
    ticket: Annotated[str, Field(description="Empty where it was about none, or erased.", examples=["A012"])]
    counter: Window | None
    service: NotRequired[Service]
    queue: NotRequired[Letter]


class Journal(TypedDict):
    """What happened, oldest first; `last` is where to go on."""

    events: list[Event]
    last: Annotated[int, Field(examples=[4711])]


class Health(TypedDict):
    """The program answers, and so does its memory."""

    ok: bool
    branch: Annotated[str, Field(examples=["jingqi-street"])]
    version: Annotated[str, Field(description="Of the files in use.", examples=["3f2a9c"])]
    counters: Annotated[int, Field(description="Open ones.", examples=[4])]
