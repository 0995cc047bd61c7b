"""How much waits in each room, for the bar of every page: worked out once for all who look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter
from typing_extensions import TypedDict

from lobbyline.lobby.clock import Clock
from lobbyline.lobby.hall.shared import Shared
from lobbyline.lobby.lobby import Lobby
from lobbyline.staff.door.door import ADVISERS, MANAGERS, Anybody, Visitor
from lobbyline.staff.shape import shapes


class Badges(TypedDict):
    """What waits for whoever asks; nothing in a room that is not his."""

    lobby: shapes.People
    advice: shapes.People
    work: shapes.People


@dataclass(frozen=True)
class Waiting:
    """What waits for somebody; who worked on it, where that person may not be the second."""

    alerts: int
    referrals: int
    asked_by: list[str]
    made_by: list[str]


def badges(lobby: Lobby, clock: Clock) -> APIRouter:
    """What waits, in numbers."""
    routes, shared = APIRouter(prefix="/api/badges", tags=["hall"]), Shared(lobby)

    @routes.get("")
    def waiting(visitor: Anybody) -> Badges:
        """Alerts that nobody took, referred customers, and what a second person is asked for."""
        return told(shared.get("badges", clock(), lambda at: found(lobby, at)), visitor)

    return routes


def found(lobby: Lobby, at: datetime) -> Waiting:
    """What waits now, whoever asks."""
    untaken = [row.kind for row in lobby.lookout.listed() if not row.taken_by]
    return Waiting(
        alerts=len(untaken) - max(0, untaken.count("water") - 1),  # water for several people is one walk
        referrals=sum(not row.picked_at and row.state == "waiting" for row in lobby.referrals.today(at)),
        asked_by=[one.row.asked_by for one in lobby.authorisations.pending(at)],
        made_by=[one.maker for one in lobby.review.pending(at) if not one.reviewer],
    )


def told(waiting: Waiting, visitor: Visitor) -> Badges:
    """Nobody is called to a control of his own work: it would be refused."""
    asked = [by for by in waiting.asked_by if visitor.may("supervisor") and by != visitor.by]
    made = [by for by in waiting.made_by if visitor.may("reviewer") and by != visitor.by]
    return {
        "lobby": waiting.alerts if visitor.may(*MANAGERS) else 0,
        "advice": waiting.referrals if visitor.may(*ADVISERS) else 0,
        "work": len(asked) + len(made),
    }
