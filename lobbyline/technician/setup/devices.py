"""What is plugged in where: printers, readers, lines with boards, lines with keypads; asked, described, tried."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lobbyline import ASSETS
from lobbyline.drivers.errors import DeviceError
from lobbyline.lobby.config.toml import table_of
from lobbyline.lobby.settings.places import printer_address, stable_port
from lobbyline.lobby.settings.readers import KEYBOARD
from lobbyline.technician.setup import discovery, edit, machines, trying
from lobbyline.technician.setup.answers import Answers, Judge, number, one_of
from lobbyline.technician.setup.site import Site, seen

SPAN = re.compile(r"(\d+)(?:-(\d+))?(?:@(\d+))?")
PRINT, COUNT = "Print a ticket now?", "Let every board show its address now?"
PLACES = '"tcp://ADDRESS:9100", "usblp:…", "serial:…"; - for no more'
FRONT = "front"
BY_US = "# What is plugged in where: written by `lobbyline setup`, to be changed by hand."
MOST_PRINTERS, MOST_LINES, MOST_READERS = 4, 8, 4


def ask(site: Site) -> None:
    site.say(seen("Printers", discovery.printers(site.root)))
    site.say(seen("Serial lines", discovery.lines(site.root)))
    site.say(seen("Readers", discovery.readers(site.root)))
    found = list(printers(site))
    if found:
        site.answers.wants("printer.test", PRINT)
    for kind in (readers, lines, keypads):
        list(kind(site))


def write(site: Site) -> None:
    """Printers, readers, boards and keypads: found, described, tried."""
    found = list(printers(site))
    tables = [*machines.tables(site.answers, found), edit.tables("printers", found)]
    tables += [*readers(site), *lines(site), *keypads(site)]
    put(site, "\n".join([f"{BY_US}\n", *filter(None, tables)]))
    edit.set_key(site.file, ("kiosk", "printer"), FRONT if found else "")
    if found:
        try_printer(site)
    try_boards(site)


def put(site: Site, text: str) -> None:
    """What was written and then changed by hand is kept, unless everything was asked anew or stands in files."""
    file = site.folder / "devices.toml"
    there = file.read_text("utf-8") if file.exists() else ""
    if site.answers.going_on and there.startswith(BY_US) and there != text:
        site.say(f"{file} was changed by hand: it is kept; --again asks everything anew and writes it.")
    else:
        edit.put(file, text)


def shipped(kind: str) -> list[str]:
    """What we have of a kind: models of printers and readers, protocols of boards and keypads."""
    return sorted(file.stem for file in (ASSETS / kind).glob("*.toml"))


def printers(site: Site) -> Iterator[dict[str, str]]:
    """Every ticket printer; the first is the kiosk's."""
    known, found = shipped("printers"), [f"usblp:{place}" for place in discovery.printers(site.root)]
    ask, question = site.answers, f"Ticket printer {{}}: {PLACES}"
    for place, at in ask.each("printer{}.at", MOST_PRINTERS, question, address, found, first=""):
        own, name = ("printer", FRONT) if place == 1 else (f"printer{place}", f"printer-{place}")
        model = ask.get(f"{own}.model", f"Model ({', '.join(known)})", "generic-80", one_of(known))
        yield {"name": name, "at": at, "model": model} | machines.of(ask, own)


def address(told: str) -> str:
    return told if told == "-" else printer_address(told)


def readers(site: Site) -> Iterator[str]:
    """Every reader at the kiosk."""
    ask, known = site.answers, shipped("readers")
    question = f'Reader {{}}: its line, or "{KEYBOARD}" for one that types; - for no more'
    for place, port in ask.each("reader{}.port", MOST_READERS, question, stable_port):
        model = ask.get(f"reader{place}.model", f"Model ({', '.join(known)})", None, one_of(known))
        reader = {"name": model, "port": port, "model": model} | machines.of(ask, f"reader{place}")
        yield edit.tables("readers", [reader])


def lines(site: Site) -> Iterator[str]:
    """Every serial line with boards."""
    question, found = "Serial line {} with boards; - for no more", discovery.lines(site.root)
    place = 0
    for place, port in site.answers.each("line{}.port", MOST_LINES, question, stable_port, found):
        yield line(site.answers, place, port)
    if place:
        site.answers.wants("boards.count", COUNT)


def line(answers: Answers, place: int, port: str) -> str:
    """One bus with its boards: `1-7` are counters whose boards have their numbers as addresses, `1@33` is another."""
    ask, name = answers.get, f"line{place}"
    protocol = ask(f"{name}.protocol", "Protocol of its boards (boards.md has a table)", None, one_of(protocols()))
    speed = ask(f"{name}.speed", "Speed; 0 is the protocol's own", "0", number(0, 1_000_000))
    width = ask(f"{name}.width", "Width of a board in half cells; a Chinese sign takes two", "8", number(2, 64))
    counters = ask(f"{name}.counters", 'Counters, like "1-7" or "1@33 2@34" (counter@address); - for none', "-", spans)
    rows = ask(f"{name}.rows", 'Rows of a main board, like "1-3" or "1@40"; - for none', "-", some_of(counters))
    boards = [
        {"name": f"{kind}-{one}", "protocol": protocol, "address": address, kind: one, "width": int(width or 8)}
        for kind, told in (("counter", counters), ("row", rows))
        for one, address in addresses(told)
    ]
    rate = {"baudrate": int(speed)} if speed not in ("0", "") else {}
    bus = {"name": f"line-{place}", "port": port} | rate | machines.of(answers, name) | {"boards": boards}
    return edit.tables("buses", [bus])


def keypads(site: Site) -> Iterator[str]:
    """Every serial line with keypads."""
    ask, known = site.answers.get, shipped("keypads")
    question = "Serial line {} with callers or rating pads; - for no more"
    for place, port in site.answers.each("keypads{}.port", MOST_LINES, question, stable_port):
        name = f"keypads{place}"
        protocol = ask(f"{name}.protocol", f"Protocol of its keypads ({', '.join(known)})", None, one_of(known))
        callers = ask(f"{name}.callers", 'Counters with a caller, like "1-7" or "1@33"; - for none', "-", spans)
        question = 'Counters with a rating pad, like "1-7@21"; - for none'
        ratings = ask(f"{name}.ratings", question, "-", some_of(callers))
        pads = [
            {"name": f"{use}-{counter}", "address": number, "counter": counter, "use": use}
            for use, told in (("caller", callers), ("rating", ratings))
            for counter, number in addresses(told)
        ]
        line = {"name": name, "port": port, "protocol": protocol} | machines.of(site.answers, name) | {"pads": pads}
        yield edit.tables("keypads", [line])


def protocols() -> list[str]:
    """The protocols of kinds of boards; what others answer is only for trying a line."""
    return [name for name in shipped("boards") if "actions" in table_of(ASSETS / "boards" / f"{name}.toml").data]


def spans(told: str) -> str:
    if told != "-" and not all(any(addresses(word)) for word in told.split()):
        raise ValueError(f'{told!r} is not written like "1-7" or "1@33 2@34"')
    return told


def some_of(before: str) -> Judge:
    """A judge of the last question about a line, on which something must hang."""

    def judge(told: str) -> str:
        if told == before == "-":
            raise ValueError("at least one hangs on this line; Ctrl-C leaves, and --again asks everything anew")
        return spans(told)

    return judge


def addresses(told: str) -> Iterator[tuple[int, int]]:
    """Number and address of each board: `3@33` is number 3 at address 33, `1-3@33` are three from address 33 on."""
    for word in told.split():
        if parts := SPAN.fullmatch(word):
            first, last = int(parts[1]), int(parts[2] or parts[1])
            for one in range(first, last + 1):
                yield one, one - first + int(parts[3] or first)


def try_printer(site: Site) -> None:
    if site.answers.wants("printer.test", PRINT):
        try:
            site.say(trying.print_ticket(site.setup(), "front", site.data, site.at))
        except DeviceError as error:
            site.say(str(error))
        site.answers.done("printer.test")


def try_boards(site: Site) -> None:
    """Every board says its address: what hangs where is seen at a glance."""
    setup = site.setup()
    if not setup.devices.buses or not site.answers.wants("boards.count", COUNT):
        return
    for bus in setup.devices.buses:
        for board, told in trying.count_up(bus, setup, site.data).items():
            site.say(f"  {board}: {told}")
    site.answers.done("boards.count")
