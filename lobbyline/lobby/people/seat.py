"""Who sits at a counter: its verbs are pressed by its teller, and its teller does what he is qualified for.

Somebody whom the register of people does not know was named by a technician at the console, and may do everything.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from lobbyline.lobby.branch import Branch, Counter
from lobbyline.lobby.errors import Refusal
from lobbyline.lobby.people.roster import compared
from lobbyline.lobby.store.book import Book
from lobbyline.lobby.store.pages.counters import CounterRow
from lobbyline.lobby.ticket import Ticket

if TYPE_CHECKING:
    from lobbyline.lobby.lobby import Lobby

SEATING = ("open", "next", "call")  # verbs that seat whoever presses them at a closed counter


def must_sit(verb: str, by: str, row: CounterRow) -> None:
    """Only the teller of an open counter presses its verbs."""
    if row.state == "closed":
        if verb.partition(" ")[0] not in SEATING:
            raise Refusal("counter_closed", counter=row.number)
    elif row.teller != by and not verb.startswith("hand over"):
        raise Refusal("another_teller", counter=row.number, person=row.teller or "—")


def here(lobby: Lobby, book: Book, counter: int, at: datetime, seen: str | None = None) -> Ticket:
    """Today's ticket at a counter, which is the one that was seen there."""
    ticket = book.at_counters(lobby.day(at)).get(counter)
    must_be_as_seen(counter, ticket, seen)
    if ticket is None:
        raise Refusal("no_ticket", counter=counter)
    return ticket


def must_be_as_seen(counter: int, ticket: Ticket | None, seen: str | None) -> None:
    """What was pressed before the counter moved on, in another window or before the network came back, is void.

    `seen` is the number that stood there for whoever pressed, empty for nobody; None where that need not be so.
    """
    if seen is not None and seen != (ticket.number if ticket else ""):
        raise Refusal("counter_moved_on", counter=counter)


def must_be_free(by: str, counter: int, rows: Mapping[int, CounterRow]) -> None:
    """Nobody sits at two counters."""
    for row in rows.values():
        if row.number != counter and row.state != "closed" and row.teller == by:
            raise Refusal("seated_elsewhere", counter=row.number, person=by)


def manned(branch: Branch, book: Book, rows: Mapping[int, CounterRow]) -> Branch:
    """The branch as its tellers can serve it now: nobody is given business that he is not qualified for."""
    tellers = {number: row.teller for number, row in rows.items() if row.state != "closed" and row.teller}
    without = {number: lost for number, teller in tellers.items() if (lost := lacking(branch, book, teller))}
    if not without:
        return branch
    counters = [_within(branch, one, without.get(one.number, set())) for one in branch.counters]
    return branch.model_copy(update={"counters": counters})


def lacking(branch: Branch, book: Book, teller: str) -> set[str]:
    """The services that a teller is not qualified for."""
    asked = {code: service.qualification for code, service in branch.services.items() if service.qualification}
    person = book.people.known_as(compared(teller)) if teller and asked else None
    if person is None:
        return set()
    return {code for code, qualification in asked.items() if qualification not in person.qualifications}


def must_be_qualified(branch: Branch, book: Book, service: str, teller: str) -> None:
    if service in lacking(branch, book, teller):
        raise Refusal("not_qualified", person=teller, service=branch.services[service].name)


def _within(branch: Branch, counter: Counter, without: set[str]) -> Counter:
    """The counter without some services; one that is left with none serves no line."""
    if not without.intersection(counter.services or branch.services):
        return counter
    own = counter.services or [code for code, one in branch.services.items() if one.queue in counter.queues]
    left = [code for code in own if code not in without]
    return counter.model_copy(update={"services": left} if left else {"queues": []})
