"""The steps of a first installation; each asks, writes its part of the branch's folder, and tries what it wrote.

The folder is written by the same keys that a technician would edit later, so that setup can be run again at any time.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from lobbyline import ASSETS
from lobbyline.drivers.errors import DeviceError
from lobbyline.lobby.config import Setup, load
from lobbyline.lobby.lobby import open_lobby
from lobbyline.lobby.settings.readers import KEYBOARD
from lobbyline.technician.setup import finding, panels, pen, trying
from lobbyline.technician.setup.answers import Answers, number, one_of

SAMPLE = ASSETS / "branches" / "jingqi-street"
SHORT = re.compile(r"[a-z0-9-]{1,40}")
SPAN = re.compile(r"(\d+)(?:-(\d+))?(?:@(\d+))?")
WINDOWS = {"kiosk": "kiosk", "screen": "hall screen"}
FIRST_ROLES = ("branch_manager", "technician")
PRINT, COUNT, SAY = "Print a ticket now?", "Let every board show its address now?", "Say a call now?"
MOST_LINES, MOST_READERS = 8, 4
OPEN = "0.0.0.0"  # noqa: S104  # tellers' browsers come from other machines


@dataclass(frozen=True)
class Site:
    """One installation: the branch's folder, its memory, what is known, and where devices are looked for."""

    folder: Path
    data: Path
    answers: Answers
    at: datetime
    say: Callable[[str], object] = print
    root: Path = finding.ROOT

    @property
    def file(self) -> Path:
        return self.folder / "branch.toml"

    def setup(self) -> Setup:
        return load(self.folder)


Step = Callable[[Site], None]


# The branch


def ask_branch(site: Site) -> None:
    answers, there = site.answers, site.file.exists()
    if there and answers.can_ask:
        return
    needed = "" if there else None  # a file of answers may be read again over a branch that is there
    answers.get("branch.id", "Short name in small letters, like jingqi-street", needed, short_name)
    answers.get("branch.zh", "Name of the branch in Chinese, as on the ticket", needed)
    answers.get("branch.en", "Name of the branch in English", needed)
    answers.get("branch.profile", "Folder of the bank's profile; - for none", "-", profile_folder)
    answers.get("staff.host", "Address of the staff's pages; 127.0.0.1 is this machine alone", OPEN)
    answers.get("staff.port", "Port of the staff's pages", "8321", number(1, 65535))


def branch(site: Site) -> None:
    """A folder for the branch: on the bank's profile, or a copy of the sample to be changed."""
    told = site.answers.told
    if site.file.exists():
        site.say(f"{site.file} is there already: it is kept.")
        return
    names: pen.Value = {"zh": told("branch.zh"), "en": told("branch.en")}
    if told("branch.profile") == "-":
        shutil.copytree(SAMPLE, site.folder, dirs_exist_ok=True)
        pen.set_key(site.file, ("id",), told("branch.id"))
        pen.set_key(site.file, ("name",), names)
    else:
        base = f"[base]\nfolder = {pen.written(told('branch.profile'))}\n"
        pen.put(site.file, f"id = {pen.written(told('branch.id'))}\nname = {pen.written(names)}\n\n{base}")
    pen.set_key(site.file, ("staff", "host"), told("staff.host"))
    pen.set_key(site.file, ("staff", "port"), int(told("staff.port")))
    site.say(f"Written: {site.file}. Its services, counters and hours are yours to change (docs/configuration.md).")


def short_name(told: str) -> str:
    if not SHORT.fullmatch(told):
        raise ValueError('small letters a to z, digits and "-" are allowed, at most 40 of them')
    return told


def profile_folder(told: str) -> str:
    if told != "-" and not (Path(told) / "base.toml").exists():
        raise ValueError(f"{told} holds no base.toml: it is not a profile")
    return told


# Devices


def ask_devices(site: Site) -> None:
    site.say(seen("Printers", finding.printers(site.root)))
    site.say(seen("Serial lines", finding.lines(site.root)))
    site.say(seen("Readers", finding.readers(site.root)))
    printer(site)
    list(readers(site))
    list(lines(site))


def devices(site: Site) -> None:
    """Printer and boards: found, described, tried."""
    tables = [printer(site), *readers(site), *lines(site)]
    text = "# What is plugged in where: written by `lobbyline setup`, to be changed by hand.\n"
    pen.put(site.folder / "devices.toml", "\n".join([text, *filter(None, tables)]))
    pen.set_key(site.file, ("kiosk", "printer"), "front" if tables[0] else "")
    if tables[0]:
        try_printer(site)
    try_boards(site)


def seen(what: str, names: list[str]) -> str:
    return f"{what}: {', '.join(names) or 'none found'}"


def printer(site: Site) -> str:
    """The kiosk's ticket printer as a table; nothing when there is none."""
    answers, found = site.answers, finding.printers(site.root)
    usual = f"usblp:{found[0]}" if found else "-"
    at = answers.get("printer.at", 'Ticket printer: "tcp://ADDRESS:9100", "usblp:…", "serial:…"; - for none', usual)
    if at in ("-", ""):
        return ""
    known = sorted(file.stem for file in (ASSETS / "printers").glob("*.toml"))
    model = answers.get("printer.model", f"Model ({', '.join(known)})", "generic-80", one_of(known))
    answers.wants("printer.test", PRINT)
    return f'[[printers]]\nname = "front"\nat = {pen.written(at)}\nmodel = {pen.written(model)}\n'


def readers(site: Site) -> Iterator[str]:
    """Every reader at the kiosk, until one is answered with -."""
    known = sorted(file.stem for file in (ASSETS / "readers").glob("*.toml"))
    for place in range(1, MOST_READERS + 1):
        question = f'Reader {place}: its line, or "{KEYBOARD}" for one that types; - for no more'
        port = site.answers.get(f"reader{place}.port", question, "-", stable_port)
        if port in ("-", ""):
            return
        model = site.answers.get(f"reader{place}.model", f"Model ({', '.join(known)})", None, one_of(known))
        yield f'[[readers]]\nname = "{model}"\nport = {pen.written(port)}\nmodel = {pen.written(model)}\n'


def lines(site: Site) -> Iterator[str]:
    """Every serial line with boards, until one is answered with -."""
    found = finding.lines(site.root)
    for place in range(1, MOST_LINES + 1):
        usual = found[place - 1] if place <= len(found) and site.answers.can_ask else "-"
        port = site.answers.get(f"line{place}.port", f"Line {place} with boards; - for no more", usual, stable_port)
        if port in ("-", ""):
            break
        yield line(site.answers, place, port)
    if place > 1:
        site.answers.wants("boards.count", COUNT)


def stable_port(told: str) -> str:
    if re.match(r"/dev/tty(USB|ACM)\d", told):
        raise ValueError(f"{told} may be another adapter after a restart: take a name of /dev/lobbyline or /dev/serial")
    return told


def line(answers: Answers, place: int, port: str) -> str:
    """One bus with its boards: `1-7` are counters whose boards have their numbers as addresses, `1@33` is another."""
    known = sorted(file.stem for file in (ASSETS / "boards").glob("*.toml"))
    ask, name = answers.get, f"line{place}"
    protocol = ask(f"{name}.protocol", "Protocol of its boards (docs/boards.md)", None, one_of(known))
    speed = ask(f"{name}.speed", "Speed; 0 is the protocol's own", "0", number(0, 1_000_000))
    width = ask(f"{name}.width", "Half cells of a board", "8", number(2, 64))
    counters = ask(f"{name}.counters", 'Counters, like "1-7" or "1@33 2@34" (counter@address); - for none', "-", spans)
    rows = ask(f"{name}.rows", 'Rows of a main board, like "1-3" or "1@40"; - for none', "-", spans)
    rate = f"baudrate = {speed}\n" if speed not in ("0", "") else ""
    parts = [f'[[buses]]\nname = "line-{place}"\nport = {pen.written(port)}\n{rate}']
    for kind, told in (("counter", counters), ("row", rows)):
        for one, address in addresses(told):
            board = f'name = "{kind}-{one}"\nprotocol = {pen.written(protocol)}\naddress = {address}\n'
            parts.append(f"[[buses.boards]]\n{board}{kind} = {one}\nwidth = {width or 8}\n")
    return "\n".join(parts)


def spans(told: str) -> str:
    if told != "-" and not all(SPAN.fullmatch(word) for word in told.split()):
        raise ValueError(f'{told!r} is not written like "1-7" or "1@33 2@34"')
    return told


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


# Sound, screens


def ask_sound(site: Site) -> None:
    site.say(seen("Sound cards", finding.sound_cards(site.root)))
    site.answers.get("sound.volume", "Loudness of the voice in percent", "100", number(0, 100))
    site.answers.wants("sound.test", SAY)


def sound(site: Site) -> None:
    """How loud the voice is, and whether it is heard."""
    pen.set_key(site.file, ("voice", "volume"), int(site.answers.told("sound.volume")))
    if site.answers.wants("sound.test", SAY):
        try:
            site.say(" ".join(trying.speak(site.setup(), site.at)))
        except DeviceError as error:
            site.say(str(error))
        site.answers.done("sound.test")


def ask_screens(site: Site) -> None:
    found = {output.name: output for output in finding.outputs(site.root)}
    site.say(seen("Screens", [f"{one.name} ({one.width}x{one.height})" for one in found.values()]))
    ask, names = site.answers.get, [*found, "HDMI-A-1", "HDMI-A-2"]
    for part, output, turned in (("kiosk", names[0], "rotate-90"), ("screen", names[1], "normal")):
        own = ask(f"{part}.output", f"Output of the {WINDOWS[part]}; - for none", output)
        if own != "-":
            known = found.get(own)
            usual = f"{known.width}x{known.height}" if known else "1920x1080"
            ask(f"{part}.size", "Its pixels as it is plugged in", usual, panels.size)
            ask(f"{part}.turn", f"How it hangs ({', '.join(panels.TURNS)})", turned, panels.turn)


def screens(site: Site) -> None:
    """Which window stands on which output, and how it is turned."""
    told = site.answers.told
    for part in WINDOWS:
        if told(f"{part}.output") == "-":
            panels.leave_out(site.folder, part)
            continue
        width, height = panels.seen(told(f"{part}.size"), told(f"{part}.turn"))
        pen.set_key(site.file, (part, "width"), width)
        pen.set_key(site.file, (part, "height"), height)
        panels.put(site.folder, part, told(f"{part}.output"), told(f"{part}.turn"))


# People


def ask_account(site: Site) -> None:
    name = site.answers.get("account.name", "Sign-in name of the first person, who enters the others")
    site.answers.get("account.shown", "As colleagues read it", name)


def account(site: Site) -> None:
    """The first person who may sign in: whoever enters all others."""
    name, shown = site.answers.told("account.name"), site.answers.told("account.shown")
    lobby = open_lobby(site.setup(), site.data, where="setup")
    try:
        if lobby.people.nobody():
            pin = lobby.people.add(name, shown, FIRST_ROLES, "setup", site.at)
            site.say(f"{name} signs in with the PIN {pin} for the first time, and then chooses one.")
        else:
            site.say("People are entered already: lobbyline person list")
    finally:
        lobby.close()


# Each step first asks, then does: a file of answers is read to its end before anything is written.
STEPS: dict[str, tuple[Step, Step]] = {
    "branch": (ask_branch, branch),
    "devices": (ask_devices, devices),
    "sound": (ask_sound, sound),
    "screens": (ask_screens, screens),
    "account": (ask_account, account),
}
