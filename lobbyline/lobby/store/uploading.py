"""A branch with a memory of its own tells the bank's server what happened: every event once, in order, whenever it can.

An upload goes on where the last one ended, by the number of the newest event there, and is refused when the two chains
differ. With its events a ticket travels as it is now, and whatever reports are reckoned from; what customers wrote,
keys and papers stay at home.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from lobbyline.lobby.errors import StoreError
from lobbyline.lobby.journal import GENESIS
from lobbyline.lobby.store.rows import Row, Rows
from lobbyline.lobby.store.store import Store

EVENTS = 1000  # in one transaction there
# What goes with the events of a page, with the key that it is known by; tickets first, since the others point to them.
BY_TICKET = {
    "ticket": ("branch", "id"),
    "rating": ("branch", "ticket"),
    "referral": ("branch", "id"),
    "review": ("branch", "id"),
}
TOLD = {"ticket": "tickets_told", "rating": "ratings_told", "referral": "referrals_told", "review": "reviews_told"}
BY_DAY = {"alert": ("branch", "id")}


@dataclass(frozen=True)
class Page:
    """Some events in a row, and the rows that go with them."""

    after: int
    before: str  # the hash of the event they follow
    events: list[Row]
    others: dict[str, list[Row]]


def upload(source: Store, target: Store) -> int:
    """Send what is not there yet; how many events that was."""
    sent = 0
    for page in _pages(source, target):
        with target.section() as there:
            if _newest(there) != (page.after, page.before):  # another upload was quicker
                continue
            for table, rows in page.others.items():
                there.upsert(table, rows, (BY_TICKET | BY_DAY)[table])
            there.upsert("event", page.events)
        sent += len(page.events)
    return sent


def _pages(source: Store, target: Store) -> Iterator[Page]:
    while True:
        with target.reading() as there:
            after, before = _newest(there)
        with source.reading() as rows:
            _must_continue(rows, after, before, target)
            events = list(rows.all("events", after=after, most=EVENTS))
            if not events:
                return
            page = Page(after, before, events, dict(_others(rows, events)))
        yield page


def _newest(there: Rows) -> tuple[int, str]:
    row = there.first("standing")
    return (row["id"], row["hash"]) if row and row["id"] else (0, GENESIS)


def _must_continue(rows: Rows, after: int, before: str, target: Store) -> None:
    """The newest event there must be the same here: a restored or foreign memory is not mixed into the bank's."""
    row = rows.first("event_numbered", id=after)
    if after and (row is None or row["hash"] != before):
        raise StoreError(f"{target.where}: event {after} of {rows.branch} is another there than here: nothing was sent")


def _others(rows: Rows, events: list[Row]) -> Iterator[tuple[str, list[Row]]]:
    tickets = json.dumps(sorted({event["ticket"] for event in events if event["ticket"] is not None}))
    for table, statement in TOLD.items():
        yield table, list(rows.all(statement, tickets=tickets))
    yield "alert", list(rows.all("alerts_told", since=min(event["at"] for event in events)))
