"""The hall screen as a program: a welcome at once, the lobby behind it, until somebody ends it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from lobbyline.glass import face
from lobbyline.glass.welcome import Welcome, kept
from lobbyline.glass.window import Window

if TYPE_CHECKING:
    from lobbyline.display.wall.screen import Screen
    from lobbyline.lobby.clock import Clock
    from lobbyline.lobby.lobby import Lobby

KEPT = "welcome-screen.json"
PANEL = Welcome(1920, 1080)  # of a screen that was never opened here


def run(enter: Callable[[], tuple[Lobby, Clock]], data: Path, finger: Path | None = None) -> int:
    """Show and say calls until told to end; `finger` is a socket through which a rehearsal looks at the screen."""

    def opened(window: Window) -> Screen:
        from lobbyline.display.wall.screen import Screen  # several times what a picture takes

        return Screen(window, *enter(), finger)

    return face.run("lobbyline-screen", kept(data / KEPT) or PANEL, opened)
