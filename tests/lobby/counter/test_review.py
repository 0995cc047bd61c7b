"""Two-stage business: taken in at a counter, reviewed by somebody else, fetched by the customer."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from lobbyline.lobby.counter.desk import Desk
from lobbyline.lobby.errors import Refusal
from lobbyline.lobby.lobby import Lobby
from tests.lobby.heard import number, refused


@pytest.fixture
def desk(lobby: Lobby, at: datetime) -> Desk:
    """The corporate counter with a cheque deposit in work."""
    lobby.reception.take("B1", at)
    desk = lobby.desk(5)
    desk.open(at, "赵敏")
    desk.next(at)
    desk.greet(at)
    return desk


def events(lobby: Lobby, ticket: str, at: datetime) -> list[str]:
    with lobby.read() as book:
        return [event["what"] for event in book.events_of(lobby.floor.find(book, ticket, at))]


def test_the_counter_is_free_while_papers_are_reviewed(lobby: Lobby, desk: Desk, at: datetime) -> None:
    """Intake, review, called again, done; each hand-off has its time and its person."""
    assert desk.intake(at).ticket is not None
    assert desk.standing(at).ticket is None
    paper = lobby.review.take("C001", "钱进", at + timedelta(minutes=2))
    assert (paper.maker, paper.reviewer, paper.counter) == ("赵敏", "钱进", 5)
    lobby.reception.take("B1", at + timedelta(minutes=3))
    lobby.review.pass_("C001", "钱进", at + timedelta(minutes=8))
    assert lobby.review.pending(at) == []
    assert number(desk.next(at + timedelta(minutes=9))) == "C001"
    done = desk.done(at + timedelta(minutes=10)).ticket
    assert done is not None
    assert done.state == "done"
    (passed,) = lobby.review.history(done)
    assert passed.begun_at is not None
    assert passed.ended_at is not None
    waited, worked = passed.begun_at - passed.handed_at, passed.ended_at - passed.begun_at
    assert (waited, worked, passed.outcome) == (timedelta(minutes=2), timedelta(minutes=6), "passed")
    assert events(lobby, "C001", at) == [
        "taken", "called", "greet", "intake", "review_begun", "passed", "called", "done",
    ]  # fmt: skip


def test_nobody_reviews_what_he_made(lobby: Lobby, desk: Desk, at: datetime) -> None:
    """The maker is refused in any spelling, also after another teller took the counter over, and it is logged."""
    desk.hand_over("Sun", at)
    desk.ask(at)
    desk.intake(at)
    for name in ("赵敏", "Sun", "SUN"):
        with refused("same_person"):
            lobby.review.pass_("C001", name, at)
    assert events(lobby, "C001", at).count("refused") == 3
    assert lobby.review.pending(at)[0].ticket.state == "review"
    lobby.review.pass_("C001", "钱进", at)


def test_what_is_not_right_comes_back_with_a_reason(lobby: Lobby, desk: Desk, at: datetime) -> None:
    """Returned papers call the customer again; a second intake begins a second review."""
    desk.intake(at)
    with refused("reason_missing"):
        lobby.review.send_back("C001", "钱进", " ", at)
    lobby.review.send_back("C001", "钱进", "出票日期小写", at)
    desk.next(at)
    with refused("control_missing"):
        desk.done(at)
    desk.intake(at)
    (paper,) = lobby.review.pending(at)
    assert paper.times_back == 1
    lobby.review.pass_("C001", "钱进", at, recall=False)
    with lobby.read() as book:
        assert lobby.floor.find(book, "C001", at).state == "done"


def test_intake_needs_the_counters_own_controls(lobby: Lobby, at: datetime) -> None:
    """A wire of a company goes to the back office only once it is authorised."""
    lobby.reception.take("B2", at)
    desk = lobby.desk(5)
    desk.open(at, "赵敏")
    desk.next(at)
    with refused("control_missing"):
        desk.intake(at)
    desk.check("authorisation", "孙主管", at)
    with refused("not_in_review"):
        lobby.review.pass_("C001", "钱进", at)
    desk.intake(at)


def test_one_reviewer_at_a_time_and_the_same_key_once(lobby: Lobby, desk: Desk, at: datetime) -> None:
    """Papers that somebody has are nobody else's; a repeated press changes nothing."""
    desk.intake(at)
    lobby.review.take("C001", "钱进", at)
    with refused("review_taken"):
        lobby.review.take("C001", "李四", at)
    lobby.review.pass_("C001", "钱进", at, key="press")
    again = lobby.review.pass_("C001", "钱进", at, key="press")
    assert again.ticket.state == "waiting"
    assert events(lobby, "C001", at).count("passed") == 1


def test_papers_are_taken_over_from_who_went_away(lobby: Lobby, desk: Desk, at: datetime) -> None:
    """Whoever takes over says from whom: two who are quick do not take them from each other; the log has both."""
    desk.intake(at)
    lobby.review.take("C001", "钱进", at)
    assert lobby.review.take("C001", "李四", at, over="钱进").reviewer == "李四"
    with refused("review_taken"):
        lobby.review.take("C001", "王五", at, over="钱进")
    with refused("same_person"):
        lobby.review.take("C001", "赵敏", at, over="李四")
    lobby.review.pass_("C001", "李四", at)
    with lobby.read() as book:
        begun = [one for one in book.events_of(lobby.floor.find(book, "C001", at)) if one["what"] == "review_begun"]
    assert [(one["who"], one.get("was")) for one in begun] == [("钱进", None), ("李四", "钱进")]


def test_quick_business_has_no_review(lobby: Lobby, at: datetime) -> None:
    """What needs no review is not taken in."""
    lobby.reception.take("W1", at)
    desk = lobby.desk(1)
    desk.next(at)
    with pytest.raises(Refusal, match="不需要复核"):
        desk.intake(at)
