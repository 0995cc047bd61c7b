"""The `lobbyline` command: it runs one subcommand, and tells how every outcome ended.

Exit codes: 0 done, 2 bad configuration (or usage), 3 a refusal, 4 a device or the store.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from lobbyline.drivers.errors import DeviceError
from lobbyline.lobby.errors import ConfigError, Refusal, StoreError
from lobbyline.technician.call import BAD_CONFIG, DONE, FAULT, REFUSED, Answer, Call
from lobbyline.technician.commands import MODULES, parser

GARBLED = re.compile("[\ud800-\udfff]")  # how Python keeps bytes that are no text here; a file may be named so
PROGRAMS = (*MODULES["running.programs"], *MODULES["running.together"])


def main(arguments: list[str] | None = None) -> int:
    """Run one subcommand and tell how it ended, to whoever still listens."""
    have_streams()
    try:
        code = run(understand(arguments))
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read our output has gone
        fall_silent()
        return DONE
    except Unwritten as error:
        fall_silent()
        print(error, file=sys.stderr)
        return FAULT
    return code


class Unwritten(Exception):
    """The answer could not be written: the disk that it goes to is full."""


def have_streams() -> None:
    """Every sign can be written, if need be as its number, and a stream that the caller closed leads nowhere.

    No file of ours takes the place of a closed one: what somebody prints would go into it.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115  # open to the end
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def fall_silent() -> None:
    """The interpreter flushes once more at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def run(options: argparse.Namespace) -> int:
    """Run what was asked for, and tell how it ended; its exit code."""
    try:
        found = options.run(Call(options))
    except ConfigError as error:
        return tell_mistakes(error, as_json=options.json)
    except Refusal as refusal:
        told = {"refused": refusal.code, "reason": refusal.sentence}
        return tell_no(Answer(refusal.sentence, told, REFUSED), as_json=options.json)
    except (DeviceError, StoreError) as error:
        return tell_no(Answer(str(error), {"fault": str(error)}, FAULT), as_json=options.json)
    except OSError as error:
        if not named(options, error.filename):
            raise
        options.misused(f"{error.filename}: {error.strerror}")
    return found if isinstance(found, int) else tell(found, as_json=options.json)


def named(options: argparse.Namespace, file: str | None) -> bool:
    """Whether the caller named this file, or a folder above it: no bug of ours. A program is started again instead."""
    ours = any(isinstance(one, Path) and Path(file).is_relative_to(one) for one in said(options)) if file else False
    return ours and options.command not in PROGRAMS


def said(options: argparse.Namespace) -> list[object]:
    """Every word of a call, whichever option or list it stands in."""
    return [part for value in vars(options).values() for part in (value if isinstance(value, list) else [value])]


def understand(arguments: list[str] | None) -> argparse.Namespace:
    """The options of a call; further words may stand before or after options, which argparse alone would refuse."""
    arguments = sys.argv[1:] if arguments is None else arguments
    options, late = parser(arguments).parse_known_args(arguments)
    if late and ("words" not in options or any(word.startswith("-") for word in late)):
        options.misused(f"there is no use for {' '.join(late)} here")
    if late:
        options.words += late
    if garbled := next((word for word in said(options) if isinstance(word, str) and GARBLED.search(word)), None):
        options.misused(f"{garbled!a} is not written in this terminal's encoding")
    return options


def tell(answer: Answer, *, as_json: bool, to: TextIO | None = None) -> int:
    """Print an answer, for people or for programs; its exit code."""
    told = as_text(answer.data) if as_json else answer.text
    try:
        if told:
            print(told, file=to, flush=True)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise Unwritten(f"The answer could not be written: {error.strerror}") from error
    return answer.code


def as_text(data: object) -> str:
    """JSON as it can be read, by whichever encoding is spoken here."""
    return json.dumps(data, ensure_ascii=not sys.stdout.encoding.lower().startswith("utf"))


def tell_no(answer: Answer, *, as_json: bool) -> int:
    """What was not done is told on standard error, unless a program reads it."""
    return tell(answer, as_json=as_json, to=None if as_json else sys.stderr)


def tell_mistakes(error: ConfigError, *, as_json: bool) -> int:
    mistakes = [{"file": str(m.file), "line": m.line, "sentence": m.sentence} for m in error.mistakes]
    return tell(Answer(str(error), {"mistakes": mistakes}, BAD_CONFIG), as_json=as_json)
