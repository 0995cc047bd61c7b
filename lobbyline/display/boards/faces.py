"""What each board shall show: the state of its counter, a row of the main board, or who please prepare.

Wordings come from the branch's words, from the bus or from the board itself; the first that fits the width is taken.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from lobbyline.drivers.boards.schedule import Face
from lobbyline.lobby.branch import Board, Branch, Bus
from lobbyline.lobby.config.folder import Setup
from lobbyline.lobby.config.overlay import places
from lobbyline.lobby.hall.view import CounterView, HallView

ARROW = ">"
PLACES = ("ticket", "window", "tickets")


def face_for(view: HallView, bus: Bus, board: Board, setup: Setup) -> Face:
    """What a board shall show now."""
    if board.counter is not None:
        action, ticket, window = counter_face(view, board.counter)
    elif board.shows == "next":
        action, ticket, window = next_face(view, board.row)
    else:
        action, ticket, window = row_face(view, board.row)
    # A row of the main board keeps the words of the call when it stops flashing.
    wording = "call" if action == "serving" and board.counter is None else action
    tickets = view.soon[board.row - 1 :] if action == "prepare" else [ticket]
    text = text_for(wordings(wording, bus, board, setup), tickets, window, board.width)
    return Face(action, values_of(ticket, window, board, text))


def counter_face(view: HallView, number: int) -> tuple[str, str, int]:
    """Action, ticket and counter over one counter; whoever is called or served there stands before its state."""
    counter = next((counter for counter in view.counters if counter.number == number), None)
    if counter is None:
        return "closed", "", number
    return action_at(counter), counter.ticket, number


def action_at(counter: CounterView) -> str:
    if counter.ticket:
        return "call" if counter.ticket_state == "called" else "serving"
    return {"open": "welcome", "paused": "paused"}.get(counter.state, "closed")


def row_face(view: HallView, row: int) -> tuple[str, str, int]:
    """A row of the main board: its call, flashing until the customer has come; other rows are empty before theirs."""
    closed = not view.soon and all(counter.state == "closed" for counter in view.counters)  # who waits is welcome
    if closed or len(view.calls) < row:
        return ("clear" if row > 1 else "closed" if closed else "welcome"), "", 0
    call = view.calls[row - 1]
    gone = any(counter.ticket == call.number and counter.ticket_state != "called" for counter in view.counters)
    flashing = not gone and any(counter.ticket == call.number for counter in view.counters)
    return ("call" if flashing else "serving"), call.number, call.counter


def next_face(view: HallView, row: int) -> tuple[str, str, int]:
    """Who please prepare; nobody is a dark row."""
    if len(view.soon) < row:
        return "clear", "", 0
    return "prepare", view.soon[row - 1], 0


def values_of(ticket: str, window: int, board: Board, text: str) -> dict[str, int | str]:
    """Everything that a protocol may want to say: ticket A012 is prefix A and number 12."""
    digits = ticket.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return {
        "address": board.address,
        "ticket": ticket,
        "prefix": ticket.removesuffix(digits),
        "number": int(digits or 0),
        "window": window,
        "text": text,
        "arrow": ARROW,
    }


def wordings(action: str, bus: Bus, board: Board, setup: Setup) -> str:
    """The wordings of a state, parted by `|`: the board's, its bus's, or the branch's in the board's language."""
    language = board.language or bus.language or setup.branch.languages[0]
    words = setup.words.get(language) or setup.words[setup.branch.languages[0]]
    known = dict(words.get("boards", {}))
    known.update({str(state): text for texts in (bus.texts, board.texts) for state, text in texts.items()})
    return known.get(action, "{ticket}" if action == "prepare" else "")


def text_for(wordings: str, tickets: Sequence[str], window: int, width: int) -> str:
    """The first wording that fits into the board's width; the last one when none does."""
    said = [text for wording in wordings.split("|") for text in filled(wording.strip(), tickets, window)]
    return next((text for text in said if columns(text) <= width), said[-1])


def too_wide(bus: Bus, board: Board, setup: Setup) -> Iterator[tuple[str, str]]:
    """States of which no wording fits the board, with the shortest as it would stand there for the longest number."""
    ticket, window = longest(board, setup.branch)
    for state in states(board):
        worded = wordings(state, bus, board, setup)
        if worded and not wrong_wording(worded):
            said = [text for part in worded.split("|") for text in filled(part.strip(), [ticket], window)]
            if columns(shortest := min(said, key=columns)) > board.width:
                yield state, shortest


def longest(board: Board, branch: Branch) -> tuple[str, int]:
    """The longest number that a board may have to show, and the counter it is called to."""
    ticket = max((f"{letter}{'8' * queue.digits}" for letter, queue in branch.queues.items()), key=len)
    return ticket, board.counter or max(counter.number for counter in branch.counters)


def longest_faces(bus: Bus, board: Board, setup: Setup) -> Iterator[Face]:
    """Every face that a board may have to show, each with the longest number."""
    ticket, window = longest(board, setup.branch)
    worded = {state: wordings(state, bus, board, setup) for state in states(board)}
    for state, words in worded.items():
        if not wrong_wording(words):
            yield Face(state, values_of(ticket, window, board, text_for(words, [ticket], window, board.width)))


def states(board: Board) -> tuple[str, ...]:
    """What a board ever has to say."""
    if board.counter is not None:
        return "welcome", "call", "serving", "paused", "closed"
    if board.shows == "next":
        return ("prepare",)
    return ("call", "welcome", "closed") if board.row == 1 else ("call",)


def filled(wording: str, tickets: Sequence[str], window: int) -> Iterator[str]:
    """A wording with its values; one of several tickets also with fewer of them."""
    most = len(tickets) if "{tickets}" in wording else 1
    for count in range(max(most, 1), 0, -1):
        if count == 1 and most > 1:
            return
        values = {"ticket": "".join(tickets[:1]), "window": str(window), "tickets": " ".join(tickets[:count])}
        yield wording.format_map(values)


def columns(text: str) -> int:
    """Half cells of a text: a Hanzi takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def wrong_wording(wordings: str) -> str:
    """What is wrong with a wording that a technician wrote; nothing when it is sound."""
    try:
        names = places(wordings)
    except ValueError as error:
        return f"has a brace that does not fit: {error}."
    wrong = next((name for name in names if name not in PLACES), None)
    return "" if wrong is None else f"knows no {{{wrong}}}, only {{ticket}}, {{window}} and {{tickets}}."
