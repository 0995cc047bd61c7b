"""Which files a branch runs under: the version that was applied last, whatever lies in the folder meanwhile.

Until somebody has applied a version, the folder's own files count, and while these are wrong, the version that was
kept last. A running program follows a newly applied version at the bell, and at the latest before its next ticket.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lobbyline.lobby.config import address
from lobbyline.lobby.config.address import Address
from lobbyline.lobby.config.changes import changes
from lobbyline.lobby.config.folder import Setup, load
from lobbyline.lobby.config.toml import Table, contents, parse
from lobbyline.lobby.errors import ConfigError, StoreError
from lobbyline.lobby.store.book import Book
from lobbyline.lobby.store.pages.versions import Applied, VersionBook
from lobbyline.lobby.store.store import Store, open_store

if TYPE_CHECKING:
    from lobbyline.lobby.lobby import Lobby

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Found:
    """What a program starts under, and what is wrong with the folder's own files, if anything."""

    setup: Setup
    fault: str = ""


class InUse:
    """Follows the version in use for one program; of any thread."""

    def __init__(self, lobby: Lobby) -> None:
        self._lobby = lobby
        self._turn = threading.RLock()
        self._seen: Applied | None = None
        self.waiting_for_start: list[str] = []  # keys that this program takes only when it starts again

    def follow(self, book: Book) -> bool:
        """Take the version that was applied since the last look; whether there was one."""
        applied = book.versions.in_use()
        if applied == self._seen:
            return False
        with self._turn:
            if applied is None or applied == self._seen:
                return False
            self._seen = applied
            return self._take(applied.version, book.versions.files(applied.version) or {})

    def _take(self, version: str, files: dict[str, str]) -> bool:
        before = self._lobby.setup
        if version == before.version:
            return False
        try:
            after = load(before.folder, files).on(before.machine)
        except ConfigError as error:  # applied by a newer program than this one
            log.error("version %s cannot be read here, %s goes on: %s", version, before.version, error)  # noqa: TRY400
            return False
        self.waiting_for_start += [
            change.key for change in changes(before, after) if self._lobby.where in change.programs
        ]
        self._lobby.adopt(after)
        log.info("running under version %s from now on", version)
        if self.waiting_for_start:
            log.info("starting again in a quiet moment, for %s", ", ".join(self.waiting_for_start))
        return True


def found(folder: Path, data: Path) -> Found:
    """What the branch in `folder` runs under; `ConfigError` when its files are wrong and none were ever kept."""
    written, fault = _written(folder)
    where = Address(written.branch.store.url, written.branch.id) if written else _memory_of(folder, data)
    if "://" not in where.url and not os.path.exists(data / where.url):  # noqa: PTH110  # nor where nobody may look
        return Found(_or_raise(written, fault))
    try:
        with closing(open_store(where.url, data, where.branch)) as store:
            store.branch = where.branch or _only_branch(store)
            address.keep(data, Address(where.url, store.branch))
            with store.reading() as rows:
                return _chosen(folder, VersionBook.of(rows), written, fault)
    except StoreError:  # whoever opens the lobby hears of it
        return Found(_or_raise(written, fault))


def _written(folder: Path) -> tuple[Setup | None, ConfigError | None]:
    try:
        return load(folder), None
    except ConfigError as error:
        return None, error


def _or_raise(setup: Setup | None, fault: ConfigError | None) -> Setup:
    if setup is None:
        raise fault or ConfigError([])
    return setup


def _memory_of(folder: Path, data: Path) -> Address:
    """Where the memory is and whose, of a branch.toml with mistakes: as far as it can be read, else where it was."""
    was = address.kept(data)
    try:
        table = parse(folder / "branch.toml", contents(folder / "branch.toml"))
    except OSError:
        return was
    if not isinstance(table, Table):
        return was
    named, branch = table.data.get("store", {}), table.data.get("id")
    url = named.get("url", address.USUAL) if isinstance(named, dict) else was.url
    return Address(url if isinstance(url, str) else was.url, branch if isinstance(branch, str) else was.branch)


def _only_branch(store: Store) -> str:
    """Whose memory this is, when the folder's own file cannot say it and only one branch is here."""
    with store.reading() as rows:
        branches = VersionBook.of(rows).branches()
    return branches[0] if len(branches) == 1 else ""


def _chosen(folder: Path, pages: VersionBook, written: Setup | None, fault: ConfigError | None) -> Found:
    applied = pages.in_use()
    if applied and written and applied.version == written.version:
        return Found(written)
    if applied and (setup := _readable(folder, pages, [applied.version])):
        return Found(setup, str(fault) if fault else "")
    if written is None and (setup := _readable(folder, pages, pages.kept())):
        return Found(setup, str(fault))
    return Found(_or_raise(written, fault))


def _readable(folder: Path, pages: VersionBook, versions: Iterable[str]) -> Setup | None:
    """The first of these versions that this program can still read."""
    for version in versions:
        try:
            return load(folder, pages.files(version))
        except ConfigError:
            continue
    return None
