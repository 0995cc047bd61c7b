"""Everything that the lobby manager sees, in one answer: lines, counters, alerts, devices, a counter worth opening."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from lobbyline.lobby.devices import DeviceState
from lobbyline.lobby.lobby import Lobby
from lobbyline.lobby.report.use import Use as Minutes
from lobbyline.lobby.rule.opening import Suggestion
from lobbyline.lobby.ticket import shown
from lobbyline.staff.shape import answers, shapes
from lobbyline.staff.shape.answers import moment

MOST_NAMED = 6  # numbers in one sentence


class NamedDevice(shapes.Device):
    """The same with the name that people know it by."""

    shown: str


class Printer(TypedDict):
    """A ticket printer and the papers that wait for it."""

    name: Annotated[str, Field(examples=["front"])]
    shown: str
    papers: Annotated[int, Field(description="Of none of them a byte was sent.", examples=[3])]


class Opening(TypedDict):
    """A counter worth opening, or a line that an open one may help."""

    counter: shapes.Window
    helps: Annotated[str, Field(description="The line's letter; empty: open the counter.", examples=["B"])]
    people: shapes.People
    mean: shapes.Minutes
    mean_then: shapes.Minutes


class Use(TypedDict):
    """What the open minutes of a counter were used for today."""

    counter: shapes.Window
    since: Annotated[shapes.Moment | None, Field(description="When it last opened, closed, got a customer, was free.")]
    wanted: Annotated[bool, Field(description="Free, and somebody waits whom it could serve.")]
    busy: Annotated[int, Field(description="Percent of its open minutes with a customer.", examples=[82])]
    idle: Annotated[int, Field(description="Minutes free while somebody waited for it.", examples=[3])]


class AlertGroup(shapes.Alert):
    """What needs a person: one alert, or several that are one walk and are told as their first."""

    ids: Annotated[list[int], Field(description="All of them: each is taken, and done with.", examples=[[17]])]


class Overview(shapes.Hall):
    """Everything of the hall at one look."""

    waiting: list[shapes.Waiting]
    aside: Annotated[dict[str, list[shapes.Ticket]], Field(description="Tickets that wait in no line, by state.")]
    uses: list[Use]
    papers: list[shapes.Review]
    alerts: list[AlertGroup]
    devices: list[NamedDevice]
    printers: list[Printer]
    suggestion: Opening | None


def overview(lobby: Lobby, at: datetime, language: str) -> Overview:
    """The hall at one look."""
    branch = lobby.branch
    found, aside = lobby.lookout.suggestion(at), lobby.floor.aside(at)
    return {
        **answers.hall(lobby.hall.view(at), at),
        "waiting": [answers.waiting(entry, branch) for entry in lobby.hall.waiting(at)],
        "aside": {state: [answers.ticket(one, branch) for one in those] for state, those in aside.items()},
        "uses": [use(number, one) for number, one in lobby.records.uses(at).items()],
        "papers": [answers.review(one, branch) for one in lobby.review.pending(at)],
        "alerts": grouped([answers.alert(row, lobby, language) for row in lobby.lookout.listed()], lobby, language),
        "devices": [device(one, lobby, language) for one in lobby.devices.all()],
        "printers": printers(lobby, language),
        "suggestion": suggestion(found) if found else None,
    }


def grouped(alerts: list[shapes.Alert], lobby: Lobby, language: str) -> list[AlertGroup]:
    """Gravest first; water for several people is one walk, and the last; of many the first are named."""
    water = [alert for alert in reversed(alerts) if alert["kind"] == "water"]
    one_walk = water if len(water) > 1 else []
    found: list[AlertGroup] = [{**alert, "ids": [alert["id"]]} for alert in alerts if alert not in one_walk]
    if one_walk:
        numbers = [shown(alert["ticket"]) for alert in one_walk[:MOST_NAMED]]
        if (others := len(one_walk) - len(numbers)) > 0:
            numbers.append(lobby.say("staff", "more", {"n": others}, language))
        sentence = lobby.say("staff", "water_for", {"numbers": " ".join(numbers)}, language)
        ids = [alert["id"] for alert in one_walk]
        found.append({**one_walk[0], "sentence": sentence, "detail": "", "ids": ids})
    return found


def device(one: DeviceState, lobby: Lobby, language: str) -> NamedDevice:
    named, told = lobby.devices.shown(one.name, language), lobby.devices.told(one, language)
    return {**answers.device(one), "shown": named, "sentence": told}


def printers(lobby: Lobby, language: str) -> list[Printer]:
    """Every ticket printer, with the papers that wait for it."""
    waiting = lobby.outbox.waiting()
    return [
        {"name": name, "shown": lobby.devices.shown(name, language), "papers": waiting.get(name, 0)}
        for name in lobby.setup.printer_names()
    ]


def use(counter: int, one: Minutes) -> Use:
    return {
        "counter": counter,
        "since": moment(one.since),
        "wanted": one.wanted,
        "busy": round(100 * one.busy),
        "idle": round(one.idle),
    }


def suggestion(found: Suggestion) -> Opening:
    return {
        "counter": found.counter,
        "helps": found.helps,
        "people": found.people,
        "mean": round(found.mean),
        "mean_then": round(found.mean_then),
    }
