"""The teller's side of a counter."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from lobbyline.lobby.branch import Branch, Cover, Lunch, Window
from lobbyline.lobby.lobby import Lobby
from lobbyline.lobby.ticket import shown
from tests.lobby.heard import missing, number, refused


def test_one_visit(lobby: Lobby, at: datetime) -> None:
    """Called, five steps, done: the log has a time for each."""
    ticket = lobby.reception.take("W1", at).ticket
    desk = lobby.desk(1)
    assert number(desk.next(at)) == ticket.number
    for step in ("greet", "ask", "operate", "confirm", "done"):
        at += timedelta(seconds=20)
        getattr(desk, step)(at)
    with lobby.read() as book:
        events = [event["what"] for event in book.events_of(ticket)]
        assert book.ticket(ticket.id).state == "done"
    assert events == ["taken", "called", "greet", "ask", "operate", "confirm", "done"]
    assert desk.standing(at).ticket is None


def test_a_long_quota_looks_far_back(lobby: Lobby, at: datetime) -> None:
    """Of twenty calls in a row one passes others by privilege: eleven calls later privilege had its share still."""
    branch = lobby.branch
    policy = branch.policy.model_copy(update={"quota": 20})
    lobby.branch = Branch.model_copy(branch, update={"policy": policy})
    desk, taken = lobby.desk(2), [lobby.reception.take("W1", at).ticket.number for _ in range(12)]
    at += timedelta(seconds=1)
    first, second = (lobby.reception.take("W1", at, "vip").ticket.number for _ in range(2))
    assert [number(desk.next(at)) for _ in range(14)] == [first, *taken, second]


def test_nobody_waiting(lobby: Lobby, at: datetime) -> None:
    """Next with nobody waiting is a refusal, and the customer who is here stays."""
    lobby.reception.take("W1", at)
    desk = lobby.desk(1)
    desk.next(at)
    desk.greet(at)
    with refused("nobody_waiting"):
        desk.next(at)
    assert desk.standing(at).ticket is not None


def test_next_says_farewell(lobby: Lobby, at: datetime) -> None:
    """Farewell and next is one press: who was served is done, who was never greeted is missed and may come back."""
    first, second, third = (lobby.reception.take("W1", at + timedelta(seconds=n)).ticket for n in range(3))
    desk = lobby.desk(1)
    desk.next(at)
    desk.greet(at)
    desk.next(at)
    desk.next(at)
    with lobby.read() as book:
        states = [book.ticket(ticket.id).state for ticket in (first, second, third)]
    assert states == ["done", "missed", "called"]


def test_a_key_is_about_whoever_was_seen(lobby: Lobby, at: datetime) -> None:
    """What was pressed while another, or nobody, stood there changes nothing; the same key is answered again."""
    first, second = (lobby.reception.take("W1", at, paper=False).ticket.number for _ in range(2))
    free, seen = lobby.desk(1, here=""), lobby.desk(1, here=first)
    free.next(at, key="n")
    with refused("counter_moved_on"):
        free.next(at)
    with refused("counter_moved_on"):
        lobby.desk(1, here=second).hold(at)
    assert lobby.desk(1).standing(at).ticket == free.next(at, key="n").ticket
    assert seen.greet(at).state == "open"


def test_the_same_key_calls_once(lobby: Lobby, at: datetime) -> None:
    """A repeated request is answered as the first time and changes nothing."""
    for n in range(3):
        lobby.reception.take("W1", at + timedelta(seconds=n))
    desk = lobby.desk(1)
    first = desk.next(at, key="press-1")
    again = desk.next(at, key="press-1")
    assert number(first) == number(again)
    assert first.why == again.why
    assert len(lobby.hall.waiting(at)) == 2
    with refused("key_reused"):
        desk.done(at, key="press-1")


def test_the_reason_is_told_in_every_language(lobby: Lobby, at: datetime) -> None:
    """Why a number was called is kept as what is so, and said in the language of whoever asks, also later."""
    long, short = lobby.reception.take("O1", at).ticket, lobby.reception.take("W1", at + timedelta(seconds=9)).ticket
    called = lobby.desk(2).next(at + timedelta(minutes=1), key="press-2")
    assert called.ticket
    assert called.ticket.number == short.number
    for standing in (called, lobby.desk(2).standing(at), lobby.desk(2).next(at, key="press-2")):
        told = lobby.why(standing.why)
        assert told.en.startswith(f"{shown(short.number)} before {shown(long.number)}: simple business first")
        assert told.zh.startswith(f"{shown(short.number)}先于{shown(long.number)}：简单业务先办")


def test_a_control_is_never_skipped(lobby: Lobby, at: datetime) -> None:
    """Neither done nor next ends an account opening while identity or authorisation is missing."""
    lobby.reception.take("O1", at)
    desk = lobby.desk(4)
    desk.open(at, "李芳")
    desk.next(at)
    desk.greet(at)
    assert "identity" in missing(lobby, desk, at)
    with refused("control_missing"):
        desk.done(at)
    with refused("control_missing"):
        desk.next(at)
    for control in missing(lobby, desk, at):
        if control == "authorisation":
            with refused("same_person"):
                desk.check("authorisation", "李芳", at)
        desk.check(control, "王强" if control == "authorisation" else "李芳", at)
    done = desk.done(at).ticket
    assert done is not None
    assert done.state == "done"


@pytest.mark.parametrize("verb", ["done", "greet", "recall", "absent", "hold"])
def test_nobody_here(lobby: Lobby, at: datetime, verb: str) -> None:
    """Verbs about a customer need one."""
    desk = lobby.desk(1)
    with refused("no_ticket"):
        getattr(desk, verb)(at)


def test_steps_go_forward(lobby: Lobby, at: datetime) -> None:
    """The order of the steps is fixed."""
    lobby.reception.take("W1", at)
    desk = lobby.desk(1)
    desk.next(at)
    desk.operate(at)
    with refused("wrong_step"):
        desk.greet(at)


def test_recall(lobby: Lobby, at: datetime) -> None:
    """A recall is a call of the same number, not too soon and not too often."""
    lobby.reception.take("W1", at)
    desk = lobby.desk(1)
    desk.next(at)
    with refused("too_soon"):
        desk.recall(at + timedelta(seconds=5))
    for n in range(1, 4):
        desk.recall(at + timedelta(seconds=31 * n))
    with refused("recall_limit"):
        desk.recall(at + timedelta(minutes=5))
    assert [call.again for call in lobby.hall.calls_since(0)] == [False, True, True, True]


def test_absent_may_come_back_once(lobby: Lobby, at: datetime) -> None:
    """A missed number is restored by calling it; after the second miss it is void."""
    ticket = lobby.reception.take("W1", at).ticket
    desk = lobby.desk(1)
    desk.next(at)
    desk.absent(at)
    desk.call(ticket.number, at + timedelta(minutes=5))
    gone = desk.absent(at + timedelta(minutes=6)).ticket
    assert gone is not None
    assert gone.state == "void"
    with refused("wrong_state"):
        desk.call(ticket.number, at + timedelta(minutes=7))


def test_a_missed_number_expires(lobby: Lobby, at: datetime) -> None:
    """After the grace time a missed number cannot be restored."""
    ticket = lobby.reception.take("W1", at).ticket
    desk = lobby.desk(1)
    desk.next(at)
    desk.absent(at)
    with refused("too_late"):
        desk.call(ticket.number, at + timedelta(minutes=31))


def test_move_keeps_number_and_time(lobby: Lobby, at: datetime) -> None:
    """Who stood in the wrong line loses nothing and is called before new ones."""
    lobby.reception.take("O1", at)
    ticket = lobby.reception.take("W1", at + timedelta(seconds=1)).ticket
    desk = lobby.desk(1)
    desk.call(ticket.number, at)
    moved = desk.move(ticket.number, "O1", at).ticket
    assert moved is not None
    assert (moved.number, moved.taken_at, moved.state, moved.queue) == (ticket.number, ticket.taken_at, "waiting", "B")
    assert number(lobby.desk(2).next(at)) == ticket.number


def test_hold_and_call_back(lobby: Lobby, at: datetime) -> None:
    """A held customer waits aside, is in no line, and is called back by number."""
    ticket = lobby.reception.take("W1", at).ticket
    desk = lobby.desk(1)
    desk.next(at)
    desk.greet(at)
    desk.hold(at)
    with refused("nobody_waiting"):
        desk.next(at)
    assert number(desk.call(ticket.number, at)) == ticket.number


def test_a_counter_stops_calling(lobby: Lobby, at: datetime) -> None:
    """Paused and closed counters call nobody; a counter with a customer cannot close."""
    lobby.reception.take("W1", at)
    desk = lobby.desk(1)
    desk.open(at, "李芳")
    desk.pause(at, "点钞")
    with refused("counter_paused"):
        desk.next(at)
    desk.resume(at)
    desk.next(at)
    with refused("busy"):
        desk.close(at)
    desk.done(at)
    desk.close(at)
    with refused("counter_closed"):
        desk.next(at)


def test_unknown_counter(lobby: Lobby) -> None:
    """A counter that does not exist is refused with the ones that do."""
    with refused("unknown_counter") as refusal:
        lobby.desk(99)
    assert refusal.value.sentence == "没有99号窗口，可选：1、2、3、4、5、6、7、8"


def test_a_counter_calls_only_what_it_can_do(lobby: Lobby, at: datetime) -> None:
    """The express counter never calls an account opening."""
    lobby.reception.take("O1", at)
    with refused("nobody_waiting"):
        lobby.desk(1).next(at)


@pytest.mark.sqlite
def test_answers_end_with_the_visit(lobby: Lobby, at: datetime) -> None:
    """What a customer filled in is seen at the counter that serves him, and erased when he leaves."""
    ticket = lobby.reception.take("W1", at).ticket
    answers = {"name": "张三", "card_no": "6299000000000007", "amt": "2000"}
    assert lobby.reception.fill(ticket, "F02", answers, at).ok
    on_disk = b"".join(file.read_bytes() for file in lobby.data.iterdir() if file.is_file())
    assert ticket.token.encode() in on_disk, "the files hold what is written"
    assert b"6299000000000007" not in on_disk
    desk = lobby.desk(1)
    desk.next(at)
    assert desk.filled(at)["F02"]["card_no"] == "6299000000000007"
    with refused("no_ticket"):
        lobby.desk(2).filled(at)
    desk.done(at)
    with lobby.read() as book:
        assert book.answers(ticket) == {}


def rules(lobby: Lobby, **changes: object) -> None:
    """Change limits of this lobby."""
    changed = lobby.branch.rules.model_copy(update=changes)
    lobby.branch = lobby.branch.model_copy(update={"rules": changed})


def test_an_attempt_to_skip_a_control_is_logged(lobby: Lobby, at: datetime) -> None:
    """The refusal is an event of the ticket, though nothing of the move was written."""
    ticket = lobby.reception.take("O1", at).ticket
    desk = lobby.desk(4)
    desk.next(at)
    with refused("teller_unknown"):
        desk.check("authorisation", "王强", at)
    desk.open(at, "李芳")
    desk.greet(at)
    with refused("control_missing"):
        desk.done(at)
    with refused("control_missing"):
        desk.next(at)
    with refused("same_person"):
        desk.check("authorisation", "李芳", at)
    with lobby.read() as book:
        told = [(event["code"], event["verb"]) for event in book.events_of(ticket) if event["what"] == "refused"]
        assert book.ticket(ticket.id).position == "greet"
    assert told == [
        ("teller_unknown", "check authorisation"), ("control_missing", "done"), ("control_missing", "next"),
        ("same_person", "check authorisation"),
    ]  # fmt: skip


def test_who_worked_on_it_cannot_authorise_after_a_hand_over(lobby: Lobby, at: datetime) -> None:
    """The counter changes hands with its customer; the first teller is no second person."""
    lobby.reception.take("O1", at)
    desk = lobby.desk(4)
    desk.open(at, "李芳")
    desk.next(at)
    desk.greet(at)
    after = desk.hand_over("王强", at)
    assert (after.teller, after.ticket and after.ticket.number) == ("王强", "B001")
    desk.ask(at)
    for person in ("李芳", "王强"):
        with refused("same_person"):
            desk.check("authorisation", person, at)
    desk.check("authorisation", "孙主管", at)
    with refused("teller_missing"):
        desk.hand_over(" ", at)


def test_somebody_stays_over_lunch(lobby: Lobby, at: datetime) -> None:
    """Of a group, the least stays open in the window; outside of it anybody may go."""
    noon = at.replace(hour=12, minute=30)
    window = Window(start=noon.time(), until=noon.replace(hour=13).time())
    lunch = Lunch(window=window, cover=[Cover(counters=[1, 2], least=1)])
    lobby.branch = lobby.branch.model_copy(update={"lunch": lunch})
    for number_ in (1, 2, 4):
        lobby.desk(number_).open(noon, "x")
    lobby.desk(4).pause(noon)
    lobby.desk(1).pause(noon)
    with refused("lunch_cover"):
        lobby.desk(2).pause(noon)
    with refused("lunch_cover"):
        lobby.desk(2).close(noon)
    lobby.desk(2).close(noon.replace(hour=13))


def test_limits_of_the_file(lobby: Lobby, at: datetime) -> None:
    """Reasons of a pause, customers on hold, moves, misses, and numbers within which a missed one comes back."""
    rules(lobby, pause_reasons=["点钞"], holds=1, moves=1, misses=3, restore_numbers=2)
    desk = lobby.desk(1)
    desk.open(at, "李芳")
    with refused("pause_reason"):
        desk.pause(at, "累")
    for _ in range(6):
        lobby.reception.take("W1", at)
    desk.next(at)
    desk.hold(at)
    desk.next(at)
    with refused("hold_limit"):
        desk.hold(at)
    lobby.floor.move("A003", "D1", at)
    with refused("move_limit"):
        lobby.floor.move("A003", "P1", at)
    desk.absent(at)
    late = at + timedelta(minutes=40)
    assert lobby.floor.restore("A002", late).state == "waiting"
    desk.next(late)
    missed = desk.absent(late).ticket
    assert missed is not None
    assert (missed.state, missed.misses) == ("missed", 2)
    for _ in range(3):
        desk.next(late)
    with refused("too_late"):
        lobby.floor.restore("A002", late + timedelta(minutes=40))
