"""Customers whom tellers send to an advice desk: the place is kept, the pick-up is timed, the end is a code.

The teller's own verb is `Desk.refer`; here is what relationship managers see and say.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from lobbyline.lobby.branch import Branch, Counter
from lobbyline.lobby.errors import Refusal
from lobbyline.lobby.store.pages.floor import ReferralRow

if TYPE_CHECKING:
    from lobbyline.lobby.lobby import Lobby


class Referrals:
    """The work list of the advice desks."""

    def __init__(self, lobby: Lobby) -> None:
        self._lobby = lobby

    def today(self, at: datetime) -> list[ReferralRow]:
        """Everybody who was referred today, in the order of their coming."""
        day = self._lobby.day(at)
        with self._lobby.read() as book:
            return book.floor.referrals_between(day, day)

    def end(self, id: int, outcome: str, by: str, at: datetime) -> None:
        """How it ended, as a code of the files; the last word counts."""
        known = self._lobby.branch.advice.outcomes
        with self._lobby.write() as book:
            day = self._lobby.day(at)
            referral = next((row for row in book.floor.referrals_between(day, day) if row.id == id), None)
            if referral is None:
                raise Refusal("unknown_referral")
            if outcome not in known:
                raise Refusal("unknown_outcome", outcome=outcome, known=list(known))
            if not by.strip():
                raise Refusal("person_unknown")
            book.floor.keep_outcome(id, outcome, by, at)
            book.note("referral_ended", at, by, book.ticket(referral.ticket_id), outcome=outcome)


def desks(branch: Branch) -> list[Counter]:
    """The counters that give advice."""
    return [counter for counter in branch.counters if counter.advises]


def services(branch: Branch) -> list[str]:
    """What a teller may refer to: services that an advice desk does."""
    return [
        code
        for code, service in branch.services.items()
        if any(branch.can_serve(desk, code, service.queue) for desk in desks(branch))
    ]
