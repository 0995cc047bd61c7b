"""The pages of the memory that say who may do what: people, sessions, machines, programs. Nothing here decides."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from lobbyline.lobby.store.pages.page import Pages, micros

if TYPE_CHECKING:
    from lobbyline.lobby.ticket import Ticket


@dataclass(frozen=True)
class Person:
    """Somebody of the staff: signs in as `name`, is told to others and to the log as `shown`."""

    name: str
    shown: str
    roles: tuple[str, ...]
    qualifications: tuple[str, ...] = ()
    secret: str = ""
    fresh: bool = False
    failures: int = 0
    locked_until: datetime | None = None
    left_at: datetime | None = None


@dataclass(frozen=True)
class Session:
    """Somebody who signed in at a browser; `token` is the hash of what the browser keeps."""

    token: str
    person: Person
    begun_at: datetime
    seen_at: datetime
    locked: bool = False


@dataclass(frozen=True)
class MachineRow:
    """A browser that is a counter's own."""

    counter: int
    person: str
    at: datetime


@dataclass(frozen=True)
class TokenRow:
    """A program of the bank that may use the API."""

    name: str
    roles: tuple[str, ...]
    person: str
    at: datetime
    revoked_at: datetime | None


@dataclass(frozen=True)
class AuthorisationRow:
    """What a teller asked a second person for, and what was answered."""

    id: int
    ticket_id: int
    counter: int
    asked_by: str
    asked_at: datetime
    answered_by: str = ""
    answered_at: datetime | None = None
    outcome: str = ""
    reason: str = ""


class PeopleBook(Pages):
    """One branch's people within one section or reading."""

    # People

    def all(self) -> list[Person]:
        """Everybody, those who left last."""
        return [self._person(row) for row in self._rows.all("people")]

    def person(self, name: str) -> Person | None:
        row = self._rows.first("person", name=name)
        return self._person(row) if row else None

    def known_as(self, known_as: str) -> Person | None:
        """Whoever carries a shown name, as it is compared."""
        row = self._rows.first("person_known_as", known_as=known_as)
        return self._person(row) if row else None

    def keep(self, person: Person, known_as: str) -> None:
        self._rows.run(
            "keep_person",
            name=person.name,
            shown=person.shown,
            known_as=known_as,
            roles=json.dumps(person.roles),
            qualifications=json.dumps(person.qualifications),
            secret=person.secret,
            fresh=person.fresh,
            failures=person.failures,
            locked_until=self._micros(person.locked_until),
            left_at=self._micros(person.left_at),
        )

    # Sessions

    def session(self, token: str) -> Session | None:
        row = self._rows.first("session", token=token)
        if row is None:
            return None
        began, seen = self._time(row["begun_at"]), self._time(row["seen_at"])
        return Session(row["token"], self._person(row), began, seen, bool(row["locked"]))

    def keep_session(self, session: Session) -> None:
        self._rows.run(
            "keep_session",
            token=session.token,
            person=session.person.name,
            begun_at=micros(session.begun_at),
            seen_at=micros(session.seen_at),
            locked=session.locked,
        )

    def end_session(self, token: str) -> None:
        self._rows.run("end_session", token=token)

    def end_sessions_of(self, person: Person) -> None:
        self._rows.run("end_sessions_of", person=person.name)

    def sweep_sessions(self, before: datetime) -> None:
        """Forget sessions that nobody may use any more."""
        self._rows.run("sweep_sessions", before=micros(before))

    # Machines and programs

    def machines(self) -> list[MachineRow]:
        return [self._machine(row) for row in self._rows.all("machines")]

    def machine(self, token: str) -> MachineRow | None:
        row = self._rows.first("machine", token=token)
        return self._machine(row) if row else None

    def has_machine(self, counter: int) -> bool:
        """Whether a counter is served from machines of its own only."""
        return self._rows.first("machine_of_counter", counter=counter) is not None

    def keep_machine(self, token: str, counter: int, person: str, at: datetime) -> None:
        self._rows.run("keep_machine", token=token, counter=counter, person=person, at=micros(at))

    def forget_machines(self, counter: int) -> None:
        self._rows.run("forget_machines", counter=counter)

    def tokens(self) -> list[TokenRow]:
        return [self._token(row) for row in self._rows.all("api_tokens")]

    def token(self, token: str) -> TokenRow | None:
        """A program that was not revoked."""
        row = self._rows.first("api_token", token=token)
        return self._token(row) if row else None

    def add_token(self, name: str, token: str, roles: tuple[str, ...], person: str, at: datetime) -> None:
        values = {"name": name, "token": token, "roles": json.dumps(roles), "person": person}
        self._rows.run("add_api_token", at=micros(at), **values)

    def revoke_token(self, name: str, at: datetime) -> None:
        self._rows.run("revoke_api_token", name=name, at=micros(at))

    # Authorisations

    def ask_authorisation(self, ticket: Ticket, counter: int, asked_by: str, at: datetime) -> None:
        values = {"ticket": ticket.id, "counter": counter, "asked_by": asked_by, "asked_at": micros(at)}
        self._rows.run("ask_authorisation", **values)

    def authorisations_open(self) -> list[AuthorisationRow]:
        """What waits for an answer, oldest first."""
        return [self._authorisation(row) for row in self._rows.all("authorisations_open")]

    def authorisation_of(self, ticket: Ticket) -> AuthorisationRow | None:
        """The newest request for a ticket."""
        row = self._rows.first("authorisation_of", ticket=ticket.id)
        return self._authorisation(row) if row else None

    def keep_authorisation(self, row: AuthorisationRow) -> None:
        self._rows.run(
            "keep_authorisation",
            id=row.id,
            counter=row.counter,
            asked_by=row.asked_by,
            asked_at=micros(row.asked_at),
            answered_by=row.answered_by,
            answered_at=self._micros(row.answered_at),
            outcome=row.outcome,
            reason=row.reason,
        )

    # Rows

    def _person(self, row: Any) -> Person:
        return Person(
            name=row["name"],
            shown=row["shown"],
            roles=tuple(json.loads(row["roles"])),
            qualifications=tuple(json.loads(row["qualifications"])),
            secret=row["secret"],
            fresh=bool(row["fresh"]),
            failures=row["failures"],
            locked_until=self._maybe_time(row["locked_until"]),
            left_at=self._maybe_time(row["left_at"]),
        )

    def _machine(self, row: Any) -> MachineRow:
        return MachineRow(row["counter"], row["person"], self._time(row["at"]))

    def _token(self, row: Any) -> TokenRow:
        roles, revoked = tuple(json.loads(row["roles"])), self._maybe_time(row["revoked_at"])
        return TokenRow(row["name"], roles, row["person"], self._time(row["at"]), revoked)

    def _authorisation(self, row: Any) -> AuthorisationRow:
        return AuthorisationRow(
            id=row["id"],
            ticket_id=row["ticket"],
            counter=row["counter"],
            asked_by=row["asked_by"],
            asked_at=self._time(row["asked_at"]),
            answered_by=row["answered_by"],
            answered_at=self._maybe_time(row["answered_at"]),
            outcome=row["outcome"],
            reason=row["reason"],
        )
