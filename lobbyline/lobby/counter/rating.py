"""What customers think of the service: asked after every visit that ends at a counter with a pad, never by choice.

Four levels, 1 dissatisfied to 4 very satisfied. The first press counts, and none is an answer, too: the share of
visits that were rated stands beside the ratings in every report.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from lobbyline.lobby.errors import Refusal
from lobbyline.lobby.store.book import Book
from lobbyline.lobby.store.pages.floor import RatingDue

if TYPE_CHECKING:
    from lobbyline.lobby.lobby import Lobby

LEVELS = (1, 2, 3, 4)


@dataclass(frozen=True)
class Question:
    """Whom a pad asks: the visit, until when, and what was pressed (0: nothing yet)."""

    visit: int
    number: str
    until: datetime
    level: int


class Ratings:
    """Pads at counters ask, customers press."""

    def __init__(self, lobby: Lobby) -> None:
        self._lobby = lobby

    def question(self, counter: int, at: datetime) -> Question | None:
        """What the pad at a counter asks now; None while nobody's visit has just ended there."""
        with self._lobby.read() as book:
            due = self._due(book, counter, at)
        if due is None:
            return None
        return Question(due.ticket_id, due.number, due.ended_at + self._patience, due.level)

    def give(self, counter: int, level: int, at: datetime, visit: int | None = None) -> None:
        """Somebody pressed; `visit` is whom the pad had asked, so that a late press is not the next customer's."""
        with self._lobby.write() as book:
            due = self._due(book, counter, at)
            if level not in LEVELS:
                raise Refusal("unknown_rating", level=level)
            if due is None or (visit is not None and visit != due.ticket_id):
                raise Refusal("not_asked", counter=counter)
            if not due.level:
                book.floor.add_rating(due.ticket_id, self._lobby.day(at), counter, level, at)
                book.note("rated", at, "customer", book.ticket(due.ticket_id), counter, level=level)

    def _due(self, book: Book, counter: int, at: datetime) -> RatingDue | None:
        return book.floor.rating_due(counter, at - self._patience)

    @property
    def _patience(self) -> timedelta:
        return timedelta(seconds=self._lobby.branch.rating.seconds)
