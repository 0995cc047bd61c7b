"""The tables on a PostgreSQL server, and who may see what: each branch its own rows, the head office figures only.

The owner of the database prepares it and admits branches; the programs of a branch sign in under a role of its own
and cannot change a table. Files carry the numbers that SQLite's have; the first of them makes all there was by then.
"""

from __future__ import annotations

from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.rows import DictRow

from lobbyline.lobby.errors import StoreError

FILES = sorted((Path(__file__).parents[1] / "schema" / "postgresql").glob("*.sql"))
NEWEST = int(FILES[-1].stem)
DRAWN = (
    "print_job",
    "review",
    "version_stage",
    "alert",
    "referral",
    "authorisation",
)  # tables that draw their own ids
ROLE = "lobby_"  # what a branch's role begins with; the policies cut it off again


def must_fit(connection: psycopg.Connection[DictRow], branch: str, where: str) -> None:
    """Refuse a database that was not prepared, is older or newer than this program, or does not know the branch."""
    found = version(connection)
    if found is None:
        raise StoreError(f"{where}: there is no lobby in this database: run `lobbyline store prepare` as its owner")
    if found > NEWEST:
        raise StoreError(
            f"{where}: its schema is number {found}, this program knows {NEWEST}: install a newer Lobbyline"
        )
    if found < NEWEST:
        raise StoreError(
            f"{where}: its schema is number {found}, this program needs {NEWEST}: "
            "run `lobbyline store prepare` as its owner"
        )
    if not connection.execute("SELECT FROM branch WHERE id = %s", (branch,)).fetchall():
        raise StoreError(f"{where}: it does not know the branch {branch}: run `lobbyline store admit` as its owner")


def version(connection: psycopg.Connection[DictRow]) -> int | None:
    """The number of the newest schema file that was applied; None in an empty database."""
    there = connection.execute("SELECT to_regclass('schema_file') AS there").fetchone()
    if not there or there["there"] is None:
        return None
    row = connection.execute("SELECT max(number) AS newest FROM schema_file").fetchone()
    return int(row["newest"]) if row and row["newest"] is not None else None


def prepare(connection: psycopg.Connection[DictRow]) -> list[str]:
    """Apply the files that are missing, all or none; the names of those that were."""
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(76111198)")  # two at once would make every table twice
        have = version(connection) or 0
        missing = [file for file in FILES if int(file.stem) > have]
        for file in missing:
            connection.execute(file.read_bytes())
            connection.execute("INSERT INTO schema_file (number) VALUES (%s)", (int(file.stem),))
    return [file.stem for file in missing]


def admit(connection: psycopg.Connection[DictRow], branch: str, password: str = "") -> str:
    """Let a branch in: its row, and a role that sees nothing else. The role's name."""
    role = ROLE + branch
    known = connection.execute("SELECT FROM pg_roles WHERE rolname = %s", (role,)).fetchall()
    name = sql.Identifier(role)
    with connection.transaction():
        if not known:
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN IN ROLE lobbyline_branch").format(name))
        if password:
            connection.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(name, sql.Literal(password)))
        connection.execute("INSERT INTO branch (id) VALUES (%s) ON CONFLICT DO NOTHING", (branch,))
    return role
