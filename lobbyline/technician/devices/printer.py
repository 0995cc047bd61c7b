"""One printer on a desk: what a unit can do, written as its profile; and a stand-in to learn and train with."""

from __future__ import annotations

import signal
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lobbyline.drivers.errors import DeviceError
from lobbyline.drivers.printers.faults import FAULTS
from lobbyline.drivers.printers.links import link_to
from lobbyline.drivers.printers.probe import Found, page, probe
from lobbyline.drivers.printers.profile import Profile
from lobbyline.drivers.printers.standin import StandinPrinter
from lobbyline.technician.call import Answer, Call
from lobbyline.technician.devices.ticket import profile_of

NOT_UNDERSTOOD = (
    "it answers nothing that is known. Is it switched on and well, is it in ESC/POS mode (Star: a memory switch),"
    " and has no other program its line?"
)
SEEN_BY_EYES = (
    "hanzi",
    "native_qr",
    "smoothing",
    "largest_letters",
    "dots",
    "columns",
    "dpi",
    "paper_mm",
    "speed",
    "shortest_mm",
)


def doctor(call: Call) -> Answer:
    """`lobbyline doctor printer NAME`: ask a unit, print a page for eyes, and write its profile."""
    options, setup = call.options, call.setup
    described = setup.devices.printer(options.name)
    if described is None:
        raise DeviceError(f'Printer "{options.name}" is not in devices.toml: add it there first')
    file = options.out or call.folder / "printers" / f"{options.name}.toml"
    if file.exists() and not options.again:
        options.misused(f"{file} is there already: name another file with --out, or say --again to write it anew")
    like = profile_of(setup, options.like or described.model)
    link = link_to(options.name, described.at, call.data)
    try:
        found = probe(link)
        if found is None:
            raise link.error(NOT_UNDERSTOOD)
        if options.page:
            link.send(page(like))
    finally:
        link.close()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(profile_text(found, like, described.at), encoding="utf-8")
    told = {"file": str(file), "dialect": found.dialect, "fence": found.fence, "reports": found.reports}
    return Answer(_told(found, file, options.name), told | {"name": found.name, "answers": found.answers})


def _told(found: Found, file: Path, name: str) -> str:
    lines = [
        f"answers      {' | '.join(found.answers)}",
        f"dialect      {found.dialect}",
        f"fence        {found.fence}",
        f"reports      {'yes' if found.reports else 'no'}",
        f"calls itself {found.name or 'nothing'} (never believed)",
        f'Written to {file}. Compare it with the page that was printed, then set model = "{file.stem}" for {name}.',
    ]
    if found.dialect == "snbc":
        lines.insert(2, "             (if the roll is nearly empty, put in a full one and ask again)")
    return "\n".join(lines)


def profile_text(found: Found, like: Profile, at: str) -> str:
    """The profile as a technician would write it: what was asked first, then what eyes must see."""
    asked = {"dialect": found.dialect, "fence": found.fence, "reports": found.reports}
    seen = {name: getattr(like, name) for name in SEEN_BY_EYES}
    mechanics = {"cut": like.cut, "prologue": like.prologue, "head_to_cutter_mm": like.head_to_cutter_mm}
    return "\n".join(
        [
            f"# Probed at {at}. It calls itself {found.name!r}, which proves nothing.",
            "# Asked:",
            *(f"{name} = {written(value)}" for name, value in asked.items()),
            "# To be compared with the printed page and the manual:",
            *(f"{name} = {written(value)}" for name, value in {**seen, **mechanics}.items()),
            "",
        ]
    )


def written(value: object) -> str:
    """A value as it stands in a TOML file."""
    match value:
        case bool():
            return str(value).lower()
        case bytes():
            return f'"{value.hex(" ").upper()}"'
        case float():
            return f"{value:g}"
    return f'"{value}"' if isinstance(value, str) else str(value)


def standin(call: Call) -> int:
    """`lobbyline standin printer`: one stand-in, until Ctrl-C; a word in its file `fault` is its fault."""
    options = call.options
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})  # threads inherit it: sigwait hears them
    printer = StandinPrinter(
        options.folder, profile_of(call.setup, options.model), port=options.port, line=options.line
    )
    try:
        printer.start()
    except OSError as error:
        raise DeviceError(f"The stand-in cannot listen: {error.strerror}. Choose another --port or --line.") from error
    where = f"serial:{options.line}" if options.line else f"tcp://127.0.0.1:{printer.port}"
    print(f'{options.model} stands at "{where}" and prints into {options.folder}/ · Ctrl-C ends', flush=True)
    print(f"Faults: write {', '.join(FAULTS)} into {options.folder}/fault; remove that file to mend it.", flush=True)
    signal.sigwait({signal.SIGINT, signal.SIGTERM})
    printer.stop()
    return 0


def add_doctor(doctor_command: ArgumentParser, common: Callable[[], ArgumentParser]) -> None:
    """The words of `lobbyline doctor printer NAME`."""
    kinds = doctor_command.add_subparsers(dest="kind", metavar="printer NAME")
    one = kinds.add_parser("printer", help="Ask a printer what it can do and write its profile.", parents=[common()])
    one.add_argument("name", metavar="NAME", help="as devices.toml calls it")
    one.add_argument("--like", default="", metavar="MODEL", help="a profile for what only eyes can see")
    one.add_argument("--out", type=Path, metavar="FILE.toml", help="the branch's printers/NAME.toml unless given")
    one.add_argument("--again", action="store_true", help="write over the profile that is there")
    one.add_argument("--no-page", action="store_false", dest="page", help="print nothing")
    one.set_defaults(run=doctor, misused=one.error)


def add_standin(kinds: Any, common: Callable[[], ArgumentParser]) -> None:
    """The words of `lobbyline standin printer`."""
    one = kinds.add_parser("printer", help="One printer, of any model, on a port or a line.", parents=[common()])
    one.add_argument("--model", default="generic-80")
    one.add_argument("--port", type=int, default=9100)
    one.add_argument("--line", type=Path, metavar="PATH", help="a pseudo-terminal under this name instead of a port")
    one.add_argument("--folder", type=Path, default=Path("var/standin/paper/desk"), metavar="DIR", help="its paper")
    one.set_defaults(run=standin)
