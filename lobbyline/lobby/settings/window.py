"""Windows of a day: how `"09:00-17:00"` is read, and that the windows of one day lie apart."""

from __future__ import annotations

import re
from datetime import time
from itertools import pairwise
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

from lobbyline.lobby.settings.setting import Settings

_TIME = "(?:[01][0-9]|2[0-3]):[0-5][0-9]"


class Window(Settings):
    """An opening window within one day; `until` is exclusive."""

    start: time
    until: time

    def __str__(self) -> str:
        return f"{self.start:%H:%M}-{self.until:%H:%M}"


def read_window(value: object) -> object:
    """`"09:00-17:00"` as the two times of a `Window`."""
    if not isinstance(value, str):
        return value
    times = re.fullmatch(rf"({_TIME}) *- *({_TIME})", value)
    if not times:
        raise ValueError('a window is written like "09:00-17:00"')
    start, until = time.fromisoformat(times[1]), time.fromisoformat(times[2])
    if start >= until:
        raise ValueError("a window ends after it starts, on the same day")
    return Window(start=start, until=until)


DayWindow = Annotated[Window, BeforeValidator(read_window)]  # one window, as it is written in the file


def apart(windows: list[Window]) -> list[Window]:
    """The windows of a day, which must not overlap."""
    for earlier, later in pairwise(sorted(windows, key=lambda window: window.start)):
        if later.start < earlier.until:
            raise ValueError(f"has windows that overlap: {earlier} and {later}")
    return windows


Windows = Annotated[list[DayWindow], AfterValidator(apart)]
