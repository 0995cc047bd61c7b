"""Reads a branch's folder: one `Setup`, or one `ConfigError` with every mistake of every file.

What may stand in the files is declared in `branch.py` and `forms.py`; whether they fit together is judged in
`agreement.py`. Words, themes, voices, board protocols and printer profiles come from the assets; a file of the same
name in the branch's own folder is laid over words and themes, and stands instead of a voice, protocol or profile.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from lobbyline import ASSETS
from lobbyline.lobby import agreement
from lobbyline.lobby.branch import Branch, Devices
from lobbyline.lobby.errors import ConfigError, Mistake
from lobbyline.lobby.form_agreement import of_form
from lobbyline.lobby.forms import Form
from lobbyline.lobby.mistakes import hint, mistakes_in
from lobbyline.lobby.overlay import laid_over, left_out, misfits
from lobbyline.lobby.toml import Table, parse
from lobbyline.lobby.tongue import Tongue, VoiceFile

__all__ = ["Setup", "Table", "load"]

Words = dict[str, dict[str, str]]
Model = TypeVar("Model", bound=BaseModel)

FILES = ("branch.toml", "devices.toml")
THEMES = ("light", "night", "contrast")
VOICE = "voice.toml"  # in a folder named after its language
TICKETS = ("ordinary", "elder", "prefill")
OUR_WORDS = "zh"  # the language that says which words there are


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
    voices: dict[str, Tongue]
    protocols: dict[str, Table]
    printers: dict[str, Table]
    tickets: dict[str, Table]
    files: Mapping[str, str] = field(default_factory=dict)  # every file that was read, so that a version can be kept


def load(folder: Path) -> Setup:
    """The branch in `folder`; `ConfigError` with all mistakes at once."""
    return _Reader(folder).setup()


class _Reader:
    """Reads file after file, and remembers their bytes for the version and every mistake on the way."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.mistakes: list[Mistake] = []
        self.bytes: dict[str, bytes] = {}

    def setup(self) -> Setup:
        self._refuse_another_folder()
        self._refuse_stray_files()
        branch, devices = self._table("branch.toml"), self._devices()
        forms = {name: self._table(f"forms/{name}.toml") for name in stems(self.folder / "forms")}
        self._agree(branch, devices, forms)
        languages = [
            language for language in agreement.languages_of(branch) if language in self._offered("words/*.toml")
        ]
        parts: dict[str, Any] = {
            "branch": self._made(Branch, branch, languages),
            "devices": self._made(Devices, devices, languages),
            "forms": {name: self._made(Form, table, languages) for name, table in forms.items()},
            "words": {language: self._words(language) for language in languages},
            "themes": {name: self._theme(name) for name in THEMES},
            "voices": self._voices(agreement.keys(branch, "queues") if branch else []),
            "protocols": self._library("boards", devices, "buses", "*", "boards", "*", "protocol"),
            "printers": self._library("printers", devices, "printers", "*", "model"),
            "tickets": self._tickets(),
        }
        if self.mistakes:
            raise ConfigError(self.mistakes)
        files = {name: text.decode() for name, text in sorted(self.bytes.items())}
        return Setup(folder=self.folder, version=self._version(), files=files, **parts)

    def _refuse_another_folder(self) -> None:
        """Without a branch.toml there is nothing to judge: one sentence and no more."""
        file = self.folder / "branch.toml"
        if not self.folder.is_dir():
            raise ConfigError([Mistake(self.folder, 1, "is not a folder; name the folder of a branch's TOML files")])
        if not file.exists():
            raise ConfigError([Mistake(file, 1, "is missing; a branch's folder holds branch.toml and devices.toml")])

    def _refuse_stray_files(self) -> None:
        for name in stems(self.folder):
            if f"{name}.toml" not in FILES:
                sentence = f"is not read by anything{hint(f'{name}.toml', FILES)}"
                self.mistakes.append(Mistake(self.folder / f"{name}.toml", 1, sentence))

    def _table(self, name: str, root: Path | None = None) -> Table | None:
        """The file `name` of the branch (or of `root`), or None and a mistake."""
        file = (root or self.folder) / name
        try:
            text = file.read_bytes()
        except OSError as error:
            self.mistakes.append(Mistake(file, 1, f"cannot be read: {error.strerror or error}"))
            return None
        self.bytes[f"assets/{name}" if root else name] = text
        table = parse(file, text)
        if isinstance(table, Mistake):
            self.mistakes.append(table)
            return None
        return table

    def _devices(self) -> Table | None:
        """devices.toml; a branch without devices needs none."""
        file = self.folder / "devices.toml"
        return self._table(file.name) if file.exists() else Table(file, {})

    def _agree(self, branch: Table | None, devices: Table | None, forms: Mapping[str, Table | None]) -> None:
        names = agreement.names_of(branch, devices) | {"form": list(forms)}
        names |= {kind: self._offered(pattern) for kind, pattern in agreement.LIBRARIES.items()}
        if branch:
            self.mistakes += agreement.of_branch(branch, names)
        if devices:
            self.mistakes += agreement.of_devices(devices, names)
        for form in filter(None, forms.values()):
            self.mistakes += of_form(form)

    def _offered(self, pattern: str) -> list[str]:
        """The names a technician may choose from: ours and the branch's own."""
        files = {file for root in (ASSETS, self.folder) for file in root.glob(pattern)}
        return sorted({file.parent.name if file.name == VOICE else file.stem for file in files})

    def _made(self, model: type[Model], table: Table | None, languages: list[str]) -> Model | None:
        if table is None:
            return None
        try:
            return model.model_validate(table.data, context={"languages": languages})
        except ValidationError as error:
            self.mistakes += mistakes_in(table, model, error)
            return None

    def _words(self, language: str) -> Words:
        """Our words of a language under the branch's own; a language of the branch alone must have every word."""
        ours, own = self._asset("words", language), self._own("words", language)
        if own and ours is None:
            known = self._asset("words", OUR_WORDS)
            self.mistakes += left_out(own, known.data) if known else []
            ours = known
        return self._overlaid(ours, own)

    def _theme(self, name: str) -> dict[str, Any]:
        return self._overlaid(self._asset("themes", name), self._own("themes", name))

    def _voices(self, letters: list[str]) -> dict[str, Tongue]:
        """Every language there is a voice for; each reads the letters of all lines."""
        found = {code: self._tongue(code, letters) for code in self._offered(f"voices/*/{VOICE}")}
        return {code: tongue for code, tongue in found.items() if tongue}

    def _tongue(self, code: str, letters: list[str]) -> Tongue | None:
        own = (self.folder / "voices" / code / VOICE).exists()
        table = self._table(f"voices/{code}/{VOICE}", None if own else ASSETS)
        file = self._made(VoiceFile, table, [])
        if table is None or file is None:
            return None
        mute = [letter for letter in letters if letter.isupper() and letter not in file.signs]
        if mute:
            sentence = f"signs does not say how {', '.join(mute)} is read, a letter of branch.toml's lines"
            self.mistakes.append(table.mistake(("signs",), sentence))
        return Tongue(code, table.file.parent, file)

    def _overlaid(self, ours: Table | None, own: Table | None) -> dict[str, Any]:
        """Our sections with the branch's own keys in them, which must be keys of ours."""
        if own and ours:
            self.mistakes += misfits(own, ours.data)
        return laid_over(ours.data if ours else {}, own.data if own else {})

    def _library(self, folder: str, devices: Table | None, *pattern: str) -> dict[str, Table]:
        """The protocols or profiles that devices.toml names, the branch's own before ours."""
        named = {str(value) for value in agreement.values(devices, *pattern)} if devices else set()
        found = {name: self._own(folder, name) or self._asset(folder, name) for name in sorted(named)}
        return {name: table for name, table in found.items() if table}

    def _tickets(self) -> dict[str, Table]:
        """How each paper is laid out, the branch's own before ours."""
        for name in set(stems(self.folder / "tickets")) - set(TICKETS):
            sentence = f"is not read by anything{hint(name, TICKETS)}"
            self.mistakes.append(Mistake(self.folder / "tickets" / f"{name}.toml", 1, sentence))
        found = {name: self._own("tickets", name) or self._asset("tickets", name) for name in TICKETS}
        return {name: table for name, table in found.items() if table}

    def _own(self, folder: str, name: str) -> Table | None:
        return self._table(f"{folder}/{name}.toml") if name in stems(self.folder / folder) else None

    def _asset(self, folder: str, name: str) -> Table | None:
        return self._table(f"{folder}/{name}.toml", ASSETS) if name in stems(ASSETS / folder) else None

    def _version(self) -> str:
        """Twelve hex digits that change whenever any file that was read does."""
        digest = sha256()
        for name in sorted(self.bytes):
            digest.update(name.encode() + b"\0" + sha256(self.bytes[name]).digest())
        return digest.hexdigest()[:12]


def stems(folder: Path) -> list[str]:
    """The names of the TOML files in `folder`, without their ending."""
    return sorted(file.stem for file in folder.glob("*.toml"))
