"""The program of the keypads: a key of a caller is a verb of its counter, a key of a rating pad is a rating.

One thread for each line. A key that the rules refuse does nothing and is shown as refused where the pad can show it;
whatever a pad shows is read from the lobby anew after every change.
"""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from types import FrameType

from lobbyline.drivers.errors import DeviceError
from lobbyline.drivers.keypads.pads import Pads
from lobbyline.drivers.keypads.protocol import KeypadProtocol
from lobbyline.drivers.wire.line import Line
from lobbyline.drivers.wire.reading import ProtocolMistakes
from lobbyline.drivers.wire.values import FrameRefused, Values
from lobbyline.lobby.branch import KeypadLine, Pad
from lobbyline.lobby.config.folder import Setup
from lobbyline.lobby.counter.desk import Desk
from lobbyline.lobby.errors import ConfigError, Mistake, Refusal, StoreError
from lobbyline.lobby.lobby import Lobby
from lobbyline.lobby.ticket import STEPS, Ticket
from lobbyline.systemd import Pulse

log = logging.getLogger(__name__)
LOOK_SECONDS = 1.0
MOST_SHOWN = 99  # people
REFUSED_SECONDS = 3.0  # how long a pad shows that a key was refused
Clock = Callable[[], datetime]


def pause(desk: Desk, at: datetime) -> object:
    """One key for both ways."""
    if desk.standing(at).state == "paused":
        return desk.resume(at)
    return desk.pause(at)


VERBS: dict[str, Callable[[Desk, datetime], object]] = {
    "next": Desk.next,
    "recall": Desk.recall,
    "greet": Desk.greet,
    "ask": Desk.ask,
    "operate": Desk.operate,
    "confirm": Desk.confirm,
    "done": Desk.done,
    "absent": Desk.absent,
    "hold": Desk.hold,
    "pause": pause,
    "open": Desk.open,
    "close": Desk.close,
}


def run(lobby: Lobby, clock: Clock) -> int:
    """Hear the keypads of the branch until a signal ends it."""
    known, over = protocols(lobby.setup), set_by_signals()
    stations = [Station(lobby, clock, line, known[line.protocol]) for line in lobby.setup.devices.keypads]
    threads = [threading.Thread(target=one.work, args=(over,), name=one.line.name) for one in stations]
    for thread in threads:
        thread.start()
    pulse = Pulse()
    with closing(lobby.watch("keypads")) as watch:
        while not over.is_set():
            if watch.wait(LOOK_SECONDS):
                for station in stations:
                    station.changed.set()
            with suppress(StoreError):
                lobby.catch_up()
            if lobby.in_use.waiting_for_start or not all(thread.is_alive() for thread in threads):
                over.set()  # other lines, or a mistake of ours with its traceback: the program is started again
            else:
                pulse.beat()
    for thread in threads:
        thread.join()
    return 0


def set_by_signals() -> threading.Event:
    """What is set when the program is to end."""
    over = threading.Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        over.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
    return over


def protocols(setup: Setup) -> dict[str, KeypadProtocol]:
    """Every protocol of keypads that devices.toml names; ConfigError with all mistakes in them."""
    known, mistakes = dict[str, KeypadProtocol](), list[Mistake]()
    for name, table in setup.keypads.items():
        try:
            known[name] = KeypadProtocol.read(table.data)
        except ProtocolMistakes as error:
            mistakes += [table.mistake(path, sentence) for path, sentence in error.mistakes]
    mistakes += misplaced(setup, known)
    if mistakes:
        raise ConfigError(mistakes)
    return known


def misplaced(setup: Setup, known: Mapping[str, KeypadProtocol]) -> list[Mistake]:
    """Pads whose address is out of range, or another's."""
    found = []
    for number, line in enumerate(setup.devices.keypads):
        taken = set[int]()
        for place, pad in enumerate(line.pads):
            path = ("keypads", number, "pads", place, "address")
            if pad.address in taken:
                found.append(setup.wiring.mistake(path, f"two keypads of this line have the address {pad.address}"))
            taken.add(pad.address)
            if line.protocol in known:
                try:
                    known[line.protocol].wire.bus.check(pad.address)
                except FrameRefused as refusal:
                    found.append(setup.wiring.mistake(path, str(refusal)))
    return found


@dataclass
class Hand:
    """A pad's place in the lobby: the counter, digits typed so far, and until when a refusal is shown."""

    pad: Pad
    typed: str = ""
    refused_until: float = 0.0


class Station:
    """One line of keypads and the counters they belong to."""

    def __init__(self, lobby: Lobby, clock: Clock, line: KeypadLine, protocol: KeypadProtocol) -> None:
        self.lobby, self.clock, self.line, self._protocol = lobby, clock, line, protocol
        self.changed = threading.Event()  # something was committed: what the pads show may be old
        self.hands = {pad.name: Hand(pad) for pad in line.pads}
        serial = protocol.wire.serial
        wire = Line(line.name, lobby.data / line.port, replace(serial, baudrate=line.baudrate or serial.baudrate))
        self.pads = Pads(wire, protocol, {pad.name: pad.address for pad in line.pads}, self.pressed, self.told)

    def work(self, over: threading.Event) -> None:
        """Hear and show until it is over."""
        looked = float("-inf")
        while not over.is_set():
            now = self.clock().timestamp()
            if self.changed.is_set() or abs(now - looked) >= LOOK_SECONDS:
                self.changed.clear()
                looked = now
                self._look()
            self.pads.turn()
        self.pads.close()

    def pressed(self, name: str, key: str) -> None:
        """A key of a pad; what the rules refuse is shown and logged, never repeated by itself."""
        hand, at = self.hands[name], self.clock()
        try:
            self._do(hand, key, at)
        except Refusal as refusal:
            log.info("keypad %s: %s: %s", name, key, refusal)
            hand.refused_until = at.timestamp() + REFUSED_SECONDS
        except StoreError as error:
            log.error("keypad %s: %s", name, error)  # noqa: TRY400 (the sentence says it all)
            hand.refused_until = at.timestamp() + REFUSED_SECONDS
        self._look()

    def told(self, name: str, fault: DeviceError | None) -> None:
        """A line or a pad is in trouble, or well again."""
        kind = "keypads" if name == self.line.name else "keypad"
        state, sentence, trouble = ("fault", str(fault), fault.trouble) if fault else ("ok", "", "")
        log.log(logging.WARNING if fault else logging.INFO, "%s", fault or f"{name} is well")
        try:
            self.lobby.devices.report(name, kind, state, sentence, self.clock(), trouble)
        except StoreError as error:
            log.error("%s", error)  # noqa: TRY400 (the sentence says it all)

    def _do(self, hand: Hand, key: str, at: datetime) -> None:
        """A rating pad rates and a caller calls; the other's keys mean nothing on it."""
        counter = hand.pad.counter
        if hand.pad.use == "rating":
            if key.startswith("rate_"):
                self.lobby.ratings.give(counter, int(key[-1]), at)
        elif key.startswith("digit_"):
            hand.typed = (hand.typed + key[-1])[-4:]
        elif key == "call":
            hand.typed, typed = "", hand.typed
            self.lobby.desk(counter).call(self._number(counter, typed, at), at)
        elif key == "clear":
            hand.typed = ""
        elif not key.startswith("rate_"):
            VERBS[self._step(counter, at) if key == "step" else key](self.lobby.desk(counter), at)

    def _step(self, counter: int, at: datetime) -> str:
        """The next of the five steps."""
        ticket = self.lobby.desk(counter).standing(at).ticket
        if ticket is None:
            raise Refusal("no_ticket", counter=counter)
        steps = (*STEPS, "done")
        return steps[steps.index(ticket.step) + 1] if ticket.step else steps[0]

    def _number(self, counter: int, typed: str, at: datetime) -> str:
        """A number without its letter is of the first line of the counter that gave it today."""
        branch, desk = self.lobby.branch, self.lobby.branch.counter(counter)
        for letter in desk.queues if desk else ():
            number = f"{letter}{int(typed or 0):0{branch.queues[letter].digits}d}"
            try:
                return self.lobby.reception.find(number, at).ticket.number
            except Refusal:
                continue
        raise Refusal("unknown_ticket", ticket=typed)

    def _look(self) -> None:
        """What every pad of the line should show now."""
        try:
            at = self.clock()
            waiting = [one.ticket for one in self.lobby.hall.waiting(at)]
            tickets = {counter.number: counter.ticket for counter in self.lobby.hall.view(at).counters}
            for name, hand in self.hands.items():
                counter = hand.pad.counter
                behind = self._behind(counter, waiting) if hand.pad.use == "caller" else 0
                face, values = self._face(hand, tickets.get(counter, ""), behind, at)
                self.pads.want(name, face, values)
        except StoreError as error:
            log.error("%s", error)  # noqa: TRY400 (the sentence says it all)

    def _behind(self, number: int, waiting: Sequence[Ticket]) -> int:
        """How many wait for a counter, as many as a small display can say."""
        branch, counter = self.lobby.branch, self.lobby.branch.counter(number)
        served = sum(branch.can_serve(counter, one.service, one.queue) for one in waiting) if counter else 0
        return min(served, MOST_SHOWN)

    def _face(self, hand: Hand, ticket: str, behind: int, at: datetime) -> tuple[str, Values]:
        """A refusal for a moment, the question while somebody is asked, else the number and the line."""
        counter = hand.pad.counter
        values: Values = {
            "ticket": hand.typed or ticket, "prefix": ticket[:1], "number": int(ticket[1:] or 0), "window": counter,
            "waiting": behind,
        }  # fmt: skip
        if at.timestamp() < hand.refused_until:
            return "refused", values
        if hand.pad.use == "caller":
            return "show", values
        question = self.lobby.ratings.question(counter, at)
        if question is None:
            return "rest", values
        return ("thanks" if question.level else "ask"), values
