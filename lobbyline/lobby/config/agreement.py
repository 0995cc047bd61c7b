"""Do the files agree with one another? Names exist, and what must be unique is."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lobbyline.lobby.branch import Devices
from lobbyline.lobby.config.mistakes import found, hint, name_of, shown
from lobbyline.lobby.config.raw import keys, values, walk
from lobbyline.lobby.config.toml import Key, Table
from lobbyline.lobby.errors import Mistake

Names = Mapping[str, Iterable[Hashable]]
LANGUAGES = ["zh", "en"]
# Names that are files of the assets or of the branch's own folder.
LIBRARIES = {
    "words file": "words/*.toml",
    "protocol": "boards/*.toml",
    "protocol of keypads": "keypads/*.toml",
    "printer model": "printers/*.toml",
    "reader model": "readers/*.toml",
    "icon": "icons/*.svg",
    "voice": "voices/*/voice.toml",
}
LETTER = re.compile("[A-Z]")
# Where one of these is wrong itself, it is not known which one a wrong name elsewhere meant.
NAMED_WELL: dict[str, Callable[[Any], object]] = {
    "queue": LETTER.fullmatch,
    "counter": lambda number: isinstance(number, int) and number > 0,
}


@dataclass(frozen=True)
class Reference:
    """A place where the name of something else stands; `*` is any key or element."""

    path: Key
    kind: str
    default: str = ""
    may_be_empty: bool = False


IN_BRANCH = (
    Reference(("services", "*", "queue"), "queue"),
    Reference(("services", "*", "hours"), "table of hours", "personal"),
    Reference(("services", "*", "group"), "group", "personal"),
    Reference(("services", "*", "forms", "*"), "form"),
    Reference(("services", "*", "icon"), "icon", "help"),
    Reference(("services", "*", "bring", "*"), "paper"),
    Reference(("services", "*", "bands", "*", "bring", "*"), "paper"),
    Reference(("services", "*", "bands", "*", "service"), "service", may_be_empty=True),
    Reference(("papers", "*", "icon"), "icon", "document"),
    Reference(("questions", "*", "answers", "*", "icon"), "icon", "help"),
    Reference(("questions", "*", "answers", "*", "service"), "service", may_be_empty=True),
    Reference(("questions", "*", "answers", "*", "then"), "question", may_be_empty=True),
    Reference(("services", "*", "voucher"), "kind of voucher", may_be_empty=True),
    Reference(("lunch", "cover", "*", "counters", "*"), "counter"),
    Reference(("segments", "*", "queue"), "queue"),
    Reference(("counters", "*", "queues", "*"), "queue"),
    Reference(("counters", "*", "first", "*"), "queue"),
    Reference(("counters", "*", "services", "*"), "service"),
    Reference(("counters", "*", "helps", "*"), "queue"),
    Reference(("rating", "counters", "*"), "counter"),
    Reference(("languages", "*"), "words file"),
    Reference(("voice", "languages", "*"), "voice"),
    Reference(("kiosk", "printer"), "printer", may_be_empty=True),
)
IN_DEVICES = (
    Reference(("printers", "*", "model"), "printer model", "generic-80"),
    Reference(("readers", "*", "model"), "reader model"),
    Reference(("buses", "*", "boards", "*", "protocol"), "protocol"),
    Reference(("buses", "*", "boards", "*", "counter"), "counter"),
    Reference(("machines", "*", "printer"), "printer", may_be_empty=True),
    Reference(("printers", "*", "machine"), "machine", may_be_empty=True),
    Reference(("buses", "*", "machine"), "machine", may_be_empty=True),
    Reference(("keypads", "*", "protocol"), "protocol of keypads"),
    Reference(("keypads", "*", "pads", "*", "counter"), "counter"),
    Reference(("keypads", "*", "machine"), "machine", may_be_empty=True),
    Reference(("readers", "*", "machine"), "machine", may_be_empty=True),
)
UNIQUE_IN_BRANCH: tuple[Key, ...] = (("counters", "*", "number"),)
UNIQUE_IN_DEVICES: tuple[Key, ...] = (
    ("printers", "*", "name"),
    ("printers", "*", "at"),
    ("readers", "*", "name"),
    ("buses", "*", "name"),
    ("buses", "*", "port"),
    ("buses", "*", "boards", "*", "name"),
    ("keypads", "*", "name"),
    ("keypads", "*", "port"),
    ("keypads", "*", "pads", "*", "name"),
)


def languages_of(branch: Table | None) -> list[str]:
    """The languages of the branch, or the usual ones where it does not say."""
    named = [value for value in values(branch, "languages", "*") if isinstance(value, str)] if branch else []
    return named or LANGUAGES


def names_of(branch: Table | None, devices: Table | None) -> dict[str, list[Any]]:
    """What may be referred to, by kind; kinds are left out of which it is not known what was meant."""
    names: dict[str, list[Any]] = {}
    if branch:
        names |= {
            "queue": keys(branch, "queues"),
            "table of hours": keys(branch, "hours"),
            "group": keys(branch, "groups"),
            "paper": keys(branch, "papers"),
            "question": keys(branch, "questions"),
        }
        names |= {"service": keys(branch, "services"), "counter": values(branch, "counters", "*", "number")}
        names |= {"language": languages_of(branch), "kind of voucher": keys(branch, "vouchers")}
    if devices and set(devices.data) <= set(Devices.model_fields):  # else a table may be there under a wrong name
        names |= {"printer": values(devices, "printers", "*", "name"), "machine": keys(devices, "machines")}
    return {kind: known for kind, known in names.items() if all(map(NAMED_WELL.get(kind, bool), known))}


def of_branch(table: Table, names: Names) -> Iterator[Mistake]:
    """What branch.toml says against itself and against the other files."""
    yield from unknown_names(table, IN_BRANCH, names)
    yield from repeated(table, UNIQUE_IN_BRANCH)


def of_devices(table: Table, names: Names) -> Iterator[Mistake]:
    """What devices.toml says against itself and against the other files."""
    yield from unknown_names(table, IN_DEVICES, names)
    yield from repeated(table, UNIQUE_IN_DEVICES)
    yield from repeated_addresses(table)
    yield from emergency_letters(table, names)
    yield from printers_elsewhere(table)


def emergency_letters(table: Table, names: Names) -> Iterator[Mistake]:
    """A number of an emergency must be told from every other by its letter."""
    taken = {str(letter): "a line of branch.toml" for letter in names.get("queue", ())}
    for path, letter in walk(table.data, ("machines", "*", "emergency")):
        if letter and isinstance(letter, str):
            if letter in taken:
                sentence = f"emergency is {shown(letter)}, the letter of {taken[letter]}: choose another"
                yield table.mistake(path, sentence)
            taken.setdefault(letter, f"machine {path[1]}")


def printers_elsewhere(table: Table) -> Iterator[Mistake]:
    """A kiosk prints on a printer of its own machine."""
    printers = [one for _, one in walk(table.data, ("printers", "*")) if isinstance(one, dict)]
    place = {str(one.get("name")): str(one.get("machine", "")) for one in printers}
    for path, name in walk(table.data, ("machines", "*", "printer")):
        if place.get(str(name), "") not in ("", path[1]):
            yield table.mistake(path, f"printer is {shown(name)}, which is plugged in at {place[str(name)]}")


def unknown_names(table: Table, references: Iterable[Reference], names: Names) -> Iterator[Mistake]:
    """A mistake for every name that nothing has, told once with all its places."""
    places: dict[tuple[str, Any], list[Key]] = {}
    for reference in references:
        if reference.kind not in names:  # what would name them cannot be read
            continue
        known = list(dict.fromkeys(names[reference.kind]))
        for path, value in walk(table.data, reference.path):
            wanted = int if reference.kind == "counter" else str  # of another type, the model has spoken already
            if type(value) is wanted and value not in known and (value or not reference.may_be_empty):
                places.setdefault((reference.kind, value), []).append(path)
        if known and reference.default and reference.default not in known:
            yield from _missing_default(table, reference, known)
    for (kind, value), paths in places.items():
        yield _no_such(table, kind, value, list(dict.fromkeys(names[kind])), sorted(paths, key=table.line))


def _no_such(table: Table, kind: str, value: str | int, known: list[Hashable], paths: list[Key]) -> Mistake:
    first, *others = paths
    lines = ", ".join(str(table.line(path)) for path in others)
    also = f" here and on line{'s' if len(others) > 1 else ''} {lines}" if others else ""
    lacking = f"no such {kind}{hint(value, known)}" if known else f"no {kind}"
    return table.mistake(first, f"{found(first, value)}{also}, but there is {lacking}")


def _missing_default(table: Table, reference: Reference, known: list[Hashable]) -> Iterator[Mistake]:
    *around, key = reference.path
    for path, value in walk(table.data, tuple(around)):
        if isinstance(value, dict) and key not in value:
            sentence = f'"{key}" is missing, and there is no {reference.kind} "{reference.default}" to fall back on'
            yield table.mistake(path, sentence + hint("", known))


def repeated(table: Table, places: Iterable[Key]) -> Iterator[Mistake]:
    """A mistake for every value that stands twice where it must be unique."""
    for pattern in places:
        yield from _twice(table, walk(table.data, pattern), "")


def repeated_addresses(table: Table) -> Iterator[Mistake]:
    """Two boards on one bus with the same address would both answer; areas of one board have `values` of their own."""
    for bus, boards in walk(table.data, ("buses", "*", "boards")):
        found = [
            ((*bus, *path, "address"), board.get("address", 1))
            for path, board in walk(boards, ("*",))
            if isinstance(board, dict) and not board.get("values")
        ]
        yield from _twice(table, found, " on this bus")


def _twice(table: Table, found: Iterable[tuple[Key, Any]], where: str) -> Iterator[Mistake]:
    first: dict[Hashable, Key] = {}
    for path, value in found:
        if type(value) not in {str, int}:
            continue
        if value in first:
            line = table.line(first[value])
            yield table.mistake(path, f"{name_of(path)} {shown(value)} is taken already{where}, on line {line}")
        first.setdefault(value, path)
