"""Which pages there are, and for whom: the links of the bar and the tiles of the first page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lobbyline.lobby.branch import Branch
from lobbyline.lobby.people.roster import Role
from lobbyline.staff.door.door import ADVISERS, ENTERERS, MANAGERS, READERS, SEATED, SECONDS, Visitor


@dataclass(frozen=True)
class Room:
    """One kind of work: its words begin with its name."""

    name: str
    path: str  # where its link leads
    roles: tuple[Role, ...]
    further: str = ""  # how the addresses of its other pages begin
    counted: bool = False  # whether the bar says how much waits in it
    exists: Callable[[Branch], bool] = lambda _: True

    def holds(self, path: str) -> bool:
        """Whether a page is one of this room's."""
        return path == self.path or path.startswith(self.further or f"{self.path}/")


def has_advice(branch: Branch) -> bool:
    return any(counter.advises for counter in branch.counters)


COUNTERS = Room("counters", "/", SEATED, further="/counter/")
ROOMS = (
    COUNTERS,
    Room("lobby", "/lobby", MANAGERS, counted=True),
    Room("advice", "/advice", ADVISERS, counted=True, exists=has_advice),
    Room("work", "/work", SECONDS, counted=True),
    Room("reports", "/reports", READERS),
    Room("people", "/people", ENTERERS),
)


def open_to(visitor: Visitor | None, branch: Branch) -> list[Room]:
    """The rooms of a branch that somebody may enter."""
    return [room for room in ROOMS if visitor and visitor.may(*room.roles) and room.exists(branch)]
