"""The files of a branch have a life: draft, trial, frozen. Each version keeps its files, its author and the reason.

First hold to a rule, then improve it, then freeze it: a version is applied, that is tried out in the lobby, its figures
are compared with those of the version before, and then it is frozen or the former files come back. All programs take
what was applied while they run (`in_use.py`). What a program runs under without anybody having applied it is kept as a
draft, so that every ticket's version can be looked up.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from lobbyline import durable
from lobbyline.lobby.config.folder import Setup, load
from lobbyline.lobby.config.source import own_files
from lobbyline.lobby.errors import ConfigError, Refusal
from lobbyline.lobby.store.book import Book
from lobbyline.lobby.store.pages.versions import StageRow

if TYPE_CHECKING:
    from lobbyline.lobby.lobby import Lobby

# From which stages a version may be tried out and frozen; "back" is a return to kept files, from any stage.
STAGES: dict[str, tuple[str, ...]] = {"trial": ("draft", "back"), "frozen": ("trial", "back")}
APPLIED = ("trial", "back")  # the stages that put a version into use


@dataclass(frozen=True)
class Version:
    """A version with its newest stage and everything that led there."""

    version: str
    stage: str
    life: list[StageRow]
    in_use: bool


class Versions:
    """The versions of one branch's files."""

    def __init__(self, lobby: Lobby) -> None:
        self._lobby = lobby
        self._kept = ""  # the version that is known to be kept

    def all(self) -> list[Version]:
        """Every version that was ever kept, oldest first."""
        with self._lobby.read() as book:
            rows, applied = book.versions.stages(), book.versions.in_use()
        now = applied.version if applied else self._lobby.setup.version
        return [_version(version, rows, now) for version in dict.fromkeys(row.version for row in rows)]

    def find(self, version: str) -> Version:
        """A version by its first digits, or "now" for the files that are in use."""
        wanted = self._lobby.setup.version if version == "now" else version
        known = [one for one in self.all() if one.version.startswith(wanted)]
        if len(known) != 1:
            with self._lobby.speaking():
                raise Refusal("unknown_version", version=version, known=[one.version for one in self.all()])
        return known[0]

    def running(self) -> Setup:
        """What the programs run under: applied, or else what they kept when they started."""
        with self._lobby.read() as book:
            applied, kept = book.versions.in_use(), book.versions.kept()
            files = book.versions.files(kept[0]) if kept and not applied else None
        return load(self._lobby.setup.folder, files or self._lobby.setup.files)

    def begin(self, at: datetime) -> None:
        """A program starts: what it runs under is kept, so that there is a way back to it."""
        with self._lobby.write() as book:
            self.remember(book, at)
        self.remembered()

    def keep(self, setup: Setup, at: datetime, author: str, reason: str) -> Version:
        """Keep checked files as a draft."""
        with self._lobby.write() as book:
            self._must_say(author, reason)
            self._keep(book, setup, at, author, reason)
        return self.find(setup.version)

    def apply(self, setup: Setup, at: datetime, author: str, reason: str) -> Version:
        """Try checked files out: every program takes them at its next ticket."""
        with self._lobby.write() as book:
            self._must_say(author, reason)
            applied = book.versions.in_use()
            if applied and applied.version == setup.version:
                raise Refusal("nothing_new", version=setup.version)
            self._keep(book, setup, at, author, reason)
            drafted = [row.stage for row in book.versions.stages() if row.version == setup.version] == ["draft"]
            self._use(book, setup.version, setup, "trial" if drafted else "back", author, reason, at)
        self._lobby.catch_up()
        return self.find(setup.version)

    def advance(self, version: str, stage: str, author: str, reason: str, at: datetime) -> Version:
        """A draft to trial, which applies it, a trial to frozen; under a name and with a reason."""
        found = self.find(version)
        with self._lobby.write() as book:
            self._must_say(author, reason)
            if found.stage not in STAGES[stage]:
                raise Refusal("wrong_stage", version=found.version, stage=found.stage, wanted=stage)
            if stage != "trial":
                self._note(book, found.version, stage, author, reason, at)
        if stage == "trial":
            self._bring(found, stage, author, reason, at)
        return self.find(found.version)

    def roll_back(self, version: str, author: str, reason: str, at: datetime) -> list[Path]:
        """Apply a kept version again, the one in use before unless it is named; its files return into the folder.

        What lies in the folder now is kept as a draft first, when it is right.
        """
        return self._bring(self.find(version) if version else self._before(), "back", author, reason, at)

    def _bring(self, found: Version, stage: str, author: str, reason: str, at: datetime) -> list[Path]:
        """Kept files into use and into the folder."""
        folder = self._lobby.setup.folder
        with self._lobby.write() as book:
            self._must_say(author, reason)
            files = book.versions.files(found.version) or {}
            with suppress(ConfigError):
                self._keep(book, load(folder), at, author, f"in the folder before {found.version} came back")
            self._use(book, found.version, load(folder, files), stage, author, reason, at)
        self._lobby.catch_up()
        return lay_down(folder, files)

    def _use(self, book: Book, version: str, setup: Setup, stage: str, author: str, reason: str, at: datetime) -> None:
        """From the next ticket on."""
        must_be_harmless(self._lobby, book, setup, at)
        self._note(book, version, stage, author, reason, at)

    def _before(self) -> Version:
        """What was in use before: applied earlier, or else kept as used without that."""
        with self._lobby.read() as book:
            applied, stages = book.versions.in_use(), book.versions.stages()
        used = [row.version for row in stages if row.stage in APPLIED]
        drafts = [row.version for row in stages if row.version not in used]
        former = [version for version in [*drafts[-1:], *used] if applied and version != applied.version]
        if not former:
            with self._lobby.speaking():
                raise Refusal("nothing_before")
        return self.find(former[-1])

    def remember(self, book: Book, at: datetime) -> None:
        """Keep what this program runs under, at its first ticket; costs nothing after that."""
        if self._kept != self._lobby.setup.version:
            who = self._lobby.where or "program"
            self._keep(book, self._lobby.setup, at, who, "in use without having been applied")

    def remembered(self) -> None:
        """The transaction that kept the files was committed."""
        self._kept = self._lobby.setup.version

    def _keep(self, book: Book, setup: Setup, at: datetime, author: str, reason: str) -> None:
        if book.versions.files(setup.version) is None:
            book.versions.add(setup.version, dict(setup.files), at)
            self._note(book, setup.version, "draft", author, reason, at)

    def _note(self, book: Book, version: str, stage: str, author: str, reason: str, at: datetime) -> None:
        book.versions.add_stage(version, stage, author, reason, at)
        book.note("version", at, author, version=version, stage=stage, reason=reason)

    def _must_say(self, author: str, reason: str) -> None:
        if not author.strip() or not reason.strip():
            raise Refusal("author_missing")


def _version(version: str, rows: list[StageRow], now: str) -> Version:
    life = [row for row in rows if row.version == version]
    return Version(version, life[-1].stage, life, version == now)


def must_be_harmless(lobby: Lobby, book: Book, setup: Setup, at: datetime) -> None:
    """Nothing that a living ticket, an open counter or a voucher in stock stands on may vanish under it."""
    now, new, needed = lobby.branch, setup.branch, book.versions.needed(lobby.day(at))
    if new.id != now.id:
        raise Refusal("another_branch", was=now.id, id=new.id)
    at_work = {number for number, row in lobby.counters(book, at).items() if row.state != "closed"}
    stock = {kind for kind, states in book.voucher_states().items() if states.get("stock")}
    gone = [f"[services.{code}]" for code in sorted(needed.services - new.services.keys())]
    gone += [f"[queues.{letter}]" for letter in sorted(needed.queues - new.queues.keys())]
    gone += [f"[segments.{name}]" for name in sorted(needed.segments - new.segments.keys())]
    gone += [f"[[counters]] {number}" for number in sorted(at_work) if new.counter(number) is None]
    gone += [f"[vouchers.{kind}]" for kind in sorted(stock - new.vouchers.keys())]
    if gone:
        raise Refusal("still_needed", what=gone)


def lay_down(folder: Path, files: dict[str, str]) -> list[Path]:
    """Write the branch's own files of a version; files it did not have are set aside, not deleted."""
    own = own_files(files)
    written = []
    for file in sorted(folder.rglob("*.toml")):
        if file.relative_to(folder).as_posix() not in own:
            file.replace(file.with_suffix(".toml.aside"))
    for name, text in own.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        durable.write(path, text.encode())
        written.append(path)
    return written
