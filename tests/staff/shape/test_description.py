"""The API as it describes itself: everything the description allows is tried, and nothing of it falls."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import jsonschema_rs  # schemathesis brings it
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from starlette.testclient import TestClient

from lobbyline.lobby.clock import Clock
from lobbyline.lobby.lobby import Lobby
from lobbyline.lobby.people.roster import ROLES, Role
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
    told = description(described)
    assert set(told["components"]["securitySchemes"]) == {"session", "token"}
    for method, path, operation in written(told):
        assert operation["tags"], (method, path)
        assert operation["description"], (method, path)
        assert {"401", "403", "409"} <= operation["responses"].keys(), (method, path)
        assert "application/problem+json" in operation["responses"]["409"]["content"], (method, path)


def test_every_answer_has_a_shape_and_an_example(described: TestClient) -> None:
    """What is answered when all goes well is described value by value, and the example is one that the shape allows."""
    told = description(described)
    for method, path, operation in written(told):
        (answer,) = [answer for status, answer in operation["responses"].items() if status.startswith("2")]
        for content in answer.get("content", {}).values():
            shape = content["schema"] | {"components": told["components"]}
            assert {"$ref", "items", "type"} & shape.keys(), (method, path)
            jsonschema_rs.validate(shape, content["example"])


def test_every_request_has_a_whole_example(described: TestClient) -> None:
    """What is sent is shown whole: one body, or one for each verb that is told something; and each is allowed."""
    told = description(described)
    sent = {
        (method, path): operation["requestBody"]
        for method, path, operation in written(told)
        if "requestBody" in operation
    }
    assert ("post", "/api/tickets") in sent
    for where, body in sent.items():
        (content,) = body["content"].values()
        bodies = [one["value"] for one in content.get("examples", {}).values()] or [content["example"]]
        for whole in bodies:
            jsonschema_rs.validate(content["schema"] | {"components": told["components"]}, whole)
            assert whole or "examples" in content, where


def test_a_shape_has_one_name(described: TestClient) -> None:
    """No two things of the description share a name and are told apart by what FastAPI adds to it."""
    names = description(described)["components"]["schemas"]
    assert [name for name in names if "-" in name or "__" in name] == []


@pytest.mark.parametrize("role", [role for role in ROLES if role != "program"])
def test_who_may_is_as_described(described: TestClient, crew: Lobby, clock: Clock, role: Role) -> None:
    """Each operation admits exactly the roles that its description names."""
    crew.people.change("lijing", [role], [], "陈伟", clock())
    for method, path, operation in written(description(described)):
        if (method.upper(), path) in ENDING or path == "/api/events" or not operation["security"]:
            continue
        named = [names for way in operation["security"] if (names := way.get("session")) is not None]
        answer = described.request(method, address(path, operation))
        turned_away = answer.status_code == 403 and answer.json()["code"] == "not_yours"
        assert turned_away == (not any(role in names or not names for names in named)), (method, path, answer.text)


def description(client: TestClient) -> Any:
    return client.get("/api/openapi.json").json()


def written(told: Any) -> Iterator[tuple[str, str, Any]]:
    """Every operation of the description: its method, its path, and what is said of it."""
    for path, methods in told["paths"].items():
        for method, operation in methods.items():
            yield method, path, operation


def address(path: str, operation: Any) -> str:
    """A path with something that its description allows in every place."""
    places = {one["name"]: one["schema"] for one in operation.get("parameters", ()) if one["in"] == "path"}
    return path.format_map({name: schema.get("enum", [1])[0] for name, schema in places.items()})
