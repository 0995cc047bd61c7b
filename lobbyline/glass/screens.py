"""Whether a window can stand on this machine. Asked before Qt starts, which would end the program without a screen."""

from __future__ import annotations

import os


class ScreenMissing(Exception):
    """Qt would look for a screen here, and end the program when there is none."""

    def __init__(self) -> None:
        super().__init__(
            "There is no screen here (neither DISPLAY nor WAYLAND_DISPLAY). Start it where there is one; a lobby "
            "machine's panels are there while lobbyline-panels runs. QT_QPA_PLATFORM=offscreen does without."
        )


def seen() -> bool:
    """Whether somebody could see a window."""
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def must_be_there() -> None:
    """`ScreenMissing`, unless there is a screen or Qt was told what to take for one."""
    if not (seen() or os.environ.get("QT_QPA_PLATFORM")):
        raise ScreenMissing
