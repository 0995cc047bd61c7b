"""What everyone of the staff may see over HTTP, and the stream that says when to look again."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import StreamingResponse
from pydantic import Field
from typing_extensions import TypedDict

from lobbyline.lobby.clock import Clock
from lobbyline.lobby.lobby import Lobby
from lobbyline.staff.bell import Bell
from lobbyline.staff.door.door import require
from lobbyline.staff.pages.pages import language_of
from lobbyline.staff.shape import answers, shapes

STREAM: dict[int | str, dict[str, Any]] = {200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}}


class Health(TypedDict):
    """The program answers, and so does its memory."""

    ok: bool
    branch: Annotated[str, Field(examples=["jingqi-street"])]
    version: Annotated[str, Field(description="Of the files in use.", examples=["3f2a9c"])]
    counters: Annotated[int, Field(description="Open ones.", examples=[4])]


def hall(lobby: Lobby, clock: Clock) -> APIRouter:
    """What everyone of the staff may see, and the stream that says when to look again."""
    routes = APIRouter(tags=["hall"], dependencies=[Depends(require())])

    @routes.get("/api/waiting")
    def waiting() -> list[shapes.Waiting]:
        """Who waits, in the order of the calls."""
        return [answers.waiting(entry, lobby.branch) for entry in lobby.hall.waiting(clock())]

    @routes.get("/api/hall")
    def view() -> shapes.Hall:
        """What everyone may see."""
        at = clock()
        return answers.hall(lobby.hall.view(at), at)

    @routes.get("/api/alerts")
    def alerts(request: Request) -> list[shapes.Alert]:
        """What needs a person."""
        language = language_of(request, lobby.branch)
        return [answers.alert(row, lobby, language) for row in lobby.lookout.listed()]

    @routes.get("/api/devices")
    def devices() -> list[shapes.Device]:
        """Every device, and how it is."""
        return [answers.device(device) for device in lobby.devices.all()]

    @routes.get("/api/events", response_class=StreamingResponse, responses=STREAM)
    async def events(request: Request) -> StreamingResponse:
        """A line whenever something changed, and now and then to say that the line is alive."""
        bell: Bell = request.app.state.bell
        return StreamingResponse(bell.stream(), media_type="text/event-stream")

    return routes


def health(lobby: Lobby, clock: Clock) -> APIRouter:
    """For whoever watches the program, without a session."""
    routes = APIRouter(tags=["health"])

    @routes.get("/health")
    def well() -> Health:
        """Answers only when the store does."""
        return {"ok": True, "branch": lobby.branch.id, "version": lobby.setup.version, "counters": open_counters()}

    def open_counters() -> int:
        return sum(counter.state == "open" for counter in lobby.hall.view(clock()).counters)

    return routes
