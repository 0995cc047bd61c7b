"""The page of one number: what happened to it, and why others went before, in the reader's words."""

from __future__ import annotations

from datetime import timedelta

from starlette.testclient import TestClient

from lobbyline.lobby.clock import Clock
from lobbyline.lobby.lobby import Lobby
from tests.staff.rounds import busy
from tests.staff.sample import clock, setup

__all__ = ["clock", "setup"]  # the fixtures

MINUTE = timedelta(minutes=1)


def test_why_somebody_was_called_before(client: TestClient, lobby: Lobby, clock: Clock) -> None:
    """Whoever asks is answered from the log: what happened to his number, and why each other went before it."""
    at = clock()
    first, other = (lobby.reception.take("W1", at + n * MINUTE, paper=False).ticket.number for n in range(2))
    lobby.desk(1).open(at, teller="李静")
    lobby.desk(1).call(other, at + 5 * MINUTE)
    lobby.desk(1).greet(at + 5 * MINUTE)
    lobby.desk(1).next(at + 8 * MINUTE)
    page = client.get(f"/reports/number?lang=en&number={first.lower()}").text
    assert "Called to counter 1" in page
    assert "came 10:13, called 10:17 to counter 1" in page
    assert f"{other} was called by number" in page.replace("\u2009", "")
    assert "There is no B777 on that day." in client.get("/reports/number?lang=en&number=b777").text
    assert "came first" in client.get(f"/reports/number?lang=en&number={first}").text


def test_what_happens_to_numbers_has_its_words(crew: Lobby, clock: Clock) -> None:
    """Of a busy morning nothing is told as a code, in any language."""
    busy(crew, clock)
    with crew.read() as book:
        happened = {event["what"] for ticket in book.of_day(crew.day(clock())) for event in book.events_of(ticket)}
    assert {"taken", "called", "referred", "missed", "intake", "authorisation_asked", "rated"} <= happened
    for language in ("zh", "en"):
        assert happened - crew.setup.words[language]["life"].keys() == set()


def test_a_review_that_went_on_in_other_hands(client: TestClient, lobby: Lobby, clock: Clock) -> None:
    """Whoever took papers over stands there, and from whom."""
    number = lobby.reception.take("B1", clock(), paper=False).ticket.number
    lobby.desk(5).open(clock(), teller="孙丽")
    lobby.desk(5).call(number, clock())
    lobby.desk(5).intake(clock())
    lobby.review.take(number, "钱进", clock())
    lobby.review.take(number, "李四", clock(), over="钱进")
    assert "李四 · taken over from 钱进" in client.get(f"/reports/number?lang=en&number={number}").text
