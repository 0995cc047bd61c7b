"""Copies of the memory: taken under load, verified, laid back, and kept before a schema changes."""

from __future__ import annotations

import os
import random
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pysqlite3 import dbapi2 as sqlite3

from lobbyline.lobby import journal
from lobbyline.lobby.config.folder import Setup
from lobbyline.lobby.copies import Copy, kept, restore, verified
from lobbyline.lobby.errors import StoreError
from lobbyline.lobby.lobby import Lobby, open_lobby
from lobbyline.lobby.seal import Seal
from tests.lobby.store.test_sqlite import change, old_database
from tests.storm import ROLES, Storm, end

pytestmark = pytest.mark.sqlite


def hashes(lobby: Lobby) -> list[str]:
    with lobby.read() as book:
        return [hashed for _, hashed in book.chain()]


def test_a_copy_under_load_is_a_moment_of_the_ledger(setup: Setup, tmp_path: Path) -> None:
    """While programs take, call and print, each copy is exactly the beginning of the chain, with its numbers."""
    storm = Storm(setup, tmp_path / "data", tmp_path / "notes", random.Random(7))
    lobby = open_lobby(setup, tmp_path / "data")
    workers = [storm._start(role) for role in ROLES]
    found: list[Copy] = []
    try:
        for turn in range(4):
            grown = found[-1].events if found else 0
            while len(hashes(lobby)) < grown + 30:
                time.sleep(0.01)
            found.append(lobby.copies.take(storm.begin + timedelta(seconds=turn)))
    finally:
        for worker in workers:
            end(worker)
    storm.ledger()
    whole = hashes(lobby)
    with lobby.read() as book:
        drawn = [event.what == "taken" for event, _ in book.chain()]
    for copy in found:
        assert copy.last == whole[copy.events - 1]
        assert copy.tickets == sum(drawn[: copy.events])
    lobby.close()
    kept, aside = restore(found[1].file, tmp_path / "data", setup.branch, storm.begin)
    again = open_lobby(setup, tmp_path / "data")
    assert hashes(again) == whole[: kept.events]
    assert again.store.check() == []
    assert aside
    assert again.reception.take("W1", storm.begin).ticket.number == f"A{kept.tickets + 1:03d}"
    again.close()


def test_a_copy_holds_nothing_that_customers_wrote(lobby: Lobby, at: datetime) -> None:
    """Neither sealed nor by its traces; the ticket and its events are there."""
    ticket = lobby.reception.take("W1", at).ticket
    lobby.reception.fill(ticket, "F02", {"name": "张三", "card_no": "6299000000000007", "amt": "20"}, at)
    with lobby.read() as book:
        (sealed,) = book.answers(ticket).values()
    copy = lobby.copies.take(at)
    assert copy.tickets == 1
    held = copy.file.read_bytes()
    assert sealed.encode() not in held
    assert sealed[40:80].encode() not in held


def test_only_the_newest_copies_are_kept(lobby: Lobby, at: datetime) -> None:
    """So many as [keeping] says; the age of the newest is told by its name."""
    for day in range(16):
        newest = lobby.copies.take(at + timedelta(days=day))
    assert len(list(lobby.copies.folder.iterdir())) == 14
    assert lobby.copies.newest() == newest.file
    assert lobby.copies.age_hours(newest.file, at + timedelta(days=16)) == pytest.approx(24)


def test_other_files_in_the_folder_are_nobody_s_copies(lobby: Lobby, at: datetime) -> None:
    """A copy that somebody renamed, and those of a branch whose name goes on, are neither the newest nor swept."""
    taken = lobby.copies.take(at).file
    others = ("x-20260101T000000.sqlite", "20261231T000000-x.sqlite", "20990101T000000 (2).sqlite")
    for other in others:
        taken.with_name(f"lobby-{lobby.branch.id}-{other}").touch()
    for day in range(1, 15):
        lobby.copies.take(at + timedelta(days=day))
    assert lobby.copies.newest() == max(kept(lobby.copies.folder, lobby.branch))
    assert len(list(lobby.copies.folder.iterdir())) == 14 + len(others)


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE event SET who = 'nobody' WHERE id = 2", "event 2 does not follow from the one before"),
        ("DELETE FROM event WHERE id = 1", "event 2 does not follow from the one before"),
        ("DELETE FROM event WHERE id = 3", "1 numbers have no event"),
        ("PRAGMA user_version = 999", "its schema is number 999"),
    ],
)
def test_a_copy_that_was_changed_is_refused(lobby: Lobby, at: datetime, statement: str, sentence: str) -> None:
    """Whoever changes the past is found out before it is laid back."""
    for second in range(3):
        lobby.reception.take("W1", at + timedelta(seconds=second))
    with lobby.read() as book:
        assert [event.what for event, _ in book.chain()][-3:] == ["taken"] * 3
    copy = lobby.copies.take(at)
    change(copy.file, "DROP TRIGGER event_is_not_changed")
    change(copy.file, "DROP TRIGGER event_is_not_removed")
    change(copy.file, statement.replace("id = 3", f"id = {copy.events}"))
    with pytest.raises(StoreError, match=sentence):
        verified(copy.file, lobby.branch)


@pytest.mark.parametrize("spoil", ["cut", "noise", "empty", "gone"])
def test_a_spoilt_copy_is_refused(lobby: Lobby, at: datetime, spoil: str) -> None:
    """A file that is cut short, overwritten, empty or not there is a sentence, and nothing is laid back."""
    for second in range(40):
        lobby.reception.take("W1", at + timedelta(seconds=second))
    file = lobby.copies.take(at).file
    whole = file.read_bytes()
    middle = len(whole) // 2
    spoilt = {"cut": whole[:middle], "noise": whole[:middle] + os.urandom(8192) + whole[middle + 8192 :], "empty": b""}
    if spoil == "gone":
        file.unlink()
    else:
        file.write_bytes(spoilt[spoil])
    with pytest.raises(StoreError):
        verified(file, lobby.branch)


def test_nothing_is_laid_back_under_a_running_program(lobby: Lobby, setup: Setup, at: datetime) -> None:
    """The programs that have the memory open are named; a dead one is not in the way."""
    copy = lobby.copies.take(at)
    watch = lobby.watch("boards")
    with pytest.raises(StoreError, match=rf"end the programs first: boards-{os.getpid()}"):
        restore(copy.file, lobby.data, setup.branch, at)
    watch.close()
    lobby.close()
    restore(copy.file, lobby.data, setup.branch, at)


def test_what_is_set_aside_is_whole_by_itself(lobby: Lobby, setup: Setup, at: datetime) -> None:
    """The newest numbers stand in the file, not only in its log: a power cut between the two loses none of them."""
    copy = lobby.copies.take(at)
    lobby.reception.take("W1", at)
    assert (lobby.data / "lobby.sqlite-wal").stat().st_size > 0
    _, aside = restore(copy.file, lobby.data, setup.branch, at)
    assert aside
    for companion in aside.parent.glob(f"{aside.name}-*"):
        companion.unlink()
    assert verified(aside, setup.branch).tickets == 1


def test_a_memory_on_a_server_is_not_laid_back_as_a_file(lobby: Lobby, setup: Setup, at: datetime) -> None:
    """It would stand in the data folder and be used by nobody: the sentence says what to do instead."""
    copy = lobby.copies.take(at)
    memory = setup.branch.store.model_copy(update={"url": "postgresql://lobby@server/bank"})
    branch = setup.branch.model_copy(update={"store": memory})
    with pytest.raises(StoreError, match="the memory is on a server: `lobbyline store copy"):
        restore(copy.file, lobby.data, branch, at)


def test_a_memory_in_use_is_no_copy(lobby: Lobby, setup: Setup, at: datetime) -> None:
    """Reading it without its log would overlook the newest numbers."""
    lobby.reception.take("W1", at)
    with pytest.raises(StoreError, match="this memory is in use"):
        verified((lobby.data / "lobby.sqlite"), setup.branch)


def test_an_upgrade_keeps_every_event_and_the_way_back(setup: Setup, tmp_path: Path, at: datetime) -> None:
    """From the first schema, with data: the same chain after it, and before it a copy that the old program can read."""
    old_database(setup, tmp_path, at)
    before = sqlite3.connect(tmp_path / "lobby.sqlite").execute("SELECT hash FROM event ORDER BY id").fetchall()
    lobby = open_lobby(setup, tmp_path)
    assert hashes(lobby) == [row[0] for row in before]
    lobby.close()
    (back,) = tmp_path.glob("before-schema-*.sqlite")
    found = verified(back, setup.branch)
    assert (found.schema, found.events, found.tickets) == (1, len(before), 2)
    restore(back, tmp_path, setup.branch, at)
    connection = sqlite3.connect(tmp_path / "lobby.sqlite")
    assert connection.execute("PRAGMA user_version").fetchone() == (1,)
    connection.close()
    again = open_lobby(setup, tmp_path)
    assert [one.ticket.number for one in again.hall.waiting(at)] == ["A002"]
    again.close()


def test_what_is_old_is_erased_and_the_chain_holds(lobby: Lobby, at: datetime) -> None:
    """After its days a number goes with its papers, controls and ratings; a voucher stays in the register."""
    ticket = lobby.reception.take("W1", at).ticket
    with lobby.write() as book:
        book.add_control(ticket, "identity", "李芳", at)
        book.add_vouchers("card", range(1, 3), at)
        book.use_voucher("card", 1, ticket, at)
        book.floor.add_rating(ticket.id, lobby.day(at), 1, 4, at)
        assert book.prints_of(ticket)
    lobby.day_end.end(at + timedelta(days=399))
    with lobby.read() as book:
        assert ticket.id in book.tickets_known()
    lobby.day_end.end(at + timedelta(days=402))
    with lobby.read() as book:
        assert book.tickets_known() == set()
        assert journal.first_break(book.chain()) is None
        assert book.voucher_states()["card"] == {"used": 1, "stock": 1}
    assert lobby.store.check() == []


def test_a_full_evening_leaves_no_traces_in_the_log(lobby: Lobby, at: datetime) -> None:
    """After the day's end not even SQLite's own log holds what a customer wrote."""
    ticket = lobby.reception.take("W1", at).ticket
    lobby.reception.fill(ticket, "F02", {"name": "张三", "card_no": "6299000000000007", "amt": "20"}, at)
    with lobby.read() as book:
        sealed = next(iter(book.answers(ticket).values())).encode()
    files = [file for file in lobby.data.iterdir() if file.name.startswith("lobby.sqlite")]
    assert any(sealed[:60] in file.read_bytes() for file in files)
    lobby.day_end.end(at)
    assert not any(sealed[:60] in file.read_bytes() for file in files)


def test_the_key_of_the_forms_is_a_credential_of_systemd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where systemd hands the key to the program, none is written to the disk."""
    from cryptography.fernet import Fernet

    (tmp_path / "form.key").write_bytes(Fernet.generate_key() + b"\n")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    sealed = Seal(tmp_path / "data" / "form.key").close({"name": "张三"})
    assert Seal(tmp_path / "data" / "form.key").open(sealed) == {"name": "张三"}
    assert not (tmp_path / "data").exists()
