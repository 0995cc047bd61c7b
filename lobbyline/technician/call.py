"""One call of the command: its options, what they open when it is needed, and the answer it gives.

The lobby, too, is loaded only then: a window stands before it.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lobbyline.technician import terminal

if TYPE_CHECKING:
    from lobbyline.lobby.clock import Clock
    from lobbyline.lobby.config.folder import Setup
    from lobbyline.lobby.config.in_use import Found
    from lobbyline.lobby.lobby import Lobby

DONE, BAD_CONFIG, REFUSED, FAULT = 0, 2, 3, 4


@dataclass(frozen=True)
class Answer:
    """What a subcommand found: for people as text, for programs as JSON; `code` is the exit code."""

    text: str
    data: Any = None
    code: int = DONE


def counted(number: int, word: str) -> str:
    """`1 key`, `2 keys`."""
    return f"{number} {word}{'' if number == 1 else 's'}"


class Call:
    """One call of the command: its options, and what they open when it is needed."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.folder: Path = options.branch
        self.data: Path = options.data

    @cached_property
    def found(self) -> Found:
        """What the branch runs under, and what is wrong with its folder."""
        from lobbyline.lobby.config import in_use

        return in_use.found(self.folder, self.data)

    @cached_property
    def setup(self) -> Setup:
        """The files that the branch runs under, as this machine sees them: applied, or else as the folder has them."""
        setup = self.found.setup
        host = os.uname().nodename
        return setup.on(self.options.machine or (host if host in setup.devices.machines else ""))

    @cached_property
    def written(self) -> Setup:
        """The files as they lie in the folder; ConfigError with all their mistakes."""
        from lobbyline.lobby.config.folder import load

        return load(self.folder)

    @cached_property
    def lobby(self) -> Lobby:
        from lobbyline.lobby.lobby import open_lobby

        lobby = open_lobby(self.setup, self.data, where=self.options.command)
        lobby.reader = self.language
        return lobby

    @cached_property
    def language(self) -> str:
        """In which what customers and staff read is told here."""
        return terminal.language(self.setup.branch.languages)

    def say(self, table: str, code: str, facts: Mapping[str, object]) -> str:
        """A sentence of the branch's words in that language; no memory is opened for it."""
        return self.setup.say(table, code, facts, self.language)

    @cached_property
    def clock(self) -> Clock:
        """The clock of a program: as far ahead as it was told, or running from `--at` on."""
        from lobbyline.lobby.clock import Clock, ahead_of_now

        zone = self.setup.branch.zone
        if self.options.ahead is not None:
            return Clock(zone, timedelta(seconds=self.options.ahead))
        return Clock(zone, ahead_of_now(self._given) if self._given else timedelta())

    @property
    def at(self) -> datetime:
        """The moment of a single question or change: exactly `--at` when it was given."""
        return self._given or self.clock()

    @property
    def moment(self) -> datetime:
        """The same before there is a branch that could say its time zone."""
        given: datetime | None = self.options.at
        return given.astimezone() if given else datetime.now().astimezone()

    @property
    def _given(self) -> datetime | None:
        given: datetime | None = self.options.at
        return given and given.replace(tzinfo=given.tzinfo or self.setup.branch.zone)
