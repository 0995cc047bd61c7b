"""The `lobbyline` command: its words, its options, and how every outcome is told.

Exit codes: 0 done, 2 bad configuration (or usage), 3 a refusal, 4 a device or the store.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from lobbyline import ASSETS
from lobbyline.drivers.errors import DeviceError
from lobbyline.lobby.errors import ConfigError, Refusal, StoreError
from lobbyline.technician import (
    board,
    care,
    doctor,
    drill,
    files,
    form,
    memory,
    office,
    plan,
    printer,
    programs,
    reader,
    simulate,
    staff,
    ticket,
    verbs,
    voices,
)
from lobbyline.technician.call import BAD_CONFIG, DONE, FAULT, REFUSED, Answer, Call
from lobbyline.technician.setup import wizard

SAMPLE = ASSETS / "branches" / "jingqi-street"


PATIENCE_HELP = "without a sign of life this long a program is taken for frozen"

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
    options, late = parser().parse_known_args(arguments)
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


def parser() -> argparse.ArgumentParser:
    """Every subcommand with its options; each says in one line what it is for."""
    top = argparse.ArgumentParser(
        prog="lobbyline", description="Runs a bank branch's lobby.", parents=[_common(top=True)]
    )
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def add(name: str, run: Run, sentence: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=sentence, description=sentence, parents=[_common(top=False)])
        command.set_defaults(run=run, misused=command.error)
        return command

    _add_programs(add)
    _add_verbs(add)
    _add_days(add)
    office.add_office(add, lambda: _common(top=False))
    files.add_files(add, lambda: _common(top=False))
    staff.add_staff(add, lambda: _common(top=False))
    _add_voice(add)
    _add_paper(add)
    drill.add_drill(add("drill", drill.drill, "Faults played on stand-ins, and what the staff should see."))
    wizard.add_setup(add("setup", wizard.setup, "The first installation, step by step; goes on where it was left."))
    copying = add("backup", care.backup, "A verified copy of the memory, taken while the programs work.")
    care.add_backup(copying, lambda: _common(top=False))
    keeping = add("store", memory.prepare, "Where the memory lives: a file, or a PostgreSQL server.")
    memory.add_store(keeping, lambda: _common(top=False))
    looking = add("doctor", doctor.doctor, "Look at each device, the disk, the clock, the store: ok, or what to do.")
    printer.add_doctor(looking, lambda: _common(top=False))
    return top


Add = Callable[[str, Run, str], argparse.ArgumentParser]


def _add_programs(add: Add) -> None:
    run = add("run", programs.run, "Start kiosk, screen, boards and staff pages, and watch them.")
    run.add_argument("--standins", action="store_true", help="also start a stand-in for every device")
    run.add_argument("--window", action="store_true", help="with --standins: a window that shows boards and paper")
    run.add_argument("--patience", type=float, default=programs.PATIENCE, metavar="SECONDS", help=PATIENCE_HELP)
    run.add_argument("--fingers", action="store_true", help="open the touch panels' stand-ins in DATA/finger")
    for name, program, sentence in (
        ("kiosk", programs.kiosk, "The customers' touchscreen and its ticket printer."),
        ("screen", programs.screen, "The hall screen and the voice."),
    ):
        add(name, program, sentence).add_argument("--finger", type=Path, metavar="SOCKET", help="stand-in of the panel")
    add("boards", programs.boards, "The call boards.")
    add("keypads", programs.keypads, "Callers and rating pads on serial lines.")
    add("staff", programs.staff, "The staff's pages.")
    standin = add("standin", programs.standin, "A stand-in for every device of devices.toml.")
    standin.add_argument("--window", action="store_true", help="show boards and paper in a window")
    kinds = standin.add_subparsers(dest="kind", metavar="printer|reader")
    printer.add_standin(kinds, lambda: _common(top=False))
    reader.add_standin(kinds, lambda: _common(top=False))
    visit = add("visit", programs.visit, "Play one whole visit off-screen with the real programs; leaves pictures.")
    visit.add_argument("--pictures", type=Path, default=Path("var/visit"), metavar="DIR", help="where they go")
    add("demo", programs.demo, "The sample branch with stand-ins: on the screen, or one visit where there is none.")


def _add_days(add: Add) -> None:
    simulated = add("simulate", simulate.simulate, "Play a day in virtual time with the rule that calls customers.")
    simulated.add_argument("arrivals", type=Path, metavar="ARRIVALS.csv")
    simulated.add_argument("--policy", choices=simulate.RULES, help="instead of the branch's own rule")
    simulated.add_argument("--out", type=Path, required=True, metavar="VISITS.csv")
    recorded = add("record", simulate.record, "Write a day of the event log as arrivals, to be simulated.")
    recorded.add_argument("day", type=date.fromisoformat, metavar="DAY", help="a date like 2026-11-23")
    recorded.add_argument("--out", type=Path, required=True, metavar="ARRIVALS.csv")
    planned = add("plan", plan.plan, "How many counters each half hour, and what every rule would have given.")
    planned.add_argument("arrivals", type=Path, metavar="ARRIVALS.csv")
    planned.add_argument("--over", type=float, default=10, metavar="PERCENT", help="target: customers over 20 minutes")
    planned.add_argument("--long", type=float, default=40, metavar="MINUTES", help="target: P95 of long jobs")
    planned.add_argument("--picture", type=Path, metavar="FILE.svg")


def _add_verbs(add: Add) -> None:
    take = add("take", verbs.take, "Draw a number.")
    take.add_argument("service", metavar="SERVICE")
    take.add_argument("--segment", default="ordinary")
    take.add_argument("--key", help="the same key twice gives the same ticket")
    take.add_argument("--print", action="store_true", dest="paper", help="print it at the kiosk")
    add("waiting", verbs.waiting, "Who waits, in call order.")
    add("show", verbs.show, "One ticket with all its events.").add_argument("ticket", metavar="TICKET")
    counter = add("counter", verbs.counter, "A teller's key at one counter.")
    counter.add_argument("number", metavar="N", type=int)
    counter.add_argument(
        "verb", choices=sorted(verbs.COUNTER_VERBS), metavar="VERB", help=", ".join(verbs.COUNTER_VERBS)
    )
    counter.add_argument("words", nargs="*", metavar="WORD", help="call TICKET | move TICKET SERVICE | check CONTROL …")
    counter.add_argument("--key", help="the same key twice does it once")
    counter.add_argument("--by", default="", metavar="PERSON", help="who opens the counter or did the control")
    counter.add_argument("--reason", default="", metavar="WHY", help="why the counter pauses")
    add("form", form.form, "Check answers (JSON on standard input) against a form.").add_argument(
        "form", metavar="FORM"
    )
    hand = add("board", board.run, "Boards by hand: check a protocol's file, try frames on a line, list all.")
    verbs_of_boards = hand.add_subparsers(dest="verb", required=True, metavar="check|learn|list")
    for verb, sentence in board.SENTENCES.items():
        one = verbs_of_boards.add_parser(verb, help=sentence, description=sentence, parents=[_common(top=False)])
        for names, options in board.ARGUMENTS.get(verb, ()):
            one.add_argument(*names, **options)
    frame = add("frame", verbs.frame, "The bytes in hex that would go to a board.")
    frame.add_argument("protocol", metavar="PROTOCOL")
    frame.add_argument("words", metavar="ACTION KEY=VALUE", nargs="*", help="without an action: all, with their keys")


def _add_voice(add: Add) -> None:
    voice = add("voice", voices.say, "The hall's voice: hear it, or make a language's clips.")
    kinds = voice.add_subparsers(dest="kind", required=True, metavar="say|make")
    say = kinds.add_parser("say", help="Say a call, or write it into a file.", parents=[_common(top=False)])
    say.add_argument("ticket", metavar="TICKET")
    say.add_argument("counter", metavar="N", type=int, choices=range(1, 100))
    say.add_argument("--out", type=Path, metavar="FILE.wav", help="write a sound file instead of playing it")
    say.add_argument("--language", action="append", help="instead of the branch's own; may be given several times")
    make = kinds.add_parser("make", help="One clip a word, made by espeak-ng.", parents=[_common(top=False)])
    make.add_argument("language", metavar="LANGUAGE")
    make.add_argument("folder", metavar="DIR", type=Path)
    make.set_defaults(run=voices.make)


def _add_paper(add: Add) -> None:
    ticket_command = add("ticket", ticket.preview, "How papers look, before a customer sees them.")
    kinds = ticket_command.add_subparsers(dest="kind", required=True, metavar="preview")
    preview = kinds.add_parser("preview", help="The real bytes as a picture.", parents=[_common(top=False)])
    preview.add_argument("--out", type=Path, required=True, metavar="FILE.png", help="where the picture goes")
    preview.add_argument("--segment", default="ordinary")
    preview.add_argument("--service", default="", help="the branch's first unless given")
    preview.add_argument("--model", default="generic-80", help="a printer's profile")
    preview.add_argument("--before", type=int, default=3, metavar="N", help="how many wait already")
    preview.add_argument("--copy", type=int, default=0, metavar="N", help="as its N-th reprint")
    preview.add_argument("--emergency", action="store_true", help="as it is drawn while the server is away")
    preview.add_argument("--form", default="", help="the paper of this form, filled with its examples")


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
