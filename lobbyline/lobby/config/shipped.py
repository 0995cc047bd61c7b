"""What is said, and how it looks, where no branch can be read: our own words and themes as they are shipped."""

from __future__ import annotations

from typing import Any

from lobbyline import ASSETS
from lobbyline.lobby.config.toml import Table, parse


def words(language: str, section: str) -> dict[str, str]:
    """One section of our words in a language."""
    said: dict[str, str] = _shipped(f"words/{language}.toml")[section]
    return said


def theme(name: str) -> dict[str, Any]:
    """One of our looks."""
    return _shipped(f"themes/{name}.toml")


def _shipped(name: str) -> dict[str, Any]:
    file = ASSETS / name
    table = parse(file, file.read_bytes())
    assert isinstance(table, Table), f"{name} was not shipped as we wrote it"  # noqa: S101  # our bug
    return table.data
