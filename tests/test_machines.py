"""A branch on three machines and a server: lines are cut, hang and come back, and the ledger stays exact."""

from __future__ import annotations

import json
import multiprocessing
import random
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

import pytest

from lobbyline.display.boards import program as boards
from lobbyline.drivers.boards.standin.bus import StandinBus
from lobbyline.kiosk.courier import Courier
from lobbyline.lobby import journal
from lobbyline.lobby.clock import Clock
from lobbyline.lobby.config.folder import load
from lobbyline.lobby.errors import Refusal, StoreError
from lobbyline.lobby.lobby import Lobby, open_lobby
from lobbyline.lobby.people.roster import compared
from lobbyline.lobby.store.pages.people import Person
from lobbyline.lobby.store.postgresql.link import Connection
from tests.boards import standing_in
from tests.conftest import kept_at
from tests.networks import enter
from tests.patience import PATIENCE, until
from tests.server import Database, Server
from tests.staff.conftest import api_of, signed_in
from tests.storm import Diary, once
from tests.wire import Wire

pytestmark = pytest.mark.whole

BRANCH = "jingqi-street"
MACHINES = """
[machines.kiosk-1]
programs = ["kiosk"]
emergency = "X"

[machines.desk]
programs = ["staff"]

[machines.wall]
programs = ["boards"]
"""
TURNS = 6
PAUSE = 0.02


@dataclass(frozen=True)
class Place:
    """What a program of one machine is told when it starts."""

    machine: str
    folder: Path
    url: str
    data: Path
    ahead: timedelta
    network: str = ""  # of its own, if any

    def open(self) -> Lobby:
        return open_lobby(kept_at(load(self.folder), self.url).on(self.machine), self.data, self.machine)

    def clock(self) -> Clock:
        return Clock(load(self.folder).branch.zone, self.ahead)

    @property
    def diary(self) -> Diary:
        return Diary(self.data / "diary")

    def told(self) -> list[str]:
        return [line["number"] for line in self.diary.lines()]


def kiosk(place: Place, ended: Event) -> None:
    """Gives numbers as fast as somebody could touch, and hands in what was drawn while the line was away."""
    lobby, clock, diary = place.open(), place.clock(), place.diary
    watch, courier = lobby.watch("kiosk"), Courier(lobby, clock).start()
    for touch in count(1):
        if ended.wait(PAUSE):
            break
        given = lobby.emergency.take("W1", clock(), key=f"touch-{touch}")
        diary.write(told=f"touch-{touch}", number=given.ticket.number)
    courier.stop()
    persevere(lambda: lobby.emergency.hand_in(clock()))
    watch.close()
    lobby.close()


def counter(place: Place, ended: Event) -> None:
    """Calls one after another; whoever was not answered asks again under the same key."""
    lobby, clock, diary = place.open(), place.clock(), place.diary
    desk = lobby.desk(1)
    persevere(lambda: desk.open(clock(), teller="Li", key="open"))
    for turn in count(1):
        if ended.wait(PAUSE):
            break
        with suppress(Refusal):  # nobody waits
            ticket = persevere(partial(desk.next, clock(), key=f"next-{turn}")).ticket
            diary.write(told=f"next-{turn}", number=ticket.number)
            persevere(partial(desk.greet, clock(), key=f"greet-{turn}"))
            persevere(partial(desk.done, clock(), key=f"done-{turn}"))
    lobby.close()


def wall(place: Place, _: Event) -> None:
    sys.exit(boards.run(place.open(), place.clock()))


def persevere(ask: Callable[[], Any]) -> Any:
    """Ask until there is an answer, as a person does who reads that the line is away."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return ask()
        except StoreError:
            assert time.monotonic() < deadline, "the line never came back"
            time.sleep(PAUSE)


class Branch:
    """The server, and a line of its own to it for each machine."""

    def __init__(self, folder: Path, database: Database, at: Path) -> None:
        devices = folder / "devices.toml"
        devices.write_text(devices.read_text("utf-8") + MACHINES, "utf-8")
        self.setup, self.database, self._at = load(folder), database, at
        zone = self.setup.branch.zone
        self.ahead = datetime(2026, 11, 23, 9, 30, tzinfo=zone) - datetime.now(zone)
        self.clock = Clock(zone, self.ahead)
        self.wires: dict[str, Wire] = {}

    def place(self, machine: str) -> Place:
        """A machine with a line of its own."""
        wire = self.wires[machine] = Wire(self.database.server.folder / ".s.PGSQL.5432")
        url = f"postgresql://lobby_{BRANCH}@127.0.0.1:{wire.port}/{self.database.name}"
        (self._at / machine).mkdir()
        return Place(machine, self.setup.folder, url, self._at / machine, self.ahead)

    @contextmanager
    def central(self) -> Iterator[Lobby]:
        """The memory itself, beside all lines."""
        (self._at / "central").mkdir(exist_ok=True)
        with closing(
            open_lobby(kept_at(self.setup, self.database.url(f"lobby_{BRANCH}")), self._at / "central")
        ) as lobby:
            yield lobby

    def storm(self, chance: random.Random, given: Callable[[], list[str]]) -> None:
        """A line goes away: after a change was made and before it was told, at any moment, or without a word.

        The first time it is the kiosk's, and stays away until somebody was given an emergency number.
        """
        for turn in range(TURNS):
            wire = self.wires[chance.choice(("kiosk-1", "kiosk-1", "desk")) if turn else "kiosk-1"]
            time.sleep(chance.uniform(1.0, 1.8))
            (partial(wire.cut_at, b"COMMIT"), wire.cut, wire.hang)[turn % 3]()
            if turn:
                time.sleep(chance.uniform(0.2, 0.8))
            else:
                until(lambda: any(number.startswith("X") for number in given()), "an emergency number")
            wire.mend()


@pytest.fixture
def branch(branch_folder: Path, tmp_path: Path, server: Server) -> Iterator[Branch]:
    made = Branch(branch_folder, server.database(BRANCH), tmp_path)
    yield made
    for wire in made.wires.values():
        wire.close()


def begin(work: Callable[[Place, Any], None], place: Place, ended: Event) -> None:
    if place.network:
        enter(place.network)
    work(place, ended)


@contextmanager
def running(work: Callable[[Place, Any], None], place: Place) -> Iterator[None]:
    """A program in a process of its own, which ends well when it is told to."""
    context = multiprocessing.get_context("spawn")
    ended = context.Event()
    process = context.Process(target=begin, args=(work, place, ended))
    process.start()
    try:
        yield
        ended.set()
        if work is wall:
            process.terminate()
        process.join(PATIENCE)
        assert process.exitcode == 0, f"{place.machine} ended with {process.exitcode}"
    finally:
        process.kill()


def shows(buses: dict[str, StandinBus], text: str) -> bool:
    return buses["windows"].wait_for("counter-1", text, PATIENCE)


@pytest.mark.warns("cannot be reached")
def test_lines_are_lost_in_the_middle_of_issuing_and_calling(branch: Branch) -> None:
    """Whatever line is away: who was told a number is in the line once, is called once, and the boards tell no lie."""
    one, desk, boards_at = (branch.place(machine) for machine in ("kiosk-1", "desk", "wall"))
    with standing_in(branch.setup, boards_at.data) as buses, running(wall, boards_at):
        with running(kiosk, one), running(counter, desk):
            until(lambda: len(desk.told()) > 3, "the first calls")
            branch.storm(random.Random(9), one.told)
        keep_ledger(branch, one.told(), desk.told())
        boards_keep_the_truth(branch, buses)


def keep_ledger(branch: Branch, told: list[str], called: list[str]) -> None:
    """Every promise against the memory."""
    with branch.central() as lobby, lobby.read() as book:
        assert journal.first_break(book.chain()) is None, "the chain of events is broken"
        events = [event for event, _ in book.chain() if event.ticket]
        tickets = {ticket: book.ticket(ticket) for ticket in {event.ticket for event in events if event.ticket}}
    taken, calls = (
        [(event, tickets[event.ticket].number) for event in events if event.what == what and event.ticket]
        for what in ("taken", "called")
    )
    issued, heard = [number for _, number in taken], [number for _, number in calls]
    handed_in = [number for event, number in taken if json.loads(event.detail).get("emergency")]
    given = set(told)
    unheard = [ticket for ticket in tickets.values() if ticket.number not in given]
    assert once(told), "a number was told to two customers"
    assert once(issued), "a number is in the chain twice"
    assert given <= set(issued), "a number that was told is lost"
    assert handed_in == [number for number in told if number.startswith("X")], "handed in out of order, or not once"
    assert {ticket.state for ticket in unheard if ticket.number not in heard} <= {"void"}, "waits for nobody"
    assert once(heard), "a ticket was called twice"
    assert sorted(heard) == sorted(called), "called and told differ"


def boards_keep_the_truth(branch: Branch, buses: dict[str, StandinBus]) -> None:
    """The last number stays while the line is away; the right one comes when it is back."""
    with branch.central() as lobby:
        desk, wire = lobby.desk(1), branch.wires["wall"]
        assert shows(buses, f"{call(lobby, branch)}>1")
        last = buses["windows"].looks["counter-1"].text
        for lose in (wire.cut, wire.hang):
            lose()
            number = call(lobby, branch)
            time.sleep(1.2)  # two looks of the program
            assert buses["windows"].looks["counter-1"].text == last
            wire.mend()
            assert shows(buses, f"{number}>1")
            last = buses["windows"].looks["counter-1"].text
        desk.absent(branch.clock())


def call(lobby: Lobby, branch: Branch) -> str:
    """Somebody comes, and counter 1 calls him before all others."""
    number = lobby.reception.take("W1", branch.clock()).ticket.number
    lobby.desk(1).call(number, branch.clock())
    return number


@contextmanager
def away(wire: Wire) -> Iterator[None]:
    wire.cut()
    yield
    wire.mend()


@contextmanager
def hung(wire: Wire) -> Iterator[None]:
    """A line that lets nothing through: nobody waits long for what cannot come."""
    wire.hang()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Connection, "patience", 0.5)
        yield
    wire.mend()


@pytest.mark.warns("cannot be reached")
def test_a_line_that_hangs_is_given_up(branch: Branch) -> None:
    """Where no answer comes at all, whoever asks hears so after the connection's patience, and goes on afterwards."""
    with closing(branch.place("kiosk-1").open()) as lobby:
        first = lobby.emergency.take("W1", branch.clock(), key="first").ticket.number
        with hung(branch.wires["kiosk-1"]):
            with pytest.raises(StoreError, match="cannot be reached.*no answer came in time"):
                lobby.reception.take("W1", branch.clock(), key="second")
            assert lobby.emergency.take("W1", branch.clock(), key="second").ticket.number == "X001"
        assert lobby.emergency.hand_in(branch.clock()) == 1
        assert {entry.ticket.number for entry in lobby.hall.waiting(branch.clock())} == {first, "X001"}


@pytest.mark.warns("cannot be reached")
def test_staff_hear_a_calm_sentence_and_go_on(branch: Branch) -> None:
    """While the line is away, cut or hung, every answer is a 503 with a sentence; it works again by itself."""
    with closing(branch.place("desk").open()) as lobby:
        with lobby.write() as book:
            book.people.keep(Person("lijing", "李静", ("teller",)), compared("李静"))
        with api_of(lobby, branch.clock) as client:
            client.cookies.update(signed_in(lobby, branch.clock, "lijing"))
            assert client.get("/api/waiting").json() == []
            for lost in (away, hung):
                with lost(branch.wires["desk"]):
                    for answer in (client.get("/api/waiting"), client.get("/api/counters/1")):
                        assert (answer.status_code, answer.json()["code"]) == (503, "store")
                until(lambda: client.get("/api/waiting").status_code == 200, "staff work again")


def test_a_machine_lost_in_the_middle_of_a_change_holds_nobody_up_for_long(branch: Branch) -> None:
    """The others' changes wait until the server has given it up, and are not refused; its own change is undone."""
    with closing(branch.place("kiosk-1").open()) as lost, branch.central() as lobby:
        with suppress(StoreError), lost.write() as book:
            book.note("help", branch.clock(), "customer")
            branch.wires["kiosk-1"].hang()
            assert lobby.reception.take("W1", branch.clock()).ticket.number == "A001"
            branch.wires["kiosk-1"].cut()
        with lobby.read() as book:
            assert "help" not in [event.what for event, _ in book.chain()]
