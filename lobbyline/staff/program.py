"""The program of the staff's pages: one port, one process, a clean end."""

from __future__ import annotations

import logging
import signal
import ssl
from pathlib import Path
from types import FrameType

import uvicorn
from fastapi import FastAPI

from lobbyline.drivers.errors import DeviceError
from lobbyline.lobby.clock import Clock
from lobbyline.lobby.lobby import Lobby
from lobbyline.staff.api import make_app
from lobbyline.staff.port import listen

log = logging.getLogger(__name__)
# Requests that are being answered get this long when the program ends; event streams end at once.
GRACE_SECONDS = 1


def run(lobby: Lobby, clock: Clock) -> int:
    """Serves the staff's pages until SIGTERM or SIGINT; 0 is a clean end."""
    pages = lobby.branch.staff
    listening = listen(pages.host, pages.port)
    with listening:
        app = make_app(lobby, clock)
        server = Server(app, lobby, *certificate(lobby.setup.folder, pages.certificate, pages.key))
        if lobby.people.nobody():
            tell_first_code(pages.address, app.state.door.code)
        server.run(sockets=[listening])
    return 0


def tell_first_code(address: str, code: str) -> None:
    """Whoever sees this program's log may make the first account; the code ends with the program."""
    log.info("Nobody may sign in yet: open %s/first with the code %s, or run `lobbyline person add`.", address, code)


def certificate(folder: Path, certificate: str, key: str) -> tuple[str, str]:
    """The files of the certificate and its key, once they were seen to fit; two empty names without TLS."""
    if not certificate:
        return "", ""
    files = str(folder / certificate), str(folder / (key or certificate))
    try:
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(*files)
    except OSError as error:
        reason = error.strerror or str(error)
        raise DeviceError(
            f"Staff pages: the certificate {files[0]} with the key {files[1]} cannot be used: {reason}; "
            "mend certificate and key in [staff]."
        ) from error
    return files


class Server(uvicorn.Server):
    """Uvicorn that hangs up open event streams when it is told to end, and then returns instead of dying."""

    def __init__(self, app: FastAPI, lobby: Lobby, certificate: str = "", key: str = "") -> None:
        # The journal stays quiet: requests are not logged, mistakes of ours are.
        super().__init__(
            uvicorn.Config(
                app,
                log_config=None,
                log_level="warning",
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=GRACE_SECONDS,
                ssl_certfile=certificate or None,
                ssl_keyfile=key or None,
            )
        )
        self.app, self.lobby = app, lobby

    async def on_tick(self, counter: int) -> bool:
        """Ten times a second: what only a start can take is taken by ending; pages find the way back themselves."""
        if self.lobby.in_use.waiting_for_start:
            self.handle_exit(signal.SIGTERM, None)
        return await super().on_tick(counter)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002 (signature of signal handlers)
        # Not remembered as uvicorn does: it would raise the signal again after the clean end.
        self.should_exit = True
        if bell := getattr(self.app.state, "bell", None):
            bell.hang_up()
