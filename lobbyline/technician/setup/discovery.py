"""What is plugged in: serial lines, printers, readers, screens and sound, each by the name that stays.

Everything is looked up in folders of the kernel and of udev, nothing is opened. `root` is another place in tests.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

# Names that stay, best first: our own rules' (serial number, else socket), then udev's.
LINES = ("dev/lobbyline/line-*", "dev/serial/by-id/*", "dev/serial/by-path/*")
PRINTERS = ("dev/lobbyline/printer-*", "dev/usb/lp*")
READERS = ("dev/input/by-id/*-event-kbd",)  # scanners and card readers type like a keyboard
CARD = re.compile(r"^ *(\d+) \[(\w+) *\]: (.+)$", re.MULTILINE)
ROOT = Path("/")


@dataclass(frozen=True)
class Output:
    """A screen that is connected, with the size it likes best."""

    name: str
    width: int
    height: int


def lines(root: Path = ROOT) -> list[str]:
    return stable(root, LINES)


def printers(root: Path = ROOT) -> list[str]:
    return stable(root, PRINTERS)


def readers(root: Path = ROOT) -> list[str]:
    return stable(root, READERS)


def stable(root: Path, patterns: Iterable[str]) -> list[str]:
    """Each device once, by the best of its names."""
    found: dict[Path, str] = {}
    for pattern in patterns:
        for name in sorted(root.glob(pattern)):
            found.setdefault(name.resolve(), f"/{name.relative_to(root)}")
    return list(found.values())


def outputs(root: Path = ROOT) -> list[Output]:
    """Connected screens; the kernel lists the mode a screen likes best first."""
    found = []
    for place in sorted(root.glob("sys/class/drm/card*-*")):
        modes = _text(place / "modes").split()
        if _text(place / "status").strip() == "connected" and modes:
            width, _, height = modes[0].rstrip("i").partition("x")
            found.append(Output(place.name.partition("-")[2], int(width), int(height)))
    return found


def sound_cards(root: Path = ROOT) -> list[str]:
    return [card[2] for card in CARD.findall(_text(root / "proc/asound/cards"))]


def _text(file: Path) -> str:
    return file.read_text("utf-8", errors="replace") if file.exists() else ""
