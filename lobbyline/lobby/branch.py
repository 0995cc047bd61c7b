"""branch.toml: the branch as its technician described it, gathered from the tables in `settings/`.

Nothing here reads a file (`config/` does) and nothing changes after loading.
"""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from functools import cached_property
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic import AfterValidator, Field

from lobbyline.lobby.forms.conventions import Conventions
from lobbyline.lobby.settings.advice import Advice
from lobbyline.lobby.settings.alerts import Alerts, Levels
from lobbyline.lobby.settings.base import Base
from lobbyline.lobby.settings.buses import Board, Bus
from lobbyline.lobby.settings.complaints import Complaints
from lobbyline.lobby.settings.counters import Counter
from lobbyline.lobby.settings.devices import Devices
from lobbyline.lobby.settings.hours import WEEKDAYS, Hours
from lobbyline.lobby.settings.keeping import Keeping
from lobbyline.lobby.settings.keypads import KeypadLine, Pad
from lobbyline.lobby.settings.kiosk import Kiosk
from lobbyline.lobby.settings.lunch import Cover, Lunch
from lobbyline.lobby.settings.minimum import Minimum
from lobbyline.lobby.settings.papers import Paper
from lobbyline.lobby.settings.policy import Policy
from lobbyline.lobby.settings.printers import Printer
from lobbyline.lobby.settings.questions import Question
from lobbyline.lobby.settings.queues import Queue, letter
from lobbyline.lobby.settings.rating import Rating
from lobbyline.lobby.settings.rules import Rules
from lobbyline.lobby.settings.screen import Screen
from lobbyline.lobby.settings.segments import Segment, with_ordinary
from lobbyline.lobby.settings.services import CONTROLS, Band, Complexity, Control, Service
from lobbyline.lobby.settings.setting import Settings, Text, at_start_of, short_name
from lobbyline.lobby.settings.staff import StaffPages
from lobbyline.lobby.settings.standards import Standard
from lobbyline.lobby.settings.store import Memory
from lobbyline.lobby.settings.voice import Voice
from lobbyline.lobby.settings.vouchers import VoucherKind
from lobbyline.lobby.settings.window import Window, read_window

__all__ = [
    "CONTROLS",
    "WEEKDAYS",
    "Advice",
    "Alerts",
    "Band",
    "Board",
    "Branch",
    "Bus",
    "Control",
    "Counter",
    "Cover",
    "Devices",
    "Hours",
    "KeypadLine",
    "Levels",
    "Lunch",
    "Pad",
    "Paper",
    "Policy",
    "Printer",
    "Question",
    "Queue",
    "Rating",
    "Rules",
    "Screen",
    "Segment",
    "Service",
    "Settings",
    "Text",
    "Voice",
    "VoucherKind",
    "Window",
    "read_window",
]


def known_zone(value: str) -> str:
    """A time zone that this machine knows."""
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        near = get_close_matches(value, sorted(available_timezones()), n=1, cutoff=0.75)
        asked = f'did you mean "{near[0]}"?' if near else 'a name like "Asia/Shanghai" is expected'
        raise ValueError(f"this machine knows no such time zone; {asked}") from error
    return value


class Branch(Settings):
    """branch.toml: the whole branch."""

    base: Base | None = Field(None, description="The bank's base profile under this file.")
    id: Annotated[str, AfterValidator(short_name)] = Field(description="Short name in files and in the store.")
    name: Text = Field(description="As printed on the ticket.")
    time_zone: Annotated[str, AfterValidator(known_zone)] = Field(
        "Asia/Shanghai",
        description="IANA name of the branch's time zone.",
        json_schema_extra=at_start_of("kiosk", "screen", "boards", "keypads", "staff"),
    )
    languages: list[str] = Field(
        ["zh", "en"], min_length=1, description="Languages of kiosk, screen and voice, first one first."
    )
    hours: dict[str, Hours] = Field(description="Named opening hours.")
    holidays: list[date] = Field([], description="Public holidays: each kind of business has its `holiday` windows.")
    workdays: list[date] = Field(
        [], description="Saturdays and Sundays that are worked for a holiday: everything is open as on a Monday."
    )
    closed: list[date] = Field([], description="Days on which nothing is open, whatever day it is.")
    zheng_after_jiao: bool = Field(False, description="Amounts in capitals that end in 角 get 整 behind it.")
    groups: dict[str, Text] = Field(description="Pages of services on the kiosk.")
    queues: dict[Annotated[str, AfterValidator(letter)], Queue] = Field(description="The lines, by letter.")
    segments: Annotated[dict[str, Segment], AfterValidator(with_ordinary)] = Field(description="Kinds of customers.")
    papers: dict[str, Paper] = Field({}, description="What customers bring, by the name that services use.")
    questions: dict[str, Question] = Field(
        {}, description="What who is not sure is asked, the first question first; at most three in a row."
    )
    services: dict[str, Service] = Field(description="What customers come for, by code.")
    counters: list[Counter] = Field(description="The counters, by number.", min_length=1)
    policy: Policy = Field(default_factory=Policy, description="Who is next.")
    rules: Rules = Field(default_factory=Rules, description="Limits of the walk of a ticket.")
    lunch: Lunch | None = Field(None, description="Who stays while others eat; none when nobody must.")
    vouchers: dict[Annotated[str, AfterValidator(short_name)], VoucherKind] = Field(
        {}, description="Kinds of blank vouchers whose serials are kept in the register."
    )
    kiosk: Kiosk = Field(default_factory=Kiosk, description="The kiosk.")
    screen: Screen = Field(default_factory=Screen, description="The hall screen.")
    voice: Voice = Field(default_factory=Voice, description="The voice.")
    rating: Rating = Field(default_factory=Rating, description="What customers think of the service.")
    complaints: Complaints = Field(default_factory=Complaints, description="What customers are unhappy about.")
    advice: Advice = Field(default_factory=Advice, description="Customers whom tellers send to an advice desk.")
    standards: dict[Complexity, Standard] = Field({}, description="How soon each class of business should be called.")
    alerts: Alerts = Field(default_factory=Alerts, description="When the lobby manager is told of something.")
    staff: StaffPages = Field(default_factory=StaffPages, description="The staff's pages.")
    minimum: Minimum = Field(default_factory=Minimum, description="What must be there before the branch opens.")
    keeping: Keeping = Field(default_factory=Keeping, description="What is kept how long, and where copies go.")
    store: Memory = Field(default_factory=Memory, description="Where the memory is kept.")

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @cached_property
    def conventions(self) -> Conventions:
        """How this branch judges forms."""
        return Conventions(frozenset(self.holidays), frozenset(self.workdays), self.zheng_after_jiao)

    def counter(self, number: int) -> Counter | None:
        return next((counter for counter in self.counters if counter.number == number), None)

    def ruled(self, rule: str) -> Branch:
        """The branch under another rule of who is next."""
        return self.model_copy(update={"policy": self.policy.ruled(rule)})

    def can_serve(self, counter: Counter, service: str, queue: str) -> bool:
        """Whether a counter serves a ticket of `service` that waits under `queue`.

        The line must be its own, and the service one that it names; naming none, it does the services of its lines.
        """
        if queue not in counter.queues:
            return False
        return service in counter.services if counter.services else self.services[service].queue in counter.queues

    def bring(self, service: str, band: Band | None = None) -> list[Paper]:
        """What a customer brings for a service, or for a range of its amounts."""
        names = (band.bring if band else []) or self.services[service].bring
        return [self.papers[name] for name in names]

    def queue_of(self, service: str, segment: str) -> str:
        """The letter a customer of `segment` waits under for `service`."""
        return self.segments[segment].queue or self.services[service].queue
