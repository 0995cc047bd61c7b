"""A day as the event log has it, to be played again: who came, for what, and how long it took."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from lobbyline.lobby.branch import Branch
from lobbyline.lobby.simulation.day import Arrival, opening
from lobbyline.lobby.store.book import Book
from lobbyline.lobby.ticket import Ticket

AT_COUNTER = frozenset({"called", "recalled", "greet", "ask", "operate", "confirm", "checked", "viewed", "refused"})


def arrivals(book: Book, branch: Branch, day: date) -> list[Arrival]:
    """The arrivals of a day as the log has them; who was never served is left out unless he gave up."""
    midnight = datetime.combine(day, opening(branch), branch.zone)
    found = (_arrival(ticket, book.events_of(ticket), midnight) for ticket in book.of_day(day))
    return sorted((one for one in found if one), key=lambda one: one.at)


def _arrival(ticket: Ticket, events: Sequence[dict[str, Any]], start: datetime) -> Arrival | None:
    """One visit: all the time at counters is service, all from hand-in to the reviewer's word is review."""
    served = review = timedelta()
    here: datetime | None = None
    away: datetime | None = None
    last = ticket.taken_at
    for event in events:
        last, what = datetime.fromisoformat(event["at"]), event["what"]
        if what == "called":
            here = last
        elif what in ("passed", "returned") and away:
            review, away = review + (last - away), None
        elif here and what not in AT_COUNTER:
            served, here, away = served + (last - here), None, last
    gave_up = ticket.state in ("abandoned", "missed", "void") and not served
    if not served and not gave_up:
        return None
    return Arrival(
        at=(ticket.arrived_at - start).total_seconds(),
        service=ticket.service,
        segment=ticket.segment,
        service_seconds=served.total_seconds(),
        review_seconds=review.total_seconds() or None,
        patience_seconds=(last - ticket.taken_at).total_seconds() if gave_up else None,
        ready=ticket.ready,
    )
