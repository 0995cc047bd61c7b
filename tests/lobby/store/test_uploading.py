"""The head office hears of every event once and in order, over lost lines and days without one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from lobbyline.lobby.errors import StoreError
from lobbyline.lobby.lobby import Lobby, open_lobby
from lobbyline.lobby.store import uploading
from lobbyline.lobby.store.uploading import upload
from tests.conftest import kept_at
from tests.lobby.report.test_report import day
from tests.server import Server

__all__ = ["day"]  # the fixture: a small day that can be reckoned by hand
BRANCH = "jingqi-street"
pytestmark = pytest.mark.sqlite


@pytest.fixture
def office(lobby: Lobby, server: Server, tmp_path: Path) -> Iterator[Lobby]:
    """The branch as the head office's server knows it."""
    office = open_lobby(
        kept_at(lobby.setup, server.database(BRANCH, "other").url(f"lobby_{BRANCH}")), tmp_path / "office"
    )
    yield office
    office.close()


def known(lobby: Lobby) -> list[str]:
    with lobby.read() as book:
        return [hashed for _, hashed in book.chain()]


@pytest.mark.usefixtures("day")
def test_reports_are_equal(lobby: Lobby, office: Lobby, at: datetime) -> None:
    """After an upload the head office reckons the same report, to the last event."""
    late = at + timedelta(minutes=80)
    assert upload(lobby.store, office.store) == len(known(lobby))
    assert known(office) == known(lobby)
    assert office.records.report(at.date(), at.date(), late) == lobby.records.report(at.date(), at.date(), late)


def test_an_upload_goes_on_where_it_ended(
    lobby: Lobby, office: Lobby, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line lost between two pages, days without one, the same events twice: each is there once."""
    monkeypatch.setattr(uploading, "EVENTS", 3)
    for minute in range(7):
        lobby.reception.take("W1", at + timedelta(minutes=minute))
    lay, left = office.store.section, [2]

    def lost():  # type: ignore[no-untyped-def]
        left[0] -= 1
        if left[0] < 0:
            raise StoreError("the line is lost")
        return lay()

    monkeypatch.setattr(office.store, "section", lost)
    with pytest.raises(StoreError, match="the line is lost"):
        upload(lobby.store, office.store)
    monkeypatch.setattr(office.store, "section", lay)
    assert known(office) == known(lobby)[:6]
    lobby.reception.take("W1", at + timedelta(days=3))
    upload(lobby.store, office.store)
    assert upload(lobby.store, office.store) == 0
    assert known(office) == known(lobby)


def test_what_customers_wrote_stays_at_home(lobby: Lobby, office: Lobby, at: datetime) -> None:
    """Answers, keys of requests and papers are nobody's figures."""
    ticket = lobby.reception.take("W1", at, key="touch").ticket
    lobby.reception.fill(ticket, "F02", {"name": "张三", "card_no": "6299000000000007", "amt": "2000"}, at)
    upload(lobby.store, office.store)
    with office.store.reading() as rows:
        for table in ("answer", "request", "print_job"):
            assert list(rows.pages(table, ["branch"])) == []


def test_another_history_is_refused(lobby: Lobby, office: Lobby, tmp_path: Path, at: datetime) -> None:
    """A memory that began anew, with numbers or without, does not mix into what the bank knows."""
    lobby.reception.take("W1", at)
    upload(lobby.store, office.store)
    anew = open_lobby(lobby.setup, tmp_path / "anew")
    for _ in range(2):
        with pytest.raises(StoreError, match=r"event \d of jingqi-street is another there than here: nothing was sent"):
            upload(anew.store, office.store)
        anew.reception.take("O1", at)
    assert known(office) == known(lobby)
    anew.close()
