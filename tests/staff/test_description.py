"""The API as it describes itself: everything the description allows is tried, and nothing of it falls."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from starlette.testclient import TestClient

from lobbyline.lobby.clock import Clock
from lobbyline.lobby.lobby import Lobby
from lobbyline.staff.api import make_app
from tests.staff.conftest import signed_in

EXAMPLES = 8  # of each operation
# These would end the session that tries the others.
ENDING = {("DELETE", "/api/session"), ("POST", "/api/session/lock")}
# What a case says, and what the client calls it.
SENT = {name: name for name in ("method", "url", "headers", "params", "json")} | {"data": "content"}
EVERYTHING = ["teller", "supervisor", "reviewer", "lobby_manager", "relationship_manager", "branch_manager"]


@pytest.fixture
def described(crew: Lobby, clock: Clock) -> Iterator[TestClient]:
    """The API with somebody signed in who may do everything, at a counter with a customer."""
    crew.people.change("lijing", EVERYTHING, [], "陈伟", clock())
    for service in ("O1", "W1", "R1"):
        crew.reception.take(service, clock())
    crew.desk(2, by="李静").open(clock())
    crew.desk(2, by="李静").next(clock())
    with TestClient(make_app(crew, clock), base_url="http://127.0.0.1:8321", raise_server_exceptions=False) as client:
        client.cookies.update(signed_in(crew, clock, "lijing"))
        yield client


def test_nothing_falls(described: TestClient) -> None:
    """Whatever the description allows, and much that it does not, is answered; never with a mistake of ours."""
    tried = 0
    for operation in operations(described):
        if (operation.method.upper(), operation.path) not in ENDING:
            attempt(operation, described)
            tried += 1
    assert tried > 40


def operations(client: TestClient) -> Iterator[Any]:
    """Every operation of the description but the stream, which does not end."""
    schema: Any = schemathesis.openapi.from_dict(client.get("/api/openapi.json").json())
    for found in schema.get_all_operations():
        operation = found.ok()
        if operation.path != "/api/events":
            yield operation


def attempt(operation: Any, client: TestClient) -> None:
    @given(case=operation.as_strategy())
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    def tried(case: Any) -> None:
        asked = case.as_transport_kwargs(base_url="http://127.0.0.1:8321")
        answer = client.request(**{SENT[name]: value for name, value in asked.items() if name in SENT})
        assert answer.status_code < 500, (asked, answer.text)
        if answer.status_code >= 400 and case.path.startswith("/api/"):
            assert answer.headers["content-type"] == "application/problem+json"

    tried()


def test_every_refusal_is_described(described: TestClient) -> None:
    """Each operation says what it is for, and that it may refuse with problem details; both ways in are named."""
    told = described.get("/api/openapi.json").json()
    assert set(told["components"]["securitySchemes"]) == {"session", "token"}
    for path, methods in told["paths"].items():
        for method, operation in methods.items():
            assert operation["tags"], (method, path)
            assert {"401", "403", "409"} <= operation["responses"].keys(), (method, path)
            assert "application/problem+json" in operation["responses"]["409"]["content"], (method, path)
