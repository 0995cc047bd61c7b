"""Appointments: a number for a later time, which waits from that time on once its customer has come."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from lobbyline.lobby import hours, once
from lobbyline.lobby.errors import Refusal
from lobbyline.lobby.store.book import Book
from lobbyline.lobby.ticket import Ticket

if TYPE_CHECKING:
    from lobbyline.lobby.lobby import Lobby
    from lobbyline.lobby.reception.reception import Place

SEGMENT = "appointment"  # the branch's kind of customer who has one


class Booking:
    """Gives times and welcomes those who come for them."""

    def __init__(self, lobby: Lobby) -> None:
        self._lobby = lobby

    def book(self, service: str, time: datetime, at: datetime, by: str = "customer", key: str | None = None) -> Ticket:
        """A number for `time`, which is one of the branch's booking times."""
        what = f"book {service} {time.isoformat()}"
        with self._lobby.write() as book:
            earlier = once.answered(book, key, what)
            if earlier is not None:
                return book.ticket(earlier["ticket"])
            self._must_be_bookable(book, service, time, at)
            ticket = self._draw(book, service, time, at)
            book.note("booked", at, by, ticket, number=ticket.number, service=service, time=time.isoformat())
            once.keep(book, key, what, {"ticket": ticket.id}, at)
        return ticket

    def arrive(self, number: str, at: datetime, key: str | None = None, *, paper: bool = True) -> Place:
        """The customer has come: in the line as of the booked time. After the grace the number is forfeited."""
        what = f"arrive {number}"
        with self._lobby.write() as book:
            earlier = once.answered(book, key, what)
            ticket = book.ticket(earlier["ticket"]) if earlier else self._lobby.floor.find(book, number, at)
            late = earlier is None and self._is_late(ticket, at)
            if late:
                self._lobby.floor.keep(book, ticket.forfeited(at), "void", at, "customer", reason="forfeited")
            elif earlier is None:
                ticket = self._lobby.floor.keep(book, ticket.arrived(at), "arrived", at, "customer")
            place = self._lobby.reception.place(ticket, self._lobby.line(book, at))
            if earlier is None and not late:
                once.keep(book, key, what, {"ticket": ticket.id}, at)
                if paper:
                    self._lobby.outbox.add(book, place, at)
        if late:
            with self._lobby.speaking():
                raise Refusal("forfeited", ticket=ticket.number, minutes=self._lobby.branch.rules.booking_grace)
        return place

    def expected(self, at: datetime) -> list[Ticket]:
        """Today's appointments whose customers have not come yet, by time."""
        with self._lobby.read() as book:
            booked = book.aside("booked", self._lobby.day(at))
        return sorted(booked, key=lambda ticket: (ticket.arrived_at, ticket.id))

    def times(self, service: str, day: datetime, at: datetime) -> list[datetime]:
        """The free times of a service on the day of `day`, as far as they lie ahead."""
        branch = self._lobby.branch
        step = timedelta(minutes=branch.rules.booking_step)
        local = day.astimezone(branch.zone).date()
        found = []
        with self._lobby.read() as book:
            self._must_know(service)
            for window in hours.windows(branch, service, local):
                time, until = (datetime.combine(local, edge, branch.zone) for edge in (window.start, window.until))
                while time < until:
                    if time > at and book.booked_at(time, local) < branch.rules.booking_places:
                        found.append(time)
                    time += step
        return found

    def _draw(self, book: Book, service: str, time: datetime, at: datetime) -> Ticket:
        branch, day = self._lobby.branch, self._lobby.day(time)
        queue = branch.queue_of(service, SEGMENT)
        number = book.draw_number(queue, day, branch.queues[queue].digits)
        new = self._lobby.reception.newcomer(service, SEGMENT, replace(self._lobby.line(book, at), tickets=[]))
        drawn = replace(new, number=number, token=self._lobby.reception.token(), day=day.isoformat())
        return book.add_ticket(replace(drawn, state="booked", arrived_at=time, booked_for=time))

    def _must_be_bookable(self, book: Book, service: str, time: datetime, at: datetime) -> None:
        branch, rules = self._lobby.branch, self._lobby.branch.rules
        self._must_know(service)
        if SEGMENT not in branch.segments:
            raise Refusal("no_appointments", service=branch.services[service].name)
        local = time.astimezone(branch.zone)
        facts: dict[str, object] = {"time": f"{local:%m-%d %H:%M}", "service": branch.services[service].name}
        if not at < time <= at + timedelta(days=rules.booking_days):
            raise Refusal("booking_range", days=rules.booking_days, **facts)
        if not hours.within(branch, service, time) or (local.hour * 60 + local.minute) % rules.booking_step:
            raise Refusal("booking_time", step=rules.booking_step, **facts)
        if book.booked_at(time, local.date()) >= rules.booking_places:
            raise Refusal("booking_full", **facts)

    def _must_know(self, service: str) -> None:
        known = self._lobby.branch.services
        if service not in known:
            raise Refusal("unknown_service", service=service, known=list(known))

    def _is_late(self, ticket: Ticket, at: datetime) -> bool:
        grace = timedelta(minutes=self._lobby.branch.rules.booking_grace)
        return ticket.state == "booked" and ticket.booked_for is not None and at - ticket.booked_for > grace
