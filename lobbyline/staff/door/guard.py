"""The door of the staff's pages: who may write, and the headers that every answer carries.

A page of another site must not press *next* in a teller's name, so a writing request has to come from our own
pages (or from a program that is no browser) and has to be JSON. Signing in is another door, behind this one.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

VERSION = "Lobbyline-Version"  # of the branch's files: a page made from others loads itself again
LARGEST_BODY = 64 * 1024
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    # Not no-referrer: that would turn the Origin of a form into "null".
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def problem(status: int, code: str, sentence: str, title: str) -> JSONResponse:
    """A calm answer that says no, for people (`sentence`) and for programs (`code`)."""
    body = {
        "type": f"urn:lobbyline:{code}",
        "title": title,
        "status": status,
        "code": code,
        "detail": sentence,
        "sentence": sentence,
    }
    return JSONResponse(body, status, media_type="application/problem+json")


class Guard:
    """Lets through what may pass, and seals every answer with `HEADERS`; HEAD is answered as GET without the body."""

    def __init__(self, app: ASGIApp, host: str, version: Callable[[], str]) -> None:
        self.app, self.version = app, version
        self.names = own_names(host)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                seal(headers)
                headers[VERSION] = self.version()
            await send(message)

        refused = self.refused(scope["method"], Request(scope).headers)
        if scope["method"] == "HEAD":
            scope, send = {**scope, "method": "GET"}, bodiless(send)
        await (refused or self.app)(scope, receive, sealed)

    def refused(self, method: str, headers: Headers) -> JSONResponse | None:
        """The answer to a request that may not pass."""
        if not known_host(headers.get("host", ""), self.names):
            return problem(421, "unknown_host", "This address is not one of the staff's pages.", "Misdirected")
        if method in SAFE:
            return None
        if not same_origin(headers):
            return problem(403, "other_site", "Only the staff's own pages may do this.", "Forbidden")
        return unreadable(headers)


def seal(headers: MutableHeaders) -> None:
    for name, value in HEADERS.items():
        headers[name] = value
    headers.setdefault("Cache-Control", "no-store")


def bodiless(send: Send) -> Send:
    """Passes the head of an answer on; of the body, which may never end, nothing."""

    async def head(message: Message) -> None:
        if message["type"] == "http.response.start":
            await send(message)
            await send({"type": "http.response.body"})

    return head


def same_origin(headers: Headers) -> bool:
    """Browsers say where a request comes from; a program that is no browser says nothing and may pass."""
    if headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return False
    origin = headers.get("origin")
    return origin is None or origin.partition("://")[2] == headers.get("host")


def unreadable(headers: Headers) -> JSONResponse | None:
    """The answer to a body that nobody here reads: not JSON, endless, or too long."""
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    length = headers.get("content-length", "0")
    if "transfer-encoding" in headers or not length.isdecimal():
        return problem(411, "length_required", "Say how long the request is.", "Length required")
    if int(length) > LARGEST_BODY:
        return problem(413, "too_long", "The request is too long.", "Too long")
    if kind != "application/json" and (kind or length != "0"):
        return problem(415, "not_json", "Only JSON is read here.", "Unsupported media type")
    return None


def own_names(host: str) -> frozenset[str]:
    """The names this machine answers to; addresses in digits are always its own."""
    machine = socket.gethostname().lower()
    return frozenset({"localhost", machine, machine.partition(".")[0], host.lower()})


def known_host(host: str, names: frozenset[str]) -> bool:
    """False for a stranger's name that was made to point at us (DNS rebinding)."""
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:  # a bracket without its partner
        return False
    return name in names or is_address(name)


def is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
