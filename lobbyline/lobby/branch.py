"""The branch as its technician described it: every setting declared once.

Type, default, limits and one sentence stand here; validation, messages and `docs/configuration.md`
come from them. Nothing here reads a file (`config.py` does) and nothing changes after loading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, time
from difflib import get_close_matches
from functools import cached_property
from itertools import pairwise
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    RootModel,
    ValidationInfo,
    model_validator,
)

Control = Literal["identity", "authorisation", "review", "risk_disclosure", "voucher"]
CONTROLS: tuple[Control, ...] = ("identity", "authorisation", "review", "risk_disclosure", "voucher")
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_TIME = "(?:[01][0-9]|2[0-3]):[0-5][0-9]"


class Settings(BaseModel):
    """A table of a TOML file: frozen; an unknown key is a mistake, and so is "3" where 3 is meant."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


class Text(RootModel[dict[str, str]]):
    """One sentence in several languages, keyed by language code: `{ zh = "取款", en = "Withdraw" }`.

    The reader of files passes the branch's languages as context; a text must have them all.
    """

    model_config = ConfigDict(frozen=True, strict=True)

    @model_validator(mode="after")
    def speaks_every_language(self, info: ValidationInfo) -> Self:
        missing = [language for language in (info.context or {}).get("languages", ()) if not self.root.get(language)]
        if missing:
            raise ValueError(f"has no text in {' and '.join(missing)}, which this branch speaks")
        return self

    def say(self, language: str) -> str:
        """The sentence in `language`, or in the first language the technician wrote."""
        return self.root.get(language) or next(iter(self.root.values()), "")

    @property
    def zh(self) -> str:
        return self.say("zh")

    @property
    def en(self) -> str:
        return self.say("en")


class Window(Settings):
    """An opening window within one day; `until` is exclusive."""

    start: time
    until: time

    def __str__(self) -> str:
        return f"{self.start:%H:%M}-{self.until:%H:%M}"


def read_window(value: object) -> object:
    """`"09:00-17:00"` as the two times of a `Window`."""
    if not isinstance(value, str):
        return value
    times = re.fullmatch(rf"({_TIME}) *- *({_TIME})", value)
    if not times:
        raise ValueError('a window is written like "09:00-17:00"')
    start, until = time.fromisoformat(times[1]), time.fromisoformat(times[2])
    if start >= until:
        raise ValueError("a window ends after it starts")
    return Window(start=start, until=until)


def apart(windows: list[Window]) -> list[Window]:
    """The windows of a day, which must not overlap."""
    for earlier, later in pairwise(sorted(windows, key=lambda window: window.start)):
        if later.start < earlier.until:
            raise ValueError(f"has windows that overlap: {earlier} and {later}")
    return windows


Windows = Annotated[list[Annotated[Window, BeforeValidator(read_window)]], AfterValidator(apart)]


class Hours(Settings):
    """When a kind of business is open: windows for each weekday, none on holidays."""

    mon: Windows = Field([], description="Windows of Monday.")
    tue: Windows = Field([], description="Windows of Tuesday.")
    wed: Windows = Field([], description="Windows of Wednesday.")
    thu: Windows = Field([], description="Windows of Thursday.")
    fri: Windows = Field([], description="Windows of Friday.")
    sat: Windows = Field([], description="Windows of Saturday.")
    sun: Windows = Field([], description="Windows of Sunday.")
    last_ticket_minutes: int = Field(
        15, ge=0, le=240, description="No ticket in the last minutes before the end of the day's last window."
    )

    def windows(self, day: date) -> list[Window]:
        """The windows of one calendar day, in order."""
        windows: list[Window] = getattr(self, WEEKDAYS[day.weekday()])
        return sorted(windows, key=lambda window: window.start)


class Queue(Settings):
    """One line of waiting customers with its own letter."""

    name: Text = Field(description="What customers call the line.")
    digits: int = Field(3, ge=2, le=4, description="Digits of the number; it restarts daily and rolls over at the top.")
    head_start: float = Field(0, ge=0, le=120, description="Minutes this line is treated as having arrived earlier.")
    max_wait: float = Field(45, ge=1, le=480, description="After this many minutes nobody who came later may pass.")
    zone: Text = Field(description="Where to sit, as printed on the ticket.")


class Segment(Settings):
    """A kind of customer; it changes queue and pace, and never removes a service."""

    name: Text = Field(description="What staff call this kind of customer; never shown to the hall.")
    queue: str | None = Field(None, description="Letter of the line this segment waits in, whatever the service.")
    head_start: float = Field(0, ge=0, le=120, description="Minutes of credit on arrival.")
    elder: bool = Field(False, description="Large print on the ticket and the kiosk's large pages.")
    privileged: bool = Field(
        False, description="Its customers pass others by privilege: `quota` and `interleave` of [policy] count them."
    )


class Service(Settings):
    """What a customer comes for."""

    name: Text = Field(description="In people's words, under 18 characters in Chinese.")
    group: str = Field("personal", description="The page of the kiosk it stands on: a key of [groups].")
    queue: str = Field(description="Letter of the line it waits in.")
    complexity: Literal["forms", "advice", "settlement", "quick", "triage"] = Field(
        description="Class of business: forms and identity, advice, two-stage settlement, quick cash, or triage."
    )
    minutes: float = Field(gt=0, le=240, description="Expected minutes at the counter.")
    review_minutes: float = Field(0, ge=0, le=240, description="Expected minutes of the back office after the counter.")
    hours: str = Field("personal", description="A key of [hours].")
    daily_limit: int = Field(0, ge=0, description="Tickets a day; 0 is without limit.")
    bring: list[Text] = Field([], description="What to have ready: at most five lines.", max_length=5)
    forms: list[str] = Field([], description="Forms to fill: F01 … F11.")
    machine: Text | None = Field(None, description="The machine that can do it too, and where it stands.")
    controls: list[Control] = Field([], description="Controls that nobody may skip before the ticket is done.")
    voucher: str = Field("", description="The kind of blank voucher its voucher control uses up: a key of [vouchers].")
    popular: bool = Field(False, description="Shown on the kiosk's first page.")
    icon: str = Field("help", description="A name of assets/icons, without .svg.")


class Counter(Settings):
    """A place where tickets are served."""

    number: int = Field(ge=1, le=99, description="The number over the counter.")
    name: Text = Field(description="What the sign says.")
    queues: list[str] = Field(description="Letters of the lines it serves.", min_length=1)
    first: list[str] = Field([], description="Letters of the lines it serves before all others.")
    services: list[str] = Field([], description="Only these services; empty means every service of its lines.")
    hours: Windows = Field(
        [], description="When a teller is planned to sit here; empty: always. For simulation, plan and forecast."
    )


PRESETS: dict[str, dict[str, float]] = {
    "gentle": {"handicap": 50, "half": 6, "steepness": 2, "crowding": 0.05, "promise": 10, "promise_share": 0.6},
    "fast": {"handicap": 240, "promise": 80, "promise_share": 2},
}


class Policy(Settings):
    """Who is next: the published rule and its weights (minutes are minutes of waiting).

    `gentle`, `balanced` and `fast` are one rule with three sets of weights; a weight written here counts before the
    set's own. The defaults shown are those of `balanced`.
    """

    rule: Literal["fifo", "interleave", "split", "gentle", "balanced", "fast"] = Field(
        "balanced",
        description="`fifo`: by arrival; `interleave`: by arrival, privileged customers in between; `split`: simple "
        "and long business at counters of their own; `gentle`, `balanced`, `fast`: credit in minutes.",
    )
    handicap: float = Field(200, ge=0, le=480, description="Minutes a very long job is held back.")
    half: float = Field(9, gt=0, le=120, description="Minutes of work at which half the handicap applies.")
    steepness: float = Field(1.5, gt=0, le=5, description="How sharply the handicap grows around `half`.")
    crowding: float = Field(
        0.5,
        ge=0,
        le=2,
        description="Growth of head start and handicap per customer waiting per open counter above two.",
    )
    scarcity: float = Field(
        0.5, ge=0, le=1, description="How much less a job is held back when few counters can do it."
    )
    ending: float = Field(
        15,
        ge=0,
        le=240,
        description="In so many minutes before closing, head start and handicap fade away; 0 is never.",
    )
    head_starts: float = Field(1, ge=0, le=5, description="Share of the head starts of lines and segments that counts.")
    promise: int = Field(60, ge=0, le=200, description="A ticket may be overtaken this many times …")
    promise_share: float = Field(
        1.0, ge=0, le=5, description="… plus this share of the tickets ahead when it was drawn."
    )
    ready_share: float = Field(
        0.7, gt=0, le=1, description="Share of a job's minutes that is left when its form was filled beforehand."
    )
    quota: int = Field(
        3, ge=1, le=50, description="Of so many calls in a row at most one passes others by privilege; 1 is no limit."
    )
    interleave: list[int] = Field(
        [1, 1],
        min_length=2,
        max_length=2,
        description="Under `interleave`: calls of privileged customers, then calls of the others, in turn.",
    )
    simple_counters: list[int] = Field(
        [],
        description="Under `split`: of the counters that can do both, those for quick business; "
        "left empty, every second one.",
    )

    @model_validator(mode="before")
    @classmethod
    def with_preset(cls, written: object) -> object:
        """The weights of the named set, below those that are written down."""
        if not isinstance(written, dict):
            return written
        return PRESETS.get(str(written.get("rule", "")), {}) | written

    def ruled(self, rule: str) -> Policy:
        """This policy under another rule: that rule's weights, and all that belongs to no set of weights."""
        if rule == self.rule:
            return self
        weights = {key for preset in PRESETS.values() for key in preset}
        kept = {key: value for key, value in self if key not in weights}
        return Policy.model_validate(kept | {"rule": rule})


class Rules(Settings):
    """Limits of the walk of a ticket."""

    recalls: int = Field(3, ge=0, le=10, description="Times a ticket may be called again.")
    recall_seconds: int = Field(30, ge=5, le=300, description="Least seconds between two calls of the same ticket.")
    restore_minutes: int = Field(30, ge=0, le=240, description="A missed ticket may come back this long.")
    reviewers: int = Field(1, ge=1, le=20, description="People of the back office who review at the same time.")
    return_minutes: float = Field(
        1, ge=0, le=60, description="Minutes at the counter of a customer who is called back after review."
    )
    restore_numbers: int = Field(
        0,
        ge=0,
        le=100,
        description="… or as long as no more numbers of its line were called since; 0: only the minutes count.",
    )
    misses: int = Field(2, ge=1, le=9, description="A ticket that is missed so many times is void.")
    moves: int = Field(5, ge=0, le=20, description="Times a ticket may be moved to another service.")
    held: int = Field(20, ge=0, le=200, description="Customers that may be put aside at once.")
    pause_reasons: list[str] = Field([], description="Reasons a pause must give one of; empty allows any, or none.")
    booking_days: int = Field(30, ge=0, le=365, description="How far ahead an appointment may be booked.")
    booking_step: int = Field(15, ge=5, le=240, description="Minutes from one booking time to the next.")
    booking_places: int = Field(1, ge=1, le=50, description="Appointments for one booking time.")
    booking_grace: int = Field(10, ge=0, le=120, description="Minutes after which an appointment is forfeited.")
    request_days: int = Field(7, ge=1, le=90, description="Days the answer to a request's key is kept for a repeat.")


class Cover(Settings):
    """Counters of which some stay open."""

    counters: list[int] = Field(description="Their numbers.", min_length=1)
    least: int = Field(1, ge=1, le=99, description="How many of them stay open.")


class Lunch(Settings):
    """The hours in which tellers eat in turns and the branch stays open."""

    window: Annotated[Window, BeforeValidator(read_window)] = Field(description='Like "12:00-13:30".')
    cover: list[Cover] = Field(description="Groups of counters that never all close.", min_length=1)

    def now(self, clock: time) -> bool:
        return self.window.start <= clock < self.window.until


class VoucherKind(Settings):
    """A kind of controlled blank voucher."""

    name: Text = Field(description="What staff call it.")
    digits: int = Field(8, ge=3, le=18, description="Digits of its serial numbers.")


class Loudness(Settings):
    """Hours of the day in which the voice is louder or softer than usual."""

    hours: Annotated[Window, BeforeValidator(read_window)] = Field(description="From when to when.")
    volume: int = Field(ge=0, le=100, description="Percent of full loudness.")


class Voice(Settings):
    """The voice that calls in the hall."""

    languages: list[str] = Field(
        ["zh", "en"], description="Spoken one after another: folders of assets/voices or of the branch's own voices/."
    )
    repeats: int = Field(2, ge=1, le=3, description="Times a call is spoken.")
    stale_seconds: int = Field(60, ge=5, le=600, description="A call older than this is not spoken any more.")
    volume: int = Field(100, ge=0, le=100, description="Percent of full loudness; the amplifier sets what full is.")
    volumes: list[Loudness] = Field([], description="Hours with a loudness of their own.")
    quiet: Windows = Field([], description="Windows of the day in which nothing is spoken; screen and boards go on.")

    def volume_at(self, moment: time) -> int:
        """Percent of full loudness at a time of day; 0 is silence."""
        if any(window.start <= moment < window.until for window in self.quiet):
            return 0
        own = (part.volume for part in self.volumes if part.hours.start <= moment < part.hours.until)
        return next(own, self.volume)


class Kiosk(Settings):
    """The customers' touchscreen."""

    printer: str = Field("", description="Name of the ticket printer in devices.toml; empty prints nothing.")
    width: int = Field(1080, ge=600, le=4096, description="Pixels of the panel.")
    height: int = Field(1920, ge=600, le=4096, description="Pixels of the panel.")
    idle_seconds: int = Field(
        30, ge=5, le=600, description="Without a touch this long, the page clears itself after a warning."
    )
    warning_seconds: int = Field(10, ge=3, le=60, description="How long the warning stands before the page clears.")


class Screen(Settings):
    """The hall's television."""

    width: int = Field(1920, ge=600, le=7680, description="Pixels of the panel.")
    height: int = Field(1080, ge=480, le=4320, description="Pixels of the panel.")
    called_seconds: int = Field(20, ge=5, le=120, description="How long a new call stands alone in its colour.")
    notices: list[Text] = Field([], description="Notices of the bottom strip, one at a time.")
    notice_seconds: int = Field(15, ge=5, le=300, description="How long a notice stands still.")
    leaflets: Literal["always", "calm", "never"] = Field(
        "always",
        description="When the branch's notices/ folder is shown: always, only while no call is fresh, or never.",
    )
    leaflet_seconds: int = Field(
        20, ge=5, le=600, description="How long a leaflet stands still; films play to the end."
    )
    flash_seconds: int = Field(
        4, ge=0, le=10, description="How long a new call flashes for those who do not hear, once a second; 0 is never."
    )
    look: Literal["daylight", "light", "night", "contrast"] = Field(
        "daylight", description="The theme; daylight is light within `day` and night around it."
    )
    day: Annotated[Window, BeforeValidator(read_window)] = Field(
        "07:00-18:00", validate_default=True, description="When the hall has daylight."
    )


class StaffPages(Settings):
    """Where the staff's pages are served."""

    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(8321, ge=1, le=65535, description="TCP port to listen on.")


class Printer(Settings):
    """A ticket printer."""

    name: str = Field(description="How the other files and messages call it.")
    at: str = Field(description='Where it is: "tcp://host:port", "serial:/dev/…?baud=115200" or "usblp:/dev/usb/lp0".')
    model: str = Field("generic-80", description="A profile of assets/printers.")


BoardTexts = dict[Literal["welcome", "call", "serving", "prepare", "paused", "closed"], str]
BoardValues = dict[str, int | str]


class Board(Settings):
    """An LED board on a bus."""

    name: str = Field(description="How messages call it.")
    protocol: str = Field(description="A protocol of assets/boards.")
    address: int = Field(1, ge=0, le=65535, description="Its address on the bus.")
    counter: int | None = Field(None, description="The counter it hangs over; none for the main board.")
    width: int = Field(8, ge=2, le=64, description="Characters it can show.")
    row: int = Field(1, ge=1, le=16, description="Which call this row of the main board shows: 1 is the newest.")
    shows: Literal["calls", "next"] = Field(
        "calls", description="Over no counter: the calls, or the next numbers, who please prepare."
    )
    language: str = Field("", description="Language of its texts; the bus's or the branch's first one unless given.")
    texts: BoardTexts = Field({}, description="Its own wordings by state, long to short parted by |.")
    values: BoardValues = Field({}, description="Values of its own for its frames, such as a register or an area.")


class Bus(Settings):
    """One serial line and the boards on it."""

    name: str = Field(description="How messages call it.")
    port: str = Field(description="Stable device path; a relative path is inside the data folder.")
    baudrate: int | None = Field(None, ge=300, le=1000000, description="Instead of the protocol's own speed.")
    language: str = Field("", description="Language of the texts of all its boards.")
    texts: BoardTexts = Field({}, description="Wordings of all its boards by state.")
    boards: list[Board] = Field(min_length=1, description="The boards on this line.")


class Devices(Settings):
    """devices.toml: what is plugged in where."""

    printers: list[Printer] = Field([], description="Ticket printers.")
    buses: list[Bus] = Field([], description="Serial lines with boards.")

    def printer(self, name: str) -> Printer | None:
        return next((printer for printer in self.printers if printer.name == name), None)

    def boards(self) -> Iterable[Board]:
        return (board for bus in self.buses for board in bus.boards)


def short_name(value: str) -> str:
    """A name that may stand in file names and in the store."""
    if not re.fullmatch(r"[a-z0-9-]{1,40}", value):
        raise ValueError('small letters a to z, digits and "-" are allowed, at most 40 of them')
    return value


def letter(value: str) -> str:
    """The letter of a line, as it stands before the number."""
    if not re.fullmatch(r"[A-Z]", value):
        raise ValueError("a queue is one capital letter, A to Z")
    return value


def known_zone(value: str) -> str:
    """A time zone that this machine knows."""
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        near = get_close_matches(value, sorted(available_timezones()), n=1, cutoff=0.75)
        asked = f'did you mean "{near[0]}"?' if near else 'a name like "Asia/Shanghai" is expected'
        raise ValueError(f"this machine knows no such time zone; {asked}") from error
    return value


def with_ordinary(segments: dict[str, Segment]) -> dict[str, Segment]:
    """Every customer is ordinary until somebody says more."""
    if "ordinary" not in segments:
        raise ValueError('has no "ordinary", the segment of everyone who is not recognised')
    return segments


class Branch(Settings):
    """branch.toml: the whole branch."""

    id: Annotated[str, AfterValidator(short_name)] = Field(description="Short name in files and in the store.")
    name: Text = Field(description="As printed on the ticket.")
    time_zone: Annotated[str, AfterValidator(known_zone)] = Field(
        "Asia/Shanghai", description="IANA name of the branch's time zone."
    )
    languages: list[str] = Field(
        ["zh", "en"], min_length=1, description="Languages of kiosk, screen and voice, first one first."
    )
    hours: dict[str, Hours] = Field(description="Named opening hours.")
    holidays: list[date] = Field([], description="Days on which nothing is open.")
    groups: dict[str, Text] = Field(description="Pages of services on the kiosk.")
    queues: dict[Annotated[str, AfterValidator(letter)], Queue] = Field(description="The lines, by letter.")
    segments: Annotated[dict[str, Segment], AfterValidator(with_ordinary)] = Field(description="Kinds of customers.")
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
    staff: StaffPages = Field(default_factory=StaffPages, description="The staff's pages.")

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def counter(self, number: int) -> Counter | None:
        return next((counter for counter in self.counters if counter.number == number), None)

    def can_serve(self, counter: Counter, service: str, queue: str) -> bool:
        """Whether a counter serves a ticket of `service` that waits under `queue`.

        The line must be its own, and the service one that it names; naming none, it does the services of its lines.
        """
        if queue not in counter.queues:
            return False
        return service in counter.services if counter.services else self.services[service].queue in counter.queues

    def queue_of(self, service: str, segment: str) -> str:
        """The letter a customer of `segment` waits under for `service`."""
        return self.segments[segment].queue or self.services[service].queue
