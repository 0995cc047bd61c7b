"""The controls of a service: which are still missing, and who may not do them.

Nobody passes one by, and an attempt is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from lobbyline.lobby.branch import Branch
from lobbyline.lobby.errors import Refusal
from lobbyline.lobby.store.book import Book
from lobbyline.lobby.ticket import Ticket

if TYPE_CHECKING:
    from lobbyline.lobby.lobby import Lobby

# Attempts to pass a control by: refused, and kept in the log.
LOGGED = frozenset({"control_missing", "same_person", "teller_unknown", "no_vouchers"})


def missing(branch: Branch, book: Book, ticket: Ticket) -> list[str]:
    """Controls of the ticket's service that nobody did."""
    done = book.controls(ticket)
    return [control for control in branch.services[ticket.service].controls if control not in done]


def must_be_another(lobby: Lobby, book: Book, control: str, by: str, ticket: Ticket, *own: str) -> None:
    """Whoever works on a ticket can neither authorise nor review it, whoever sits at the counter now."""
    if by.casefold() in {name.casefold() for name in (*own, *book.worked_on(ticket))}:
        raise Refusal("same_person", control=lobby.say("control", control), person=by)


@contextmanager
def attempts(lobby: Lobby, verb: str, number: str, by: str, at: datetime) -> Iterator[None]:
    """An attempt to pass a control by is kept, though its change was undone."""
    try:
        yield
    except Refusal as refusal:
        if refusal.code in LOGGED:
            with lobby.write() as book:
                ticket = book.by_number(number.strip().upper(), lobby.day(at))
                book.note("refused", at, by, ticket, code=refusal.code, verb=verb)
        raise
