"""A program with a window: a welcome at once, what it has to show behind it, until somebody ends it.

Python takes several times as long to load a lobby as Qt to draw a picture. So nothing of a lobby is loaded here.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from lobbyline.glass.welcome import Welcome
from lobbyline.glass.window import Window, make_application
from lobbyline.glass.window import run as run_window

PAGE = Path(__file__).parent / "qml" / "Welcome.qml"


class Face(Protocol):
    """What the window shows once everything is opened."""

    def close(self) -> None:
        """End what moves it, and dispose of the window."""


def run(name: str, welcome: Welcome, open_face: Callable[[Window], Face]) -> int:
    """Show a face until SIGTERM or SIGINT (0) or an exception of ours; what keeps it from opening is raised."""
    app = make_application(name)
    window = Window(welcome.width, welcome.height)
    greet(window, welcome)
    faces: list[Face] = []

    def behind() -> None:
        gc.disable()  # what is loaded now stays: to look for garbage in it takes a twentieth of the time
        faces.append(open_face(window))
        gc.freeze()
        gc.enable()

    try:
        return run_window(app, window, behind)
    finally:
        for face in faces:
            face.close()
        if not faces:
            window.dispose()


def greet(window: Window, welcome: Welcome) -> None:
    """Put the welcome into the window."""
    window.setColor(welcome.paper)
    told = {"name": welcome.name, "sentences": list(welcome.sentences), "paper": welcome.paper, "ink": welcome.ink}
    window.load(PAGE, told)
