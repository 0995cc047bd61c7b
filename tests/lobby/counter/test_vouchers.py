"""The register of blank vouchers."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from lobbyline.lobby.config.folder import load
from lobbyline.lobby.counter.vouchers import Transfer
from lobbyline.lobby.lobby import Lobby, open_lobby
from tests.lobby.heard import missing, refused


@pytest.fixture
def lobby(branch_folder: Path, tmp_path: Path) -> Lobby:
    """The sample branch with serials of six digits."""
    branch = branch_folder / "branch.toml"
    text = branch.read_text("utf-8")
    assert "[vouchers.card]\n" in text
    branch.write_text(text.replace("[vouchers.card]\n", "[vouchers.card]\ndigits = 6\n"), "utf-8")
    return open_lobby(load(branch_folder), tmp_path / "data")


def stock(lobby: Lobby, at: datetime) -> dict[str, int]:
    return {one.holder: one.book for one in lobby.vouchers.balance(at)}


def test_from_the_vault_to_a_customer(lobby: Lobby, at: datetime) -> None:
    """Received and issued under two names, used in order by the account opening's own control."""
    cards = lobby.vouchers
    assert cards.receive(Transfer("card", "000101", "000200", "周库", "吴监", at)) == 100
    cards.issue(Transfer("card", "000101", "000110", "周库", "李芳", at))
    lobby.reception.take("O1", at)
    desk = lobby.desk(4)
    desk.open(at, "李芳")
    desk.next(at)
    desk.check("identity", "李芳", at)
    desk.check("authorisation", "王强", at)
    with refused("control_missing"):
        desk.done(at)
    with refused("no_vouchers"):
        desk.check("voucher", "王强", at)
    desk.check("voucher", "李芳", at)
    desk.done(at)
    assert stock(lobby, at) == {"": 90, "李芳": 9}
    assert lobby.vouchers.balance(at)[1].first == "000102"
    cards.void(Transfer("card", "000102", "000102", "李芳", "王强", at))
    cards.give_back(Transfer("card", "000103", "000110", "李芳", "周库", at))
    assert stock(lobby, at) == {"": 98}


def test_every_move_needs_two_people(lobby: Lobby, at: datetime) -> None:
    """Nobody receives, issues, voids or counts alone, or with himself."""
    cards = lobby.vouchers
    for witness in ("", "周库"):
        with refused("two_people"):
            cards.receive(Transfer("card", "000001", "000009", "周库", witness, at))
    cards.receive(Transfer("card", "000001", "000009", "周库", "吴监", at))
    with refused("two_people"):
        cards.issue(Transfer("card", "000001", "000002", "周库", "周库", at))
    with refused("two_people"):
        cards.count("card", "", 9, "周库", "", at)


def test_a_serial_exists_once(lobby: Lobby, at: datetime) -> None:
    """What was received before, is held by somebody else, or is no serial is refused, and nothing changes."""
    cards = lobby.vouchers
    cards.receive(Transfer("card", "000001", "000009", "周库", "吴监", at))
    with refused("vouchers_known"):
        cards.receive(Transfer("card", "000009", "000012", "周库", "吴监", at))
    cards.issue(Transfer("card", "000001", "000002", "周库", "李芳", at))
    with refused("vouchers_not_held"):
        cards.issue(Transfer("card", "000002", "000003", "周库", "王强", at))
    for first, last in (("1", "000002"), ("000002", "000001"), ("00000１", "000002"), ("000001", "999999")):
        with refused("serials"):
            cards.issue(Transfer("card", first, last, "周库", "王强", at))
    with refused("unknown_voucher"):
        cards.issue(Transfer("passbook", "000001", "000002", "周库", "王强", at))
    assert stock(lobby, at) == {"": 7, "李芳": 2}


def test_the_same_key_moves_once(lobby: Lobby, at: datetime) -> None:
    """A repeated request is answered and changes nothing."""
    for _ in range(2):
        assert lobby.vouchers.receive(Transfer("card", "000001", "000009", "周库", "吴监", at, key="once")) == 9
    assert stock(lobby, at) == {"": 9}


def test_the_day_balances_only_when_the_count_does(lobby: Lobby, at: datetime) -> None:
    """Uncounted stock and a gap are errors at day end; the gap stays in the log."""
    lobby.vouchers.receive(Transfer("card", "000001", "000009", "周库", "吴监", at))
    assert not lobby.day_end.look(at).balanced
    assert lobby.vouchers.count("card", "", 8, "周库", "吴监", at).gap == -1
    assert not lobby.day_end.end(at).balanced
    lobby.vouchers.count("card", "", 9, "周库", "吴监", at)
    assert lobby.day_end.end(at).balanced
    with lobby.read() as book:
        told = [event.what for event, _ in book.chain()]
    assert told.count("voucher_gap") == 1
    assert lobby.vouchers.count("card", "王强", 2, "周库", "吴监", at).gap == 2, "what the book does not know of"


def test_a_count_is_of_what_was_there_then(lobby: Lobby, at: datetime) -> None:
    """What moves afterwards neither makes a gap nor hides one: it is to be counted again."""
    cards = lobby.vouchers
    cards.receive(Transfer("card", "000001", "000009", "周库", "吴监", at))
    cards.issue(Transfer("card", "000001", "000002", "周库", "李芳", at))
    cards.count("card", "", 7, "周库", "吴监", at)
    cards.count("card", "李芳", 1, "周库", "李芳", at)
    cards.void(Transfer("card", "000001", "000001", "李芳", "周库", at))
    assert [(one.holder, one.book, one.gap) for one in cards.balance(at)] == [("", 7, 0), ("李芳", 1, None)]
    cards.void(Transfer("card", "000002", "000002", "李芳", "周库", at))
    assert [(one.holder, one.gap) for one in cards.balance(at)] == [("", 0)]


def test_a_gap_is_an_alert_until_it_is_counted_away(lobby: Lobby, at: datetime) -> None:
    """The lobby manager is told whose vouchers, and how many; what is used meanwhile does not hide it."""
    cards = lobby.vouchers
    cards.receive(Transfer("card", "000001", "000009", "周库", "吴监", at))
    cards.count("card", "", 8, "周库", "吴监", at)
    cards.issue(Transfer("card", "000001", "000001", "周库", "李芳", at))
    (told,) = [cause for cause in lobby.lookout.now(at) if cause.kind == "vouchers"]
    assert (told.level, lobby.lookout.say(told, "en")) == (
        "red", "Debit card, the vault: counted 8, by the book 9. Count again, then look for the cause",
    )  # fmt: skip
    cards.count("card", "", 8, "周库", "吴监", at)
    assert [cause for cause in lobby.lookout.now(at) if cause.kind == "vouchers"] == []


def test_without_a_register_the_control_is_a_persons_word(lobby: Lobby, at: datetime) -> None:
    """Before the first receipt the check is recorded as it is, so that a branch may keep its register on paper."""
    lobby.reception.take("O1", at)
    desk = lobby.desk(4)
    desk.open(at, "李芳")
    desk.next(at)
    desk.check("voucher", "李芳", at)
    assert "voucher" not in missing(lobby, desk, at)
