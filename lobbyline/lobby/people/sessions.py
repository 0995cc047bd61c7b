"""Signing in and out: who sits at a browser, for how long, and how often a wrong secret may be tried.

Every sign-in and every refusal is an event; nothing of what was typed is kept. Reading a session costs one row.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from lobbyline.lobby.errors import Refusal
from lobbyline.lobby.people import secret
from lobbyline.lobby.settings.staff import StaffPages
from lobbyline.lobby.store.book import Book
from lobbyline.lobby.store.pages.people import Person, Session

if TYPE_CHECKING:
    from lobbyline.lobby.lobby import Lobby

FIRST_LOCK = timedelta(minutes=1)
LONGEST_LOCK = timedelta(hours=1)


class Sessions:
    """The sessions of a branch."""

    def __init__(self, lobby: Lobby) -> None:
        self._lobby = lobby

    @property
    def _rules(self) -> StaffPages:
        return self._lobby.branch.staff

    def sign_in(self, name: str, typed: str, at: datetime, new: str = "") -> str:
        """A new session; returns what the browser keeps. A secret that somebody else knows is changed on the way."""
        person = self._proved(name, typed, at)
        changed = self._changed(person, typed, new) if person.fresh or new else person
        token = secret.fresh_token()
        with self._lobby.write() as book:
            if changed.secret != person.secret:
                book.note("secret_changed", at, person.shown)
            self._lobby.people.keep(book, replace(changed, failures=0, locked_until=None))
            book.people.sweep_sessions(at - timedelta(hours=self._rules.session_hours))
            book.people.keep_session(Session(secret.digest(token), changed, at, at))
            book.note("signed_in", at, person.shown)
        return token

    def of(self, token: str, at: datetime) -> Session:
        """Whose session a browser has; refused when it is over."""
        with self._lobby.read() as book:
            session = book.people.session(secret.digest(token)) if token else None
            if session is None or session.person.left_at or self._over(session, at):
                raise Refusal("signed_out")
        return session

    def locked(self, session: Session, at: datetime) -> bool:
        """Whether its person must prove to be there: after a while without a touch, or when asked for."""
        return session.locked or at - session.seen_at > timedelta(minutes=self._rules.idle_minutes)

    def active(self, session: Session, at: datetime) -> None:
        """Its person did something just now."""
        with self._lobby.write() as book:
            book.people.keep_session(replace(session, seen_at=at))

    def lock(self, session: Session, at: datetime) -> None:
        """Its person goes away for a moment."""
        with self._lobby.write() as book:
            book.people.keep_session(replace(session, locked=True))
            book.note("locked", at, session.person.shown)

    def unlock(self, session: Session, typed: str, at: datetime) -> None:
        """Its person is back, and proves it."""
        person = self._proved(session.person.name, typed, at)
        with self._lobby.write() as book:
            self._lobby.people.keep(book, replace(person, failures=0, locked_until=None))
            book.people.keep_session(replace(session, seen_at=at, locked=False))
            book.note("unlocked", at, person.shown)

    def sign_out(self, session: Session, at: datetime) -> None:
        with self._lobby.write() as book:
            book.people.end_session(session.token)
            book.note("signed_out", at, session.person.shown)

    def prove(self, name: str, typed: str, at: datetime) -> Person:
        """Somebody signs for something beside whoever is signed in: the second of two people."""
        person = self._proved(name, typed, at)
        if person.fresh:
            with self._lobby.speaking():
                raise Refusal("choose_secret")
        with self._lobby.write() as book:
            self._lobby.people.keep(book, replace(person, failures=0, locked_until=None))
        return person

    def _proved(self, name: str, typed: str, at: datetime) -> Person:
        """The person who knows the secret; a failure is counted, and too many of them lock."""
        with self._lobby.read() as book:
            before = book.people.person(name.strip().lower())
        right = secret.matches(before.secret if before else secret.nobodys(), typed)
        with self._lobby.write() as book:
            person = book.people.person(before.name) if before else None
            refusal = self._judged(book, person, right, at)
        if refusal or person is None:
            with self._lobby.speaking():
                raise refusal or Refusal("sign_in")
        return person

    def _judged(self, book: Book, person: Person | None, right: bool, at: datetime) -> Refusal | None:
        if person is None or person.left_at:
            book.note("sign_in_refused", at, person.shown if person else "unknown")
            return Refusal("sign_in")
        if person.locked_until and at < person.locked_until:
            book.note("sign_in_refused", at, person.shown, locked=True)
            return Refusal("locked_out", minutes=_minutes(person.locked_until - at))
        if right:
            return None
        failed = self._failed(person, at)
        self._lobby.people.keep(book, failed)
        book.note("sign_in_refused", at, person.shown, failures=failed.failures)
        if failed.locked_until and failed.locked_until > at:
            book.note("locked_out", at, person.shown, until=failed.locked_until.isoformat())
            return Refusal("locked_out", minutes=_minutes(failed.locked_until - at))
        return Refusal("sign_in")

    def _failed(self, person: Person, at: datetime) -> Person:
        """One failure more; from the last that is allowed on each one locks twice as long."""
        failures = person.failures + 1
        over = failures - self._rules.failures
        if over < 0:
            return replace(person, failures=failures)
        lock = min(FIRST_LOCK * 2 ** min(over, 10), LONGEST_LOCK)
        return replace(person, failures=failures, locked_until=at + lock)

    def _changed(self, person: Person, typed: str, new: str) -> Person:
        with self._lobby.speaking():
            if not new:
                raise Refusal("choose_secret")
            if new == typed:
                raise Refusal("same_secret")
            secret.must_be_good(new, person.name, self._rules.least_secret)
        return replace(person, secret=secret.hashed(new), fresh=False)

    def _over(self, session: Session, at: datetime) -> bool:
        return at - session.begun_at > timedelta(hours=self._rules.session_hours)


def _minutes(left: timedelta) -> int:
    return max(1, -(-int(left.total_seconds()) // 60))
