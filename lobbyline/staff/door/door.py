"""Who is asking: a person with a session, or a program of the bank with a token; and what each may do.

`require(…)` stands at every route. It reads one indexed row, on the loop: a hop to another thread would cost more.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

from fastapi import Depends, Request
from fastapi.concurrency import run_in_threadpool

from lobbyline.lobby.clock import Clock
from lobbyline.lobby.errors import Refusal
from lobbyline.lobby.lobby import Lobby
from lobbyline.lobby.people.roster import Role
from lobbyline.lobby.store.pages.people import Session
from lobbyline.staff.door.guard import SAFE

SESSION, MACHINE = "session", "machine"  # cookies
SEEN_EVERY = timedelta(seconds=30)
CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that looks like another

SEATED: tuple[Role, ...] = ("teller", "relationship_manager")  # who sits at counters
RECEPTION: tuple[Role, ...] = ("teller", "relationship_manager", "lobby_manager", "supervisor", "branch_manager")
MANAGERS: tuple[Role, ...] = ("lobby_manager", "branch_manager")
ADVISERS: tuple[Role, ...] = ("relationship_manager", *MANAGERS)
READERS: tuple[Role, ...] = ("lobby_manager", "supervisor", "branch_manager")
SECONDS: tuple[Role, ...] = ("supervisor", "reviewer")
ENTERERS: tuple[Role, ...] = ("branch_manager", "technician")


@dataclass(frozen=True)
class Visitor:
    """Whoever asks: `by` is the name in the log."""

    by: str
    roles: frozenset[str]
    session: Session | None = None  # None for a program
    machine: int | None = None  # the counter that this browser is

    @property
    def person(self) -> bool:
        return self.session is not None

    def may(self, *roles: Role) -> bool:
        return bool(self.roles.intersection(roles))


class Door:
    """Lets people and programs in; makes the first account with a code that only this program knows."""

    def __init__(self, lobby: Lobby, clock: Clock) -> None:
        self._lobby, self._clock = lobby, clock
        letters = "".join(secrets.choice(CODE_LETTERS) for _ in range(8))
        self.code = f"{letters[:4]}-{letters[4:]}"

    def visitor(self, request: Request, *, locked: bool = False) -> Visitor:
        """Who is asking; refused when nobody is signed in, or (unless `locked` may be) has gone away."""
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer":
            program = self._lobby.tokens.of(token.strip())
            return Visitor(f"program {program.name}", frozenset(program.roles))
        session = self._lobby.sessions.of(request.cookies.get(SESSION, ""), self._clock())
        if not locked and self._lobby.sessions.locked(session, self._clock()):
            raise Refusal("locked", person=session.person.shown)
        machine = self._lobby.machines.counter(request.cookies.get(MACHINE, ""))
        return Visitor(session.person.shown, frozenset(session.person.roles), session, machine)

    def opens_first(self, code: str) -> None:
        """The code of the first account, as the program told it."""
        if not secrets.compare_digest("".join(code.upper().split()).encode(), self.code.encode()):
            raise Refusal("wrong_code")

    async def touched(self, session: Session) -> None:
        """Its person did something; kept now and then, so that most requests write nothing for it."""
        at = self._clock()
        if at - session.seen_at >= SEEN_EVERY:
            await run_in_threadpool(self._lobby.sessions.active, session, at)


@dataclass(frozen=True)
class Admission:
    """What stands at a route: somebody is signed in and has one of the roles; without roles anybody may.

    With `person` a program is refused, whatever its roles: what a person answers for, no token does. `half_awake`
    admits the person of a session that is locked.
    """

    roles: tuple[Role, ...] = ()
    person: bool = False
    half_awake: bool = False

    async def __call__(self, request: Request) -> Visitor:
        door: Door = request.app.state.door
        visitor = door.visitor(request, locked=self.half_awake)
        if (self.roles and not visitor.may(*self.roles)) or (self.person and not visitor.person):
            raise Refusal("not_yours")
        if visitor.session and not self.half_awake and request.method not in SAFE:
            await door.touched(visitor.session)
        return visitor


def require(*roles: Role, person: bool = False) -> Admission:
    return Admission(roles, person)


Anybody = Annotated[Visitor, Depends(require())]
Seated = Annotated[Visitor, Depends(require(*SEATED, person=True))]
Caller = Annotated[Visitor, Depends(require(*SEATED, "program"))]
Receptionist = Annotated[Visitor, Depends(require(*RECEPTION, "program"))]
Manager = Annotated[Visitor, Depends(require(*MANAGERS))]
Enterer = Annotated[Visitor, Depends(require(*ENTERERS, person=True))]
HalfAwake = Annotated[Visitor, Depends(Admission(person=True, half_awake=True))]
