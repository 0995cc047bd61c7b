"""Numbers while the branch's memory cannot be reached: drawn from a file of this machine, in a series of their own.

The file is a small lobby by itself, so that numbers, papers and keys keep every promise they have otherwise; what
nobody here can know (who waits, for how long) is not said. When the line is back they are handed in, in order and once.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from lobbyline.lobby import once
from lobbyline.lobby.branch import Band
from lobbyline.lobby.errors import Refusal, StoreError
from lobbyline.lobby.settings.store import Memory
from lobbyline.lobby.store.book import Book
from lobbyline.lobby.store.pages.prints import PrintRow
from lobbyline.lobby.ticket import ASIDE, Ticket

if TYPE_CHECKING:
    from lobbyline.lobby.lobby import Lobby
    from lobbyline.lobby.reception.reception import Offer, Place

log = logging.getLogger(__name__)

FILE = "emergency.sqlite"
HANDED_IN = "handed-in"  # the bookmark: the last ticket that the branch knows
DAYS = 7  # that a line may be lost
HANDED = "handed in"  # what a paper's note says that the branch prints itself
UNHEARD = ASIDE | {"called"}  # states of a number that nobody has come with


class Emergency:
    """The emergency numbers of one machine."""

    def __init__(self, lobby: Lobby) -> None:
        self._lobby = lobby

    @property
    def letter(self) -> str:
        """The letter of this machine's emergency numbers; empty where it gives none."""
        here = self._lobby.setup.devices.machines.get(self._lobby.setup.machine)
        return here.emergency if here else ""

    @property
    def used(self) -> bool:
        """Whether this machine ever gave such a number."""
        return (self._lobby.data / FILE).exists()

    @cached_property
    def local(self) -> Lobby:
        """The lobby in the file."""
        setup, there = self._lobby.setup, self._lobby
        kept = setup.branch.model_copy(update={"store": Memory(url=FILE)})
        return type(there)(replace(setup, branch=kept), there.data, there.where, series=self.letter)

    def close(self) -> None:
        if "local" in vars(self):
            self.local.close()

    def take(
        self, service: str, at: datetime, segment: str = "ordinary", key: str | None = None, *,
        paper: bool = True, band: Band | None = None,
    ) -> Place:  # fmt: skip
        """A number of the branch's own lines, or of the emergency's while the memory cannot be reached."""
        try:
            return self._lobby.reception.take(service, at, segment, key, paper=paper, band=band)
        except StoreError:
            if not self.letter:
                raise
            return self.local.reception.take(service, at, segment, key, paper=paper, band=band)

    def waiting(self, at: datetime) -> list[Ticket]:
        """What was drawn here and the branch does not know yet, in the order in which it was drawn."""
        if not self.used:
            return []
        with self.local.read() as book:
            return self._waiting(book, at)

    def offers(self, at: datetime, segment: str) -> list[Offer]:
        """Every service, as the branch offers it; while it cannot be asked, without who waits."""
        try:
            return self._lobby.reception.offers(at, segment)
        except StoreError:
            if not self.letter:
                raise
            return self.local.reception.offers(at, segment)

    def find(self, token: str, at: datetime) -> Place:
        """A number that was drawn here: as the branch knows it, once it does."""
        try:
            return self._lobby.reception.find(token, at)
        except (StoreError, Refusal):
            return self.local.reception.find(token, at)

    def hand_in(self, at: datetime) -> int:
        """Hand in what waits, as far as no paper of it is just being printed; how many that was."""
        done = 0
        for ticket in self.waiting(at):
            papers, asked = self._papers_of(ticket, at)
            if any(paper.state == "sending" for paper in papers):
                break
            with self._lobby.write() as book:
                self._give(book, ticket, papers, asked, at)
            with self.local.write() as book:
                book.move_bookmark(HANDED_IN, ticket.id)
            done += 1
        return done

    def _waiting(self, book: Book, at: datetime) -> list[Ticket]:
        last = book.bookmark(HANDED_IN) or 0
        days = book.days_before(self._lobby.day(at) + timedelta(days=1), most=DAYS)
        drawn = (ticket for day in days for ticket in book.of_day(date.fromisoformat(day)))
        return sorted((ticket for ticket in drawn if ticket.id > last), key=lambda ticket: ticket.id)

    def _papers_of(self, ticket: Ticket, at: datetime) -> tuple[list[PrintRow], str | None]:
        """Its papers, and the key it was asked for under; what no byte was sent of is the branch's to print now."""
        with self.local.write() as book:
            papers = book.prints_of(ticket)
            for paper in papers:
                if paper.state == "queued":
                    book.keep_print(replace(paper, state="failed", note=HANDED), at)
            return papers, book.request_answered("take", {"ticket": ticket.id})

    def _give(self, book: Book, drawn: Ticket, papers: list[PrintRow], asked: str | None, at: datetime) -> None:
        """Into the branch's own memory, with the number, the code and the time it was drawn; once."""
        key = f"emergency {drawn.token}"
        if once.answered(book, key, "hand in") is not None:
            return
        self._take_back(book, drawn, asked, at)
        ticket = book.add_ticket(self._alone(book, drawn))
        book.note("taken", at, "customer", ticket, **ticket.told, emergency=True, drawn=drawn.taken_at.isoformat())
        for paper in reversed(papers):
            book.add_print(paper.printer, ticket, paper.copy, paper.slip, at)
            if paper.state != "queued" and paper.note != HANDED:
                job = next(row for row in book.prints_of(ticket) if row.copy == paper.copy)
                book.keep_print(replace(job, state=paper.state, fence=paper.fence, note=paper.note), at)
        once.keep(book, key, "hand in", {"ticket": ticket.id}, at)

    def _alone(self, book: Book, drawn: Ticket) -> Ticket:
        """Its number belongs to somebody else where a machine was changed that day: then the next one is its own."""
        day = date.fromisoformat(drawn.day)
        if book.named(drawn.number, day) is None:
            return drawn
        number = book.draw_number(drawn.number[:1], day, len(drawn.number) - 1)
        log.warning("%s was given twice today: whoever came second with it waits as %s now", drawn.number, number)
        return replace(drawn, number=number)

    def _take_back(self, book: Book, drawn: Ticket, asked: str | None, at: datetime) -> None:
        """The branch had drawn a number for the same touch, and the line was lost before anybody heard of it.

        It may have been called meanwhile: nobody came, and nobody will. Whoever was greeted under it is somebody.
        """
        earlier = book.request(asked) if asked else None
        ticket = book.ticket(earlier[1]["ticket"]) if earlier and earlier[0] == "take" else None
        if ticket is None or ticket.state not in UNHEARD:
            return
        reason = f"{drawn.number} was given instead"
        self._lobby.floor.keep(book, ticket.cancelled(at), "void", at, self._lobby.where, reason=reason)
        for paper in book.prints_of(ticket):
            if paper.state == "queued":
                book.keep_print(replace(paper, state="failed", note=HANDED), at)
