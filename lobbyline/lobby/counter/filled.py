"""What the customer at a counter filled in, in the teller's hands: compared with the originals, and put right.

Answers are there while their ticket is, and each look and change is an event that names fields, never what they say.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from lobbyline.lobby.errors import Refusal
from lobbyline.lobby.forms.form import Checked
from lobbyline.lobby.people import seat
from lobbyline.lobby.store.book import Book
from lobbyline.lobby.ticket import Ticket

if TYPE_CHECKING:
    from lobbyline.lobby.lobby import Lobby


class Filled:
    """The filled forms of a branch, at its counters."""

    def __init__(self, lobby: Lobby) -> None:
        self._lobby = lobby

    def correct(
        self,
        counter: int,
        by: str,
        form: str,
        answers: Mapping[str, str],
        at: datetime,
        language: str = "zh",
        here: str | None = None,
    ) -> Checked:
        """Answers as the teller puts them right; judged like the customer's own, kept only when they hold."""
        with self._lobby.write() as book:
            ticket = self._theirs(book, counter, by, form, at, here)
            sealed = book.answers(ticket).get(form)
            before = self._lobby.seal.open(sealed) if sealed else {}
            sheet = self._lobby.setup.forms[form]
            checked = sheet.check(answers, self._lobby.day(at), self._lobby.branch.conventions, language)
            if checked.ok:
                now = checked.answers | checked.derived
                changed = sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))
                book.keep_answer(ticket, form, self._lobby.seal.close(now), at)
                book.note("corrected", at, by, ticket, counter, form=form, fields=changed)
        return checked

    def agree(self, counter: int, by: str, form: str, at: datetime, here: str | None = None) -> None:
        """The teller compared a form with the originals and the customer."""
        with self._lobby.write() as book:
            ticket = self._theirs(book, counter, by, form, at, here)
            book.note("agreed", at, by, ticket, counter, form=form)

    def agreed(self, ticket: Ticket) -> set[str]:
        """The forms that were compared since they were last changed."""
        found = set[str]()
        with self._lobby.read() as book:
            events = book.events_of(ticket)
        for event in events:
            if event["what"] == "agreed":
                found.add(event["form"])
            elif event["what"] in ("filled", "corrected"):
                found.discard(event["form"])
        return found

    def _theirs(self, book: Book, counter: int, by: str, form: str, at: datetime, here: str | None) -> Ticket:
        """The ticket that is at the counter, which was seen there and needs this form."""
        seat.must_sit("papers", by, self._lobby.counter(book, counter, at))
        ticket = seat.here(self._lobby, book, counter, at, here)
        known = self._lobby.branch.services[ticket.service].forms
        if form not in known:
            raise Refusal("unknown_form", form=form, known=known)
        return ticket
