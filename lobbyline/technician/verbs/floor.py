"""The lobby manager's hand on a number: back into the line, to another service, gone, void."""

from __future__ import annotations

from typing import Any

from lobbyline.lobby.ticket import Ticket
from lobbyline.technician.call import Answer, Call
from lobbyline.technician.parser import Parser


def restore(call: Call) -> Answer:
    """`lobbyline restore TICKET`."""
    options = call.options
    return ticket_answer(call.lobby.floor.restore(options.ticket, call.at, options.by, options.key))


def move(call: Call) -> Answer:
    """`lobbyline move TICKET SERVICE`."""
    options = call.options
    return ticket_answer(call.lobby.floor.move(options.ticket, options.service, call.at, options.by, options.key))


def leave(call: Call) -> Answer:
    """`lobbyline leave TICKET`: the customer has gone."""
    options = call.options
    return ticket_answer(call.lobby.floor.leave(options.ticket, call.at, options.by, options.key))


def void(call: Call) -> Answer:
    """`lobbyline void TICKET --by WHO --reason WHY`."""
    options = call.options
    return ticket_answer(call.lobby.floor.void(options.ticket, options.reason, call.at, options.by, options.key))


def ticket_answer(ticket: Ticket) -> Answer:
    return Answer(f"{ticket.number}  {ticket.state}", ticket_data(ticket))


def ticket_data(ticket: Ticket) -> dict[str, Any]:
    return {
        "ticket": ticket.number,
        "service": ticket.service,
        "queue": ticket.queue,
        "state": ticket.state,
        "taken_at": ticket.taken_at.isoformat(),
    }


def words(top: Parser) -> None:
    """The commands of this module."""
    restoring = top.command("restore", restore, "A missed or held number goes back into the line.").by("staff")
    leaving = top.command("leave", leave, "The customer has left.").by("staff")
    voiding = top.command("void", void, "Make a number void.").by().reason()
    moving = top.command("move", move, "A waiting number goes to another service.").by("staff")
    for one in (restoring, leaving, voiding, moving):
        one.once().add_argument("ticket", metavar="TICKET", help="such as A001")
    moving.add_argument("service", metavar="SERVICE", help="its code in branch.toml, such as W1")
