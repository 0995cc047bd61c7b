"""How a branch changes with time, on a few days of two months."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from lobbyline.lobby.lobby import Lobby

MINUTE = timedelta(minutes=1)


def served(lobby: Lobby, at: datetime, *services: str) -> None:
    """One after another, each for ten minutes; the first of a transaction's customers is referred."""
    for place, service in enumerate(services):
        begun = at + 10 * place * MINUTE
        number = lobby.reception.take(service, begun, paper=False).ticket.number
        desk = lobby.desk(6 if service == "M3" else 1)
        if desk.standing(begun).state != "open":
            desk.open(begun, teller="李静" if service == "M3" else "赵强")
        desk.call(number, begun)
        desk.greet(begun)
        if place == 0:
            desk.refer("M3", begun + 10 * MINUTE)
        else:
            desk.done(begun + 10 * MINUTE)
    lobby.day_end.end(at + 100 * MINUTE)


def test_months_from_booking_to_advice(lobby: Lobby, at: datetime) -> None:
    """Of each month which share of the minutes with customers was advice, and how many of a hundred were referred."""
    december = at + timedelta(days=8)
    served(lobby, at, "W1", "W1")
    served(lobby, at + timedelta(days=1), "W1", "W1", "W1", "M3")
    served(lobby, december, "W1", "M3")
    found = lobby.records.report(at.date(), december.date(), december + 200 * MINUTE).months
    assert [(one.first, one.people, one.transaction, one.advice) for one in found] == [
        (date(2026, 11, 1), 6, 50, 10), (date(2026, 12, 1), 2, 10, 10),
    ]  # fmt: skip
    assert [(one.advised, one.referred_of_100) for one in found] == [(1 / 6, 100 / 3), (0.5, 50)]
