"""A branch as its folder says it, files and all: what every program works from. `folder.py` reads it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from lobbyline.lobby import ticket
from lobbyline.lobby.branch import Branch, Devices, Text
from lobbyline.lobby.config.mistakes import hint, shown
from lobbyline.lobby.config.raw import values
from lobbyline.lobby.config.speech import Speech
from lobbyline.lobby.config.toml import Table
from lobbyline.lobby.errors import ConfigError, Mistake
from lobbyline.lobby.forms.form import Form

Words = dict[str, dict[str, str]]

NUMBERS = ("ticket", "passed")  # facts that are numbers of tickets
NUMBER = re.compile("[A-Z][0-9]+")


@dataclass(frozen=True)
class Setup:
    """A branch as read: nothing in it changes while a program runs."""

    folder: Path
    branch: Branch
    devices: Devices
    forms: dict[str, Form]
    version: str
    words: dict[str, Words]
    themes: dict[str, dict[str, Any]]
    voices: dict[str, Speech]
    protocols: dict[str, Table]
    keypads: dict[str, Table]
    printers: dict[str, Table]
    readers: dict[str, Table]
    tickets: dict[str, Table]
    wiring: Table  # devices.toml as written, for whoever finds a mistake in it later
    notes: tuple[Mistake, ...] = ()  # not wrong, but worth a technician's look
    files: Mapping[str, str] = field(default_factory=dict)  # every file that was read, so that a version can be kept
    machine: str = ""  # which machine of a branch on several this is

    def printer_names(self) -> list[str]:
        """Every ticket printer of the branch, at whichever machine."""
        return [str(name) for name in values(self.wiring, "printers", "*", "name")]

    def on(self, machine: str) -> Setup:
        """The branch as one of its machines sees it: its own devices, and the printer of its own kiosk."""
        if not machine:
            return self
        here = self.devices.machines.get(machine)
        if here is None:
            sentence = f"machine {shown(machine)} is not one of [machines]{hint(machine, self.devices.machines)}"
            raise ConfigError([self.wiring.mistake(("machines",), sentence)])
        kiosk = self.branch.kiosk.model_copy(update={"printer": here.printer or self.branch.kiosk.printer})
        branch = self.branch.model_copy(update={"kiosk": kiosk})
        return replace(self, machine=machine, devices=self.devices.of(machine), branch=branch)

    def say(self, table: str, code: str, facts: Mapping[str, object] | None = None, language: str = "") -> str:
        """A sentence of the branch's words, filled with facts; in the first language unless another is asked."""
        language = language or self.branch.languages[0]
        told = {name: self._told(_as_seen(name, fact), language) for name, fact in (facts or {}).items()}
        sentence = self.words[language].get(table, {}).get(code)
        return sentence.format(**told) if sentence else " ".join([code, *(f"{n}={f}" for n, f in told.items())])

    def like(self, language: str) -> str:
        """Which of our own languages whoever reads this one knows better."""
        return self.words[language]["language"]["like"]

    def between(self) -> dict[str, str]:
        """What stands between the parts of a list, in each language of the branch."""
        return {language: self.words[language]["list"]["between"] for language in self.branch.languages}

    def text(self, table: str, code: str, facts: Mapping[str, object] | None = None) -> Text:
        """The same sentence in every language of the branch."""
        return Text({language: self.say(table, code, facts, language) for language in self.branch.languages})

    def _told(self, fact: object, language: str) -> object:
        """A fact as it is said: texts in the language, lists with what stands between their parts there."""
        if isinstance(fact, Text):
            return fact.say(language)
        if isinstance(fact, list):
            between = self.words[language]["list"]["between"]
            return between.join(str(self._told(one, language)) for one in fact) or "—"
        return fact


def _as_seen(name: str, fact: object) -> object:
    """A ticket's number as people see it on paper and glass."""
    number = name in NUMBERS and isinstance(fact, str) and NUMBER.fullmatch(fact)
    return ticket.shown(str(fact)) if number else fact
