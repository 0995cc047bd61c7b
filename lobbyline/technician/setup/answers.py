"""Questions and answers: asked of a technician, or read from files that answer for a hundred branches.

Every answer has a name like `printer.at` and is kept as soon as it is given, in the same form that `--answers` reads: a
setup that was left goes on where it stopped, and what was answered for one branch is the file for the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from lobbyline.lobby.config.mistakes import hint, shown
from lobbyline.lobby.config.toml import Table, table_of
from lobbyline.lobby.errors import ConfigError, Mistake
from lobbyline.technician.setup import edit

Judge = Callable[[str], str]  # the answer as it counts, or ValueError with a sentence
YES, NO, DONE = "yes", "no", "done"


class Unfinished(Exception):
    """The technician went away; what was answered is kept."""


class Answers:
    """What is known already, and a way to ask for the rest: `ask` is None where nobody can be asked."""

    def __init__(
        self, kept: Path, given: Iterable[Path] = (), ask: Callable[[str], str] | None = None, *, again: bool = False
    ) -> None:
        self._kept, self._ask, self._again = kept, ask, again
        known = [kept] if kept.exists() and not again else []
        self._tables = [table_of(file) for file in (*reversed(list(given)), *known)]
        self._told: dict[str, str] = {}
        self._answers: dict[str, str] = {}
        self._mistakes: list[Mistake] = []

    @property
    def can_ask(self) -> bool:
        return self._ask is not None

    @property
    def going_on(self) -> bool:
        """Whether somebody goes on with what he answered before, rather than begins anew."""
        return self.can_ask and not self._again

    def get(self, name: str, question: str, usual: str | None = None, judge: Judge = str) -> str:
        """The answer to a question: the known one, the technician's, or the usual one where nobody can be asked."""
        self._answers[name] = self._found(name, question, usual, judge)
        return self._answers[name]

    def _found(self, name: str, question: str, usual: str | None, judge: Judge) -> str:
        if name in self._answers:
            return self._answers[name]
        table = next((table for table in self._tables if _value(table, name) is not None), None)
        if table is not None:
            return self._known(table, name, judge)
        if self._ask is not None:
            return self._keep(name, self._asked_for(question, usual, judge))
        if usual is None:
            self._mistakes.append(Mistake(self._file, 1, f"{name} is not answered: {question}"))
        return usual or ""

    def each(
        self, name: str, most: int, question: str, judge: Judge = str, usual: Sequence[str] = (), first: str = "1"
    ) -> Iterator[tuple[int, str]]:
        """What there may be several of, until one is answered with -; `{}` of name and question is its place."""
        for place in range(1, most + 1):
            likely = usual[place - 1] if self.can_ask and place <= len(usual) else "-"
            told = self.get(name.format(first if place == 1 else place), question.format(place), likely, judge)
            if told in ("-", ""):
                return
            yield place, told

    def told(self, name: str) -> str:
        """The answer to what was asked before."""
        return self._answers[name]

    def wants(self, name: str, question: str) -> bool:
        """Whether something shall be tried now: of course when somebody is there to see it."""
        usual = YES if self.can_ask else NO
        return self.get(name, f"{question} (yes, no)", usual, one_of((YES, NO, DONE))) == YES

    def done(self, name: str) -> None:
        """Something was tried: a setup that goes on later does not try it again."""
        if self.can_ask:
            self._keep(name, DONE)

    def judged(self) -> None:
        """All mistakes of the answers at once, and every answer that answers nothing."""
        for table in self._tables:
            for name in _names(table.data):
                if name not in self._answers and table.file != self._kept:
                    sentence = f"{name} answers no question of this setup{hint(name, sorted(self._answers))}"
                    self._mistakes.append(table.mistake(tuple(name.split(".")), sentence))
        if self._mistakes:
            raise ConfigError(self._mistakes)

    @property
    def _file(self) -> Path:
        return self._tables[0].file if self._tables else self._kept

    def _known(self, table: Table, name: str, judge: Judge) -> str:
        told = _value(table, name)
        try:
            return judge({True: YES, False: NO}[told] if isinstance(told, bool) else str(told))
        except ValueError as error:
            self._mistakes.append(table.mistake(tuple(name.split(".")), f"{name}: {error}"))
            return ""

    def _asked_for(self, question: str, usual: str | None, judge: Judge) -> str:
        assert self._ask is not None  # noqa: S101, looked at by `get`
        while True:
            told = self._ask(f"{question}{f' [{usual}]' if usual else ''}: ").strip() or usual
            if told is None:
                print("  an answer is needed here")
                continue
            try:
                return judge(told)
            except ValueError as error:
                print(f"  {error}")

    def _keep(self, name: str, answer: str) -> str:
        """Remember an answer durably, table by table."""
        self._told[name] = self._answers[name] = answer
        known = self._tables[-1].data if self._tables and self._tables[-1].file == self._kept else {}
        told = {name: str(_at(known, name)) for name in _names(known)} | self._told
        tables: dict[str, list[str]] = {}
        for key, value in told.items():
            table, _, last = key.rpartition(".")
            tables.setdefault(table, []).append(f"{last} = {edit.written(value)}")
        edit.put(self._kept, "\n".join(f"[{table}]\n" + "\n".join(rows) + "\n" for table, rows in tables.items()))
        return answer


def one_of(allowed: Sequence[str]) -> Judge:
    """A judge that knows the words that may be said."""

    def judge(told: str) -> str:
        if told not in allowed:
            raise ValueError(f"{shown(told)} is not known{hint(told, allowed)}")
        return told

    return judge


def number(least: int, most: int) -> Judge:
    def judge(told: str) -> str:
        if not told.isdecimal() or not least <= int(told) <= most:
            raise ValueError(f"{told!r} is not a number from {least} to {most}")
        return str(int(told))

    return judge


def _value(table: Table, name: str) -> Any:
    found = _at(table.data, name)
    return None if isinstance(found, dict) else found


def _at(data: Any, name: str) -> Any:
    for key in name.split("."):
        data = data.get(key) if isinstance(data, dict) else None
    return data


def _names(data: dict[str, Any], before: str = "") -> list[str]:
    """The name of every answer in a file."""
    found = []
    for key, value in data.items():
        found += _names(value, f"{before}{key}.") if isinstance(value, dict) else [f"{before}{key}"]
    return found
