"""Lobbyline runs a bank branch's lobby: one room for each person, plus the rules and the wires."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).parent

# Words, icons, protocols and sample branches: inside an installed package, beside it in a clone.
ASSETS = _HERE / "assets" if (_HERE / "assets").is_dir() else _HERE.parent / "assets"
