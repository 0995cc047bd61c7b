"""Papers in the back office, with their hand-off times."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from lobbyline.lobby.store.pages.page import Pages, micros
from lobbyline.lobby.ticket import Ticket


@dataclass(frozen=True)
class ReviewRow:
    """One pass of a ticket's papers through the back office, with its hand-off times."""

    id: int
    ticket_id: int
    number: str
    maker: str
    counter: int
    handed_at: datetime
    reviewer: str = ""
    begun_at: datetime | None = None
    ended_at: datetime | None = None
    outcome: str = ""
    reason: str = ""

    def closed(self, at: datetime) -> ReviewRow:
        """Nobody will finish it any more."""
        return replace(self, ended_at=at, outcome="void")


class ReviewPages(Pages):
    """Every pass of a ticket's papers."""

    def hand_in(self, ticket: Ticket, maker: str, counter: int, at: datetime) -> None:
        """Papers of a ticket go to the back office."""
        values = {"ticket": ticket.id, "maker": maker, "counter": counter, "at": micros(at)}
        self._rows.run("hand_in", **values)

    def reviews_open(self) -> list[ReviewRow]:
        return [self._review(row) for row in self._rows.all("reviews_open")]

    def review_of(self, ticket: Ticket) -> ReviewRow | None:
        """The review that a ticket's papers are in."""
        row = self._rows.first("review_of", ticket=ticket.id)
        return self._review(row) if row else None

    def review(self, id: int) -> ReviewRow:
        return self._review(self._rows.first("review", id=id))

    def reviews_of(self, ticket: Ticket) -> list[ReviewRow]:
        return [self._review(row) for row in self._rows.all("reviews_of", ticket=ticket.id)]

    def keep_review(self, review: ReviewRow) -> None:
        self._rows.run(
            "keep_review",
            id=review.id,
            reviewer=review.reviewer,
            begun_at=self._micros(review.begun_at),
            ended_at=self._micros(review.ended_at),
            outcome=review.outcome,
            reason=review.reason,
        )

    def _review(self, row: Any) -> ReviewRow:
        return ReviewRow(
            id=row["id"],
            ticket_id=row["ticket"],
            number=row["number"],
            maker=row["maker"],
            counter=row["counter"],
            handed_at=self._time(row["handed_at"]),
            reviewer=row["reviewer"],
            begun_at=self._maybe_time(row["begun_at"]),
            ended_at=self._maybe_time(row["ended_at"]),
            outcome=row["outcome"],
            reason=row["reason"],
        )
