"""The back office: papers that wait for a review, and what becomes of them."""

from __future__ import annotations

from typing import Any

from lobbyline.lobby.counter.review import Review
from lobbyline.technician.call import Answer, Call
from lobbyline.technician.parser import Parser
from lobbyline.technician.terminal import table
from lobbyline.technician.verbs.floor import ticket_data


def listed(call: Call) -> Answer:
    """`lobbyline review list`."""
    found = call.lobby.review.pending(call.at)
    return Answer(table(map(_row, found)) or "Nothing to review.", [*map(_data, found)])


def take(call: Call) -> Answer:
    """`lobbyline review take TICKET --by WHO [--over WHO]`."""
    options = call.options
    return _answer(call.lobby.review.take(options.ticket, options.by, call.at, options.key, options.over))


def pass_(call: Call) -> Answer:
    """`lobbyline review pass TICKET --by WHO`."""
    options = call.options
    recall = not options.done
    return _answer(call.lobby.review.pass_(options.ticket, options.by, call.at, recall=recall, key=options.key))


def send_back(call: Call) -> Answer:
    """`lobbyline review return TICKET --by WHO --reason WHY`."""
    options = call.options
    return _answer(call.lobby.review.send_back(options.ticket, options.by, options.reason, call.at, options.key))


def _answer(review: Review) -> Answer:
    return Answer(table([_row(review)]), _data(review))


def _data(review: Review) -> dict[str, Any]:
    return ticket_data(review.ticket) | {
        "maker": review.maker,
        "counter": review.counter,
        "handed_at": review.handed_at.isoformat(),
        "reviewer": review.reviewer,
        "begun_at": review.begun_at.isoformat() if review.begun_at else None,
        "times_back": review.times_back,
    }


def _row(review: Review) -> tuple[str, str, str]:
    told = f"handed in {review.handed_at:%H:%M} by {review.maker}, with {review.reviewer or 'nobody yet'}"
    return review.ticket.number, review.ticket.state, told


def words(top: Parser) -> None:
    """The command of this module."""
    reviews = top.command("review", listed, "The back office: what waits for a review, and what becomes of it.")
    reviews.command("list", listed, "What waits for a review, oldest first.")
    taking = reviews.command("take", take, "Begin with a ticket's papers.")
    taking.add_argument("--over", metavar="WHO", default="", help="who has them now and went away")
    passing = reviews.command("pass", pass_, "They are right: call the customer again.")
    passing.add_argument("--done", action="store_true", help="the customer need not come back")
    returning = reviews.command("return", send_back, "They are not right: back to a counter, with a reason.")
    returning.reason()
    for one in (taking, passing, returning):
        one.by().once().add_argument("ticket", metavar="TICKET", help="such as C001")
