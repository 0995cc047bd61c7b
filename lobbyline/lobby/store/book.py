"""The store in the lobby's own words: rows become tickets, events, jobs, and back. Nothing here decides."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from zoneinfo import ZoneInfo

from lobbyline.lobby.store.pages.answers import AnswerPages
from lobbyline.lobby.store.pages.counters import CounterPages
from lobbyline.lobby.store.pages.devices import DevicePages
from lobbyline.lobby.store.pages.events import EventPages
from lobbyline.lobby.store.pages.floor import FloorBook
from lobbyline.lobby.store.pages.keeping import KeepingBook
from lobbyline.lobby.store.pages.people import PeopleBook
from lobbyline.lobby.store.pages.prints import PrintPages
from lobbyline.lobby.store.pages.reports import ReportBook
from lobbyline.lobby.store.pages.reviews import ReviewPages
from lobbyline.lobby.store.pages.tickets import LastLook, TicketPages
from lobbyline.lobby.store.pages.versions import VersionBook
from lobbyline.lobby.store.pages.vouchers import VoucherPages
from lobbyline.lobby.store.rows import Asked, Rows

COUNTERS: tuple[Asked, ...] = (("counters", {}), ("tickets_at_counters", {}))


class Book(TicketPages, EventPages, CounterPages, ReviewPages, VoucherPages, PrintPages, AnswerPages, DevicePages):
    """One branch's pages within one section or reading, bound together: what all rooms write in.

    What only some rooms open is a book of its own. `config` is the version of the files, `where` the program, under
    which things happen; `last_look` is what the program saw before.
    """

    def __init__(
        self, rows: Rows, zone: ZoneInfo, config: str, where: str = "", last_look: LastLook | None = None
    ) -> None:
        super().__init__(rows, zone)
        self.config, self._where = config, where
        self._last_look = last_look or LastLook()

    # What is going to be asked: a server far away is asked once then

    STANDING: Asked = ("standing", {})

    @staticmethod
    def of_line(day: date, calls: int) -> tuple[Asked, ...]:
        """For a look at the line with its latest calls."""
        waiting: Asked = ("tickets_waiting", {"day": day.isoformat()})
        return (*COUNTERS, waiting, ("latest_calls", {"most": calls}))

    @staticmethod
    def of_number(day: date, queue: str) -> tuple[Asked, ...]:
        """For a number of a line."""
        return (("newest_number", {"day": day.isoformat(), "queue": queue}),)

    @staticmethod
    def of_key(key: str | None) -> tuple[Asked, ...]:
        """For the answer that a key may have had."""
        return (("request", {"key": key}),) if key else ()

    @staticmethod
    def of_verb(key: str | None) -> tuple[Asked, ...]:
        """For anything that is done at a counter."""
        return (*Book.of_key(key), *COUNTERS)

    def expect(self, *asked: Asked) -> None:
        self._rows.ahead(*asked)

    # Books of their own

    @cached_property
    def floor(self) -> FloorBook:
        """The pages of the lobby manager: alerts, ratings, referrals."""
        return FloorBook(self._rows, self._zone)

    @cached_property
    def past(self) -> ReportBook:
        """The pages that reports are reckoned from."""
        return ReportBook(self._rows, self._zone)

    @cached_property
    def keeping(self) -> KeepingBook:
        """The pages that are torn out when their days are over."""
        return KeepingBook(self._rows, self._zone)

    @cached_property
    def versions(self) -> VersionBook:
        """The pages of the branch's files."""
        return VersionBook(self._rows, self._zone)

    @cached_property
    def people(self) -> PeopleBook:
        """Who may use the staff's pages."""
        return PeopleBook(self._rows, self._zone)
