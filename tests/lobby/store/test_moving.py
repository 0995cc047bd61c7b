"""A branch moves between engines with its whole history, and comes back the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pysqlite3 import dbapi2 as sqlite3

from lobbyline.lobby import journal
from lobbyline.lobby.errors import StoreError
from lobbyline.lobby.lobby import Lobby, open_lobby
from lobbyline.lobby.store import moving
from lobbyline.lobby.store.moving import TABLES
from lobbyline.lobby.store.sqlite.engine import SQLite, SQLiteRows
from lobbyline.lobby.store.store import open_store
from tests.conftest import kept_at
from tests.lobby.store.test_postgresql import ONE_ENGINE
from tests.server import Server

BRANCH = "jingqi-street"
pytestmark = pytest.mark.sqlite


@pytest.fixture
def morning(lobby: Lobby, at: datetime) -> Lobby:
    """A morning with something in many tables."""
    for minute, service in enumerate(("W1", "O1", "B1", "W1", "D1")):
        lobby.reception.take(service, at + timedelta(minutes=minute), key=f"k{minute}")
    answers = {"name": "张三", "card_no": "6299000000000007", "amt": "2000"}
    lobby.reception.fill(lobby.reception.find("A001", at).ticket, "F02", answers, at)
    desk = lobby.desk(2)
    desk.open(at, "李芳")
    desk.next(at)
    desk.check("identity", "李芳", at)
    lobby.devices.report("front", "printer", "warn", "paper is low", at)
    lobby.lookout.look(at + timedelta(minutes=50))
    return lobby


def ledger(lobby: Lobby, at: datetime) -> object:
    """What a report would say of the whole: every event with its hash, who waits, and each ticket's life."""
    with lobby.read() as book:
        chain = [(event.id, hashed) for event, hashed in book.chain()]
        assert journal.first_break(book.chain()) is None
    waiting = [(entry.ticket.number, entry.ahead, entry.wait) for entry in lobby.hall.waiting(at)]
    return chain, waiting, lobby.reception.find("A001", at)


def test_there_and_back_again(morning: Lobby, server: Server, tmp_path: Path, at: datetime) -> None:
    """From a file to a server and into another file: the same rows, the same chain, and numbers go on."""
    far = server.database(BRANCH)
    before = ledger(morning, at)
    there = open_store(far.url(), tmp_path / "there", BRANCH)
    back = SQLite(tmp_path / "back" / "lobby.sqlite", BRANCH)
    moved = moving.move(morning.store, there)
    assert moving.move(there, back) == moved
    assert moved["ticket"].rows == 5
    there.close()
    back.close()
    for setup, data in (
        (kept_at(morning.setup, far.url(f"lobby_{BRANCH}")), tmp_path / "there"),
        (morning.setup, tmp_path / "back"),
    ):
        lobby = open_lobby(setup, data)
        assert ledger(lobby, at) == before
        assert lobby.reception.take("W1", at, key="k0").ticket.number == "A001"
        assert lobby.reception.take("W1", at).ticket.number == "A004"
        lobby.close()


def test_two_branches_may_have_the_same_ids(morning: Lobby, server: Server, tmp_path: Path, at: datetime) -> None:
    """A branch that moves in meets others with the ids it has, and both go on drawing."""
    far = server.database(BRANCH, "other")
    setup = kept_at(morning.setup, far.url("lobby_other"))
    other = open_lobby(replace(setup, branch=setup.branch.model_copy(update={"id": "other"})), tmp_path / "other")
    assert other.reception.take("W1", at).ticket.id == 1
    there = open_store(far.url(), tmp_path / "there", BRANCH)
    moving.move(morning.store, there)
    there.close()
    lobby = open_lobby(kept_at(morning.setup, far.url(f"lobby_{BRANCH}")), tmp_path / "there")
    assert lobby.reception.take("O1", at).ticket.id > 5
    assert other.reception.take("W1", at).ticket.id == 2
    other.close()
    lobby.close()


def test_nothing_is_laid_over_a_branch(morning: Lobby, tmp_path: Path, at: datetime) -> None:
    """A target that knows the branch already is left alone."""
    target = open_lobby(morning.setup, tmp_path / "target")
    target.reception.take("W1", at)
    with pytest.raises(StoreError, match="it knows the branch jingqi-street already"):
        moving.move(morning.store, target.store)
    assert len(target.hall.waiting(at)) == 1
    target.close()


def test_a_copy_that_is_not_equal_is_none(morning: Lobby, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a row did not arrive its table is told, and nothing stays there."""
    target, insert = SQLite(tmp_path / "target" / "lobby.sqlite", BRANCH), SQLiteRows.insert

    def losing(rows: SQLiteRows, table: str, columns: list[str], page: list[tuple[Any, ...]]) -> None:
        insert(rows, table, columns, page[: -1 if table == "event" else None])

    monkeypatch.setattr(SQLiteRows, "insert", losing)
    with pytest.raises(StoreError, match=r"the rows of event differ from .*lobby\.sqlite: nothing was copied"):
        moving.move(morning.store, target)
    with target.reading() as rows:
        assert list(rows.pages("ticket", ["branch"])) == []
    target.close()


def test_every_table_moves(lobby: Lobby) -> None:
    """No table is forgotten."""
    with lobby.store.reading() as rows:
        assert all("branch" in rows.columns(table) for table in TABLES)
    file = sqlite3.connect(lobby.data / "lobby.sqlite")
    tables = file.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    file.close()
    assert {name for (name,) in tables if "sqlite_" not in name} - ONE_ENGINE == set(TABLES)
