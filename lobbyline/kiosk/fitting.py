"""Do the branch's own names fit its paper? Every service, on every printer of it and every paper of a number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from lobbyline.drivers.printers.profile import Profile
from lobbyline.drivers.printers.receipt import Text
from lobbyline.drivers.printers.typeset import fitted, wrapped
from lobbyline.kiosk.layout import Sheet
from lobbyline.kiosk.slip import Paper, ticket
from lobbyline.lobby.branch import Branch
from lobbyline.lobby.config.folder import Setup
from lobbyline.lobby.config.toml import Key, Table, parse
from lobbyline.lobby.errors import Mistake
from lobbyline.lobby.reception.outbox import Slip, Words

NUMBERED = ("ordinary", "elder", "emergency")  # the papers that carry a number
MOST_ROWS = 2  # in which a name still reads as one


def misfits(setup: Setup, profiles: Mapping[str, Profile], sheets: Mapping[str, Sheet]) -> list[Mistake]:
    """A mistake for every name that takes more rows than it should, told once."""
    table = parse(setup.folder / "branch.toml", setup.files["branch.toml"].encode())
    if isinstance(table, Mistake):
        return [table]
    found: dict[tuple[Key, str], Mistake] = {}
    for printer in setup.devices.printers:
        for name in NUMBERED:
            for key, words, rows in _tall(setup.branch, sheets[name], profiles[printer.model]):
                where = f'the paper of printer "{printer.name}" (tickets/{name}.toml)'
                found.setdefault((key, words), _mistake(table, key, words, rows, where))
    return list(found.values())


def _mistake(table: Table, key: Key, words: str, rows: int, where: str) -> Mistake:
    return table.mistake(key, f'"{words}" takes {rows} rows on {where}; at most {MOST_ROWS}: shorten it')


def _tall(branch: Branch, sheet: Sheet, profile: Profile) -> Iterator[tuple[Key, str, int]]:
    """The names that stand in too many rows, with their place in branch.toml and how many rows those are."""
    for code, service in branch.services.items():
        queue = branch.queues[service.queue]
        named: dict[Key, dict[str, str]] = {
            ("services", code, "name"): service.name.root,
            ("queues", service.queue, "zone"): queue.zone.root,
            ("name",): branch.name.root,
        }
        paper = Paper(_slip(branch, code))
        for text in (line for line in ticket(paper, sheet, profile).lines if isinstance(line, Text)):
            rows = len(wrapped(fitted(text, profile), profile))
            for key, said in named.items():
                words = next((words for words in said.values() if words and words in text.words), "")
                if rows > MOST_ROWS and words:
                    yield key, words, rows


def _slip(branch: Branch, code: str) -> Slip:
    """A number for a service, when many wait."""
    service, queue = branch.services[code], branch.queues[branch.services[code].queue]
    texts: dict[str, Words] = {
        language: {
            "branch": branch.name.say(language),
            "service": service.name.say(language),
            "zone": queue.zone.say(language),
            "wait": "",
            "bring": [],
            "rules": [],
        }
        for language in branch.languages
    }
    counters = [one.number for one in branch.counters if branch.can_serve(one, code, service.queue)]
    return Slip(
        number=f"{service.queue}888", ahead=0, counters=counters, taken_at=datetime(2026, 1, 1, tzinfo=UTC),
        token="x" * 22, version="0" * 12, elder=False, texts=texts,
    )  # fmt: skip
