"""Paper is printed exactly once, or a person is asked."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime

import pytest
from pysqlite3 import dbapi2 as sqlite3

from lobbyline.lobby.errors import Refusal
from lobbyline.lobby.lobby import Lobby


def test_a_ticket_brings_its_paper(lobby: Lobby, at: datetime) -> None:
    """The job is committed with the ticket and says what the customer was told."""
    place = lobby.reception.take("W1", at)
    job = lobby.outbox.due("front")
    assert job is not None
    assert (job.slip.number, job.slip.token, job.copy) == (place.ticket.number, place.ticket.token, 0)
    said = {language: (words["service"], words["wait"]) for language, words in job.slip.texts.items()}
    assert said == {"zh": ("取款（5万元及以下）", "约5分钟内"), "en": ("Withdraw cash, up to 50,000", "within 5 min")}
    assert lobby.outbox.state_of(place.ticket) == "queued"


def test_a_begun_job_is_never_due_again(lobby: Lobby, at: datetime) -> None:
    """Once `sending` is committed, a restart finds the job among the interrupted only, and nobody makes a copy."""
    lobby.reception.take("W1", at)
    job = lobby.outbox.due("front")
    assert job is not None
    begun = lobby.outbox.begin(job, at)
    assert len(begun.fence) == 4
    assert lobby.outbox.due("front") is None
    assert lobby.outbox.interrupted("front") == [begun]
    with pytest.raises(Refusal, match="正在打印"):
        lobby.outbox.reprint("a001", at)


def test_doubt_is_told_to_people(lobby: Lobby, at: datetime) -> None:
    """A paper nobody knows of is an alert, and a reprint is a copy of the same number."""
    ticket = lobby.reception.take("W1", at).ticket
    job = lobby.outbox.due("front")
    assert job is not None
    lobby.outbox.finish(lobby.outbox.begin(job, at), "unknown", "power cut", at)
    assert [alert.kind for alert in lobby.lookout.now(at)] == ["paper"]
    copy = lobby.outbox.reprint(ticket.number, at)
    assert (copy.copy, copy.slip.number, lobby.outbox.state_of(ticket)) == (1, ticket.number, "queued")
    with lobby.read() as book:
        told = [(event["what"], event.get("note")) for event in book.events_of(ticket)]
    assert told == [("taken", None), ("unknown", "power cut"), ("reprinted", None)]
    assert lobby.lookout.now(at) == []
    with pytest.raises(Refusal, match="正在打印"):
        lobby.outbox.reprint(ticket.number, at)


def test_no_paper_without_a_printer(lobby: Lobby, at: datetime) -> None:
    """A ticket that was asked for without paper has none to print."""
    ticket = lobby.reception.take("W1", at, paper=False).ticket
    assert lobby.outbox.due("front") is None
    assert lobby.outbox.state_of(ticket) == ""
    with pytest.raises(Refusal, match="今天没有A\u2009001这个号"):
        lobby.outbox.reprint(ticket.number, at)


def test_a_form_may_be_printed_as_often_as_it_is_asked_for(lobby: Lobby, at: datetime) -> None:
    """Each is a paper of its own, none is a copy of the number, and a form that is not filled has none."""
    ticket = lobby.reception.take("W1", at).ticket
    with pytest.raises(Refusal, match="F02"):
        lobby.outbox.print_form(ticket, "F02", at)
    lobby.reception.fill(ticket, "F02", {"name": "张三", "card_no": "6299000000000007", "amt": "2000"}, at)
    for _ in range(2):
        lobby.outbox.print_form(ticket, "F02", at)
    with lobby.read() as book:
        assert [(row.copy, row.slip["form"]) for row in book.prints_of(ticket)] == [(0, ""), (-1, "F02"), (-2, "F02")]
    assert lobby.outbox.state_of(ticket) == "queued"


def test_the_slip_names_nobody(lobby: Lobby, at: datetime) -> None:
    """A VIP's paper differs from any other in its number and its seats only."""
    slips = []
    for segment in ("ordinary", "vip"):
        lobby.reception.take("W1", at, segment)
        job = lobby.outbox.due("front")
        assert job is not None
        slips.append(vars(job.slip))
        lobby.outbox.finish(lobby.outbox.begin(job, at), "printed", "", at)
    theirs, vips = slips
    assert {name for name in vips if vips[name] != theirs[name]} == {"number", "token", "texts"}
    words = {
        name
        for language in vips["texts"]
        for name, said in vips["texts"][language].items()
        if said != theirs["texts"][language][name]
    }
    assert words == {"zone"}


@pytest.mark.sqlite
def test_a_paper_of_an_older_program_is_printed(lobby: Lobby, at: datetime) -> None:
    """What a slip once told besides hinders nobody."""
    lobby.reception.take("W1", at)
    with closing(sqlite3.connect(lobby.data / "lobby.sqlite", isolation_level=None)) as outside:
        outside.execute("UPDATE print_job SET slip = json_set(slip, '$.motto', 'x')")
    job = lobby.outbox.due("front")
    assert job is not None
    assert job.slip.number == "A001"
