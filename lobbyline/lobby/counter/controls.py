"""The controls of a service: which are still missing, who may not do them, and that somebody did one.

Nobody passes one by, and an attempt is kept.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from lobbyline.lobby.branch import CONTROLS, Branch
from lobbyline.lobby.errors import Refusal
from lobbyline.lobby.store.book import Book
from lobbyline.lobby.ticket import Ticket

if TYPE_CHECKING:
    from lobbyline.lobby.lobby import Lobby

SECOND_PERSON = frozenset({"authorisation", "review"})  # controls that the teller may not do alone
# Attempts to pass a control by: refused, and kept in the log.
LOGGED = frozenset({"control_missing", "same_person", "teller_unknown", "no_vouchers"})


def missing(branch: Branch, book: Book, ticket: Ticket) -> list[str]:
    """Controls of the ticket's service that nobody did."""
    done = book.controls(ticket)
    return [control for control in branch.services[ticket.service].controls if control not in done]


def must_be_done(lobby: Lobby, book: Book, ticket: Ticket, later: Collection[str] = ()) -> None:
    """Nothing goes on without them, except for those that come later."""
    lacking = [control for control in missing(lobby.branch, book, ticket) if control not in later]
    if lacking:
        named = [lobby.setup.text("control", control) for control in lacking]
        raise Refusal("control_missing", ticket=ticket.number, controls=named)


def check(lobby: Lobby, book: Book, ticket: Ticket, control: str, by: str, teller: str, at: datetime) -> None:
    """A person did a control for a ticket that is at the counter of `teller`."""
    if control not in CONTROLS:
        raise Refusal("unknown_control", control=control, known=list(CONTROLS))
    if not by:
        raise Refusal("person_missing", control=lobby.setup.text("control", control))
    if control in SECOND_PERSON:
        if not teller:
            raise Refusal("teller_unknown", counter=ticket.counter, control=lobby.setup.text("control", control))
        must_be_another(lobby, book, control, by, ticket, teller)
    detail = lobby.vouchers.used(book, ticket, by, at) if control == "voucher" else {}
    book.add_control(ticket, control, by, at)
    book.note("checked", at, by, ticket, ticket.counter, control=control, **detail)


def must_be_another(lobby: Lobby, book: Book, control: str, by: str, ticket: Ticket, *own: str) -> None:
    """Whoever works on a ticket can neither authorise nor review it, whoever sits at the counter now."""
    if by.casefold() in {name.casefold() for name in (*own, *book.worked_on(ticket))}:
        raise Refusal("same_person", control=lobby.setup.text("control", control), person=by)


@contextmanager
def attempts(lobby: Lobby, verb: str, number: str, by: str, at: datetime) -> Iterator[None]:
    """An attempt to pass a control by is kept, though its change was undone."""
    try:
        yield
    except Refusal as refusal:
        if refusal.code in LOGGED:
            with lobby.write() as book:
                ticket = book.named(number, lobby.day(at))
                book.note("refused", at, by, ticket, code=refusal.code, verb=verb)
        raise
