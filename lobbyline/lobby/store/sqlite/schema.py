"""The tables in a SQLite file: numbered schema files, applied and recorded by sqlite-utils in our write section.

`user_version` tells where a database is; a newer one is refused politely.
"""

from __future__ import annotations

from pathlib import Path

from lobbyline.lobby.errors import StoreError
from lobbyline.lobby.store.sqlite.library import sqlite3

FILES = sorted((Path(__file__).parents[1] / "schema" / "sqlite").glob("*.sql"))
NEWEST = int(FILES[-1].stem)


def needed(connection: sqlite3.Connection, path: Path) -> bool:
    """Whether schema files are missing from the database; a newer database is refused."""
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > NEWEST:
        raise StoreError(
            f"{path}: its schema is number {version}, this program knows {NEWEST}: install a newer Lobbyline"
        )
    return version < NEWEST


def statements(text: str) -> list[str]:
    """The single statements of a schema file; triggers stay whole."""
    found, pending = [], ""
    for line in text.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            found.append(pending.strip())
            pending = ""
    return found


def apply(connection: sqlite3.Connection, path: Path) -> None:
    """Apply what is missing in one transaction; the caller holds the write section's turn."""
    from sqlite_utils import Database, Migrations  # 90 ms to import, needed once in a database's life

    migrations = Migrations("lobbyline")
    for file in FILES:
        migrations(name=file.stem)(_applier(file))
    connection.execute("PRAGMA foreign_keys = OFF")  # a table may be laid down anew under those that point to it
    connection.execute("BEGIN IMMEDIATE")
    try:
        if needed(connection, path):  # another program may have been quicker
            migrations.apply(Database(connection))
            _refuse_loose_ends(connection, path)
            connection.execute(f"PRAGMA user_version = {NEWEST}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk has ended it already
            connection.execute("ROLLBACK")
        raise
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("ANALYZE sqlite_schema")  # this connection, too, reads what the planner is to know
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _refuse_loose_ends(connection: sqlite3.Connection, path: Path) -> None:
    """A row that points to nothing after the change means that the change would lose something."""
    loose = connection.execute("PRAGMA foreign_key_check").fetchone()
    if loose:
        raise StoreError(f"{path}: a row of {loose[0]} points to nothing: restore the last backup, then start again")


def _applier(file: Path):  # type: ignore[no-untyped-def]  # sqlite-utils has no types
    def run(database) -> None:  # type: ignore[no-untyped-def]
        for statement in statements(file.read_text(encoding="utf-8")):
            database.conn.execute(statement)

    return run
