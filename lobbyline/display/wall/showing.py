"""What the hall screen says at a moment, as plain values: no window, no store, no clock."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from lobbyline.display.leaflets.leaflet import Leaflet
from lobbyline.display.wall.words import Pair, Words
from lobbyline.lobby import hours
from lobbyline.lobby.branch import Branch, Screen
from lobbyline.lobby.hall.view import Call, CounterView, HallView, QueueView
from lobbyline.lobby.rule.forecast import Wait
from lobbyline.lobby.ticket import shown

Row = dict[str, Any]

MOST_COUNTERS = 6  # that are open or paused, named one by one
MOST_SIGNS = 36  # of all states in their one row
DRIFT = 6  # pixels to either side, against burning in
DRIFT_MINUTES = (11, 17)  # minutes for one pixel across and down; they share no divisor, so the path covers an area


@dataclass(frozen=True)
class Showing:
    """Everything on the screen. `state` is open, closed, or wait while nothing is known yet."""

    state: str = "wait"
    trouble: bool = False
    hero: Row = field(default_factory=dict)
    earlier: list[Row] = field(default_factory=list)
    queues: list[Row] = field(default_factory=list)
    soon: list[str] = field(default_factory=list)
    paused: str = ""
    shut: str = ""
    serving: str = ""
    opens: Pair = field(default_factory=dict)
    time: str = ""
    date: Pair = field(default_factory=dict)
    notice: Pair = field(default_factory=dict)
    leaflet: Row = field(default_factory=dict)
    across: int = 0
    down: int = 0


def showing(
    branch: Branch,
    words: Words,
    view: HallView | None,
    at: datetime,
    *,
    trouble: bool,
    leaflet: Leaflet | None = None,
) -> Showing:
    """The screen at `at`; with `trouble` the view is the last one that could be read, and forecasts are left out."""
    local = at.astimezone(branch.zone)
    across, down = drift(local)
    facts: Row = {
        "trouble": trouble,
        "time": f"{local:%H:%M}",
        "date": words.day(local.date(), "beside" if len(words.languages) > 1 else "weekday"),
        "notice": notice(branch, words, at),
        "across": across,
        "down": down,
    }
    if view is None:
        return Showing(**facts)
    if is_closed(branch, view, at):
        return Showing(state="closed", opens=opening(branch, words, at), **facts)
    calls = hall(branch, words, view, at, trouble=trouble)
    calm = branch.screen.leaflets == "always" or not calls["hero"].get("fresh")
    paper = page(leaflet, words) if leaflet and calm and branch.screen.leaflets != "never" else {}
    return Showing(state="open", leaflet=paper, **facts, **calls)


def page(leaflet: Leaflet, words: Words) -> Row:
    """A leaflet for the wall: what to load, and its words in the branch's languages."""
    lines = dict(zip(words.languages, leaflet.lines, strict=False))
    source = "" if leaflet.kind == "text" else f"{leaflet.path.absolute().as_uri()}"
    return {"kind": leaflet.kind, "source": source, **words.each(lambda language: lines.get(language, ""))}


def hall(branch: Branch, words: Words, view: HallView, at: datetime, *, trouble: bool) -> Row:
    """Calls, lines and counters while the branch is open."""
    rows = [called(call, words, at, branch.screen) for call in view.calls]
    return {
        "hero": rows[0] if rows else {},
        "earlier": rows[1:],
        "queues": [] if trouble else [line(queue, words) for queue in view.queues if is_alive(branch, queue, at)],
        "soon": [] if trouble else [shown(number) for number in view.soon],
        **counters(view.counters),
    }


def called(call: Call, words: Words, at: datetime, screen: Screen) -> Row:
    """One call; it is fresh for as long as it stands in its colour, and new for as long as it flashes."""
    age = (at - call.at).total_seconds()
    return {
        "id": call.id,
        "number": shown(call.number),
        "counter": str(call.counter),
        "place": words.say("counter", n=call.counter),
        "fresh": age < screen.called_seconds,
        "new": age < screen.flash_seconds,
    }


def line(queue: QueueView, words: Words) -> Row:
    return {
        "letter": queue.letter,
        "name": words.text(queue.name),
        "waiting": str(queue.waiting),
        "wait": expectation(queue.wait),
    }


def expectation(wait: Wait) -> str:
    """The minutes that a newcomer waits: always a range, open where it would promise too much."""
    return f"{wait.low}+" if wait.crowded else f"{wait.low}–{wait.high}"


def counters(found: list[CounterView]) -> Row:
    """The counters by their state; where there are too many to be read, the closed ones give way."""
    said = {
        "serving": numbers(found, "open"),
        "paused": numbers(found, "paused"),
        "shut": numbers(found, "closed", named=0),  # nobody looks for one of them
    }
    return said if sum(map(len, said.values())) <= MOST_SIGNS else {**said, "shut": ""}


def numbers(counters: list[CounterView], state: str, named: int = MOST_COUNTERS) -> str:
    """The counters of a state; where there are more than may be named one by one, those in a row as a range."""
    own = [counter.number for counter in counters if counter.state == state]
    return "  ".join(map(str, own) if len(own) <= named else ranges(own))


def ranges(numbers: list[int]) -> list[str]:
    """1, 2, 3, 5 and 6 as 1–3, 5 and 6: two are no range."""
    rows = groupby(enumerate(sorted(numbers)), key=lambda placed: placed[1] - placed[0])
    runs = [[number for _, number in row] for _, row in rows]
    return [text for run in runs for text in ([f"{run[0]}–{run[-1]}"] if len(run) > 2 else map(str, run))]


def is_alive(branch: Branch, queue: QueueView, at: datetime) -> bool:
    """Whether a line is worth a row: somebody waits in it, or a number for it can be drawn now."""
    own = [code for code, service in branch.services.items() if service.queue == queue.letter]
    return queue.waiting > 0 or any(hours.is_open(branch, code, at) for code in own or branch.services)


def waited_for(branch: Branch, view: HallView | None) -> set[str]:
    """The kinds of business in whose lines somebody waits."""
    letters = {queue.letter for queue in view.queues if queue.waiting} if view else set()
    return {service.complexity for service in branch.services.values() if service.queue in letters}


def is_closed(branch: Branch, view: HallView, at: datetime) -> bool:
    """Outside all hours, and nobody is left: whoever still waits or is served keeps the screen."""
    local = at.astimezone(branch.zone)
    windows = {window for code in branch.services for window in hours.windows(branch, code, local.date())}
    is_within = any(window.start <= local.time() < window.until for window in windows)
    is_empty = not view.soon and not any(counter.ticket for counter in view.counters)
    return is_empty and not is_within


def opening(branch: Branch, words: Words, at: datetime) -> Pair:
    """When the branch opens next; nothing when no opening is in sight."""
    openings = [start for code in branch.services if (start := hours.next_opening(branch, code, at))]
    if not openings:
        return {"first": "", "second": ""}
    first = min(openings).astimezone(branch.zone)
    key = "opens_today" if first.date() == at.astimezone(branch.zone).date() else "opens"
    day, clock = words.day(first.date()), f"{first:%H:%M}"
    return {place: words.say(key, day=day[place], time=clock)[place] for place in ("first", "second")}


def notice(branch: Branch, words: Words, at: datetime) -> Pair:
    """The notice of these seconds; a branch without notices greets."""
    notices = branch.screen.notices
    if not notices:
        return words.say("welcome")
    return words.text(notices[int(at.timestamp()) // branch.screen.notice_seconds % len(notices)])


def drift(at: datetime) -> tuple[int, int]:
    """Where the picture stands against burning in: a pixel every few minutes, there and back."""
    minutes = int(at.timestamp()) // 60
    across, down = (swing(minutes // pace) for pace in DRIFT_MINUTES)
    return across, down


def swing(step: int) -> int:
    """-DRIFT … DRIFT and back, one pixel a step."""
    place = step % (4 * DRIFT)
    return place - DRIFT if place <= 2 * DRIFT else 3 * DRIFT - place


def theme_at(screen: Screen, at: datetime, *, closed: bool = False) -> str:
    """By daylight the light theme, before and after it and over a closed branch the night theme; or the one look."""
    if screen.look != "daylight":
        return screen.look
    return "light" if screen.day.start <= at.time() < screen.day.until and not closed else "night"
