"""How the API describes itself: what every operation may answer beside its own, and the two ways to sign in."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI

ABOUT = """
Everything that the staff's pages do, for the bank's own programs too. A program signs in with
`Authorization: Bearer TOKEN` (`lobbyline token add`), a page with its session.

* **Refusals** are problem details (RFC 9457): `code` for programs, `detail` for people.
* **Idempotency**: a write with an `Idempotency-Key` happens once, however often it is sent.
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
    """Adds the ways to sign in to what FastAPI writes by itself."""
    written = app.openapi

    def description() -> dict[str, Any]:
        told = written()
        told.setdefault("components", {})["securitySchemes"] = WAYS_IN
        told["security"] = [{way: []} for way in WAYS_IN]
        return told

    app.openapi = description  # type: ignore[method-assign]  # FastAPI's own way to extend it
