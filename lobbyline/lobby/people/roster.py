"""The people of the branch: what they are called, what they may do, what they are qualified for.

A person signs in with a name and is told to others, and to the log, by the shown name. Both are unique for good:
whoever leaves is kept, so that no later person inherits what an earlier one did.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Literal, get_args

from lobbyline.lobby.errors import Refusal
from lobbyline.lobby.people import secret
from lobbyline.lobby.store.book import Book
from lobbyline.lobby.store.pages.people import Person

if TYPE_CHECKING:
    from lobbyline.lobby.lobby import Lobby

Role = Literal[
    "teller", "supervisor", "reviewer", "lobby_manager", "relationship_manager", "branch_manager", "technician",
    "program",
]  # fmt: skip
ROLES: tuple[Role, ...] = get_args(Role)
LONGEST_NAME = 40


class People:
    """The register of a branch's people."""

    def __init__(self, lobby: Lobby) -> None:
        self._lobby = lobby

    def all(self) -> list[Person]:
        """Everybody, those who left last."""
        with self._lobby.read() as book:
            return book.people.all()

    def nobody(self) -> bool:
        """Whether nobody was ever entered: the first account may be made with the code of the program."""
        return not self.all()

    def add(
        self,
        name: str,
        shown: str,
        roles: Iterable[str],
        by: str,
        at: datetime,
        *,
        qualifications: Iterable[str] = (),
        own: str = "",
        first: bool = False,
    ) -> str:
        """Enter somebody, who chooses a secret at the first sign-in; returns the one for that time.

        `own` is a secret that the person chose. `first` enters nobody once there is somebody.
        """
        pin = own or secret.fresh_pin()
        with self._lobby.speaking():
            secret.must_be_good(pin, name, self._lobby.branch.staff.least_secret)
        hashed = secret.hashed(pin)
        with self._lobby.write() as book:
            if first and book.people.all():
                raise Refusal("not_first")
            person = Person(
                name=sign_in_name(name),
                shown=shown_name(shown),
                roles=known_roles(roles),
                qualifications=tuple(sorted(set(qualifications))),
                secret=hashed,
                fresh=not own,
            )
            if book.people.person(person.name) or book.people.known_as(compared(person.shown)):
                raise Refusal("person_exists", person=person.shown)
            self.keep(book, person)
            self._note(book, "person_added", at, by or person.shown, person)
        return pin

    def change(self, name: str, roles: Iterable[str], qualifications: Iterable[str], by: str, at: datetime) -> Person:
        """Other roles or qualifications; they count from the next request on."""
        with self._lobby.write() as book:
            person = replace(
                self._find(book, name), roles=known_roles(roles), qualifications=tuple(sorted(set(qualifications)))
            )
            self._must_leave_somebody(book, person)
            self.keep(book, person)
            self._note(book, "person_changed", at, by, person)
        return person

    def reset(self, name: str, by: str, at: datetime, *, own: str = "") -> str:
        """A new secret for somebody who forgot it or is locked out; not being his `own`, it is changed at once."""
        pin = own or secret.fresh_pin()
        hashed = secret.hashed(pin)
        with self._lobby.write() as book:
            person = self._find(book, name)
            self.keep(book, replace(person, secret=hashed, fresh=not own, failures=0, locked_until=None))
            book.people.end_sessions_of(person)
            book.note("secret_reset", at, by, person=person.shown)
        return pin

    def leave(self, name: str, by: str, at: datetime) -> Person:
        """Somebody does not work here any more: no sign-in, and every session ends."""
        with self._lobby.write() as book:
            person = replace(self._find(book, name), left_at=at)
            self._must_leave_somebody(book, person)
            self.keep(book, person)
            book.people.end_sessions_of(person)
            book.note("person_left", at, by, person=person.shown)
        return person

    def keep(self, book: Book, person: Person) -> None:
        """Write somebody down as he is now."""
        book.people.keep(person, compared(person.shown))

    def _find(self, book: Book, name: str) -> Person:
        person = book.people.person(name.strip().lower())
        if person is None or person.left_at:
            raise Refusal("unknown_person", person=name)
        return person

    def _must_leave_somebody(self, book: Book, changed: Person) -> None:
        """The last one who may enter people stays."""
        others = [person for person in book.people.all() if person.name != changed.name]
        able = [person for person in [*others, changed] if not person.left_at and may_enter(person)]
        if not able and any(may_enter(person) for person in book.people.all()):
            raise Refusal("last_manager", person=changed.shown)

    def _note(self, book: Book, what: str, at: datetime, by: str, person: Person) -> None:
        book.note(what, at, by, person=person.shown, roles=person.roles, qualifications=person.qualifications)


def may_enter(person: Person) -> bool:
    """Whether somebody may enter other people."""
    return bool({"branch_manager", "technician"} & set(person.roles))


def sign_in_name(name: str) -> str:
    """As it is typed at the sign-in: small letters, digits, and one of ._- between them."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]{1,31}", name.strip().lower()):
        raise Refusal("person_name", name=name)
    return name.strip().lower()


def shown_name(shown: str) -> str:
    """As others read it: one line, spaces single."""
    told = " ".join(unicodedata.normalize("NFKC", shown).split())
    if not told or len(told) > LONGEST_NAME or not told.isprintable():
        raise Refusal("person_name", name=shown)
    return told


def compared(shown: str) -> str:
    """Two shown names that look the same are the same."""
    return " ".join(unicodedata.normalize("NFKC", shown).casefold().split())


def known_roles(roles: Iterable[str]) -> tuple[str, ...]:
    """Roles of people, in their usual order."""
    asked, people = set(roles), set(ROLES) - {"program"}
    if not asked or asked - people:
        raise Refusal("unknown_role", role=sorted(asked - people), known=sorted(people))
    return tuple(role for role in ROLES if role in asked)
