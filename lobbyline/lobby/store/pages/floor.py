"""The pages of the memory that the lobby manager writes in: alerts, ratings, referrals. Nothing here decides."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from lobbyline.lobby.store.pages.page import Pages, micros

if TYPE_CHECKING:
    from lobbyline.lobby.ticket import Ticket


@dataclass(frozen=True)
class AlertRow:
    """Something that needed a person: when it was raised, taken, done, and when its cause was gone."""

    id: int
    name: str
    kind: str
    level: str
    facts: dict[str, str | int]
    detail: str
    since: datetime
    raised_at: datetime
    taken_by: str = ""
    taken_at: datetime | None = None
    done_by: str = ""
    done_at: datetime | None = None
    gone_at: datetime | None = None

    def taken(self, by: str, at: datetime) -> AlertRow:
        return replace(self, taken_by=by, taken_at=at)

    def done(self, by: str, at: datetime) -> AlertRow:
        """Done by somebody; whoever does it without a word has taken it, too."""
        taken = self if self.taken_at else self.taken(by, at)
        return replace(taken, done_by=by, done_at=at)


@dataclass(frozen=True)
class ComplaintRow:
    """A complaint by its event; `number` is empty where it was about no visit."""

    id: int
    about: str
    number: str
    at: datetime


@dataclass(frozen=True)
class RatingDue:
    """The last visit that ended at a counter; `level` 0 while it is not rated."""

    ticket_id: int
    number: str
    ended_at: datetime
    level: int


@dataclass(frozen=True)
class RatingRow:
    """A rating, 1 to 4."""

    number: str
    level: int
    counter: int
    at: datetime


@dataclass(frozen=True)
class StrayRow:
    """Somebody who waits again after a counter sent him to the right line."""

    number: str
    service: str
    at: datetime


@dataclass(frozen=True)
class ReferralRow:
    """A customer whom a teller sent to an advice desk."""

    id: int
    ticket_id: int
    number: str
    state: str
    counter: int
    teller: str
    was: str
    service: str
    at: datetime
    picked_at: datetime | None
    outcome: str
    outcome_by: str
    outcome_at: datetime | None


class FloorBook(Pages):
    """One branch's pages of the floor within one section or reading."""

    # Alerts

    def alerts_open(self) -> list[AlertRow]:
        """Everything whose cause is still there, done or not, oldest first."""
        return [self._alert(row) for row in self._rows.all("alerts_open")]

    def alerts_between(self, first: date, last: date) -> list[AlertRow]:
        """Everything that was raised on some days."""
        return [self._alert(row) for row in self._rows.all("alerts_of_day", **self._days(first, last))]

    def alert(self, id: int) -> AlertRow | None:
        row = self._rows.first("alert", id=id)
        return self._alert(row) if row else None

    def raise_alert(
        self, day: date, name: str, kind: str, level: str, facts: str, detail: str, since: datetime, at: datetime
    ) -> None:
        told = {"name": name, "kind": kind, "level": level, "facts": facts, "detail": detail}
        times = {"since": micros(since), "at": micros(at)}
        self._rows.run("raise_alert", **self._on(day), **told, **times)

    def keep_alert(self, alert: AlertRow) -> None:
        self._rows.run(
            "keep_alert",
            id=alert.id,
            kind=alert.kind,
            level=alert.level,
            facts=json.dumps(alert.facts, ensure_ascii=False, sort_keys=True),
            detail=alert.detail,
            taken_by=alert.taken_by,
            taken_at=self._micros(alert.taken_at),
            done_by=alert.done_by,
            done_at=self._micros(alert.done_at),
            gone_at=self._micros(alert.gone_at),
        )

    # What the rules of alerts look at

    def last_at(self, counter: int) -> datetime | None:
        """When something last happened at a counter."""
        row = self._rows.first("last_at_counter", counter=counter)
        return self._time(row["at"]) if row else None

    def strays(self, day: date) -> list[StrayRow]:
        rows = self._rows.all("strays", **self._on(day))
        return [StrayRow(row["number"], row["service"], self._time(row["at"])) for row in rows]

    def low_ratings(self, day: date, level: int) -> list[RatingRow]:
        """Today's ratings up to a level."""
        rows = self._rows.all("ratings_low", **self._on(day), level=level)
        return [RatingRow(row["number"], row["level"], row["counter"], self._time(row["at"])) for row in rows]

    def complaints(self, since: datetime) -> list[ComplaintRow]:
        """Every complaint since then."""
        rows = self._rows.all("complaints_since", since=micros(since))
        return [
            ComplaintRow(row["id"], json.loads(row["detail"])["about"], row["number"] or "", self._time(row["at"]))
            for row in rows
        ]

    # Ratings

    def rating_due(self, counter: int, since: datetime) -> RatingDue | None:
        """The newest visit that ended at a counter since then."""
        row = self._rows.first("rating_due", counter=counter, since=micros(since))
        return RatingDue(row["id"], row["number"], self._time(row["ended_at"]), row["level"] or 0) if row else None

    def add_rating(self, ticket: int, day: date, counter: int, level: int, at: datetime) -> None:
        values = {"ticket": ticket, "counter": counter, "level": level}
        self._rows.run("add_rating", **self._on(day), at=micros(at), **values)

    # Referrals

    def add_referral(self, ticket: Ticket, counter: int, teller: str, service: str, at: datetime) -> None:
        """A teller sends the ticket as it is to another service."""
        values = {"ticket": ticket.id, "counter": counter, "teller": teller, "was": ticket.service, "service": service}
        self._rows.run("add_referral", day=ticket.day, at=micros(at), **values)

    def referrals_between(self, first: date, last: date) -> list[ReferralRow]:
        return [self._referral(row) for row in self._rows.all("referrals_of_day", **self._days(first, last))]

    def keep_outcome(self, id: int, outcome: str, by: str, at: datetime) -> None:
        values = {"id": id, "outcome": outcome, "by": by, "at": micros(at)}
        self._rows.run("keep_outcome", **values)

    # Rows

    def _alert(self, row: Any) -> AlertRow:
        return AlertRow(
            id=row["id"],
            name=row["name"],
            kind=row["kind"],
            level=row["level"],
            facts=json.loads(row["facts"]),
            detail=row["detail"],
            since=self._time(row["since"]),
            raised_at=self._time(row["raised_at"]),
            taken_by=row["taken_by"],
            taken_at=self._maybe_time(row["taken_at"]),
            done_by=row["done_by"],
            done_at=self._maybe_time(row["done_at"]),
            gone_at=self._maybe_time(row["gone_at"]),
        )

    def _referral(self, row: Any) -> ReferralRow:
        return ReferralRow(
            id=row["id"],
            ticket_id=row["ticket"],
            number=row["number"],
            state=row["state"],
            counter=row["counter"],
            teller=row["teller"],
            was=row["was"],
            service=row["service"],
            at=self._time(row["at"]),
            picked_at=self._maybe_time(row["picked_at"]),
            outcome=row["outcome"],
            outcome_by=row["outcome_by"],
            outcome_at=self._maybe_time(row["outcome_at"]),
        )
