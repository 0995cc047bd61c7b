"""Numbers: one is drawn, who waits, and what became of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lobbyline.lobby.rule.reason import Reason
from lobbyline.technician.call import Answer, Call
from lobbyline.technician.parser import Parser
from lobbyline.technician.terminal import table

if TYPE_CHECKING:
    from lobbyline.lobby.hall.view import Waiting
    from lobbyline.lobby.reception.reception import Place
    from lobbyline.lobby.ticket import Ticket


# What the line of an event says beside its time, its name and whose it was, as far as the event has it.
TOLD = ("service", "queue", "segment", "control", "verb", "code", "form", "fields", "reason", "note", "level", "about")


def take(call: Call) -> Answer:
    """`lobbyline take SERVICE`."""
    options = call.options
    place = call.lobby.reception.take(options.service, call.at, options.segment, options.key, paper=options.paper)
    return Answer("  ".join(_place(call, place)), _place_data(place))


def waiting(call: Call) -> Answer:
    """`lobbyline waiting`: everybody, in call order."""
    found = call.lobby.hall.waiting(call.at)
    rows = [(f"{one.ticket.taken_at:%H:%M}", *_place(call, one)) for one in found]
    data = [
        _ticket_data(one.ticket)
        | {"ahead": one.ahead, "wait_low": one.wait.low, "wait_high": one.wait.high, "overdue": one.overdue}
        for one in found
    ]
    return Answer(table(rows) or "Nobody is waiting.", data)


def show(call: Call) -> Answer:
    """`lobbyline show TICKET`: its life, event by event."""
    place = call.lobby.reception.find(call.options.ticket, call.at)
    with call.lobby.read() as book:
        events = book.events_of(place.ticket)
    life = table(_event(call, place.ticket, event) for event in events)
    more = {"why": why(call, place.ticket.why), "events": events}
    title = f"{place.ticket.number}  {_service(call, place.ticket)}  {place.ticket.state}"
    return Answer(f"{title}\n{life}", _place_data(place) | _ticket_data(place.ticket) | more)


def _place_data(place: Place) -> dict[str, Any]:
    ticket = place.ticket
    return {
        "ticket": ticket.number,
        "service": ticket.service,
        "queue": ticket.queue,
        "segment": ticket.segment,
        "ahead": place.ahead,
        "wait_low": place.wait.low,
        "wait_high": place.wait.high,
        "token": ticket.token,
    }


def why(call: Call, reason: Reason | None) -> str:
    return call.lobby.why(reason).say(call.language)


def _event(call: Call, ticket: Ticket, event: dict[str, Any]) -> tuple[str, str, str]:
    """One event; its last part has who did it at which counter, and why it was this number."""
    told = event
    if event["what"] == "called" and event.get("reason"):
        told = {"reason": why(call, Reason(event["reason"], {"ticket": ticket.number, **event}))}
    counter = f"counter {event['counter']}" if event["counter"] else ""
    who = [event["who"], counter] if event["who"] != counter else [counter]
    facts = [str(told[name]) for name in TOLD if told.get(name)]
    return event["at"][11:19], event["what"], "  ".join([*filter(None, who), *facts])


def _ticket_data(ticket: Ticket) -> dict[str, Any]:
    return {
        "ticket": ticket.number,
        "service": ticket.service,
        "queue": ticket.queue,
        "segment": ticket.segment,
        "state": ticket.state,
        "step": ticket.step,
        "counter": ticket.counter,
        "taken_at": ticket.taken_at.isoformat(),
        "called_at": ticket.called_at.isoformat() if ticket.called_at else None,
        "ready": ticket.ready,
    }


def _place(call: Call, place: Place | Waiting) -> tuple[str, str, str]:
    wait = f"{place.ahead} ahead, {place.wait.low}–{place.wait.high} min"
    return place.ticket.number, _service(call, place.ticket), wait


def _service(call: Call, ticket: Ticket) -> str:
    return call.setup.branch.services[ticket.service].name.say(call.language)


def words(top: Parser) -> None:
    """The commands of this module."""
    drawing = top.command("take", take, "Draw a number.")
    drawing.add_argument("service", metavar="SERVICE", help="its code in branch.toml, such as W1")
    drawing.add_argument("--segment", default="ordinary", help="the kind of customer; ordinary unless given")
    drawing.add_argument("--key", help="the same key twice gives the same ticket")
    drawing.add_argument("--print", action="store_true", dest="paper", help="print it at the kiosk")
    top.command("waiting", waiting, "Who waits, in call order.")
    showing = top.command("show", show, "One ticket with all its events.")
    showing.add_argument("ticket", metavar="TICKET", help="such as A001")
