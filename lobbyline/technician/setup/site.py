"""One installation, as every step of the setup sees it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from lobbyline.lobby.config.folder import Setup, load
from lobbyline.technician.setup import discovery
from lobbyline.technician.setup.answers import Answers


@dataclass(frozen=True)
class Site:
    """The branch's folder, its memory, what is known, and where devices are looked for."""

    folder: Path
    data: Path
    answers: Answers
    at: datetime
    say: Callable[[str], object] = print
    root: Path = discovery.ROOT

    @property
    def file(self) -> Path:
        return self.folder / "branch.toml"

    def setup(self) -> Setup:
        return load(self.folder)


Step = Callable[[Site], None]


def seen(what: str, names: list[str]) -> str:
    return f"{what}: {', '.join(names) or 'none found'}"
