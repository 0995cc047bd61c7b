"""Appointments: free times, one booked, who has come."""

from __future__ import annotations

from datetime import datetime, time

from lobbyline.technician.call import Answer, Call
from lobbyline.technician.parser import Parser, day, moment
from lobbyline.technician.verbs.floor import leave, ticket_answer, ticket_data


def book(call: Call) -> Answer:
    """`lobbyline appointment book SERVICE TIME`."""
    options = call.options
    wanted = in_branch(call, options.time)
    ticket = call.lobby.booking.book(options.service, wanted, call.at, options.by, options.key)
    data = {"ticket": ticket.number, "service": ticket.service, "time": wanted.isoformat(), "token": ticket.token}
    return Answer(f"{ticket.number}  {wanted:%Y-%m-%d %H:%M}", data)


def arrive(call: Call) -> Answer:
    """`lobbyline appointment arrive TICKET`."""
    place = call.lobby.booking.arrive(call.options.ticket, call.at, call.options.key, paper=False)
    return ticket_answer(place.ticket)


def booked(call: Call) -> Answer:
    """`lobbyline appointment list`: today's that have not come yet."""
    found = call.lobby.booking.expected(call.at)
    data = [ticket_data(ticket) | {"time": ticket.arrived_at.isoformat()} for ticket in found]
    lines = [f"{ticket.arrived_at:%H:%M}  {ticket.number}  {ticket.service}" for ticket in found]
    return Answer("\n".join(lines) or "No appointments are left today.", data)


def times(call: Call) -> Answer:
    """`lobbyline appointment times SERVICE DAY`."""
    begins = datetime.combine(call.options.day, time(), call.setup.branch.zone)
    found = call.lobby.booking.times(call.options.service, begins, call.at)
    told = " ".join(f"{free:%H:%M}" for free in found)
    return Answer(told or "No time is free on that day.", [free.isoformat() for free in found])


def in_branch(call: Call, told: datetime) -> datetime:
    """A time as the branch's clock tells it, where no zone was named."""
    return told.replace(tzinfo=told.tzinfo or call.setup.branch.zone)


def words(top: Parser) -> None:
    """The command of this module."""
    appointments = top.command("appointment", booked, "Appointments: free times, one booked, who has come.")
    booking = appointments.command("book", book, "Book a time.").by("staff").once()
    booking.add_argument("service", metavar="SERVICE", help="its code in branch.toml, such as W1")
    booking.add_argument("time", metavar="TIME", type=moment, help="such as 2026-11-24T10:15")
    arriving = appointments.command("arrive", arrive, "The customer has come.").once()
    arriving.add_argument("ticket", metavar="TICKET", help="such as Y001")
    cancelling = appointments.command("cancel", leave, "The customer will not come.").by("staff").once()
    cancelling.add_argument("ticket", metavar="TICKET", help="such as Y001")
    free = appointments.command("times", times, "Free times of a day.")
    free.add_argument("service", metavar="SERVICE", help="its code in branch.toml, such as W1")
    free.add_argument("day", metavar="DAY", type=day, help="such as 2026-11-24")
    appointments.command("list", booked, "Today's that have not come yet.")
