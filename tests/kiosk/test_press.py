"""The press: every ticket on paper once, whatever happens to printer or kiosk."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication

from lobbyline import ASSETS
from lobbyline.drivers.printers.conversation import Conversation
from lobbyline.drivers.printers.escpos import render
from lobbyline.drivers.printers.links.tcp import TcpLink
from lobbyline.drivers.printers.printer import Outcome, Printer
from lobbyline.drivers.printers.profile import Profile
from lobbyline.drivers.printers.receipt import Receipt
from lobbyline.drivers.printers.standin.printer import StandinPrinter
from lobbyline.glass.window import Window
from lobbyline.kiosk import press as press_module
from lobbyline.kiosk.layout import layouts
from lobbyline.kiosk.press import Press, profiles
from lobbyline.kiosk.rooms import Kiosk
from lobbyline.kiosk.slip import Paper
from lobbyline.kiosk.slip import ticket as laid_out
from lobbyline.lobby.clock import Clock
from lobbyline.lobby.config.folder import load
from lobbyline.lobby.errors import ConfigError, StoreError
from lobbyline.lobby.lobby import Lobby, open_lobby
from lobbyline.lobby.reception.outbox import Job
from lobbyline.lobby.ticket import Ticket
from tests.conftest import free_port
from tests.drivers.printers.waiting import be_patient, hurried, hurry
from tests.patience import PATIENCE, until

SAMPLE = ASSETS / "branches" / "jingqi-street"
PROFILE = Profile.model_validate({"fence": "gsh"})
pytestmark = pytest.mark.warns('Printer "front" of devices.toml')  # what a printer lacks is for the technician's eyes


class Room:
    """A branch with one printer, and everything that a test does to it."""

    def __init__(self, folder: Path, standin: StandinPrinter) -> None:
        self.standin = standin
        shutil.copytree(SAMPLE, folder / "branch")
        (folder / "branch" / "printers").mkdir()
        (folder / "branch" / "printers" / "test-80.toml").write_text('fence = "gsh"\n')
        devices = f'[[printers]]\nname = "front"\nat = "tcp://127.0.0.1:{standin.port}"\nmodel = "test-80"\n'
        (folder / "branch" / "devices.toml").write_text(devices)
        self.lobby: Lobby = open_lobby(load(folder / "branch"), folder / "data")
        self.at = datetime(2026, 11, 23, 10, 0, tzinfo=self.lobby.branch.zone)
        self.presses: list[Press] = []

    def change_profile(self, text: str) -> None:
        """Another model, on both ends of the cable."""
        (self.lobby.setup.folder / "printers" / "test-80.toml").write_text(text)
        self.lobby.setup = load(self.lobby.setup.folder)
        self.standin.profile = profiles(self.lobby.setup)["test-80"]

    def press(self) -> Press:
        press = Press(self.lobby, lambda: self.at, "front")
        self.presses.append(press)
        return press

    def take(self) -> Ticket:
        return self.lobby.reception.take("W1", self.at).ticket

    def state(self, ticket: Ticket) -> str:
        return self.lobby.outbox.state_of(ticket)

    def device(self) -> tuple[str, str]:
        return next(((device.state, device.sentence) for device in self.lobby.devices.all()), ("", ""))

    def numbers(self) -> list[str]:
        """The numbers on all papers so far."""
        return [line for piece in self.standin.tickets for line in piece.text.splitlines()[1:5] if line[1:2] == " "]


def shown(ticket: Ticket) -> str:
    return f"{ticket.number[0]} {ticket.number[1:]}"


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The printer has time; an idle press looks at it often."""
    be_patient(monkeypatch)
    monkeypatch.setattr(press_module, "PULSE_SECONDS", 0.05)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with ExitStack() as running:
        # A port of its own: nobody takes it while the printer is switched off.
        standin = StandinPrinter(tmp_path / "paper", PROFILE, port=free_port(), speed=20_000).start()
        running.callback(standin.stop)
        room = Room(tmp_path, standin)
        running.callback(room.lobby.close)
        yield room
        for press in room.presses:
            if press.running:
                press.stop()
            assert press.died is None


def test_tickets_come_out_in_order_once_each(room: Room) -> None:
    """Every number taken is printed once, in the order it was taken, and its job says so."""
    first = room.take()
    room.press().start()
    tickets = [first, room.take(), room.take()]
    until(lambda: [room.state(ticket) for ticket in tickets] == ["printed"] * 3)
    assert room.numbers() == [shown(ticket) for ticket in tickets]
    assert room.device() == ("ok", "")


def test_a_reprint_is_a_second_paper_with_the_same_number(room: Room) -> None:
    """Asked for, a copy comes out, marked as such."""
    ticket = room.take()
    room.press().start()
    until(lambda: room.state(ticket) == "printed")
    room.lobby.outbox.reprint(ticket.number, room.at)
    until(lambda: room.state(ticket) == "printed")
    assert room.numbers() == [shown(ticket)] * 2
    assert "补打 / REPRINT 1" in room.standin.tickets[1].text


@pytest.mark.warns("the line broke")
def test_a_paper_that_never_began_comes_later(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """The line breaks between the look and the first byte: the job waits again, and one paper comes of it."""
    printing, broken = Printer.print, [Outcome("failed", "the line broke", "silent")]

    def print_(self: Printer, receipt: Receipt, fence: str) -> Outcome:
        return broken.pop() if broken else printing(self, receipt, fence)

    monkeypatch.setattr(Printer, "print", print_)
    ticket = room.take()
    room.press().start()
    until(lambda: room.state(ticket) == "printed")
    assert room.numbers() == [shown(ticket)]


@pytest.mark.parametrize(
    ("fault", "words", "told"),
    [
        ("paper_out", "the paper is out: put in a new roll", "没纸了，请换新纸"),
        ("cover", "the cover is open: close it until it clicks", "盖子没盖好，请合紧"),
    ],
)
def test_a_fault_before_the_first_byte_waits(room: Room, fault: str, words: str, told: str) -> None:
    """The job stays queued, technician and staff are told what to do, and the paper comes when the printer is well."""
    room.standin.fault = fault  # type: ignore[assignment]
    ticket = room.take()
    room.press().start()
    until(lambda: room.device()[0] == "fault")
    assert room.device()[1].endswith(words)
    alerts = [room.lobby.lookout.say(alert) for alert in room.lobby.lookout.now(room.at) if alert.detail == ""]
    assert f"号票打印机：{told}；号码仍有效" in alerts
    assert room.state(ticket) == "queued"
    room.standin.fault = None
    until(lambda: room.state(ticket) == "printed")
    assert room.numbers() == [shown(ticket)]
    assert room.device() == ("ok", "")


def test_paper_that_ends_in_the_middle_gives_one_ticket(room: Room) -> None:
    """The printer holds the rest; with the new roll one ticket comes out, and the next one after it."""
    room.standin.paper_left_mm = 40.0
    tickets = [room.take(), room.take()]
    room.press().start()
    until(lambda: room.device()[0] == "fault")
    assert [room.state(ticket) for ticket in tickets] == ["sending", "queued"]
    room.standin.fault = None
    until(lambda: [room.state(ticket) for ticket in tickets] == ["printed"] * 2)
    assert room.numbers() == [shown(ticket) for ticket in tickets]


def test_little_paper_is_a_warning_for_staff(room: Room) -> None:
    """Near the end of the roll tickets come out and the device book warns."""
    room.standin.fault = "paper_low"
    ticket = room.take()
    room.press().start()
    until(lambda: room.state(ticket) == "printed")
    assert room.device()[0] == "warn"


def test_a_printer_that_is_switched_on_later_prints_then(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a printer the press lives on, says so in the book, and prints when there is one."""
    monkeypatch.setattr("lobbyline.drivers.printers.links.link.FIRST_PAUSE", 0.05)
    room.standin.stop()
    ticket = room.take()
    room.press().start()
    until(lambda: room.device()[0] == "fault")
    assert "it refuses connections" in room.device()[1]
    room.standin.start()
    until(lambda: room.state(ticket) == "printed")
    assert room.numbers() == [shown(ticket)]


@pytest.mark.parametrize("fault", ["paper_out", "cover", "offline", "cutter", "jam"])
@pytest.mark.parametrize("gsh", [True, False], ids=["gsh", "gsr"])
def test_a_fault_in_the_middle_holds_one_ticket(room: Room, fault: str, gsh: bool) -> None:
    """Whatever stops the head, staff are told while the job waits; mended, one ticket comes out, then the next."""
    if not gsh:
        room.change_profile('fence = "gsr"\n')
    room.standin.stop_after(200, fault)  # type: ignore[arg-type]
    tickets = [room.take(), room.take()]
    room.press().start()
    until(lambda: room.device()[0] == "fault")
    assert [room.state(ticket) for ticket in tickets] == ["sending", "queued"]
    room.standin.fault = None
    until(lambda: [room.state(ticket) for ticket in tickets] == ["printed"] * 2)
    assert room.numbers() == [shown(ticket) for ticket in tickets]
    until(lambda: room.device() == ("ok", ""))


@pytest.mark.parametrize("rows", [1, 200, 500])
def test_a_cable_pulled_in_the_middle_is_doubt_told_to_people(
    room: Room, rows: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The ticket may be on paper or not: it is `unknown`, people are told, and nothing is printed twice in silence."""
    monkeypatch.setattr("lobbyline.drivers.printers.links.link.FIRST_PAUSE", 0.05)
    room.standin.stop_after(rows, "hang_up")
    lost, after = room.take(), room.take()
    room.press().start()
    until(lambda: room.state(after) == "printed")
    assert room.state(lost) in ("unknown", "printed")
    assert room.numbers().count(shown(lost)) <= 1
    assert room.numbers().count(shown(after)) == 1
    if room.state(lost) == "unknown":
        assert [alert.kind for alert in room.lobby.lookout.now(room.at)] == ["paper"]


def test_a_printer_that_falls_silent_is_told(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """Connected and dumb: the customer's job stays queued, the book says what to try; it speaks again, it prints."""
    room.standin.answering = False
    ticket = room.take()
    monkeypatch.setattr("lobbyline.drivers.printers.links.link.FIRST_PAUSE", 0.05)
    with hurry():
        room.press().start()
        until(lambda: room.device()[0] == "fault")
    assert "it does not say how it is" in room.device()[1]
    assert room.state(ticket) == "queued"
    room.standin.answering = True
    until(lambda: room.state(ticket) == "printed")
    assert room.numbers() == [shown(ticket)]


def test_a_ticket_left_in_the_exit_is_told_and_prints_on(room: Room) -> None:
    """A presenter that still holds the last ticket warns staff; the next customer gets a paper all the same."""
    room.change_profile('dialect = "masung"\nfence = "gsr"\nreports = false\n')
    room.standin.fault = "exit"
    ticket = room.take()
    room.press().start()
    until(lambda: room.state(ticket) == "printed")
    until(lambda: room.device()[0] == "warn")
    assert "a ticket hangs in the exit" in room.device()[1]


KILLED = """
import os, sys
from datetime import datetime
from pathlib import Path
from lobbyline.drivers.printers.printer import Printer
from lobbyline.kiosk.press import Press
from lobbyline.lobby.config.folder import load
from lobbyline.lobby.lobby import open_lobby
from lobbyline.lobby.reception.outbox import Outbox

branch, data, where, before = sys.argv[1:]
owner = Printer if where == "print" else Outbox
real = getattr(owner, where)

def dying(*arguments):
    if before == "before":
        os._exit(9)
    real(*arguments)
    os._exit(9)

setattr(owner, where, dying)
lobby = open_lobby(load(Path(branch)), Path(data))
at = datetime(2026, 11, 23, 10, 0, tzinfo=lobby.branch.zone)
Press(lobby, lambda: at, "front").start()._thread.join()
"""


@pytest.mark.parametrize(
    ("where", "moment", "state", "papers"),
    [
        ("begin", "before", "printed", 1),  # nothing was committed, nothing sent: printed by the next kiosk
        ("begin", "after", "unknown", 0),
        ("print", "after", "unknown", 1),
        ("finish", "before", "unknown", 1),
        ("finish", "after", "printed", 1),
    ],
)
def test_a_kiosk_killed_at_a_commit_prints_nothing_twice(
    room: Room, where: str, moment: str, state: str, papers: int
) -> None:
    """A real process dies around each commit; the next one finds the truth or asks people, and the line goes on."""
    lost = room.take()
    dead = subprocess.run(
        [sys.executable, "-c", KILLED, str(room.lobby.setup.folder), str(room.lobby.data), where, moment],
        timeout=PATIENCE,
        check=False,
    )
    assert dead.returncode == 9
    after = room.take()
    room.press().start()
    until(lambda: room.state(after) == "printed")
    assert room.state(lost) == state
    assert room.numbers().count(shown(lost)) == papers
    assert room.numbers()[-1] == shown(after)
    kinds = [alert.kind for alert in room.lobby.lookout.now(room.at)]
    assert kinds == (["paper"] if state == "unknown" else [])


def test_a_form_is_printed_masked_and_never_kept_open(room: Room) -> None:
    """What was filled in is opened for its paper alone; the outbox holds no answer, and the ticket's state stays."""
    ticket = room.take()
    answers = {"name": "张三", "card_no": "6299000000000007", "amt": "2000"}
    checked = room.lobby.reception.fill(ticket, "F02", answers, room.at)
    assert checked.ok, checked.errors
    room.lobby.outbox.print_form(ticket, "F02", room.at)
    room.press().start()
    assert room.standin.wait_for(2)
    assert "6299********0007" in room.standin.tickets[1].text
    assert room.state(ticket) == "printed"
    with room.lobby.read() as book:
        assert all("0007" not in str(row.slip) for row in book.prints_of(ticket))


def begun(room: Room) -> Job:
    """A job as a kiosk leaves it that dies after the commit and before anything else."""
    job = room.lobby.outbox.due("front")
    assert job
    return room.lobby.outbox.begin(job, room.at)


def page(room: Room, job: Job) -> bytes:
    """The bytes of a job, as the press sends them."""
    sheets = layouts(room.lobby.setup)
    return render(laid_out(Paper(job.slip, job.copy), sheets["ordinary"], PROFILE), PROFILE)


def sent(room: Room, data: bytes) -> None:
    """The bytes that a dying kiosk still got out."""
    link = TcpLink("front", f"tcp://127.0.0.1:{room.standin.port}")
    link.send(data)
    link.close()


def test_a_death_before_the_first_byte_is_unknown(room: Room) -> None:
    """A job found in `sending` is never sent again: nobody knows that nothing came out. The next one prints."""
    lost = room.take()
    begun(room)
    after = room.take()
    room.press().start()
    until(lambda: room.state(after) == "printed")
    assert room.state(lost) == "unknown"
    assert room.numbers() == [shown(after)]


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_death_while_sending_is_unknown_and_spoils_nothing(
    room: Room, share: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever the bytes broke off, the half ticket is cut off and the next one is whole."""
    hurried(monkeypatch, Printer, "settle")  # whose question those bytes may swallow
    lost = room.take()
    job = begun(room)
    data = page(room, job)
    sent(room, data[: int(len(data) * share)])
    after = room.take()
    room.press().start()
    until(lambda: room.state(after) == "printed")
    assert room.state(lost) == "unknown"
    assert room.standin.tickets[-1].text.startswith(f"[picture 56 x 32]\n景祺街支行\n{shown(after)}\n")
    assert room.numbers().count(shown(lost)) <= 1


def test_a_death_inside_a_picture_is_survived_with_slow_witted_firmware(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Firmware that takes every question for dots until the picture is full is woken, and prints the next ticket."""
    for owner, step in ((Conversation, "is_heard"), (Printer, "settle")):
        hurried(monkeypatch, owner, step)
    room.standin.in_order = True
    lost = room.take()
    data = page(room, begun(room))
    sent(room, data[: data.index(b"\x1dv0") + 30])
    after = room.take()
    room.press().start()
    until(lambda: room.state(after) == "printed")
    assert room.state(lost) == "unknown"
    assert room.standin.tickets[-1].text.startswith(f"[picture 56 x 32]\n景祺街支行\n{shown(after)}\n")


def test_a_death_after_the_cut_is_not_printed_again(room: Room) -> None:
    """The paper came out, the commit did not happen: one paper, `unknown`, no second one."""
    lost = room.take()
    data = page(room, begun(room))
    sent(room, data + PROFILE.cut)
    assert room.standin.wait_for(1)
    after = room.take()
    room.press().start()
    until(lambda: room.state(after) == "printed")
    assert room.state(lost) == "unknown"
    assert room.numbers() == [shown(lost), shown(after)]


def test_a_ticket_held_over_a_restart_is_found_printed(room: Room) -> None:
    """Paper ended, the kiosk was restarted, a new roll came: the old fence answers, so the paper counts as printed."""
    room.standin.paper_left_mm = 40.0
    held = room.take()
    first = room.press().start()
    until(lambda: room.device()[0] == "fault")
    first.stop()
    assert room.state(held) == "sending"
    second = room.press().start()
    until(lambda: room.standin.clients == 2)
    room.standin.fault = None
    until(lambda: room.state(held) == "printed")
    second.stop()
    assert room.numbers() == [shown(held)]


@pytest.mark.warns("the disk is full")
def test_a_full_disk_delays_the_commit_and_not_the_truth(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the end of a paper cannot be written it is written later; meanwhile nothing else is printed."""
    finish, failures = room.lobby.outbox.finish, iter([StoreError("the disk is full"), StoreError("the disk is full")])

    def sometimes(job: Job, state: str, note: str, at: datetime) -> None:
        if failure := next(failures, None):
            raise failure
        finish(job, state, note, at)

    monkeypatch.setattr(room.lobby.outbox, "finish", sometimes)
    tickets = [room.take(), room.take()]
    room.press().start()
    until(lambda: [room.state(ticket) for ticket in tickets] == ["printed"] * 2)
    assert room.numbers() == [shown(ticket) for ticket in tickets]


def test_it_ends_when_asked(room: Room) -> None:
    """`stop` ends the thread, also while the printer is missing, and lets go of the connection."""
    press = room.press().start()
    until(lambda: room.device() == ("ok", ""))
    press.stop()
    with socket.create_connection(("127.0.0.1", room.standin.port)) as other:
        other.settimeout(PATIENCE)
        other.sendall(b"\x10\x04\x01")
        assert other.recv(1) == b"\x12"


def test_mistakes_of_a_profile_have_file_and_line(tmp_path: Path) -> None:
    """`lobbyline check` tells a technician where a printer's profile is wrong."""
    shutil.copytree(SAMPLE, tmp_path / "branch")
    (tmp_path / "branch" / "printers").mkdir()
    file = tmp_path / "branch" / "printers" / "generic-80.toml"
    file.write_text('dots = 576\nfense = "gsh"\nspeed = 5\n')
    with pytest.raises(ConfigError) as caught:
        profiles(load(tmp_path / "branch"))
    assert str(caught.value).splitlines() == [
        f'{file}:2: unknown key "fense"; did you mean "fence"? Allowed: {", ".join(Profile.model_fields)}',
        f"{file}:3: speed is 5; at least 10",
    ]


def test_profiles_are_read_for_every_model_named(room: Room) -> None:
    """The profiles that devices.toml names are there by model."""
    assert profiles(room.lobby.setup) == {"test-80": PROFILE}
    assert isinstance(PROFILE, Profile)


def test_the_attendants_keys_reach_press_and_program(qapp: QGuiApplication, room: Room) -> None:
    """A trial comes out of the printer, and a restart ends the program, which is started anew."""
    zone = room.lobby.branch.zone
    kiosk = Kiosk(Window(1080, 1920), room.lobby, Clock(zone, room.at - datetime.now(zone)))
    kiosk.back_room.open()
    kiosk.model.try_paper()
    until(lambda: room.standin.tickets, "no trial was printed")
    QTimer.singleShot(0, kiosk.model.restart)
    assert qapp.exec() == 0
    kiosk.close()
