"""What the hall sees and the lobby manager looks after."""

from __future__ import annotations

from datetime import datetime, timedelta

from lobbyline.lobby.lobby import Lobby


def test_the_newest_call_comes_first(lobby: Lobby, at: datetime) -> None:
    """At most seven calls, each number once, newest on top."""
    for n in range(9):
        lobby.reception.take("W1", at + timedelta(seconds=n))
    desk = lobby.desk(1)
    for n in range(9):
        desk.next(at + timedelta(minutes=n))
    view = lobby.hall.view(at + timedelta(minutes=9))
    assert [call.number for call in view.calls] == [f"A00{n}" for n in range(9, 2, -1)]
    one = next(counter for counter in view.counters if counter.number == 1)
    assert (one.state, one.ticket, one.ticket_state) == ("open", "A009", "called")


def test_lines_and_next_ones(lobby: Lobby, at: datetime) -> None:
    """Every line says how many wait; the next three may prepare."""
    for service in ("W1", "D1", "O1", "P1"):
        lobby.reception.take(service, at)
    view = lobby.hall.view(at)
    assert {queue.letter: queue.waiting for queue in view.queues} == {
        "A": 3, "B": 1, "D": 0, "C": 0, "V": 0, "L": 0, "Y": 0,
    }  # fmt: skip
    assert len(view.soon) == 3


def test_late_is_what_the_rule_counts(lobby: Lobby, at: datetime) -> None:
    """From the arrival, or from the booked time of whoever came before it, until the line's `max_wait`."""
    lobby.reception.take("W1", at)
    lobby.booking.book("O1", at.replace(hour=11, minute=0), at)
    lobby.booking.arrive("Y001", at)
    late = {at.replace(hour=10, minute=56): [], at.replace(hour=10, minute=57): ["A001"]}
    late |= {at.replace(hour=11, minute=9): ["A001"], at.replace(hour=11, minute=10): ["A001", "Y001"]}
    for now, numbers in late.items():
        assert sorted(one.ticket.number for one in lobby.hall.waiting(now) if one.overdue) == numbers


def test_an_edge_reader_hears_each_call_once(lobby: Lobby, at: datetime) -> None:
    """A reader begins after what was before it, turns the page before it speaks, and hears nothing twice."""
    lobby.reception.take("W1", at)
    lobby.reception.take("W1", at)
    lobby.desk(1).next(at)
    page = lobby.hall.bookmark("voice")
    assert lobby.hall.calls_since(page) == []
    lobby.desk(2).next(at)
    calls = lobby.hall.calls_since(page)
    assert [call.number for call in calls] == ["A002"]
    lobby.hall.move_bookmark("voice", calls[-1].id)
    assert lobby.hall.calls_since(lobby.hall.bookmark("voice")) == []


def test_devices_write_only_changes(lobby: Lobby, at: datetime) -> None:
    """A device that reports the same again and again does not wear the disk; its face is kept beside its state."""
    lobby.devices.show("counter-1", "A001", at)
    lobby.devices.report("counter-1", "board", "ok", "", at + timedelta(seconds=1))
    lobby.devices.report("counter-1", "board", "ok", "", at + timedelta(seconds=2))
    (device,) = lobby.devices.all()
    assert (device.face, device.state, device.at) == ("A001", "ok", at)
