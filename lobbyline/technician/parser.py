"""The words of the command line: one kind of parser for all commands, which tells a misuse in a sentence.

Options that every command takes stand before its name or after it, and are told once, in the help of `lobbyline`.
"""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from lobbyline import ASSETS
from lobbyline.technician.call import BAD_CONFIG

if TYPE_CHECKING:
    from lobbyline.technician.call import Answer, Call

    Run = Callable[[Call], Answer | int]

Day = TypeVar("Day", date, datetime)
YEARS = range(1970, 3000)
SAMPLE = ASSETS / "branches" / "jingqi-street"
EVERYWHERE = "Further options are the same for every command: `lobbyline --help` tells them."
# What argparse says, for somebody who never programmed.
PLAINLY = (
    (re.compile(r"the following arguments are required: (.*)"), r"missing: \1"),
    (re.compile(r"unrecognized arguments: (.*)"), r"there is no use for \1 here"),
    (re.compile(r"argument (.*): expected .*"), r"\1 needs a value"),
    (re.compile(r"argument (.*): ignored explicit argument (.*)"), r"\1 takes no value, and has \2"),
    (re.compile(r"argument (.*): invalid int value: '(.*)'"), r'\1 is "\2"; a whole number is expected'),
    (re.compile(r"argument (.*): invalid float value: '(.*)'"), r'\1 is "\2"; a number is expected'),
    (re.compile(r"argument ([^:]*): (.*)"), r"\1 is \2"),
)


class Parser(argparse.ArgumentParser):
    """The words of one command, and of those that stand after it."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._positionals.title = "words"
        self.sentences: dict[str, str] = {}
        self._after: Any = None

    def command(self, name: str, run: Run | None, sentence: str) -> Parser:
        """One more word after this one; `run` is None where it says nothing without a word of its own."""
        if self._after is None:
            self.further("WHAT", help="" if self.get_default("run") == self.incomplete else "may be left out")
        one: Parser = self._after.add_parser(name, help=sentence, description=sentence, epilog=EVERYWHERE)
        one.set_defaults(run=run or one.incomplete, misused=one.error)
        add_common(one, top=False)
        self.sentences[name] = sentence
        return one

    def further(self, metavar: str, **how: Any) -> None:
        """How the word after this one is told in usage and help."""
        self._after = self.add_subparsers(metavar=metavar, parser_class=Parser, **how)

    def by(self, usual: str = "", *, required: bool = False) -> Parser:
        """Who decided it."""
        told = f"whose decision it is{f'; {usual} unless given' if usual else ''}"
        self.add_argument("--by", default=usual, required=required, metavar="WHO", help=told)
        return self

    def reason(self) -> Parser:
        self.add_argument("--reason", default="", metavar="WHY", help="kept beside it")
        return self

    def once(self) -> Parser:
        """What repeats itself over a lost line is done once."""
        self.add_argument("--key", help="the same key twice does it once")
        return self

    def incomplete(self, _: Call) -> NoReturn:
        """A name that wants another word after it."""
        self.error(f"missing: {self._after.metavar}, one of {', '.join(self.sentences)}")

    def error(self, message: str) -> NoReturn:
        """What is misused, in a sentence, and how it is used."""
        self.exit(BAD_CONFIG, f"{self.prog}: {plainly(message)}\n{self.format_usage()}")

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is not None and value not in action.choices:
            from lobbyline.lobby.config.mistakes import hint, shown  # only a mistake needs them

            raise argparse.ArgumentError(action, f"{shown(value)}{hint(value, action.choices)}")


def plainly(message: str) -> str:
    """A sentence of argparse in words for everybody; one of ours as it is."""
    known = ((pattern.fullmatch(message), words) for pattern, words in PLAINLY)
    return next((found.expand(words) for found, words in known if found), message)


def add_common(parser: argparse.ArgumentParser, *, top: bool) -> None:
    """The options that every command takes; after its name they change what was said before it."""

    def add(name: str, default: object, sentence: str, **rest: Any) -> None:
        default, sentence = (default, sentence) if top else (argparse.SUPPRESS, argparse.SUPPRESS)
        parser.add_argument(name, default=default, help=sentence, **rest)

    branch = Path(os.environ.get("LOBBYLINE_BRANCH") or SAMPLE)
    data = Path(os.environ.get("LOBBYLINE_DATA") or "var")
    add("--branch", branch, "the branch's folder; else $LOBBYLINE_BRANCH, or the sample", type=Path, metavar="DIR")
    add("--data", data, "where the memory lives; else $LOBBYLINE_DATA, or var/", type=Path, metavar="DIR")
    machine = os.environ.get("LOBBYLINE_MACHINE", "")
    add("--machine", machine, "one of [machines]; else $LOBBYLINE_MACHINE, or this host", metavar="NAME")
    add("--at", None, "taken instead of the clock, like 2026-11-23T10:15", type=moment, metavar="TIME")
    add("--ahead", None, argparse.SUPPRESS, type=seconds)  # seconds; so that programs started together agree
    add("--json", False, "answer in JSON, for programs", action="store_true")


def moment(text: str) -> datetime:
    return within_reach(text, datetime.fromisoformat, "a time like 2026-11-23T10:15 is expected")


def seconds(text: str) -> float:
    """How far a clock is set from the machine's: within the years there are."""
    with suppress(ValueError, OverflowError):
        found = float(text)
        if (datetime.now(UTC) + timedelta(seconds=found)).year in YEARS:
            return found
    raise argparse.ArgumentTypeError(f'"{text}"; seconds are expected, like 3600')


def day(text: str) -> date:
    return within_reach(text, date.fromisoformat, "a date like 2026-11-23 is expected")


def within_reach(text: str, read: Callable[[str], Day], expected: str) -> Day:
    """A day or time with room around it: at the ends of the calendar nobody can reckon."""
    with suppress(ValueError):
        found = read(text)
        if found.year in YEARS:
            return found
    raise argparse.ArgumentTypeError(f'"{text}"; {expected}')
