"""What a customer wrote is nowhere to be read, and gone with the end of the visit, down to the bytes of the disk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from lobbyline.lobby import seal
from lobbyline.lobby.config.folder import Setup
from lobbyline.lobby.errors import StoreError
from lobbyline.lobby.lobby import Lobby, open_lobby
from lobbyline.lobby.ticket import Ticket

SECRETS = {"name": "欧阳小景", "card_no": "6299000000000007", "amt": "48765"}
DERIVED = "肆万捌仟柒佰陆拾伍"


@pytest.fixture
def ticket(lobby: Lobby, at: datetime) -> Ticket:
    """A withdrawal whose slip is filled."""
    ticket = lobby.reception.take("W1", at).ticket
    assert lobby.reception.fill(ticket, "F02", SECRETS, at).ok
    return ticket


def everything(lobby: Lobby) -> bytes:
    """Every byte of every file of the data folder: memory, its log, its index, and what else there is."""
    return b"".join(file.read_bytes() for file in sorted(lobby.data.rglob("*")) if file.is_file())


def sealed(lobby: Lobby, ticket: Ticket) -> bytes:
    with lobby.read() as book:
        return next(iter(book.answers(ticket).values())).encode()


@pytest.mark.sqlite
def test_no_file_holds_what_was_written(lobby: Lobby, ticket: Ticket) -> None:
    """Neither what was typed nor what follows from it stands on the disk; the sealed answer does."""
    held = everything(lobby)
    assert sealed(lobby, ticket) in held
    for secret in (*SECRETS.values(), DERIVED):
        assert secret.encode() not in held
        assert secret.encode("utf-16-le") not in held


def test_events_name_the_form_and_no_more(lobby: Lobby, ticket: Ticket) -> None:
    """The log that is kept for years tells that F02 was filled, never what stands in it."""
    with lobby.read() as book:
        events = [str(dict(event)) for event in book.events_of(ticket)]
    assert any("F02" in event for event in events)
    assert not [event for event in events for secret in SECRETS.values() if secret in event]


def done(lobby: Lobby, ticket: Ticket, at: datetime) -> None:
    desk = lobby.desk(1)
    desk.open(at)
    desk.next(at)
    desk.done(at)


def void(lobby: Lobby, ticket: Ticket, at: datetime) -> None:
    """Missed as often as the branch allows."""
    desk = lobby.desk(1)
    desk.open(at)
    for minute in range(lobby.branch.rules.misses):
        later = at + timedelta(minutes=minute)
        desk.call(ticket.number, later)
        desk.absent(later)
        if minute + 1 < lobby.branch.rules.misses:
            lobby.floor.restore(ticket.number, later)


def day_end(lobby: Lobby, ticket: Ticket, at: datetime) -> None:
    lobby.day_end.end(at + timedelta(hours=12))


def asked(lobby: Lobby, ticket: Ticket, at: datetime) -> None:
    lobby.reception.forget(ticket, at)


@pytest.mark.parametrize("end", [done, void, day_end, asked])
def test_the_end_of_a_visit_erases_it(
    lobby: Lobby, ticket: Ticket, at: datetime, end: Callable[[Lobby, Ticket, datetime], None]
) -> None:
    """Served, given up, the day over, or at the customer's own word: the row is gone."""
    end(lobby, ticket, at)
    with lobby.read() as book:
        assert book.answers(ticket) == {}


def test_the_key_is_its_owners_alone(lobby: Lobby, ticket: Ticket) -> None:
    """It lies beside the memory, not in it, and nobody else may read it."""
    key = lobby.data / "form.key"
    assert key.stat().st_mode & 0o077 == 0
    assert key.read_bytes().strip() not in b"".join(file.read_bytes() for file in lobby.data.glob("*.sqlite*"))


@pytest.mark.warns("sealed under another key")
def test_a_lost_key_loses_the_forms_and_nothing_more(
    lobby: Lobby, setup: Setup, ticket: Ticket, at: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    """Under another machine's key a form is as if nobody had filled it; its paper is printed, the customer served."""
    lobby.outbox.print_form(ticket, "F02", at)
    (lobby.data / seal.FILE).unlink()
    other = open_lobby(setup, lobby.data)
    other.desk(1, by="李静").open(at)
    other.desk(1).next(at)
    assert other.desk(1).filled(at) == {"F02": {}}
    papers = [other.outbox.begin(job, at) for _ in range(2) if (job := other.outbox.due(setup.branch.kiosk.printer))]
    assert [other.outbox.answers(paper) for paper in papers if paper.slip.form] == [{}]
    assert "every machine of the branch needs the same form.key" in caplog.text
    other.close()


def test_a_damaged_key_is_told(lobby: Lobby) -> None:
    """What a power cut left of it is no key: the file is named."""
    (lobby.data / seal.FILE).write_bytes(bytes(44))
    with pytest.raises(StoreError, match="form.key: this is no key of the forms"):
        seal.Seal(lobby.data / seal.FILE)
