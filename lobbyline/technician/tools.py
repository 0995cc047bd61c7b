"""The words and options of every subcommand, in drawers: of a call only the one that it names is opened.

Each drawer loads what its commands stand on, and a teller's question should not wait for what draws a ticket.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from lobbyline.technician.call import Answer, Call

Add = Callable[[str, Callable[[Call], "Answer | int"], str], argparse.ArgumentParser]
Common = Callable[[], argparse.ArgumentParser]

PATIENCE_HELP = "without a sign of life this long a program is taken for frozen"


def add_commands(add: Add, common: Common, words: Iterable[str]) -> None:
    """The commands that these words name; all of them, in the order in which the help tells them, if they name none."""
    asked = set(words)
    named = [drawer for drawer, names in DRAWERS.items() if asked.intersection(names)]
    for drawer in named or DRAWERS:
        drawer(add, common)


def _add_programs(add: Add, _: Common) -> None:
    from lobbyline.technician.running import programs

    for name, program, sentence in (
        ("kiosk", programs.kiosk, "The customers' touchscreen and its ticket printer."),
        ("screen", programs.screen, "The hall screen and the voice."),
    ):
        add(name, program, sentence).add_argument("--finger", type=Path, metavar="SOCKET", help="stand-in of the panel")
    add("boards", programs.boards, "The call boards.")
    add("keypads", programs.keypads, "Callers and rating pads on serial lines.")
    add("staff", programs.staff, "The staff's pages.")


def _add_together(add: Add, common: Common) -> None:
    from lobbyline.technician.devices import printer, reader
    from lobbyline.technician.running import programs, together

    run = add("run", together.run, "Start kiosk, screen, boards and staff pages, and watch them.")
    run.add_argument("--standins", action="store_true", help="also start a stand-in for every device")
    run.add_argument("--window", action="store_true", help="with --standins: a window that shows boards and paper")
    run.add_argument("--patience", type=float, default=programs.PATIENCE, metavar="SECONDS", help=PATIENCE_HELP)
    run.add_argument("--fingers", action="store_true", help="open the touch panels' stand-ins in DATA/finger")
    standin = add("standin", together.standin, "A stand-in for every device of devices.toml.")
    standin.add_argument("--window", action="store_true", help="show boards and paper in a window")
    kinds = standin.add_subparsers(dest="kind", metavar="printer|reader")
    printer.add_standin(kinds, common)
    reader.add_standin(kinds, common)
    visit = add("visit", together.visit, "Play one whole visit off-screen with the real programs; leaves pictures.")
    visit.add_argument("--pictures", type=Path, default=Path("var/visit"), metavar="DIR", help="where they go")
    add("demo", together.demo, "The sample branch with stand-ins: on the screen, or one visit where there is none.")


def _add_days(add: Add, _: Common) -> None:
    from lobbyline.technician.planning import plan, simulate

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


def _add_verbs(add: Add, _: Common) -> None:
    from lobbyline.technician.verbs import number as verbs

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


def _add_form(add: Add, _: Common) -> None:
    from lobbyline.technician.files import form

    add("form", form.form, "Check answers (JSON on standard input) against a form.").add_argument(
        "form", metavar="FORM"
    )


def _add_boards(add: Add, common: Common) -> None:
    from lobbyline.technician.devices import board

    hand = add("board", board.run, "Boards by hand: check a protocol's file, try frames on a line, list all.")
    verbs_of_boards = hand.add_subparsers(dest="verb", required=True, metavar="check|learn|list")
    for verb, sentence in board.SENTENCES.items():
        one = verbs_of_boards.add_parser(verb, help=sentence, description=sentence, parents=[common()])
        for names, options in board.ARGUMENTS.get(verb, ()):
            one.add_argument(*names, **options)
    frame = add("frame", board.frame, "The bytes in hex that would go to a board.")
    frame.add_argument("protocol", metavar="PROTOCOL")
    frame.add_argument("words", metavar="ACTION KEY=VALUE", nargs="*", help="without an action: all, with their keys")


def _add_voice(add: Add, common: Common) -> None:
    from lobbyline.technician.devices import voice as voices

    voice = add("voice", voices.say, "The hall's voice: hear it, or make a language's clips.")
    kinds = voice.add_subparsers(dest="kind", required=True, metavar="say|make")
    say = kinds.add_parser("say", help="Say a call, or write it into a file.", parents=[common()])
    say.add_argument("ticket", metavar="TICKET")
    say.add_argument("counter", metavar="N", type=int, choices=range(1, 100))
    say.add_argument("--out", type=Path, metavar="FILE.wav", help="write a sound file instead of playing it")
    say.add_argument("--language", action="append", help="instead of the branch's own; may be given several times")
    make = kinds.add_parser("make", help="One clip a word, made by espeak-ng.", parents=[common()])
    make.add_argument("language", metavar="LANGUAGE")
    make.add_argument("folder", metavar="DIR", type=Path)
    make.set_defaults(run=voices.make)


def _add_paper(add: Add, common: Common) -> None:
    from lobbyline.technician.devices import ticket

    ticket_command = add("ticket", ticket.preview, "How papers look, before a customer sees them.")
    kinds = ticket_command.add_subparsers(dest="kind", required=True, metavar="preview")
    preview = kinds.add_parser("preview", help="The real bytes as a picture.", parents=[common()])
    preview.add_argument("--out", type=Path, required=True, metavar="FILE.png", help="where the picture goes")
    preview.add_argument("--segment", default="ordinary")
    preview.add_argument("--service", default="", help="the branch's first unless given")
    preview.add_argument("--model", default="generic-80", help="a printer's profile")
    preview.add_argument("--before", type=int, default=3, metavar="N", help="how many wait already")
    preview.add_argument("--copy", type=int, default=0, metavar="N", help="as its N-th reprint")
    preview.add_argument("--emergency", action="store_true", help="as it is drawn while the server is away")
    preview.add_argument("--form", default="", help="the paper of this form, filled with its examples")


def _add_office(add: Add, common: Common) -> None:
    from lobbyline.technician.verbs import office

    office.add_office(add, common)


def _add_files(add: Add, common: Common) -> None:
    from lobbyline.technician.files import files

    files.add_files(add, common)


def _add_staff(add: Add, common: Common) -> None:
    from lobbyline.technician.verbs import person as staff

    staff.add_staff(add, common)


def _add_learning(add: Add, _: Common) -> None:
    from lobbyline.technician.play import drill
    from lobbyline.technician.setup import wizard

    drill.add_drill(add("drill", drill.drill, "Faults played on stand-ins, and what the staff should see."))
    wizard.add_setup(add("setup", wizard.setup, "The first installation, step by step; goes on where it was left."))


def _add_care(add: Add, common: Common) -> None:
    from lobbyline.technician.devices import printer
    from lobbyline.technician.memory import backup as care
    from lobbyline.technician.memory import doctor
    from lobbyline.technician.memory import store as memory

    copying = add("backup", care.backup, "A verified copy of the memory, taken while the programs work.")
    care.add_backup(copying, common)
    keeping = add("store", memory.prepare, "Where the memory lives: a file, or a PostgreSQL server.")
    memory.add_store(keeping, common)
    looking = add("doctor", doctor.doctor, "Look at each device, the disk, the clock, the store: ok, or what to do.")
    printer.add_doctor(looking, common)


# What is in each drawer, so that it need not be opened to be known.
DRAWERS: dict[Callable[[Add, Common], None], tuple[str, ...]] = {
    _add_programs: ("kiosk", "screen", "boards", "keypads", "staff"),
    _add_together: ("run", "standin", "visit", "demo"),
    _add_verbs: ("take", "waiting", "show", "counter"),
    _add_form: ("form",),
    _add_boards: ("board", "frame"),
    _add_days: ("simulate", "record", "plan"),
    _add_office: ("restore", "leave", "void", "move", "appointment", "review", "voucher", "day"),
    _add_files: ("check", "apply", "version", "config"),
    _add_staff: ("person", "pin", "token"),
    _add_voice: ("voice",),
    _add_paper: ("ticket",),
    _add_learning: ("drill", "setup"),
    _add_care: ("backup", "store", "doctor"),
}
