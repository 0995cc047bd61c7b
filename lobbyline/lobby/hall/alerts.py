"""What needs the lobby manager: causes found in a view of the hall, by thresholds of the technician's file.

Pure rules: the same scene gives the same causes. A cause has a name that stays the same while it lasts, so that it is
raised once; who took it and when it was done is remembered elsewhere (`lookout.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from lobbyline.lobby import hours
from lobbyline.lobby.branch import Alerts, Branch, Counter
from lobbyline.lobby.rule.line import Line
from lobbyline.lobby.store.pages.devices import DeviceState
from lobbyline.lobby.store.pages.floor import ComplaintRow, RatingRow, StrayRow
from lobbyline.lobby.store.pages.vouchers import CountRow
from lobbyline.lobby.ticket import Ticket

COLOURS = ("yellow", "orange", "red")
TROUBLE = {"warn": "yellow", "fault": "red"}
SPOKEN_OF = frozenset({"printer", "board", "bus", "voice", "keypads", "keypad"})  # devices with sentences of their own
PERCENT = 100

Facts = Mapping[str, str | int]


@dataclass(frozen=True)
class Cause:
    """Something to look after: `name` is its identity, `since` when it reached its colour, `kind` its sentence."""

    name: str
    kind: str
    level: str
    since: datetime
    facts: Facts = field(default_factory=dict)
    detail: str = ""  # the technician's sentence, where there is one


@dataclass(frozen=True)
class Scene:
    """The hall as the rules look at it."""

    line: Line
    open_counters: Sequence[Counter]
    free_since: Mapping[int, datetime]  # open counters without a customer
    presses: Sequence[tuple[int, datetime]] = ()  # of the help button, with the event's id
    complaints: Sequence[ComplaintRow] = ()
    doubtful: Sequence[tuple[str, datetime]] = ()  # papers of which nobody knows whether they came out
    devices: Sequence[DeviceState] = ()
    strays: Sequence[StrayRow] = ()
    low_ratings: Sequence[RatingRow] = ()
    outcomes: Mapping[str, int] = field(default_factory=dict)
    counts: Sequence[CountRow] = ()  # of blank vouchers
    disk_low: bool = False

    @property
    def branch(self) -> Branch:
        return self.line.branch

    @property
    def limits(self) -> Alerts:
        return self.branch.alerts

    @property
    def at(self) -> datetime:
        return self.line.at


def causes(scene: Scene) -> list[Cause]:
    """Everything that needs somebody now; the gravest first, then the newest."""
    found = [cause for rule in RULES for cause in rule(scene)]
    return sorted(found, key=lambda cause: (COLOURS.index(cause.level), cause.since), reverse=True)


def _help(scene: Scene) -> Iterator[Cause]:
    for id, at in scene.presses:
        yield Cause(f"help:{id}", "help", scene.limits.help, at)


def _complaints(scene: Scene) -> Iterator[Cause]:
    for one in scene.complaints:
        facts: Facts = {"about": one.about, "ticket": one.number}
        kind = "complaint_of" if one.number else "complaint"
        yield Cause(f"complaint:{one.id}", kind, scene.limits.complaint, one.at, facts)


def _crowd(scene: Scene) -> Iterator[Cause]:
    """Many people wait in the whole hall."""
    arrivals = sorted(ticket.arrived_at for ticket in scene.line.tickets)
    if level := scene.limits.waiting.colour(len(arrivals)):
        needed = int(getattr(scene.limits.waiting, level))
        yield Cause("crowd", "crowd", level, arrivals[needed - 1], {"people": needed})


def _wait(scene: Scene) -> Iterator[Cause]:
    """The longest wait of each line."""
    for letter, first in _first(scene, lambda ticket: ticket.queue).items():
        if level := scene.limits.wait.colour(_minutes(first.arrived_at, scene.at)):
            most = getattr(scene.limits.wait, level)
            facts: Facts = {"ticket": first.number, "queue": letter, "minutes": round(most)}
            yield Cause(f"wait:{letter}", "wait", level, first.arrived_at + timedelta(minutes=most), facts)


def _first(scene: Scene, of: Callable[[Ticket], str]) -> dict[str, Ticket]:
    """Who came first of those who wait for the same."""
    first = dict[str, Ticket]()
    for ticket in sorted(scene.line.tickets, key=lambda ticket: ticket.arrived_at):
        first.setdefault(of(ticket), ticket)
    return first


def _water(scene: Scene) -> Iterator[Cause]:
    for ticket in scene.line.tickets:
        due = ticket.arrived_at + timedelta(minutes=scene.limits.water)
        if scene.limits.water and due <= scene.at:
            yield Cause(f"water:{ticket.id}", "water", "yellow", due, {"ticket": ticket.number, "zone": ticket.queue})


def _special(scene: Scene) -> Iterator[Cause]:
    """Whoever is to be met: a privileged customer, or one who is not sure what he needs."""
    segments, services = scene.branch.segments, scene.branch.services
    for ticket in scene.line.tickets:
        facts = {"ticket": ticket.number, "service": ticket.service, "zone": ticket.queue}
        if segments[ticket.segment].privileged:
            yield Cause(f"guest:{ticket.id}", "guest", "yellow", ticket.taken_at, facts)
        if services[ticket.service].complexity == "triage":
            yield Cause(f"unsure:{ticket.id}", "unsure", "yellow", ticket.taken_at, facts)


def _strays(scene: Scene) -> Iterator[Cause]:
    for one in scene.strays:
        facts: Facts = {"ticket": one.number, "service": one.service}
        yield Cause(f"stray:{one.number}", "stray", "orange", one.at, facts)


def _stuck(scene: Scene) -> Iterator[Cause]:
    """Somebody waits for what no open counter does, though the branch is at work."""
    if not scene.open_counters:
        return
    for service, first in _first(scene, lambda ticket: ticket.service).items():
        if not any(_serves(scene.branch, counter, first) for counter in scene.open_counters):
            facts = {"service": service, "ticket": first.number}
            yield Cause(f"stuck:{service}:{first.queue}", "stuck", "orange", first.arrived_at, facts)


def _idle(scene: Scene) -> Iterator[Cause]:
    """A counter is open and free while somebody waits whom it could serve."""
    for counter in scene.open_counters:
        free = scene.free_since.get(counter.number)
        waiting = [one.arrived_at for one in scene.line.tickets if _serves(scene.branch, counter, one)]
        if free is None or not waiting:
            continue
        since = max(free, min(waiting))
        if level := scene.limits.idle.colour(_minutes(since, scene.at)):
            reached = since + timedelta(minutes=getattr(scene.limits.idle, level))
            yield Cause(f"idle:{counter.number}", "idle", level, reached, {"counter": counter.number})


def _job(scene: Scene) -> Iterator[Cause]:
    """A job takes far longer than its kind."""
    for number, ticket in scene.line.serving.items():
        if ticket.state != "serving" or ticket.called_at is None:
            continue
        expected = scene.branch.services[ticket.service].minutes
        taken = _minutes(ticket.called_at, scene.at)
        level = scene.limits.job.colour(taken / expected) if taken >= scene.limits.job_least else ""
        if level:
            after = max(scene.limits.job_least, expected * getattr(scene.limits.job, level))
            facts: Facts = {"counter": number, "ticket": ticket.number, "service": ticket.service}
            yield Cause(f"job:{ticket.id}", "job", level, ticket.called_at + timedelta(minutes=after), facts)


def _leaving(scene: Scene) -> Iterator[Cause]:
    """Many leave before they are served."""
    drawn = sum(count for state, count in scene.outcomes.items() if state != "booked")
    gone = scene.outcomes.get("abandoned", 0) + scene.outcomes.get("missed", 0)
    share = PERCENT * gone / max(drawn, 1)
    if drawn >= scene.limits.leaving_from and (level := scene.limits.leaving.colour(share)):
        yield Cause("leaving", "leaving", level, scene.at, {"percent": int(getattr(scene.limits.leaving, level))})


def _low_ratings(scene: Scene) -> Iterator[Cause]:
    for one in scene.low_ratings:
        facts: Facts = {"ticket": one.number, "counter": one.counter}
        yield Cause(f"rating:{one.number}", "rating", "orange", one.at, facts)


def _vouchers(scene: Scene) -> Iterator[Cause]:
    """By hand there are others than by the book: until they are counted again without a gap."""
    for one in scene.counts:
        if one.gap:
            facts: Facts = {"voucher": one.kind, "holder": one.holder, "counted": one.counted, "book": one.book}
            yield Cause(f"vouchers:{one.kind}:{one.holder}", "vouchers", "red", one.at, facts)


def _papers(scene: Scene) -> Iterator[Cause]:
    for number, at in scene.doubtful:
        yield Cause(f"paper:{number}", "paper", "orange", at, {"ticket": number})


def _devices(scene: Scene) -> Iterator[Cause]:
    """A calm sentence for the hall; what the device said is for the technician, where nobody else can help."""
    for device in scene.devices:
        if device.state in TROUBLE:
            kind = f"{device.kind if device.kind in SPOKEN_OF else 'device'}_{device.state}"
            yield Cause(
                f"device:{device.name}",
                kind,
                TROUBLE[device.state],
                device.at,
                {"device": device.name} | ({"trouble": device.trouble} if device.trouble else {}),
                "" if device.trouble else device.sentence,
            )


def _disk(scene: Scene) -> Iterator[Cause]:
    if scene.disk_low:
        yield Cause("disk", "disk", "red", scene.at)


def _calendar(scene: Scene) -> Iterator[Cause]:
    """Next year's holidays are known to everybody but the branch."""
    if known := hours.holidays_end(scene.branch, scene.at.astimezone(scene.branch.zone).date()):
        yield Cause(f"calendar:{known.year}", "calendar", "yellow", scene.at, {"day": f"{known}"})


RULES = (
    _help, _complaints, _crowd, _wait, _water, _special, _strays, _stuck, _idle, _job, _leaving, _low_ratings,
    _vouchers, _papers, _devices, _disk, _calendar,
)  # fmt: skip


def graver(level: str, other: str) -> bool:
    """Whether a colour is above another."""
    return COLOURS.index(level) > COLOURS.index(other)


def _serves(branch: Branch, counter: Counter, ticket: Ticket) -> bool:
    return branch.can_serve(counter, ticket.service, ticket.queue)


def _minutes(since: datetime, at: datetime) -> float:
    return (at - since).total_seconds() / 60
