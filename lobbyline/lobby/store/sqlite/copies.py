"""Copies of the memory's file: taken in one step while programs write, and laid back in its place.

A copy is one ordinary file without a log beside it. What customers wrote is never in it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from lobbyline.lobby.errors import StoreError
from lobbyline.lobby.store.sqlite.library import sqlite3
from lobbyline.lobby.store.sqlite.schema import NEWEST

COMPANIONS = ("-wal", "-shm")  # what SQLite keeps beside a file that is in use


def take(source: sqlite3.Connection, target: Path) -> None:
    """Copy the memory as it is at this moment; writers wait a few milliseconds at most."""
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(draft, isolation_level=None)) as copy:
            source.backup(copy)  # all pages in one step: in several it would begin anew with every commit
            copy.execute("PRAGMA journal_mode = DELETE")
            copy.execute("DELETE FROM answer")
            copy.execute("VACUUM")  # what was deleted leaves no trace
        flush(draft)
        draft.replace(target)
        flush(target.parent)
    finally:
        draft.unlink(missing_ok=True)


def flush(path: Path) -> None:
    """Wait until a file, or a folder's list of files, is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """A copy to look at; nothing can change it."""
    if not path.is_file():
        raise StoreError(f"{path}: there is no such copy")
    if path.with_name(f"{path.name}-wal").exists():  # part of it would be overlooked
        raise StoreError(f"{path}: this memory is in use; only a copy made by `lobbyline backup` can be read here")
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            connection.row_factory = sqlite3.Row
            yield connection
    except sqlite3.DatabaseError as error:
        raise StoreError(f"{path}: it cannot be read as a copy of the memory ({error})") from error


def damage(connection: sqlite3.Connection) -> list[str]:
    """What SQLite finds wrong with a file; empty when it is whole."""
    found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check")]
    return [] if found == ["ok"] else found


def schema(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def lay_in(copy: Path, path: Path, aside: str) -> Path | None:
    """Put a copy in the memory's place; what was there is kept under a name with `aside`, and that is returned."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with closing(sqlite3.connect(draft, isolation_level=None)) as fresh, opened(copy) as source:
        source.backup(fresh)
    flush(draft)
    kept = path.with_name(f"{path.name}.{aside}") if path.exists() else None
    if kept:
        with suppress(sqlite3.Error):  # of a damaged file the log is kept beside it
            settle(path)
        for companion in COMPANIONS:  # the old file's log must never be read into the new one
            with suppress(FileNotFoundError):
                path.with_name(f"{path.name}{companion}").replace(kept.with_name(f"{kept.name}{companion}"))
        os.link(path, kept)
    draft.replace(path)
    flush(path.parent)
    return kept


def settle(path: Path) -> None:
    """Take the log of a memory into its file: whole by itself, it may be parted from what is beside it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def before_migration(connection: sqlite3.Connection, path: Path) -> None:
    """Keep a copy of an older memory before its schema changes: the way back to the program that made it."""
    older = schema(connection)
    if older:
        take(connection, path.with_name(f"before-schema-{NEWEST:04d}.sqlite"))
