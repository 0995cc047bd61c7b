"""Copies of the memory: each verified before it is called one, the newest kept, and one laid back when it must be.

A copy is verified by what it holds: the file is whole, the chain of events follows from its beginning, and every number
drawn has its event.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from lobbyline.lobby import journal
from lobbyline.lobby.branch import Branch
from lobbyline.lobby.errors import StoreError
from lobbyline.lobby.store import bell
from lobbyline.lobby.store.book import Book
from lobbyline.lobby.store.sqlite import copies
from lobbyline.lobby.store.sqlite.engine import SQLiteRows
from lobbyline.lobby.store.sqlite.schema import NEWEST

if TYPE_CHECKING:
    from lobbyline.lobby.lobby import Lobby

NAME = "lobby-{branch}-{at:%Y%m%dT%H%M%S}.sqlite"
TIME = "[0-9]" * 8 + "T" + "[0-9]" * 6  # as a name has it


@dataclass(frozen=True)
class Copy:
    """What a verified copy holds: up to which event, with which hash, and how many numbers."""

    file: Path
    schema: int
    events: int
    last: str  # the hash of its newest event
    newest_at: datetime | None
    tickets: int
    bytes: int


class Copies:
    """The copies of one branch's memory."""

    def __init__(self, lobby: Lobby) -> None:
        self._lobby = lobby

    @property
    def folder(self) -> Path:
        return self._lobby.data / self._lobby.branch.keeping.copies

    def take(self, at: datetime, folder: Path | None = None) -> Copy:
        """Copy and verify; then the oldest go. A copy that is not sound is removed and is a fault."""
        branch, place = self._lobby.branch, folder or self.folder
        file = place / NAME.format(branch=branch.id, at=at)
        try:
            place.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"{place}: {error.strerror}: check copies in [keeping], and the disk it is on") from error
        self._lobby.store.copy(file)
        try:
            found = verified(file, branch)
        except StoreError:
            file.unlink()
            raise
        for old in kept(place, branch)[branch.keeping.copies_kept :]:
            old.unlink()
        return found

    def newest(self) -> Path | None:
        return next(iter(kept(self.folder, self._lobby.branch)), None)

    def age_hours(self, file: Path, at: datetime) -> float:
        """How old a copy is, by its name: a file that was carried about keeps that."""
        taken = datetime.strptime(file.stem[-15:], "%Y%m%dT%H%M%S").replace(tzinfo=self._lobby.branch.zone)
        return (at - taken).total_seconds() / 3600


def kept(folder: Path, branch: Branch) -> list[Path]:
    """The copies of a branch in a folder, newest first; another branch's, or one that was renamed, is none of them."""
    return sorted(folder.glob(f"lobby-{branch.id}-{TIME}.sqlite"), reverse=True)


def verified(file: Path, branch: Branch) -> Copy:
    """Read a copy through; StoreError when anything in it is not as it must be."""
    with copies.opened(file) as connection:
        if damage := copies.damage(connection):
            raise StoreError(f"{file}: it is damaged ({damage[0]}): take another copy")
        schema = copies.schema(connection)
        if schema > NEWEST:
            raise StoreError(f"{file}: its schema is number {schema}, this program knows {NEWEST}: install a newer one")
        book = Book(SQLiteRows(connection, branch.id), branch.zone, "")
        last, events, drawn, newest_at = journal.GENESIS, 0, set[int](), None
        for event, hashed in book.chain():
            if event.chained(last) != hashed:
                raise StoreError(f"{file}: event {event.id} does not follow from the one before: take another copy")
            last, events, newest_at = hashed, events + 1, book.moment(event)
            drawn |= {event.ticket} if event.ticket else set()
        tickets = book.tickets_known()
        if not tickets <= drawn:
            raise StoreError(f"{file}: {len(tickets - drawn)} numbers have no event: take another copy")
        return Copy(file, schema, events, last, newest_at, len(tickets), file.stat().st_size)


def restore(file: Path, data: Path, branch: Branch, at: datetime) -> tuple[Copy, Path | None]:
    """Make a copy the memory again; what was there is set aside. Refused while a program of the branch runs."""
    found, memory = verified(file, branch), branch.store.url
    if "://" in memory:
        raise StoreError(
            f"{memory}: the memory is on a server: `lobbyline store copy {file} {memory}` brings a copy there"
        )
    if programs := running(data):
        raise StoreError(f"{data}: end the programs first: {', '.join(programs)} (systemctl stop lobbyline.target)")
    data.mkdir(parents=True, exist_ok=True)
    return found, copies.lay_in(file, data / memory, f"aside-{at:%Y%m%dT%H%M%S}")


def running(data: Path) -> list[str]:
    """The programs that have the memory open, by the bells they hang up: `boards-4711` is one with its number."""
    bells = data / "bell"
    return bell.listeners(bells) if bells.is_dir() else []
