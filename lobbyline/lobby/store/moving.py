"""A branch moves from one engine to another with its whole history, and the copy is proven equal before it is used."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lobbyline.lobby.errors import StoreError
from lobbyline.lobby.store.rows import Tables
from lobbyline.lobby.store.store import Store

# Every table that holds rows of a branch, those first that others point to.
TABLES = (
    "version", "version_stage", "ticket", "event", "counter", "control", "request", "print_job", "answer",
    "device", "reader", "review", "voucher", "voucher_count", "alert", "rating", "referral",
    "person", "session", "machine", "api_token", "authorisation", "past_day",
)  # fmt: skip
WHOLE = 1 << 256


@dataclass(frozen=True)
class Sum:
    """What a table of a branch holds: how many rows, and the sum of their hashes, in whatever order they lie."""

    rows: int = 0
    hashes: int = 0

    def plus(self, rows: list[tuple[Any, ...]]) -> Sum:
        hashed = (int.from_bytes(hashlib.sha256(repr(row).encode()).digest()) for row in rows)
        return Sum(self.rows + len(rows), (self.hashes + sum(hashed)) % WHOLE)


def move(source: Store, target: Store) -> dict[str, Sum]:
    """Copy every row of the branch, all or none; what each table holds. The target must know nothing of it yet."""
    with source.reading() as rows, target.section() as there:
        _must_be_empty(there, target)
        moved = {table: _moved(table, rows, there) for table in TABLES}
        there.advance_ids()
        found = {table: _sum(there.pages(table, rows.columns(table))) for table in TABLES}
        if found != moved:
            wrong = next(table for table in TABLES if found[table] != moved[table])
            raise StoreError(f"{target.where}: the rows of {wrong} differ from {source.where}: nothing was copied")
    return moved


def _must_be_empty(there: Tables, target: Store) -> None:
    for table in TABLES:
        if next(there.pages(table, ["branch"]), []):
            raise StoreError(
                f"{target.where}: it knows the branch {there.branch} already ({table}): nothing was copied"
            )


def _moved(table: str, rows: Tables, there: Tables) -> Sum:
    total, columns = Sum(), rows.columns(table)
    for page in rows.pages(table, columns):
        there.insert(table, columns, page)
        total = total.plus(page)
    return total


def _sum(pages: Iterator[list[tuple[Any, ...]]]) -> Sum:
    total = Sum()
    for page in pages:
        total = total.plus(page)
    return total
