"""Reads a branch's folder: one `Setup`, or one `ConfigError` with every mistake of every file.

What may stand in the files is declared in `settings/` and `forms/`; whether they fit together is judged in
`agreement.py`, `reach.py` and `sense.py`. Three sources lie over one another: the branch's own folder, the bank's base
profile where there is one, and the assets. Keys of branch.toml, words and themes are laid over those below; every other
file stands instead of the one below.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from functools import reduce
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from lobbyline import ASSETS
from lobbyline.lobby.branch import Branch, Devices
from lobbyline.lobby.config import agreement, base, minimum, sense
from lobbyline.lobby.config.form_agreement import of_form
from lobbyline.lobby.config.mistakes import hint, mistakes_in
from lobbyline.lobby.config.overlay import left_out, merged, misfits, unlike_ours
from lobbyline.lobby.config.raw import keys, walk
from lobbyline.lobby.config.reach import of_reach
from lobbyline.lobby.config.renamed import brought_up
from lobbyline.lobby.config.setup import Setup, Words
from lobbyline.lobby.config.source import Source, own_files
from lobbyline.lobby.config.speech import Speech, VoiceFile
from lobbyline.lobby.config.toml import Table, parse, unread
from lobbyline.lobby.errors import ConfigError, Mistake
from lobbyline.lobby.forms.form import Form
from lobbyline.lobby.settings.base import Base, Profile
from lobbyline.lobby.settings.printers import Printer

__all__ = ["Setup", "Table", "load"]

Model = TypeVar("Model", bound=BaseModel)

FILES = ("branch.toml", "devices.toml")
FOLDERS = ("forms", "tickets", "boards", "keypads", "printers", "readers", "words", "themes")
THEMES = ("light", "night", "contrast")
VOICE = "voice.toml"  # in a folder named after its language
TICKETS = ("ordinary", "elder", "emergency", "prefill")
OUR_WORDS = "zh"  # the language that says which words there are


class _Founded(BaseModel):
    """Of branch.toml only what it stands on."""

    base: Base | None = None


def load(folder: Path, kept: Mapping[str, str] | None = None) -> Setup:
    """The branch in `folder`, or as its files were `kept`; `ConfigError` with all mistakes at once."""
    return _Reader(folder, kept).setup()


class _Reader:
    """Reads file after file, and remembers their bytes for the version and every mistake on the way."""

    def __init__(self, folder: Path, kept: Mapping[str, str] | None = None) -> None:
        self.folder, self.kept = folder, kept
        self.mistakes: list[Mistake] = []
        self.notes: list[Mistake] = []
        self.bytes: dict[str, bytes] = {}
        self.assets = Source(ASSETS, "assets/")
        self.own = Source(folder, "", _kept_under("", kept))
        self.sources = [self.own, self.assets]  # the upper one counts

    def setup(self) -> Setup:
        self._refuse_another_folder()
        branch, devices = self._branch(), self._devices()
        self._refuse_stray_files()
        forms = {name: self._upper("forms", name) for name in self._stems("forms")}
        self._agree(branch, devices, forms)
        self._note_unspoken(branch)
        languages = [
            language for language in agreement.languages_of(branch) if language in self._offered("words/*.toml")
        ]
        words = {language: self._words(language) for language in languages}
        parts: dict[str, Any] = {
            "branch": self._made(Branch, branch, languages),
            "devices": self._made(Devices, devices, languages),
            "forms": {name: self._made(Form, table, languages) for name, table in forms.items()},
            "words": words,
            "themes": {name: self._laid_over("themes", name) for name in THEMES},
            "voices": self._voices(keys(branch, "queues") if branch else []),
            "protocols": self._library("boards", devices, "buses", "*", "boards", "*", "protocol"),
            "keypads": self._library("keypads", devices, "keypads", "*", "protocol"),
            "printers": self._library(
                "printers", devices, "printers", "*", "model", usual=Printer.model_fields["model"].default
            ),
            "readers": self._library("readers", devices, "readers", "*", "model"),
            "tickets": {name: table for name in TICKETS if (table := self._paper(name, languages, words))},
            "wiring": devices,
        }
        if branch and parts["branch"] and parts["devices"]:
            self.mistakes += minimum.missing(branch, parts["branch"], parts["devices"])
        if self.mistakes:
            raise ConfigError(self.mistakes)
        files = {name: text.decode() for name, text in sorted(self.bytes.items())}
        return Setup(folder=self.folder, version=self._version(), notes=tuple(self.notes), files=files, **parts)

    # Files

    def _refuse_another_folder(self) -> None:
        """Without a branch.toml there is nothing to judge: one sentence and no more."""
        file = self.folder / "branch.toml"
        if self.kept is None and not os.path.isdir(self.folder):  # noqa: PTH112  # also where nobody may look
            raise ConfigError([Mistake(self.folder, 1, "is not a folder; name the folder of a branch's TOML files")])
        if closed := [self.own.file(folder) for folder in ("", *FOLDERS) if self.own.closed(folder)]:
            raise ConfigError([Mistake(folder, 1, "may not be read: check its owner and mode") for folder in closed])
        if not self.own.has(file.name):
            raise ConfigError([Mistake(file, 1, "is missing; a branch's folder holds branch.toml and devices.toml")])

    def _refuse_stray_files(self) -> None:
        """A file that nothing reads was meant for something."""
        for folder, known in (("", FILES), ("tickets", _toml(TICKETS)), ("themes", _toml(THEMES))):
            for name in self.own.stems(folder):
                if f"{name}.toml" not in known:
                    file = self.own.file(f"{folder}/{name}.toml" if folder else f"{name}.toml")
                    self.mistakes.append(Mistake(file, 1, f"is not read by anything{hint(file.name, known)}"))
        for folder in sorted({name.split("/")[0] for name in self.own.names("*/*.toml")}):
            if folder not in FOLDERS:
                self.mistakes.append(Mistake(self.own.file(folder), 1, f"is not read{hint(folder, FOLDERS)}"))

    def _note_unspoken(self, branch: Table | None) -> None:
        """Words of the branch's own in a language that nobody is offered."""
        spoken = agreement.languages_of(branch)
        for name in self.own.stems("words"):
            if branch and name not in spoken:
                sentence = f"is not used: languages of branch.toml has {' and '.join(spoken)}"
                self.notes.append(Mistake(self.own.file(f"words/{name}.toml"), 1, sentence))

    def _table(self, name: str, source: Source) -> Table | None:
        """One file of a source, or None and a mistake."""
        file = source.file(name)
        try:
            text = source.read(name)
        except OSError as error:
            self.mistakes.append(unread(file, error))
            return None
        self.bytes[source.prefix + name] = text
        table = parse(file, text)
        if isinstance(table, Mistake):
            self.mistakes.append(table)
            return None
        table, notes = brought_up(table)
        self.notes += notes
        return table

    def _upper(self, folder: str, name: str) -> Table | None:
        """The upmost file of a name: the branch's own, the bank's, ours."""
        file = f"{folder}/{name}.toml"
        source = next((source for source in self.sources if source.has(file)), None)
        return self._table(file, source) if source else None

    def _paper(self, name: str, languages: list[str], words: Mapping[str, Words]) -> Table | None:
        """The layout of a paper: the branch's own, the bank's, or ours, which may be one for the first language."""
        like = [words[language].get("language", {}).get("like", language) for language in languages[:1]]
        files = [f"tickets/{name}-{language}.toml" for language in [*languages[:1], *like]] + [f"tickets/{name}.toml"]
        found = ((file, source) for source in self.sources for file in files if source.has(file))
        return next((self._table(file, source) for file, source in found), None)

    def _stems(self, folder: str) -> list[str]:
        return sorted({stem for source in self.sources for stem in source.stems(folder)})

    def _offered(self, pattern: str) -> list[str]:
        """The names a technician may choose from: ours, the bank's and the branch's own."""
        files = {Path(name) for source in self.sources for name in source.names(pattern)}
        return sorted({file.parent.name if file.name == VOICE else file.stem for file in files})

    # The branch and the bank's profile under it

    def _branch(self) -> Table | None:
        """branch.toml, laid over the bank's where it names a base; None when there is no telling what it stands on."""
        own = self._table("branch.toml", self.own)
        founded = self._made(_Founded, own, [])
        if own is None or founded is None:
            return None
        return self._over(own, founded.base) if founded.base else own

    def _over(self, own: Table, said: Base) -> Table | None:
        folder = self.folder / said.folder
        source = Source(folder, "base/", _kept_under("base/", self.kept))
        if not source.has("branch.toml") or not source.has(base.PROFILE):
            sentence = f'folder is "{said.folder}", where there is no branch.toml with a {base.PROFILE} beside it'
            self.mistakes.append(own.mistake(("base", "folder"), sentence))
            return None
        if self.kept is None:
            self.mistakes += base.broken_seal(folder, said.key)
        self.sources.insert(1, source)
        below, table = self._table("branch.toml", source), self._table(base.PROFILE, source)
        profile = self._made(Profile, table, [])
        if below is None or table is None or profile is None:
            return None
        self._keep_to(own, below, profile.locked, table.file)
        laid, mistakes = base.under(own, below, said.without)
        self.mistakes += mistakes
        return laid

    def _keep_to(self, own: Table, below: Table, locked: list[str], profile: Path) -> None:
        """Nothing that the bank has fixed is touched."""
        self.mistakes += base.touched(own, below, locked, str(profile))
        for name in (name for folder in FOLDERS for name in self.own.names(f"{folder}/*.toml")):
            if base.locked_file(name, locked):
                self.mistakes.append(Mistake(self.own.file(name), 1, f"is fixed by the bank ({profile}): remove it"))

    def _devices(self) -> Table | None:
        """devices.toml; a branch without devices needs none."""
        name = "devices.toml"
        return self._table(name, self.own) if self.own.has(name) else Table(self.own.file(name), {})

    # Judging

    def _agree(self, branch: Table | None, devices: Table | None, forms: Mapping[str, Table | None]) -> None:
        names = agreement.names_of(branch, devices) | {"form": list(forms)}
        names |= {kind: self._offered(pattern) for kind, pattern in agreement.LIBRARIES.items()}
        if branch:
            unknown = list(agreement.of_branch(branch, names))
            self.mistakes += unknown or of_reach(branch)  # whom nobody reaches is not known before names are right
            self.mistakes += sense.of_branch(branch)
        if devices:
            self.mistakes += agreement.of_devices(devices, names)
        for form in filter(None, forms.values()):
            self.mistakes += of_form(form)

    def _made(self, model: type[Model], table: Table | None, languages: list[str]) -> Model | None:
        if table is None:
            return None
        try:
            return model.model_validate(table.data, context={"languages": languages})
        except ValidationError as error:
            self.mistakes += mistakes_in(table, model, error)
            return None

    def _layers(self, folder: str, name: str) -> list[Table]:
        """The files of a name on all sources, ours first."""
        file = f"{folder}/{name}.toml"
        tables = (self._table(file, source) for source in reversed(self.sources) if source.has(file))
        return [table for table in tables if table]

    def _words(self, language: str) -> Words:
        """The words of a language; a language that we do not have must have every word."""
        if self.assets.has(f"words/{language}.toml"):
            return self._laid_over("words", language)
        known = self._table(f"words/{OUR_WORDS}.toml", self.assets)
        layers = self._layers("words", language)
        if known and layers:
            told = Table(layers[-1].file, reduce(merged, (layer.data for layer in layers)), layers[-1].text)
            self.mistakes += [*left_out(told, known.data), *unlike_ours(told)]
        return self._merged([*([known] if known else []), *layers])

    def _laid_over(self, folder: str, name: str) -> dict[str, Any]:
        return self._merged(self._layers(folder, name))

    def _merged(self, layers: list[Table]) -> dict[str, Any]:
        """Sections laid over one another; whatever lies above has only keys of the lowest."""
        for layer in layers[1:]:
            self.mistakes += misfits(layer, layers[0].data)
        data: dict[str, Any] = reduce(merged, (layer.data for layer in layers), {})
        return data

    def _voices(self, letters: list[str]) -> dict[str, Speech]:
        """Every language there is a voice for; each reads the letters of all lines."""
        found = {code: self._speech(code, letters) for code in self._offered(f"voices/*/{VOICE}")}
        return {code: speech for code, speech in found.items() if speech}

    def _speech(self, code: str, letters: list[str]) -> Speech | None:
        table = self._upper(f"voices/{code}", "voice")
        file = self._made(VoiceFile, table, [])
        if table is None or file is None:
            return None
        mute = [letter for letter in letters if agreement.LETTER.fullmatch(letter) and letter not in file.signs]
        if mute:
            sentence = f"signs does not say how {', '.join(mute)} is read, a letter of branch.toml's lines"
            self.mistakes.append(table.mistake(("signs",), sentence))
        return Speech(code, table.file.parent, file)

    def _library(self, folder: str, devices: Table | None, *pattern: str, usual: str = "") -> dict[str, Table]:
        """The protocols or profiles that devices.toml names, and the usual one where it names none."""
        *around, key = pattern
        places = walk(devices.data, tuple(around)) if devices else ()
        named = {str(place.get(key, usual)) for _, place in places if isinstance(place, dict)} - {""}
        found = {name: self._upper(folder, name) for name in sorted(named)}
        return {name: table for name, table in found.items() if table}

    def _version(self) -> str:
        """Twelve hex digits that change whenever any file that was read does."""
        digest = sha256()
        for name in sorted(self.bytes):
            digest.update(name.encode() + b"\0" + sha256(self.bytes[name]).digest())
        return digest.hexdigest()[:12]


def _kept_under(prefix: str, kept: Mapping[str, str] | None) -> dict[str, str] | None:
    """The kept files of one source; the branch's own have no prefix."""
    if kept is None:
        return None
    if not prefix:
        return own_files(kept)
    return {name.removeprefix(prefix): text for name, text in kept.items() if name.startswith(prefix)}


def _toml(names: Iterable[str]) -> list[str]:
    return [f"{name}.toml" for name in names]
