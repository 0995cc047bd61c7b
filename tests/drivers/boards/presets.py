"""The shipped protocols, read from their files as the branch's reader would hand them to the drivers."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from lobbyline.drivers.wire.protocol import Protocol

FOLDER = Path(__file__).parents[3] / "assets" / "boards"
FILES = sorted(path.stem for path in FOLDER.glob("*.toml"))
NAMES = [name for name in FILES if not name.endswith(("-reply", "-checksum"))]


@cache
def table(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))


@cache
def preset(name: str) -> Protocol:
    return Protocol.read(table(name))
