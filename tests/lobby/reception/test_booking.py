"""Appointments."""

from __future__ import annotations

from datetime import datetime, timedelta

from lobbyline.lobby.lobby import Lobby
from tests.lobby.heard import number, refused


def test_a_booked_customer_counts_from_the_booked_time(lobby: Lobby, at: datetime) -> None:
    """The number is known at once, waits from the booked time on, and is called by a counter of its line."""
    time = at.replace(hour=11, minute=0)
    ticket = lobby.booking.book("O1", time, at)
    assert (ticket.number, ticket.state) == ("Y001", "booked")
    assert lobby.hall.waiting(at) == []
    assert [one.number for one in lobby.booking.expected(at)] == ["Y001"]
    place = lobby.booking.arrive("Y001", time - timedelta(minutes=5))
    assert (place.ticket.state, place.ticket.arrived_at) == ("waiting", time)
    assert lobby.booking.expected(at) == []
    assert number(lobby.desk(4).next(time)) == "Y001"


def test_who_comes_late_takes_a_new_number(lobby: Lobby, at: datetime) -> None:
    """After the grace the appointment is void; at its last minute it is not."""
    time = at.replace(hour=11, minute=0)
    for expected in ("Y001", "Y002"):
        lobby.booking.book("O1", time + timedelta(minutes=15 * int(expected[-1])), at)
    lobby.booking.arrive("Y001", time + timedelta(minutes=25))
    with refused("forfeited"):
        lobby.booking.arrive("Y002", time + timedelta(minutes=41))
    with lobby.read() as book:
        assert lobby.floor.find(book, "Y002", at).state == "void"


def test_times_are_those_of_the_service(lobby: Lobby, at: datetime) -> None:
    """Only ahead, in its hours, in steps, while a place is left; the same key books once."""
    good = at.replace(hour=11, minute=0)
    for bad, code in (
        (at - timedelta(hours=1), "booking_range"),
        (at + timedelta(days=90), "booking_range"),
        (at.replace(hour=20, minute=0), "booking_time"),
        (good.replace(minute=7), "booking_time"),
        (datetime(2026, 11, 28, 10, tzinfo=at.tzinfo), "booking_time"),
    ):
        with refused(code):
            lobby.booking.book("B3", bad, at)
    for _ in range(2):
        assert lobby.booking.book("B3", good, at, key="once").number == "Y001"
    with refused("booking_full"):
        lobby.booking.book("O1", good, at)
    with refused("unknown_service"):
        lobby.booking.times("B9", at, at)
    free = lobby.booking.times("B3", at, at)
    assert good not in free
    assert free[0] == at.replace(minute=15)


def test_tomorrow_s_appointment_outlives_tonight(lobby: Lobby, at: datetime) -> None:
    """Day end voids today's that nobody came for, and leaves tomorrow's."""
    tomorrow = (at + timedelta(days=1)).replace(hour=11, minute=0)
    lobby.booking.book("O1", at.replace(hour=11, minute=0), at)
    lobby.booking.book("O1", tomorrow, at)
    assert lobby.day_end.end(at.replace(hour=18)).void == 1
    assert lobby.booking.arrive("Y001", tomorrow).ticket.state == "waiting"


def test_a_cancelled_appointment(lobby: Lobby, at: datetime) -> None:
    """Who cancels frees the time."""
    time = at.replace(hour=11, minute=0)
    lobby.booking.book("O1", time, at)
    assert lobby.floor.leave("Y001", at).state == "abandoned"
    lobby.booking.book("O1", time, at)
