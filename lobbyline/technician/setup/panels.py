"""panels.ini of a branch: which window stands on which output of the kiosk compositor (weston), and how it is turned.

Beside it stands panels.env, from which udev learns to which output the touch panel belongs.
"""

from __future__ import annotations

import re
from configparser import ConfigParser
from io import StringIO
from pathlib import Path

from lobbyline.technician.setup import edit

FILE, TOUCH = "panels.ini", "panels.env"
LEAST = 600  # pixels, as [kiosk] and [screen] want them
TURNS = ("normal", "rotate-90", "rotate-180", "rotate-270")
HEAD = """\
# Which window stands on which output, and how it is turned; written by `lobbyline setup`. Weston: man weston.ini.
# The hall's television has no mouse, and nothing ever sleeps.
[core]
shell=kiosk-shell.so
require-input=false
idle-time=0
"""


def size(told: str) -> str:
    """A judge of answers like 1920x1080."""
    if not re.fullmatch(r"\d{3,5}x\d{3,5}", told):
        raise ValueError(f"{told!r} is not written like 1920x1080")
    if min(map(int, told.split("x"))) < LEAST:
        raise ValueError(f"{told!r} is too small: at least {LEAST} pixels each way")
    return told


def seen(size: str, turn: str) -> tuple[int, int]:
    """The size as customers see it: a panel that hangs on its side is as high as it is wide."""
    width, height = (int(part) for part in size.split("x"))
    return (height, width) if turn in ("rotate-90", "rotate-270") else (width, height)


def put(folder: Path, part: str, output: str, turn: str) -> None:
    """Give the window of `kiosk` or `screen` its output."""
    outputs = read(folder) | {f"lobbyline-{part}": (output, turn)}
    write(folder, outputs)
    if part == "kiosk":
        edit.put(folder / TOUCH, f"WL_OUTPUT={output}\n")


def leave_out(folder: Path, part: str) -> None:
    write(folder, {window: place for window, place in read(folder).items() if window != f"lobbyline-{part}"})


def read(folder: Path) -> dict[str, tuple[str, str]]:
    """Output and turn of each window, as the file says now."""
    file = folder / FILE
    sections = re.split(r"^(?=\[output\])", file.read_text("utf-8"), flags=re.MULTILINE) if file.exists() else []
    outputs = {}
    for section in sections[1:]:
        parser = ConfigParser()
        parser.read_file(StringIO(section))
        found = parser["output"]
        outputs[found["app-ids"]] = (found["name"], found["transform"])
    return outputs


def write(folder: Path, outputs: dict[str, tuple[str, str]]) -> None:
    parts = [
        f"[output]\nname={output}\napp-ids={window}\ntransform={turn}\n" for window, (output, turn) in outputs.items()
    ]
    edit.put(folder / FILE, "\n".join([HEAD, *parts]))
