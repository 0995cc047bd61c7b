"""Signing in over HTTP: what is open to whom, and how the door holds."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from lobbyline.lobby.clock import Clock
from lobbyline.lobby.lobby import Lobby
from lobbyline.staff.api import make_app
from tests.staff.conftest import CREW, SECRET, signed_in

# What anybody may reach: the doors themselves, the look, and the question whether the program lives.
OPEN = {
    ("POST", "/api/session"),
    ("POST", "/api/first"),
    ("GET", "/sign-in"),
    ("GET", "/first"),
    ("GET", "/theme.css"),
    ("GET", "/favicon.ico"),
    ("GET", "/health"),
    ("GET", "/metrics"),  # which has a token of its own
}


def code(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def sign_in(client: TestClient, name: str = "lijing", secret: str = SECRET, **more: str) -> Any:
    return client.post("/api/session", json={"name": name, "secret": secret, **more})


def test_nothing_is_reached_without_signing_in(stranger: TestClient) -> None:
    """Every address but the doors refuses whoever is not signed in: the API with 401, a page by way of the sign-in."""
    closed = [address for address in addresses(stranger.app) if address not in OPEN]
    assert len(closed) > 25
    for method, path in closed:
        asked = re.sub(r"\{\w+\}", "1", path.replace("{verb}", "next"))
        answer = stranger.request(method, asked, json={}, follow_redirects=False)
        if path.startswith("/api/"):
            assert code(answer) in {(401, "signed_out"), (403, "not_a_pad")}, (method, path)
        else:
            assert answer.headers["location"].startswith("/sign-in?to=/"), (method, path)


def addresses(app: Any) -> set[tuple[str, str]]:
    """Every method and address of the program: those of its description, and its pages."""
    pages = {("GET", route.path) for route in app.routes if isinstance(route, APIRoute)}
    described = app.openapi()["paths"].items()
    return pages | {(method.upper(), path) for path, methods in described for method in methods}


def test_a_session_begins_and_ends(stranger: TestClient) -> None:
    """Signing in answers who it is and sets a cookie that scripts and other sites cannot use; signing out ends it."""
    answer = sign_in(stranger)
    assert (answer.status_code, answer.json()["person"]) == (201, "李静")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert stranger.get("/api/hall").status_code == 200
    kept = dict(stranger.cookies)
    assert stranger.delete("/api/session").status_code == 204
    stranger.cookies.update(kept)
    assert code(stranger.get("/api/hall")) == (401, "signed_out")


def test_every_sign_in_is_a_session_of_its_own(stranger: TestClient) -> None:
    """A session that somebody planted in the browser before is not the one that begins."""
    stranger.cookies["session"] = "planted"
    sign_in(stranger)
    assert stranger.cookies.get("session", domain="127.0.0.1") != "planted"


def test_wrong_secrets_lock_out(stranger: TestClient) -> None:
    """Five wrong secrets answer with the same calm no, then with how long to wait; nobody else is locked."""
    answers = [code(sign_in(stranger, secret="wrong")) for _ in range(6)]
    assert answers == [(401, "sign_in")] * 4 + [(429, "locked_out")] * 2
    assert code(sign_in(stranger)) == (429, "locked_out")
    assert sign_in(stranger, "wangfang").status_code == 201


def test_an_unknown_name_reads_like_a_wrong_secret(stranger: TestClient) -> None:
    """Who works here cannot be guessed from the answer."""
    assert sign_in(stranger, "nobody").json() == sign_in(stranger, "lijing", "wrong").json()


def test_a_locked_page_opens_for_its_person(client: TestClient) -> None:
    """Locked, nothing is seen or done but unlocking; the right secret opens the page as it was."""
    assert client.post("/api/session/lock", json={}).status_code == 204
    assert code(client.get("/api/hall")) == (401, "locked")
    assert client.get("/counter/1", follow_redirects=False).headers["location"] == "/sign-in?to=/counter/1"
    assert client.get("/api/session").json()["locked"] is True
    assert code(client.post("/api/session/unlock", json={"secret": "wrong"})) == (401, "sign_in")
    assert client.post("/api/session/unlock", json={"secret": SECRET}).status_code == 204
    assert client.get("/api/hall").status_code == 200


def test_touching_keeps_a_page_open(client: TestClient, lobby: Lobby, clock: Clock) -> None:
    """Whoever does something stays; whoever only reads (as every page does by itself) is locked after a while."""
    nearly = timedelta(minutes=lobby.branch.staff.idle_minutes) - timedelta(seconds=5)
    clock.ahead += nearly
    assert client.post("/api/session/stay", json={}).status_code == 204
    clock.ahead += nearly
    assert client.get("/api/hall").status_code == 200
    clock.ahead += timedelta(seconds=10)
    assert code(client.get("/api/hall")) == (401, "locked")


def test_roles_bound_what_is_done(stranger: TestClient, crew: Lobby, clock: Clock) -> None:
    """A branch manager presses no teller's key, and a teller enters nobody."""
    stranger.cookies.update(signed_in(crew, clock, "chenwei"))
    assert code(stranger.post("/api/counters/1/open", json={})) == (403, "not_yours")
    assert stranger.get("/counter/1").status_code == 403
    assert stranger.get("/people").status_code == 200
    stranger.cookies.clear()
    stranger.cookies.update(signed_in(crew, clock, "lijing"))
    assert code(stranger.get("/api/people")) == (403, "not_yours")
    assert "您的岗位不能打开那一页" in stranger.get("/people").text


def test_people_are_entered_and_seen_off(stranger: TestClient, crew: Lobby, clock: Clock) -> None:
    """A new person signs in with the PIN once, chooses a secret, and is out as soon as seen off."""
    stranger.cookies.update(signed_in(crew, clock, "chenwei"))
    pin = stranger.post("/api/people", json={"name": "liufei", "shown": "刘飞", "roles": ["teller"]}).json()["pin"]
    told = next(one for one in stranger.get("/api/people").json() if one["name"] == "liufei")
    assert (told["roles"], told["fresh"]) == (["teller"], True)
    assert "secret" not in told
    other = TestClient(stranger.app, base_url="http://127.0.0.1:8321")
    assert code(sign_in(other, "liufei", pin)) == (409, "choose_secret")
    assert sign_in(other, "liufei", pin, new="own-1-secret").status_code == 201
    assert stranger.put("/api/people/liufei", json={"roles": ["teller", "reviewer"]}).status_code == 200
    assert other.get("/api/session").json()["roles"] == ["teller", "reviewer"]
    assert stranger.delete("/api/people/liufei").status_code == 204
    assert code(other.get("/api/hall")) == (401, "signed_out")


def test_a_program_calls_with_its_token(stranger: TestClient, crew: Lobby, clock: Clock) -> None:
    """A program issues and calls by its token; it records no control, sees no form and enters nobody."""
    token = crew.tokens.add("core", ["program"], "陈伟", clock())
    own = {"Authorization": f"Bearer {token}"}
    assert stranger.post("/api/tickets", json={"service": "O1"}, headers=own).status_code == 201
    crew.desk(2).open(clock(), teller="王芳")
    assert stranger.post("/api/counters/2/next", json={}, headers=own).json()["teller"] == "王芳"
    assert code(stranger.post("/api/counters/2/check", json={"control": "identity"}, headers=own)) == (403, "not_yours")
    assert code(stranger.get("/api/counters/2/filled", headers=own)) == (403, "not_yours")
    assert code(stranger.get("/api/people", headers=own)) == (403, "not_yours")
    assert code(stranger.get("/api/hall", headers={"Authorization": "Bearer made-up"})) == (401, "signed_out")


def test_no_token_answers_for_a_person(stranger: TestClient, crew: Lobby, clock: Clock) -> None:
    """What a person answers for is refused to a program, whatever roles its token has."""
    roles = ["teller", "supervisor", "reviewer", "branch_manager", "technician"]
    own = {"Authorization": f"Bearer {crew.tokens.add('core', roles, '陈伟', clock())}"}
    crew.reception.take("O1", clock())
    crew.desk(2, by="李静").open(clock())
    crew.desk(2, by="李静").next(clock())
    crew.authorisations.ask(2, "李静", clock())
    person = {"name": "mallory", "shown": "马洛", "roles": ["supervisor"]}
    for path, said in (
        ("/api/authorisations/B001/grant", {}),
        ("/api/people", person),
        ("/api/machines", {"counter": 1}),
    ):
        assert code(stranger.post(path, json=said, headers=own)) == (403, "not_yours"), path


def test_a_machine_is_a_counter(stranger: TestClient, crew: Lobby, clock: Clock) -> None:
    """A browser that was made a counter leads there and serves no other; others do not serve that counter."""
    stranger.cookies.update(signed_in(crew, clock, "chenwei"))
    assert stranger.post("/api/machines", json={"counter": 2}).status_code == 201
    assert stranger.delete(f"/api/machines/{10**30}").status_code == 422
    machine = stranger.cookies["machine"]
    stranger.cookies.clear()
    stranger.cookies.update(signed_in(crew, clock, "lijing"))
    assert code(stranger.post("/api/counters/2/open", json={})) == (403, "other_machine")
    stranger.cookies["machine"] = machine
    assert stranger.get("/", follow_redirects=False).headers["location"] == "/counter/2"
    assert code(stranger.post("/api/counters/1/open", json={})) == (403, "other_machine")
    assert stranger.post("/api/counters/2/open", json={}).json()["teller"] == "李静"


def test_the_first_account_needs_the_code(lobby: Lobby, clock: Clock) -> None:
    """Only whoever read the program's code makes the first account, once; it may enter people."""
    app = make_app(lobby, clock)
    with TestClient(app, base_url="http://127.0.0.1:8321") as client:
        assert client.get("/", follow_redirects=True).url.path == "/first"
        said = {"code": "AAAA-AAAA", "name": "chenwei", "shown": "陈伟", "secret": SECRET}
        assert code(client.post("/api/first", json=said)) == (401, "wrong_code")
        assert client.post("/api/first", json=said | {"code": app.state.door.code.lower()}).status_code == 201
        assert code(client.post("/api/first", json=said | {"code": app.state.door.code})) == (409, "not_first")
        sign_in(client, "chenwei")
        assert client.get("/people").status_code == 200


@pytest.mark.parametrize("name", CREW)
def test_the_first_page_shows_what_one_may(stranger: TestClient, crew: Lobby, clock: Clock, name: str) -> None:
    """Everybody's first page leads to the pages of his own roles only."""
    stranger.cookies.update(signed_in(crew, clock, name))
    page = stranger.get("/").text
    assert ('href="/counter/1"' in page) == ("teller" in CREW[name][1])
    assert ('href="/people"' in page) == ("technician" in CREW[name][1])
