"""The back office: papers of two-stage business, taken in at a counter and reviewed by somebody else.

A passed review is the ticket's control; the customer is called again for the receipt. What is not right goes back to a
counter with a reason. Hand-off times stay with each pass, and the counter is free meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from lobbyline.lobby import once
from lobbyline.lobby.counter import controls
from lobbyline.lobby.errors import Refusal
from lobbyline.lobby.store.book import Book
from lobbyline.lobby.store.pages.reviews import ReviewRow
from lobbyline.lobby.ticket import Ticket

if TYPE_CHECKING:
    from lobbyline.lobby.lobby import Lobby


@dataclass(frozen=True)
class Review:
    """A ticket's papers in the back office: who made them, who has them, since when."""

    ticket: Ticket
    maker: str
    counter: int
    handed_at: datetime
    reviewer: str
    begun_at: datetime | None
    times_back: int  # reviews before this one


class ReviewDesk:
    """What reviewers do."""

    def __init__(self, lobby: Lobby) -> None:
        self._lobby = lobby

    def pending(self, at: datetime) -> list[Review]:
        """Today's papers that wait for a review or are in one, oldest first."""
        day = self._lobby.day(at).isoformat()
        with self._lobby.read() as book:
            reviews = [self._review(book, row) for row in book.reviews_open()]
        return [review for review in reviews if review.ticket.day >= day]

    def history(self, ticket: Ticket) -> list[ReviewRow]:
        """Every pass of a ticket through the back office, with its hand-off times."""
        with self._lobby.read() as book:
            return book.reviews_of(ticket)

    def take(self, number: str, by: str, at: datetime, key: str | None = None, over: str = "") -> Review:
        """Begin with a ticket's papers, or take them `over` from who went away; nobody reviews what he made."""

        def begin(book: Book, ticket: Ticket, row: ReviewRow) -> None:
            if row.reviewer not in ("", by, over):
                raise Refusal("review_taken", ticket=ticket.number, person=row.reviewer)
            book.keep_review(replace(row, reviewer=by, begun_at=row.begun_at or at))
            was: dict[str, Any] = {"was": row.reviewer} if row.reviewer not in ("", by) else {}
            book.note("review_begun", at, by, ticket, **was)

        return self._act("review take", number, by, at, key, begin)

    def pass_(self, number: str, by: str, at: datetime, *, recall: bool = True, key: str | None = None) -> Review:
        """The papers are right. The customer is called again for the receipt, or with `recall` off is done."""

        def finish(book: Book, ticket: Ticket, row: ReviewRow) -> None:
            self._end(book, ticket, row, by, "passed", "", at)
            book.add_control(ticket, "review", by, at)
            if not recall:
                controls.must_be_done(self._lobby, book, ticket)
            passed = ticket.passed(at) if recall else ticket.settled(at)
            self._lobby.floor.keep(book, passed, "passed", at, by, recall=recall)
            if passed.ended:
                book.note("done", at, by, ticket)

        return self._act("review pass", number, by, at, key, finish)

    def send_back(self, number: str, by: str, reason: str, at: datetime, key: str | None = None) -> Review:
        """The papers are not right: the customer is called to a counter again, which hears why."""

        def finish(book: Book, ticket: Ticket, row: ReviewRow) -> None:
            if not reason.strip():
                raise Refusal("reason_missing", ticket=ticket.number)
            self._end(book, ticket, row, by, "returned", reason, at)
            self._lobby.floor.keep(book, ticket.sent_back(at), "returned", at, by, reason=reason)

        return self._act("review return", number, by, at, key, finish)

    def _act(
        self,
        verb: str,
        number: str,
        by: str,
        at: datetime,
        key: str | None,
        move: Callable[[Book, Ticket, ReviewRow], None],
    ) -> Review:
        """One verb in one transaction; an attempt of the maker to review is refused and kept."""
        what = f"{verb} {number}"
        with controls.attempts(self._lobby, verb, number, by, at), self._lobby.write() as book:
            earlier = once.answered(book, key, what)
            if earlier is not None:
                return self._review(book, book.review(int(earlier["review"])))
            ticket, row = self._find(book, number, at)
            self._must_be_another(book, ticket, row, by)
            move(book, ticket, row)
            once.keep(book, key, what, {"review": row.id, "ticket": ticket.id}, at)
            return self._review(book, book.review(row.id))

    def _find(self, book: Book, number: str, at: datetime) -> tuple[Ticket, ReviewRow]:
        ticket = self._lobby.floor.find(book, number, at)
        row = book.review_of(ticket)
        if row is None or ticket.state != "review":
            raise Refusal("not_in_review", ticket=ticket.number)
        return ticket, row

    def _must_be_another(self, book: Book, ticket: Ticket, row: ReviewRow, by: str) -> None:
        if not by.strip():
            raise Refusal("person_missing", control=self._lobby.setup.text("control", "review"))
        controls.must_be_another(self._lobby, book, "review", by, ticket, row.maker)

    def _end(
        self, book: Book, ticket: Ticket, row: ReviewRow, by: str, outcome: str, reason: str, at: datetime
    ) -> None:
        if row.reviewer and row.reviewer != by:
            raise Refusal("review_taken", ticket=ticket.number, person=row.reviewer)
        begun = row.begun_at or at
        book.keep_review(replace(row, reviewer=by, begun_at=begun, ended_at=at, outcome=outcome, reason=reason))

    def _review(self, book: Book, row: ReviewRow) -> Review:
        ticket = book.ticket(row.ticket_id)
        before = sum(other.id < row.id for other in book.reviews_of(ticket))
        return Review(ticket, row.maker, row.counter, row.handed_at, row.reviewer, row.begun_at, before)
