"""The memory in one file: full and broken disks, older and newer files, and what a statement reads."""

from __future__ import annotations

import errno
import os
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from pysqlite3 import dbapi2 as sqlite3
from sqlite_utils import Database

from lobbyline.lobby import journal
from lobbyline.lobby.config.folder import Setup
from lobbyline.lobby.errors import StoreError
from lobbyline.lobby.lobby import Lobby, open_lobby
from lobbyline.lobby.rule.reason import Reason
from lobbyline.lobby.store.sqlite import engine as sqlite
from lobbyline.lobby.store.sqlite import schema
from lobbyline.lobby.store.sqlite.engine import SQLite
from lobbyline.lobby.store.statements import STATEMENTS

pytestmark = pytest.mark.sqlite


def test_threads_that_end_leave_no_connection(lobby: Lobby, at: datetime) -> None:
    """A program whose threads come and go does not run out of files."""
    for _ in range(20):
        thread = threading.Thread(target=lobby.hall.view, args=(at,))
        thread.start()
        thread.join()
    open_files = [file for file in Path("/proc/self/fd").iterdir() if file.is_symlink()]
    ours = [file for file in open_files if str(lobby.data / "lobby.sqlite") == os.readlink(file)]  # noqa: PTH115  # some are sockets
    assert len(ours) <= 3


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip(f"may not mount a small disk here: {mounted.stderr.decode().strip()}")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def test_full_disk(tiny_disk: Path, setup: Setup, at: datetime) -> None:
    """On a full disk a number is refused with a sentence, what was told stays, and space makes it work again."""
    lobby = open_lobby(setup, tiny_disk)
    told = [lobby.reception.take("W1", at).ticket.number]
    filler = tiny_disk / "filler"
    with filler.open("wb", buffering=0) as file, pytest.raises(OSError, match="No space left"):
        while True:
            file.write(bytes(4096))
    with pytest.raises(StoreError, match="the disk is full: free some space; everything acknowledged is kept"):
        while True:
            told.append(lobby.reception.take("W1", at).ticket.number)
    filler.unlink()
    told.append(lobby.reception.take("W1", at).ticket.number)
    assert [one.ticket.number for one in lobby.hall.waiting(at)] == told
    assert lobby.store.check() == []
    lobby.close()


def test_a_first_start_on_a_full_disk(tiny_disk: Path, setup: Setup) -> None:
    """A memory that cannot be laid down is told as a full disk, and is whole once there is room."""
    filler = tiny_disk / "filler"
    filler.write_bytes(bytes(1900 * 1024))
    with pytest.raises(StoreError, match="the disk is full: free some space"):
        open_lobby(setup, tiny_disk)
    filler.unlink()
    lobby = open_lobby(setup, tiny_disk)
    assert lobby.store.check() == []
    lobby.close()


def test_read_only_disk(tiny_disk: Path, setup: Setup, at: datetime) -> None:
    """A disk that turned read-only is told with its path and what to check."""
    open_lobby(setup, tiny_disk).close()
    subprocess.run(["mount", "-o", "remount,ro", str(tiny_disk)], check=True)
    with pytest.raises(StoreError, match="check the disk, the mount and the owner|cannot be"):
        open_lobby(setup, tiny_disk).reception.take("W1", at)
    subprocess.run(["mount", "-o", "remount,rw", str(tiny_disk)], check=True)


def test_a_newer_schema_is_refused(lobby: Lobby, setup: Setup) -> None:
    """A database of a newer program is left alone."""
    change(lobby.data / "lobby.sqlite", "PRAGMA user_version = 999")
    with pytest.raises(
        StoreError, match=r"its schema is number 999, this program knows \d+: install a newer Lobbyline"
    ):
        open_lobby(setup, lobby.data)


def test_a_database_of_schema_1_is_upgraded(setup: Setup, tmp_path: Path, at: datetime) -> None:
    """Tickets, papers, answers, controls and the chain of an older database live on, and the day with them."""
    old_database(setup, tmp_path, at)
    lobby = open_lobby(setup, tmp_path)
    assert [one.ticket.number for one in lobby.hall.waiting(at)] == ["A002"]
    with lobby.read() as book:
        assert journal.first_break(book.chain()) is None
        done = lobby.floor.find(book, "A001", at)
        assert (done.state, done.ended_at, book.controls(done)) == ("done", at, {"identity": "李芳"})
        assert len(book.prints_of(done)) == 1
    assert lobby.reception.take("W1", at).ticket.number == "A003"
    assert number_called(lobby, at) == "A002"
    assert lobby.store.check() == []
    lobby.close()
    open_lobby(setup, tmp_path).close()


def test_a_row_that_points_to_nothing_stops_an_upgrade(setup: Setup, tmp_path: Path, at: datetime) -> None:
    """Whatever an upgrade would lose is told with its table, and the file stays as the old program left it."""
    old_database(setup, tmp_path, at)
    loose = (
        "INSERT INTO print_job (branch, printer, ticket, copy, slip, state, at) VALUES ('', '', 99, 0, '', 'queued', 0)"
    )
    change(tmp_path / "lobby.sqlite", loose)
    with pytest.raises(StoreError, match="a row of print_job points to nothing: restore the last backup"):
        open_lobby(setup, tmp_path)
    left = sqlite3.connect(tmp_path / "lobby.sqlite")
    assert left.execute("PRAGMA user_version").fetchone() == (1,)
    left.close()


@pytest.mark.parametrize("copied", [False, True])
def test_a_file_that_is_taken_away_takes_no_numbers(setup: Setup, tmp_path: Path, at: datetime, copied: bool) -> None:
    """Moved or replaced under a program, the memory is refused to every thread of it until it is back."""
    lobby, path = open_lobby(setup, tmp_path), tmp_path / "lobby.sqlite"
    lobby.reception.take("W1", at)
    path.rename(tmp_path / "elsewhere")
    if copied:
        shutil.copy(tmp_path / "elsewhere", path)
    for threads in (0, 1):
        with ThreadPoolExecutor(1) as pool, pytest.raises(StoreError, match="the file was moved or replaced while"):
            pool.submit(lobby.reception.take, "W1", at).result() if threads else lobby.hall.waiting(at)
    assert path.exists() is copied
    (tmp_path / "elsewhere").replace(path)
    assert lobby.reception.take("W1", at).ticket.number == "A002"
    lobby.close()


def test_the_reserve_keeps_the_branch_going(tiny_disk: Path, setup: Setup, at: datetime) -> None:
    """When the disk is nearly full the reserve goes first and nobody is refused; with room it is laid down again."""
    lobby = open_lobby(setup, tiny_disk)
    lobby.reception.take("W1", at)
    assert not lobby.store.reserve_gone()
    filler = tiny_disk / "filler"
    with filler.open("wb", buffering=0) as file, pytest.raises(OSError, match="No space left"):
        while True:
            file.write(bytes(4096))
    lobby.reception.take("W1", at)
    assert lobby.store.reserve_gone()
    assert [alert.kind for alert in lobby.lookout.now(at)] == ["disk"]
    filler.unlink()
    lobby.day_end.end(at)
    assert lobby.lookout.now(at) == []
    lobby.close()


def test_another_file_is_refused(setup: Setup, tmp_path: Path) -> None:
    """A file that is no database is told as such."""
    (tmp_path / "lobby.sqlite").write_bytes(b"this is not a database, however long one looks at it" * 100)
    with pytest.raises(StoreError, match="this is not a database of ours: check --data"):
        open_lobby(setup, tmp_path)


def test_a_folder_that_cannot_be_made(setup: Setup, tmp_path: Path) -> None:
    """A data folder in an impossible place is told with the option to check."""
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="Not a directory: check --data"):
        open_lobby(setup, tmp_path / "file" / "data")


def test_an_unsound_library_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """SQLite 3.40.1 of Debian 12 can damage the file: never used."""
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 40, 1))
    with pytest.raises(StoreError, match="at least 3.51.3 is needed"):
        SQLite(tmp_path / "lobby.sqlite", "b")


def test_a_counter_has_one_customer(lobby: Lobby, at: datetime) -> None:
    """The database itself refuses a second customer at a counter."""
    first, second = (lobby.reception.take("W1", at).ticket for _ in range(2))
    with pytest.raises(sqlite3.IntegrityError), lobby.write() as book:
        book.keep(first.called(1, at, Reason("by_number", {})))
        book.keep(second.called(1, at, Reason("by_number", {})))


@pytest.fixture(scope="session")
def empty(prepared: Path) -> Iterator[sqlite3.Connection]:
    """A connection on which statements are explained, not run."""
    connection = sqlite3.connect(prepared)
    yield connection
    connection.close()


def explained(connection: sqlite3.Connection, what: str, name: str) -> list[tuple[Any, ...]]:
    parameters = re.findall(r":(\w+)", re.sub(r"--.*", "", STATEMENTS[name]))
    steps: list[tuple[Any, ...]] = connection.execute(
        f"{what} {STATEMENTS[name]}", dict.fromkeys(parameters)
    ).fetchall()
    return steps


@pytest.mark.parametrize("name", STATEMENTS)
def test_a_statement_is_understood(empty: sqlite3.Connection, name: str) -> None:
    """The database understands every named statement."""
    assert explained(empty, "EXPLAIN", name)


WHOLE_PAST = {  # a report may take its time
    "tickets_known": "every number, when a copy is verified",
}


@pytest.mark.parametrize("name", sorted(STATEMENTS.keys() - WHOLE_PAST.keys()))
def test_no_statement_reads_the_whole_past(empty: sqlite3.Connection, name: str) -> None:
    """A million old tickets cost nothing: whatever is asked every day looks into an index of what is open or named."""
    plan = [row[3] for row in explained(empty, "EXPLAIN QUERY PLAN", name)]
    grown = r"^SCAN (ticket|event|control|print_job|voucher)\b|^SEARCH (ticket|event) USING \w+ KEY \(branch=\?\)$"
    assert name == "standing" or [step for step in plan if re.search(grown, step)] == []


def change(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(statement)
    connection.close()


def old_database(setup: Setup, folder: Path, at: datetime) -> None:
    """A memory as the first program left it."""
    old = sqlite3.connect(folder / "lobby.sqlite", isolation_level=None)
    old.execute("PRAGMA journal_mode = WAL")
    for statement in schema.statements(schema.FILES[0].read_text("utf-8")):
        old.execute(statement)
    old.execute("PRAGMA user_version = 1")
    Database(old).table("_sqlite_migrations").insert(
        {"migration_set": "lobbyline", "name": "0001", "applied_at": "2026-11-23"}, pk=("migration_set", "name")
    )
    fill_schema_1(old, setup, at)
    old.close()


def number_called(lobby: Lobby, at: datetime) -> str:
    ticket = lobby.desk(1).next(at).ticket
    return ticket.number if ticket else ""


def fill_schema_1(old: sqlite3.Connection, setup: Setup, at: datetime) -> None:
    """Two tickets as the first schema kept them: one done, one waiting."""
    branch, moment = setup.branch.id, int(at.timestamp() * 1_000_000)
    old.execute("INSERT INTO sequence VALUES (?, '2026-11-23', 'A', 2)", (branch,))
    previous = journal.GENESIS
    for id, state in ((1, "done"), (2, "waiting")):
        old.execute(
            "INSERT INTO ticket (id, branch, day, number, service, queue, segment, state, token, taken_at, arrived_at,"
            " promise, config) VALUES (?, ?, '2026-11-23', ?, 'W1', 'A', 'ordinary', ?, ?, ?, ?, 12, 'x')",
            (id, branch, f"A{id:03d}", state, f"token{id}", moment, moment),
        )
    for id, (what, ticket) in enumerate((("taken", 1), ("taken", 2), ("called", 1), ("done", 1)), 1):
        event = journal.Event(branch, id, moment, what, ticket, None, "x", "x", "{}")
        previous = event.chained(previous)
        old.execute("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (*vars(event).values(), previous))
    old.execute("INSERT INTO control VALUES (1, 'identity', '李芳', ?)", (moment,))
    old.execute(
        "INSERT INTO print_job (branch, printer, ticket, copy, slip, state, at) VALUES (?, 'front', 1, 0, '{}',"
        " 'printed', ?)",
        (branch, moment),
    )
    old.execute("INSERT INTO answer VALUES (2, 'F02', 'sealed', ?)", (moment,))


def test_a_dying_disk_answers_no_repeated_wish(lobby: Lobby, at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """A number that a disk took while it gave itself up can be read, and is told to nobody before the disk is well."""

    def given_up(_: int) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(sqlite, "must_be_writable", given_up)
    for _ in range(2):  # the first is committed, the second finds what the first wrote
        with pytest.raises(StoreError, match="check the disk"):
            lobby.reception.take("W1", at, key="once")
    monkeypatch.undo()
    assert lobby.reception.take("W1", at, key="once").ticket.number == "A001"
    assert lobby.reception.take("W1", at, key="twice").ticket.number == "A002"
