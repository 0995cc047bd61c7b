"""The people of a play on a desk, each with a PIN made just now: nothing can be signed into by default."""

from __future__ import annotations

from datetime import datetime

from lobbyline.lobby.lobby import Lobby
from lobbyline.lobby.people import secret

# Sign-in name, shown name, roles, qualifications.
PLAYERS: tuple[tuple[str, str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("lifang", "李芳", ("teller",), ("funds",)),
    ("wangqiang", "王强", ("teller", "relationship_manager"), ("funds",)),
    ("zhaomin", "赵敏", ("supervisor", "reviewer"), ()),
    ("sunli", "孙丽", ("lobby_manager",), ()),
    ("zhougang", "周刚", ("branch_manager", "technician"), ()),
)


def enter(lobby: Lobby, at: datetime) -> dict[str, str]:
    """Enters the players, or gives them new PINs when they played before: PINs by sign-in name.

    A branch that has people of its own is left alone.
    """
    there = {person.name for person in lobby.people.all()}
    if there - {name for name, *_ in PLAYERS}:
        return {}
    pins = {name: secret.fresh_pin() for name, *_ in PLAYERS}
    for name, shown, roles, able in PLAYERS:
        if name in there:
            lobby.people.reset(name, "play", at, own=pins[name])
        else:
            lobby.people.add(name, shown, roles, "play", at, qualifications=able, own=pins[name])
    return pins


def told(pins: dict[str, str]) -> str:
    """Who can sign in, for the terminal."""
    lines = [f"  {name:<10} PIN {pins[name]}   {', '.join(roles)}" for name, _, roles, _ in PLAYERS]
    return "\n".join(["To sign in at the staff's pages, with PINs made just now:", *lines])
