"""`lobbyline doctor printer NAME`: what a unit can do, written as its profile."""

from __future__ import annotations

from pathlib import Path

from lobbyline.drivers.errors import DeviceError
from lobbyline.drivers.printers.links.address import link_to
from lobbyline.drivers.printers.probe import Found, page, probe
from lobbyline.drivers.printers.profile import Profile
from lobbyline.lobby.config.mistakes import hint
from lobbyline.lobby.copies import running
from lobbyline.technician.call import Answer, Call
from lobbyline.technician.devices.ticket import profile_of
from lobbyline.technician.parser import Parser

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
        named = hint(options.name, [printer.name for printer in setup.devices.printers])
        raise DeviceError(f'Printer "{options.name}" is not in devices.toml{named}')
    if any(program.startswith("kiosk-") for program in running(call.data)):
        raise DeviceError(f'The kiosk prints on "{options.name}": end it first (systemctl stop lobbyline-kiosk)')
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
    return Answer(
        _told(found, file, options.name, printed=options.page), told | {"name": found.name, "answers": found.answers}
    )


def _told(found: Found, file: Path, name: str, *, printed: bool) -> str:
    lines = [
        f"answers      {' | '.join(found.answers)}",
        f"dialect      {found.dialect}",
        f"fence        {found.fence}",
        f"reports      {'yes' if found.reports else 'no'}",
        f"calls itself {found.name or 'nothing'} (never believed)",
        f"Written to {file}: compare it with {'the page that was printed' if printed else 'the manual'}, then set",
        f'`model = "{file.stem}"` under "{name}" in devices.toml.',
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


def words(doctoring: Parser) -> None:
    """The words of `lobbyline doctor printer NAME`."""
    one = doctoring.command("printer", doctor, "Ask a printer what it can do, print a page, and write its profile.")
    one.add_argument("name", metavar="NAME", help="as devices.toml calls it")
    one.add_argument("--like", default="", metavar="MODEL", help="a profile for what only eyes can see")
    one.add_argument("--out", type=Path, metavar="FILE.toml", help="the branch's printers/NAME.toml unless given")
    one.add_argument("--again", action="store_true", help="write over the profile that is there")
    one.add_argument("--no-page", action="store_false", dest="page", help="print nothing")
