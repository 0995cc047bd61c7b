"""The machines of a branch on several: what runs where, and the one memory of all. Most branches answer with -."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import get_args

from lobbyline.lobby.settings.machines import letter_or_none
from lobbyline.lobby.settings.setting import Program
from lobbyline.technician.setup import edit
from lobbyline.technician.setup.answers import Answers, Judge, one_of
from lobbyline.technician.setup.site import Site

HOST = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
PROGRAMS: tuple[str, ...] = get_args(Program)
MOST_MACHINES = 16
MEMORY = "The memory of them all: postgresql://lobby_BRANCH@HOST/DATABASE (docs/machines.md)"


def ask(site: Site) -> None:
    if list(named(site.answers)):
        site.answers.get("store.url", MEMORY, None, server)


def write(site: Site) -> None:
    """Where the memory of several machines is; what each of them has is written with the devices."""
    if list(named(site.answers)):
        edit.set_key(site.file, ("store", "url"), site.answers.told("store.url"))


def named(answers: Answers) -> Iterator[tuple[str, dict[str, edit.Value]]]:
    """Every machine: its name and what is said of it."""
    question = "Where the branch stands on several machines, the host name of machine {}; - for no more"
    for place, name in answers.each("machine{}.name", MOST_MACHINES, question, host):
        own = f"machine{place}"
        programs = answers.get(f"{own}.programs", "What runs there", " ".join(PROGRAMS), words_of(PROGRAMS)).split()
        said: dict[str, edit.Value] = {"programs": programs}
        if "kiosk" in programs:
            question = "Letter of the numbers that its kiosk gives while the server is away; - for none"
            letter = answers.get(f"{own}.emergency", question, "-", letter_of)
            said |= {"emergency": letter} if letter not in ("-", "") else {}
        yield name, said


def of(answers: Answers, device: str) -> dict[str, str]:
    """The machine that a device is plugged in at, where there are several."""
    names = [name for name, _ in named(answers)]
    if not names:
        return {}
    return {"machine": answers.get(f"{device}.machine", f"Plugged in at ({', '.join(names)})", names[0], one_of(names))}


def tables(answers: Answers, printers: Sequence[Mapping[str, str]]) -> Iterator[str]:
    """What each machine has; its kiosk prints on the printer that is plugged in there."""
    for name, said in named(answers):
        own = [printer["name"] for printer in printers if printer.get("machine") == name]
        keys = said | ({"printer": own[0]} if own else {})
        yield "\n".join([f"[machines.{name}]", *(f"{key} = {edit.written(value)}" for key, value in keys.items()), ""])


def host(told: str) -> str:
    if told != "-" and not HOST.fullmatch(told):
        raise ValueError(f"{told!r} is no host name of small letters, digits and -")
    return told


def words_of(allowed: Sequence[str]) -> Judge:
    """A judge of several words at once."""
    judge = one_of(allowed)
    return lambda told: " ".join(map(judge, told.split()))


def letter_of(told: str) -> str:
    return told if told == "-" else letter_or_none(told)


def server(told: str) -> str:
    if not told.startswith("postgresql://"):
        raise ValueError("several machines share a memory at postgresql://…")
    return told
