"""The store in the lobby's own words: rows become tickets, events, jobs, and back. Nothing here decides."""

from __future__ import annotations

from functools import cached_property

from lobbyline.lobby.store.answer_pages import AnswerPages
from lobbyline.lobby.store.counter_pages import CounterPages
from lobbyline.lobby.store.device_pages import DevicePages
from lobbyline.lobby.store.event_pages import EventPages
from lobbyline.lobby.store.floor_book import FloorBook
from lobbyline.lobby.store.keeping_book import KeepingBook
from lobbyline.lobby.store.pages import micros
from lobbyline.lobby.store.paper_pages import PaperPages
from lobbyline.lobby.store.people_book import PeopleBook
from lobbyline.lobby.store.report_book import ReportBook
from lobbyline.lobby.store.review_pages import ReviewPages
from lobbyline.lobby.store.ticket_pages import TicketPages
from lobbyline.lobby.store.version_book import VersionBook
from lobbyline.lobby.store.voucher_pages import VoucherPages


class Book(TicketPages, EventPages, CounterPages, ReviewPages, VoucherPages, PaperPages, AnswerPages, DevicePages):
    """One branch's pages within one section or reading, bound together: what all rooms write in.

    What only some rooms open is a book of its own.
    """

    @cached_property
    def floor(self) -> FloorBook:
        """The pages of the lobby manager: alerts, ratings, referrals."""
        return FloorBook(self._rows, self._time, micros)

    @cached_property
    def past(self) -> ReportBook:
        """The pages that reports are reckoned from."""
        return ReportBook(self._rows, self._time, micros)

    @cached_property
    def keeping(self) -> KeepingBook:
        """The pages that are torn out when their days are over."""
        return KeepingBook(self._rows)

    @cached_property
    def versions(self) -> VersionBook:
        """The pages of the branch's files."""
        return VersionBook(self._rows, self._time, micros)

    @cached_property
    def people(self) -> PeopleBook:
        """Who may use the staff's pages."""
        return PeopleBook(self._rows, self._time, micros)
