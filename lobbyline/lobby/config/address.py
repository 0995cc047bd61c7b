"""Where a branch's memory is: kept beside the machine's own data, for a morning on which branch.toml cannot say it."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from lobbyline import durable

FILE = "memory.json"
USUAL = "lobby.sqlite"  # where the memory is unless [store] says otherwise
ONLY_OURS = 0o600  # an address may hold a password, though it should not


@dataclass(frozen=True)
class Address:
    """Where a memory is, and whose; an empty branch is not known."""

    url: str = USUAL
    branch: str = ""


def kept(data: Path) -> Address:
    """The address under which a program found the memory last, or the usual one."""
    with suppress(OSError, ValueError, TypeError):
        found = Address(**json.loads((data / FILE).read_text("utf-8")))
        if isinstance(found.url, str) and isinstance(found.branch, str):
            return found
    return Address()


def keep(data: Path, address: Address) -> None:
    """Remember where the memory was found; a disk that takes no file changes nothing."""
    if address == kept(data):
        return
    with suppress(OSError):
        durable.write(data / FILE, json.dumps(asdict(address)).encode(), ONLY_OURS)
