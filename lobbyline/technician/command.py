"""The `lobbyline` command: its words, its options, and how every outcome is told.

Exit codes: 0 done, 2 bad configuration (or usage), 3 a refusal, 4 a device or the store.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from lobbyline import ASSETS
from lobbyline.drivers.errors import DeviceError
from lobbyline.lobby.errors import ConfigError, Refusal, StoreError
from lobbyline.technician import tools
from lobbyline.technician.call import BAD_CONFIG, DONE, FAULT, REFUSED, Answer, Call

SAMPLE = ASSETS / "branches" / "jingqi-street"

Run = Callable[[Call], "Answer | int"]


def main(arguments: list[str] | None = None) -> int:
    """Run one subcommand and tell how it ended."""
    options = understand(arguments)
    try:
        found = options.run(Call(options))
    except ConfigError as error:
        return tell_mistakes(error, as_json=options.json)
    except Refusal as refusal:
        told = {"refused": refusal.code, "reason": refusal.sentence}
        return tell(Answer(refusal.sentence, told, REFUSED), as_json=options.json)
    except (DeviceError, StoreError) as error:
        return tell(Answer(str(error), {"fault": str(error)}, FAULT), as_json=options.json)
    except BrokenPipeError:  # whoever read our output has gone
        return DONE
    return found if isinstance(found, int) else tell(found, as_json=options.json)


def understand(arguments: list[str] | None) -> argparse.Namespace:
    """The options of a call; further words may stand before or after options, which argparse alone would refuse."""
    arguments = sys.argv[1:] if arguments is None else arguments
    options, late = parser(arguments).parse_known_args(arguments)
    if late and ("words" not in options or any(word.startswith("-") for word in late)):
        options.misused(f"unrecognized arguments: {' '.join(late)}")
    if late:
        options.words += late
    return options


def tell(answer: Answer, *, as_json: bool) -> int:
    """Print an answer; a no goes to standard error unless a program reads it."""
    if as_json:
        print(json.dumps(answer.data, ensure_ascii=False))
    elif answer.text:
        print(answer.text, file=sys.stderr if answer.code in (REFUSED, FAULT) else sys.stdout)
    return answer.code


def tell_mistakes(error: ConfigError, *, as_json: bool) -> int:
    mistakes = [{"file": str(m.file), "line": m.line, "sentence": m.sentence} for m in error.mistakes]
    return tell(Answer(str(error), {"mistakes": mistakes}, BAD_CONFIG), as_json=as_json)


def parser(arguments: Sequence[str] = ()) -> argparse.ArgumentParser:
    """The subcommands that the arguments name, with their options; if none, all, each with a line on what it is for."""
    top = argparse.ArgumentParser(
        prog="lobbyline", description="Runs a bank branch's lobby.", parents=[_common(top=True)]
    )
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def add(name: str, run: Run, sentence: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=sentence, description=sentence, parents=[_common(top=False)])
        command.set_defaults(run=run, misused=command.error)
        return command

    tools.add_commands(add, lambda: _common(top=False), arguments)
    return top


def _common(*, top: bool) -> argparse.ArgumentParser:
    """Options that every subcommand takes, before its name or after it."""
    common = argparse.ArgumentParser(add_help=False)

    def add(name: str, default: object, **rest: Any) -> None:
        common.add_argument(name, default=default if top else argparse.SUPPRESS, **rest)

    branch, data = Path(os.environ.get("LOBBYLINE_BRANCH", SAMPLE)), Path(os.environ.get("LOBBYLINE_DATA", "var"))
    add("--branch", branch, type=Path, metavar="DIR", help="a folder of TOML; $LOBBYLINE_BRANCH or the sample branch")
    add("--data", data, type=Path, metavar="DIR", help="where the memory lives; $LOBBYLINE_DATA or var/")
    machine = os.environ.get("LOBBYLINE_MACHINE", "")
    add("--machine", machine, metavar="NAME", help="of [machines]; $LOBBYLINE_MACHINE or this host's name")
    add("--at", None, type=_moment, metavar="TIME", help="an ISO time taken instead of the clock")
    add("--ahead", None, type=float, help=argparse.SUPPRESS)  # seconds; so that programs started together agree
    add("--json", False, action="store_true", help="print JSON")
    return common


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a time like 2026-11-23T10:15") from error
