"""What a section or a reading gives: named statements of one branch. And a draft, in which a change is thought out."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Generic, TypeVar

T = TypeVar("T")
Row = Any  # values by the names of their columns
PAGE = 5000  # rows of a table read at a time when all of it is read
Asked = tuple[str, dict[str, Any]]  # a statement's name and its values


class Rows(ABC):
    """Runs named statements of one branch; `:branch` is filled in everywhere."""

    def __init__(self, branch: str) -> None:
        self.branch = branch

    @property
    @abstractmethod
    def stamp(self) -> object:
        """Where the memory stood when this reading or section began: equal ones have no change between them."""

    @abstractmethod
    def all(self, name: str, /, **values: Any) -> Sequence[Row]:
        """Every row at once: a reader that lingers would hold back the engine."""

    @abstractmethod
    def run(self, name: str, /, **values: Any) -> None:
        """Write; what is wrong with it may show only at the next reading or at the end."""

    @abstractmethod
    def made(self, name: str, /, **values: Any) -> Sequence[Row]:
        """Write, and get the rows that came of it."""

    def ahead(self, *asked: Asked) -> None:  # noqa: B027  # where nothing is far away, nothing need be fetched
        """What is going to be asked, so that one journey to a server brings all of it."""

    def first(self, name: str, /, **values: Any) -> Row | None:
        rows = self.all(name, **values)
        return rows[0] if rows else None


class Tables(Rows):
    """Rows, and whole tables of them: for the rare times when a history travels."""

    @abstractmethod
    def columns(self, table: str) -> list[str]:
        """The columns of a table."""

    @abstractmethod
    def pages(self, table: str, columns: list[str]) -> Iterator[list[tuple[Any, ...]]]:
        """Every row of the branch in a table, a page at a time, in no order."""

    @abstractmethod
    def insert(self, table: str, columns: list[str], rows: list[tuple[Any, ...]]) -> None:
        """Write rows as they are, with the ids they have."""

    @abstractmethod
    def upsert(self, table: str, rows: Sequence[Row], key: tuple[str, ...] = ()) -> None:
        """Write rows, each over the one that has the same key; without a key there must be none."""

    @abstractmethod
    def advance_ids(self) -> None:
        """Rows were inserted: what is drawn from now on gets ids behind theirs."""


class OnPaperOnly(Exception):  # no error: the change is thought out in its turn then
    """A draft cannot go on: what it asks for depends on what it has written itself, on paper only."""


class Overtaken(Exception):  # no error: the change is thought out again in its turn
    """Somebody changed what a change was thought out from."""


class Draft(Rows, Generic[T]):
    """A change on paper: it reads what stands, and what it would write is kept until its turn comes.

    This is optimistic concurrency: the stamp of what was read is compared when the turn has come.
    """

    answer: T
    seen: object  # the stamp of what it was thought out from

    def __init__(self, rows: Rows) -> None:
        super().__init__(rows.branch)
        self._rows = rows
        self.written: list[Asked] = []

    @classmethod
    def of(cls, work: Callable[[Rows], T], rows: Rows) -> Draft[T] | None:
        """The change as it would be now; None when that shows only while it is made."""
        draft = cls(rows)
        try:
            draft.answer = work(draft)
            draft.seen = rows.stamp
        except OnPaperOnly:
            return None
        return draft

    def write(self, rows: Rows) -> T:
        """Write it down, now that its turn has come and nothing has changed; its answer."""
        for name, values in self.written:
            rows.run(name, **values)
        return self.answer

    @property
    def stamp(self) -> object:
        return self._rows.stamp

    def all(self, name: str, /, **values: Any) -> Sequence[Row]:
        if self.written:
            raise OnPaperOnly
        return self._rows.all(name, **values)

    def run(self, name: str, /, **values: Any) -> None:
        self.written.append((name, values))

    def made(self, name: str, /, **values: Any) -> Sequence[Row]:  # noqa: ARG002  # nobody can know yet
        raise OnPaperOnly

    def ahead(self, *asked: Asked) -> None:
        if not self.written:
            self._rows.ahead(*asked)
