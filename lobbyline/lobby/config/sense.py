"""Do figures of different keys make sense together? Each alone is within its limits; together they would surprise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from lobbyline.lobby.config.mistakes import judged, shown
from lobbyline.lobby.config.raw import listed, tables, walk, windows
from lobbyline.lobby.config.toml import Key, Table
from lobbyline.lobby.errors import Mistake
from lobbyline.lobby.forms.conventions import SATURDAY
from lobbyline.lobby.settings.hours import DAYS
from lobbyline.lobby.settings.window import Window

LONGEST_NAME = 18  # characters of Chinese that a tile of the kiosk shows
CONTROL_OF = {"voucher": "voucher", "review_minutes": "review"}  # the control that a key stands for nothing without


def of_branch(table: Table) -> Iterator[Mistake]:
    """What branch.toml says that would not do what it looks like."""
    return judged(table, calendar, policy, lunch, services, voice, screen, said_twice)


def calendar(table: Table) -> Iterator[Mistake]:
    """A working weekend that is none, or a holiday all the same."""
    for place, day in enumerate(listed(table.data, "workdays")):
        if type(day) is not date:
            continue
        if day.weekday() < SATURDAY:
            sentence = f"workdays has {day}, a {day:%A}: only Saturdays and Sundays become working days"
            yield table.mistake(("workdays", place), sentence)
        elif day in listed(table.data, "holidays"):
            yield table.mistake(("workdays", place), f"workdays has {day}, which is among the holidays, too")


def policy(table: Table) -> Iterator[Mistake]:
    """Weights under which a rule is another one, or never does what it says."""
    written = _table(table, "policy")
    if written.get("rule", "balanced") in ("gentle", "balanced", "fast"):
        yield from _weights(table, written)
    turns = [turn for turn in listed(written, "interleave") if type(turn) is int]
    if turns and min(turns) < 1:
        sentence = f"interleave has {min(turns)}: at least 1, or one kind of customer is never called in its turn"
        yield table.mistake(("policy", "interleave"), sentence)
    numbers = [counter.get("number") for _, counter in tables(table, "counters")]
    for place, number in enumerate(listed(written, "simple_counters")):
        if type(number) is int and number not in numbers:
            sentence = f"simple_counters has {number}, but there is no such counter"
            yield table.mistake(("policy", "simple_counters", place), sentence)


def _weights(table: Table, written: Mapping[str, Any]) -> Iterator[Mistake]:
    back, late = written.get("set_back"), written.get("set_back_late")
    if back == 0:
        sentence = 'set_back is 0: nobody may be called before somebody who came earlier, and that is rule "fifo"'
        yield table.mistake(("policy", "set_back"), sentence)
    elif isinstance(back, int | float) and isinstance(late, int | float) and late > back:
        sentence = f"set_back_late is {shown(late)}, above set_back, {shown(back)}: who waits long is set back less"
        yield table.mistake(("policy", "set_back_late"), sentence)
    if written.get("handicap") == 0 and written.get("head_starts") == 0:
        sentence = 'handicap and head_starts are both 0: nothing counts but arrival, and that is rule "fifo"'
        yield table.mistake(("policy", "handicap"), sentence)


def lunch(table: Table) -> Iterator[Mistake]:
    """Who stays while others eat."""
    written = _table(table, "lunch")
    for place, cover in enumerate(listed(written, "cover")):
        if isinstance(cover, dict):
            least, among = cover.get("least", 1), len(set(map(str, listed(cover, "counters"))))
            if isinstance(least, int) and among and least > among:
                sentence = f"least is {least}, but only {among} {_plural(among, 'counter is', 'counters are')} named"
                yield table.mistake(("lunch", "cover", place, "least"), sentence)
    for window in windows([written.get("window")]):
        if not any(_overlap(window, other) for other in _open_windows(table)):
            yield table.mistake(("lunch", "window"), f"window is {window}, when the branch is never open")


def _open_windows(table: Table) -> Iterator[Window]:
    return (window for _, week in tables(table, "hours") for day in DAYS for window in windows(week.get(day)))


def services(table: Table) -> Iterator[Mistake]:
    """What goes with a control that the service has not, and a name that is too long for a tile."""
    for path, service in tables(table, "services"):
        for key, control in CONTROL_OF.items():
            if service.get(key) and control not in listed(service, "controls"):
                yield table.mistake((*path, key), f'{key} is set, but "{control}" is not among the controls')
        yield from _long_name(table, path, service.get("name"))


def _long_name(table: Table, path: Key, name: object) -> Iterator[Mistake]:
    chinese = name.get("zh") if isinstance(name, dict) else None
    if isinstance(chinese, str) and len(chinese) >= LONGEST_NAME:
        sentence = f"name has {len(chinese)} characters in Chinese; under {LONGEST_NAME}, or a tile cannot show it"
        yield table.mistake((*path, "name"), sentence)


def voice(table: Table) -> Iterator[Mistake]:
    """Loudness that two windows say otherwise, or that nobody ever hears."""
    written = _table(table, "voice")
    parts = [(place, one) for place, one in enumerate(listed(written, "volumes")) if isinstance(one, dict)]
    known: list[Window] = []
    for place, part in parts:
        for window in windows([part.get("hours")]):
            other = next((one for one in known if _overlap(window, one)), None)
            if other:
                sentence = f"hours is {window}, which overlaps {other} of another volume"
                yield table.mistake(("voice", "volumes", place, "hours"), sentence)
            known.append(window)


def screen(table: Table) -> Iterator[Mistake]:
    """A call that flashes longer than it is new."""
    written = _table(table, "screen")
    flash, called = written.get("flash_seconds", 4), written.get("called_seconds", 20)
    if isinstance(flash, int) and isinstance(called, int) and flash > called:
        sentence = f"flash_seconds is {flash}, but a call is new for called_seconds, {called}, only"
        yield table.mistake(("screen", "flash_seconds"), sentence)


LISTS: tuple[Key, ...] = (
    ("languages",),
    ("holidays",),
    ("workdays",),
    ("closed",),
    ("voice", "languages"),
    ("rating", "counters"),
    ("rules", "pause_reasons"),
    ("services", "*", "forms"),
    ("services", "*", "controls"),
    ("counters", "*", "queues"),
    ("counters", "*", "first"),
    ("counters", "*", "services"),
    ("counters", "*", "helps"),
    ("lunch", "cover", "*", "counters"),
    ("policy", "simple_counters"),
)


def said_twice(table: Table) -> Iterator[Mistake]:
    """A word that stands twice in a list was meant to be another one."""
    for pattern in LISTS:
        for path, values in walk(table.data, pattern):
            for place, value in enumerate(values if isinstance(values, list) else ()):
                if not isinstance(value, dict | list) and value in values[:place]:
                    yield table.mistake((*path, place), f"{path[-1]} has {shown(value)} twice")


def _table(table: Table, name: str) -> Mapping[str, Any]:
    found = table.data.get(name)
    return found if isinstance(found, dict) else {}


def _overlap(one: Window, other: Window) -> bool:
    return one.start < other.until and other.start < one.until


def _plural(count: int, one: str, more: str) -> str:
    return one if count == 1 else more
