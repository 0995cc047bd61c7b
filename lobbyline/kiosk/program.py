"""The kiosk as a program: a welcome at once, the lobby behind it, until somebody ends it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from lobbyline.glass import face
from lobbyline.glass.welcome import Welcome, kept
from lobbyline.glass.window import Window
from lobbyline.systemd import watched

if TYPE_CHECKING:
    from lobbyline.kiosk.closed import Closed
    from lobbyline.kiosk.rooms import Kiosk
    from lobbyline.lobby.clock import Clock
    from lobbyline.lobby.lobby import Lobby

KEPT = "welcome-kiosk.json"
PANEL = Welcome(1080, 1920)  # of a kiosk that was never opened here


def run(enter: Callable[[], tuple[Lobby, Clock]], data: Path, finger: Path | None = None) -> int:
    """Show the kiosk until SIGTERM; with `finger`, a rehearsal may touch it through that socket."""

    def opened(window: Window) -> Kiosk | Closed:
        from lobbyline.kiosk.rooms import Kiosk  # several times what a picture takes
        from lobbyline.lobby.errors import ConfigError

        try:
            entered = enter()
        except ConfigError as error:
            if not watched():  # whoever started it by hand reads it there
                raise
            from lobbyline.kiosk.closed import Closed  # needed in few mornings

            return Closed(window, error, enter)
        return Kiosk(window, *entered, finger)

    return face.run("lobbyline-kiosk", kept(data / KEPT) or PANEL, opened)
