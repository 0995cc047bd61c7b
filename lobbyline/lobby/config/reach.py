"""Does everybody get where he wants to? Services have counters in every open hour, pages services, lines customers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import time
from typing import Any

from lobbyline.lobby.config.mistakes import found, judged, shown
from lobbyline.lobby.config.raw import Tables, keys, listed, tables, walk, windows
from lobbyline.lobby.config.toml import Key, Table
from lobbyline.lobby.errors import Mistake
from lobbyline.lobby.settings.hours import DAYS, WEEKDAYS
from lobbyline.lobby.settings.window import Window

MOST_QUESTIONS = 3  # that somebody who is not sure answers


def of_reach(table: Table) -> Iterator[Mistake]:
    """Everything of branch.toml that nobody could ever get to."""
    lines = [counter.get("queues") for _, counter in tables(table, "counters")]
    by_counters = (unserved, not_served_first, out_of_reach, nobody_there)
    known = by_counters if all(isinstance(some, list) for some in lines) else ()  # else it may serve anybody
    return judged(table, *known, empty_pages, empty_lines, never_open, asked_for_ever)


def unserved(table: Table) -> Iterator[Mistake]:
    """A customer in a line that no counter serves for this service would wait for ever."""
    counters, queues = tables(table, "counters"), keys(table, "queues")
    for path, service in tables(table, "services"):
        letter = service.get("queue")
        if letter in queues and not _served(counters, letter, path[-1]):
            yield table.mistake(path, f"no counter serves {path[-1]} in queue {letter}")
    for path, segment in tables(table, "segments"):
        letter, services = segment.get("queue"), keys(table, "services")
        left = [service for service in services if letter in queues and not _served(counters, letter, service)]
        if left:
            what = "" if left == services else f"{', '.join(left)} in "
            yield table.mistake((*path, "queue"), f"no counter serves {what}queue {letter}, where {path[-1]} waits")


def not_served_first(table: Table) -> Iterator[Mistake]:
    """A counter cannot serve a line before all others that it does not serve."""
    for path, counter in tables(table, "counters"):
        for index, letter in enumerate(listed(counter, "first")):
            if letter not in listed(counter, "queues"):
                sentence = f"first has {shown(letter)}, which is not among the queues of this counter"
                yield table.mistake((*path, "first", index), sentence)
        for index, letter in enumerate(listed(counter, "helps")):
            if letter in listed(counter, "queues"):
                sentence = f"helps has {shown(letter)}, which this counter serves anyhow: leave it out"
                yield table.mistake((*path, "helps", index), sentence)


def out_of_reach(table: Table) -> Iterator[Mistake]:
    """A counter names a service that waits in none of its lines."""
    lines = [segment.get("queue") for _, segment in tables(table, "segments")]
    waits = {path[-1]: [service.get("queue"), *lines] for path, service in tables(table, "services")}
    for path, counter in tables(table, "counters"):
        own = listed(counter, "queues")
        for index, code in enumerate(listed(counter, "services")):
            known = isinstance(code, str) and code in waits
            if known and not any(letter in own for letter in waits[code]):
                sentence = f"services has {shown(code)}, which waits in none of the queues of this counter"
                yield table.mistake((*path, "services", index), sentence)


def nobody_there(table: Table) -> Iterator[Mistake]:
    """An open hour of a service in which no counter that can do it is planned."""
    counters = tables(table, "counters")
    hours = {path[-1]: week for path, week in tables(table, "hours")}
    for path, service in tables(table, "services"):
        able = [
            counter
            for _, counter in counters
            if service.get("queue") in listed(counter, "queues")
            and path[-1] in (listed(counter, "services") or [path[-1]])
        ]
        planned = [windows(counter.get("hours")) for counter in able]
        if not planned or not all(planned):  # nobody at all is told elsewhere; no hours are all hours
            continue
        week = hours.get(str(service.get("hours", "personal")), {})
        gap = _first_gap(week, [one for some in planned for one in some])
        if gap:
            day, start, until = gap
            sentence = f"no counter is planned for {path[-1]} on {day} from {start:%H:%M} to {until:%H:%M}"
            yield table.mistake(path, f"{sentence}, when it is open")


def _first_gap(week: Mapping[str, Any], planned: list[Window]) -> tuple[str, time, time] | None:
    for day in DAYS:
        for window in windows(week.get(day)):
            gap = _uncovered(window, planned)
            if gap:
                return day, *gap
    return None


def _uncovered(window: Window, planned: Iterable[Window]) -> tuple[time, time] | None:
    """The first part of a window that none of the others covers."""
    start = window.start
    for other in sorted(planned, key=lambda one: one.start):
        if other.start > start:
            return start, min(other.start, window.until)
        start = max(start, other.until)
        if start >= window.until:
            return None
    return start, window.until


def empty_pages(table: Table) -> Iterator[Mistake]:
    """A page of the kiosk with nothing on it."""
    pages, used = keys(table, "groups"), [service.get("group", "personal") for _, service in tables(table, "services")]
    for group in _unused(pages, used):
        yield table.mistake(("groups", group), f"no service stands on the page {group}: leave the group out")


def empty_lines(table: Table) -> Iterator[Mistake]:
    """A line that nobody ever waits in."""
    used = [one["queue"] for name in ("services", "segments") for _, one in tables(table, name) if "queue" in one]
    for letter in _unused(keys(table, "queues"), used):
        yield table.mistake(("queues", letter), f"nobody waits in queue {letter}: no service and no segment has it")


def _unused(names: list[str], used: list[Any]) -> list[str]:
    """The names that nothing uses; none while a wrong name is used, which may have meant one of them."""
    return [name for name in names if name not in used] if all(name in names for name in used) else []


def asked_for_ever(table: Table) -> Iterator[Mistake]:
    """Who is not sure answers at most three questions in a row, and every question is asked of somebody."""
    questions, asked = keys(table, "questions"), set[str]()
    level = questions[:1]
    for number in range(1, MOST_QUESTIONS + 1):
        asked.update(level)
        leads = [lead for name in level for lead in walk(table.data, ("questions", name, "answers", "*", "then"))]
        level = list(dict.fromkeys(then for _, then in leads if then in questions))
        if number == MOST_QUESTIONS:
            yield from (_one_too_many(table, path, then) for path, then in leads if then in questions)
    for name in questions:
        if name not in asked | set(level):
            yield table.mistake(("questions", name), f"question {name} is never asked: no answer leads to it")


def _one_too_many(table: Table, path: Key, then: str) -> Mistake:
    return table.mistake(path, f"{found(path, then)}: the fourth question in a row; at most {MOST_QUESTIONS}")


def never_open(table: Table) -> Iterator[Mistake]:
    """Hours in which no ticket could ever be drawn."""
    for path, week in tables(table, "hours"):
        days = [windows(week.get(day)) for day in DAYS]
        if not any(week.get(day) for day in WEEKDAYS):
            yield table.mistake(path, f"{path[-1]} is open on no day of the week")
        last = week.get("last_ticket_minutes", 15)
        for day, some in zip(DAYS, days, strict=True):
            if some and isinstance(last, int) and _minutes(max(some, key=lambda one: one.start)) <= last:
                sentence = f"the last window of {day} is over before its first ticket: last_ticket_minutes is {last}"
                yield table.mistake((*path, day), sentence)


def _minutes(window: Window) -> int:
    return (window.until.hour - window.start.hour) * 60 + window.until.minute - window.start.minute


def _served(counters: Tables, letter: object, service: object) -> bool:
    return any(
        letter in listed(counter, "queues") and service in (listed(counter, "services") or [service])
        for _, counter in counters
    )
