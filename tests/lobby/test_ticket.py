"""The life of a ticket is one table: what it allows is done, everything else is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from lobbyline.lobby.errors import Refusal
from lobbyline.lobby.lobby import Lobby
from lobbyline.lobby.rule.reason import Reason
from lobbyline.lobby.ticket import ENDED, MOVES, POSITIONS, STEPS, Position, Ticket, placed

BY_NUMBER = Reason("by_number", {})

DOCUMENT = Path(__file__).parents[2] / "docs" / "lobby.md"
Act = Callable[[Ticket, datetime], Ticket]
ACTS: dict[str, Act] = {
    "arrive": lambda ticket, at: ticket.arrived(at),
    "forfeit": lambda ticket, at: ticket.forfeited(at),
    "call": lambda ticket, at: ticket.called(1, at, BY_NUMBER),
    "recall": lambda ticket, at: ticket.recalled(at, 0, 3),
    "greet": lambda ticket, at: ticket.at_step("greet"),
    "ask": lambda ticket, at: ticket.at_step("ask"),
    "operate": lambda ticket, at: ticket.at_step("operate"),
    "confirm": lambda ticket, at: ticket.at_step("confirm"),
    "farewell": lambda ticket, at: ticket.done(at),
    "intake": lambda ticket, at: ticket.taken_in(),
    "pass": lambda ticket, at: ticket.passed(at),
    "return": lambda ticket, at: ticket.sent_back(at),
    "settle": lambda ticket, at: ticket.settled(at),
    "miss": lambda ticket, at: ticket.missed(at, most=9),
    "lose": lambda ticket, at: ticket.missed(at, most=1),
    "hold": lambda ticket, at: ticket.held(),
    "restore": lambda ticket, at: ticket.restored(at),
    "move": lambda ticket, at: ticket.moved("D1", "A", at),
    "abandon": lambda ticket, at: ticket.abandoned(at),
    "cancel": lambda ticket, at: ticket.cancelled(at),
}


def at_position(lobby: Lobby, at: datetime, position: Position) -> Ticket:
    state, step = placed(position)
    counter = 1 if position == "called" or position in STEPS else None
    return replace(lobby.reception.take("W1", at).ticket, state=state, step=step, counter=counter, calls=1)


@pytest.mark.parametrize("name", MOVES)
def test_a_move_is_made_from_where_the_table_says(lobby: Lobby, at: datetime, name: str) -> None:
    """Each move from each position: to the table's target, or refused with nothing changed."""
    for position in POSITIONS:
        ticket = at_position(lobby, at, position)
        if position in MOVES[name].sources:
            after = ACTS[name](ticket, at)
            assert after.position == MOVES[name].target
            assert (after.ended_at is not None) == (after.state in ENDED)
            assert (after.number, after.arrived_at) == (ticket.number, ticket.arrived_at)
        else:
            with pytest.raises(Refusal) as caught:
                ACTS[name](ticket, at)
            assert caught.value.code in ("wrong_state", "wrong_step")


def test_nothing_leaves_an_end() -> None:
    """Done, abandoned and void are final; every other position has a way on."""
    for position in POSITIONS:
        ways = [name for name, move in MOVES.items() if position in move.sources]
        assert bool(ways) == (position not in ENDED)


def test_the_clock_set_back_stops_nobody(lobby: Lobby, at: datetime) -> None:
    """A recall is too soon within the seconds after the call, not because the clock went back."""
    ticket = at_position(lobby, at, "waiting").called(1, at, BY_NUMBER)
    with pytest.raises(Refusal) as caught:
        ticket.recalled(at + timedelta(seconds=5), 30, 3)
    assert caught.value.code == "too_soon"
    assert ticket.recalled(at - timedelta(hours=1), 30, 3).calls == 2


def test_the_document_shows_this_very_table() -> None:
    """docs/lobby.md has one line for each move, as the code has it."""
    rows = [f"| {name} | {', '.join(move.sources)} | {move.target} | {move.means} |" for name, move in MOVES.items()]
    assert "\n".join(rows) in DOCUMENT.read_text("utf-8")
