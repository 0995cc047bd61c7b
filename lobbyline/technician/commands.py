"""Which module has which commands: of a call only the module that it names is loaded.

Each loads what its commands stand on, and a teller's question should not wait for what draws a ticket.
"""

from __future__ import annotations

from argparse import SUPPRESS, RawDescriptionHelpFormatter
from collections.abc import Iterable, Mapping
from importlib import import_module
from shutil import get_terminal_size
from textwrap import fill

from lobbyline.technician.call import BAD_CONFIG
from lobbyline.technician.parser import Parser, add_common

# The headings of the help, and for each of its modules the commands that `words` of the module describes.
HEADINGS: dict[str, dict[str, tuple[str, ...]]] = {
    "To try the product": {
        "play.demo": ("demo", "visit"),
        "play.drill": ("drill",),
        "devices.standin": ("standin",),
    },
    "To set a branch up, and to change it": {
        "setup.wizard": ("setup",),
        "files.check": ("check",),
        "files.apply": ("apply",),
        "files.version": ("version",),
        "files.config": ("config",),
        "verbs.person": ("person", "pin", "token"),
    },
    "To keep it well": {
        "doctor.doctor": ("doctor",),
        "memory.backup": ("backup",),
        "memory.store": ("store",),
    },
    "The programs": {
        "running.together": ("run",),
        "running.programs": ("kiosk", "screen", "boards", "keypads", "staff"),
    },
    "Numbers and counters": {
        "verbs.number": ("take", "waiting", "show"),
        "verbs.counter": ("counter",),
        "verbs.floor": ("restore", "leave", "void", "move"),
        "verbs.appointment": ("appointment",),
        "verbs.review": ("review",),
        "verbs.voucher": ("voucher",),
        "verbs.day": ("day",),
    },
    "Boards, papers, voice and forms by hand": {
        "devices.board": ("board", "frame"),
        "devices.ticket": ("ticket",),
        "devices.voice": ("voice",),
        "files.form": ("form",),
    },
    "Days in virtual time": {
        "planning.simulate": ("simulate", "record"),
        "planning.plan": ("plan",),
    },
}
MODULES = {module: names for modules in HEADINGS.values() for module, names in modules.items()}
NAMES = 13  # columns


def parser(arguments: Iterable[str] = ()) -> Parser:
    """The commands that these words name, or else all of them, with their own words and options."""
    asked = set(arguments)
    named = [module for module, names in MODULES.items() if asked.intersection(names)]
    top = Parser(prog="lobbyline", usage="lobbyline COMMAND … [options]", formatter_class=RawDescriptionHelpFormatter)
    top.set_defaults(run=lambda _: top.exit(BAD_CONFIG, top.format_help()), misused=top.error)
    top.further("COMMAND", dest="command", prog="lobbyline", help=SUPPRESS)
    add_common(top, top=True)
    for module in named or MODULES:
        import_module(f"lobbyline.technician.{module}").words(top)
    top.description = f"Runs a bank branch's lobby. `lobbyline COMMAND --help` says more.\n{told(top.sentences)}"
    return top


def told(sentences: Mapping[str, str]) -> str:
    """Every command with its sentence, under its heading."""
    lines = []
    for heading, modules in HEADINGS.items():
        lines += ["", f"{heading}:"]
        lines += [line(name, sentences[name]) for names in modules.values() for name in names if name in sentences]
    return "\n".join(lines)


def line(name: str, sentence: str) -> str:
    columns = get_terminal_size().columns
    return fill(sentence, columns, initial_indent=f"  {name:<{NAMES}}", subsequent_indent=" " * (NAMES + 2))
