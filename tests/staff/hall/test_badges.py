"""How much waits in each room, wherever somebody sits."""

from __future__ import annotations

from datetime import timedelta

from playwright.sync_api import Browser, expect
from starlette.testclient import TestClient

from lobbyline.lobby.clock import Clock
from lobbyline.lobby.lobby import Lobby
from lobbyline.lobby.people.roster import ROLES
from lobbyline.staff.door.door import Visitor
from lobbyline.staff.pages.rooms import open_to
from tests.staff.conftest import signed_in, watched


def asked(lobby: Lobby, clock: Clock, by: str) -> None:
    """Somebody at counter 2 asks for an authorisation."""
    desk = lobby.desk(2, by=by)
    desk.open(clock())
    lobby.reception.take("O1", clock() - timedelta(minutes=1), paper=False)
    desk.next(clock())
    lobby.authorisations.ask(2, by, clock())


def test_what_waits_is_told_to_whoever_may(client: TestClient, crew: Lobby, clock: Clock) -> None:
    """A supervisor is told of the request, its own teller is not; alerts are the lobby manager's."""
    asked(crew, clock, "李静")
    crew.reception.ask_help(clock())
    crew.lookout.look(clock())
    crew.people.change("lijing", ["teller", "supervisor", "lobby_manager"], [], "陈伟", clock())
    assert client.get("/api/badges").json() == {"lobby": 1, "advice": 0, "work": 0}
    client.cookies.update(signed_in(crew, clock, "wangfang"))
    assert client.get("/api/badges").json() == {"lobby": 0, "advice": 0, "work": 1}
    (alert,) = crew.lookout.listed()
    crew.lookout.take(alert.id, "李静", clock())
    crew.authorisations.grant("B001", "王芳", clock())
    assert client.get("/api/badges").json() == {"lobby": 0, "advice": 0, "work": 0}


def test_a_room_that_a_branch_has_not(crew: Lobby) -> None:
    """Without an advice desk nothing leads to the page of one."""
    boss = Visitor("陈伟", frozenset(ROLES))
    assert [room.name for room in open_to(boss, crew.branch)] == ["counters", "lobby", "work", "reports", "people"]
    desks = [counter.model_copy(update={"advises": True}) for counter in crew.branch.counters]
    assert "advice" in [room.name for room in open_to(boss, crew.branch.model_copy(update={"counters": desks}))]
    assert open_to(None, crew.branch) == []


def test_a_supervisor_sees_it_at_her_own_counter(browser: Browser, address: str, crew: Lobby, clock: Clock) -> None:
    """The bar says so as soon as it is asked for, and no more once it was answered."""
    for page in watched(browser, address, signed_in(crew, clock, "wangfang")):
        page.goto("/counter/1?lang=en")
        room = page.locator("[data-room=work]")
        expect(room).to_have_text("Approvals")
        asked(crew, clock, "李静")
        expect(room).to_have_text("Approvals1")
        crew.authorisations.grant("B001", "王芳", clock())
        expect(room).to_have_text("Approvals")
