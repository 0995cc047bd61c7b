"""How the API describes itself: who may ask what, an example of every body, and what else each may answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts

from lobbyline.staff.door.door import Admission

ABOUT = """
Everything that the staff's pages do, for the bank's own programs too. A program signs in with
`Authorization: Bearer TOKEN` (`lobbyline token add`), a page with its session.

* **Refusals** are problem details (RFC 9457): `code` for programs, `detail` for people.
* **Idempotency**: a write with an `Idempotency-Key` happens once, however often it is sent.
* **Who may**: `security` of an operation names the roles of which one is enough; without a role, whoever is signed in
  may; where it is empty, nobody need be signed in.
* **Changes**: `/api/events` says *that* something changed; `/api/journal?after=ID` says what, in order.
"""
PROBLEM: dict[str, Any] = {
    "type": "object",
    "required": ["type", "title", "status", "code", "detail"],
    "properties": {
        "type": {"type": "string", "examples": ["urn:lobbyline:nobody_waiting"]},
        "title": {"type": "string", "examples": ["Refused"]},
        "status": {"type": "integer", "examples": [409]},
        "code": {"type": "string", "description": "For programs.", "examples": ["nobody_waiting"]},
        "detail": {"type": "string", "description": "For people, in the language of the request."},
        "sentence": {"type": "string", "description": "The same."},
    },
}
MEANINGS = {
    401: "Nobody is signed in, or the page is locked.",
    403: "The role may not do this, or not from here.",
    404: "What the address names does not exist.",
    409: "Understood, and the rules of the branch do not allow it now.",
    422: "Not understood.",
    503: "The memory cannot be used; what was sent may be sent again under the same key.",
}
RESPONSES: dict[int | str, dict[str, Any]] = {
    status: {"description": meaning, "content": {"application/problem+json": {"schema": PROBLEM}}}
    for status, meaning in MEANINGS.items()
}
WAYS_IN = {
    "token": {"type": "http", "scheme": "bearer", "description": "A program of the bank."},
    "session": {"type": "apiKey", "in": "cookie", "name": "session", "description": "Somebody at a page."},
}


def describe(app: FastAPI) -> None:
    """Adds what FastAPI does not write by itself: the ways to sign in, who may, and an example of every body."""
    written = app.openapi

    def description() -> dict[str, Any]:
        told = written()
        if "security" not in told:
            told["components"]["securitySchemes"] = WAYS_IN
            told["security"] = who_may(Admission())
            for operation, admission in operations(app, told):
                operation["security"] = who_may(admission)
                show_examples(operation, told["components"]["schemas"])
        return told

    app.openapi = description  # type: ignore[method-assign]  # FastAPI's own way to extend it


def operations(app: FastAPI, told: dict[str, Any]) -> Iterator[tuple[dict[str, Any], Admission | None]]:
    """What is described, with what stands at its route."""
    for route in iter_route_contexts(app.routes):
        if isinstance(route.original_route, APIRoute) and route.include_in_schema:
            for method in route.methods or ():
                yield told["paths"][route.path_format][method.lower()], admission_of(route.dependant)


def admission_of(dependant: Dependant) -> Admission | None:
    return next((one.call for one in dependant.dependencies if isinstance(one.call, Admission)), None)


def who_may(admission: Admission | None) -> list[dict[str, list[str]]]:
    """One line for each role that is enough, and each way to sign in that counts; no role: whoever is signed in."""
    if admission is None:
        return []
    ways = ["session"] if admission.person else list(WAYS_IN)
    roles = admission.roles or ("",)
    asked = [(way, role) for way in ways for role in roles if (way, role) != ("session", "program")]
    return [{way: [role] if role else []} for way, role in asked]


def show_examples(operation: dict[str, Any], schemas: dict[str, Any]) -> None:
    """What is sent, and what is answered when all goes well."""
    answers = [answer for status, answer in operation["responses"].items() if status.startswith("2")]
    for body in (operation.get("requestBody", {}), *answers):
        for content in body.get("content", {}).values():
            if content.keys() == {"schema"}:
                content["example"] = example(content["schema"], schemas)


def example(schema: dict[str, Any], schemas: dict[str, Any]) -> Any:
    """A value that a schema allows, made of the examples of its parts."""
    if "$ref" in schema:
        return example(schemas[schema["$ref"].rpartition("/")[2]], schemas)
    if "examples" in schema:
        return schema["examples"][0]
    if "enum" in schema:
        return schema["enum"][0]
    if "anyOf" in schema:
        return example(schema["anyOf"][0], schemas)
    if schema.get("type") == "array":
        return [example(schema["items"], schemas)]
    if schema.get("type") == "object":
        return {name: example(part, schemas) for name, part in schema.get("properties", {}).items()}
    return {"boolean": False, "integer": 1, "string": "", "null": None}[schema["type"]]
