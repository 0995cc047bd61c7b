"""Complaints: written down as a code, seen to like everything that needs a person, counted in the report."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from lobbyline.lobby import once
from lobbyline.lobby.errors import Refusal

if TYPE_CHECKING:
    from lobbyline.lobby.lobby import Lobby


class Complaints:
    """The branch's complaints; which of them still want a person stands in the list of alerts."""

    def __init__(self, lobby: Lobby) -> None:
        self._lobby = lobby

    def note(self, about: str, at: datetime, by: str, number: str = "", key: str | None = None) -> None:
        """Somebody is unhappy about something; the same key twice is one complaint."""
        known, what = self._lobby.branch.complaints.kinds, f"complaint about {about} {number}".rstrip()
        with self._lobby.write() as book:
            if once.answered(book, key, what) is not None:
                return
            if about not in known:
                raise Refusal("unknown_complaint", about=about, known=list(known))
            if not by.strip():
                raise Refusal("person_unknown")
            ticket = self._lobby.floor.find(book, number, at) if number else None
            book.note("complaint", at, by, ticket, about=about)
            once.keep(book, key, what, {}, at)
        self._lobby.lookout.look(at)
