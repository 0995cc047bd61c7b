"""What becomes of a page when printer, paper or line fail: the fault matrix, over real TCP."""

from __future__ import annotations

import errno
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import pairwise
from types import SimpleNamespace

import pytest

from lobbyline.drivers.errors import DeviceError
from lobbyline.drivers.printers import printer as printer_module
from lobbyline.drivers.printers.conversation import Conversation
from lobbyline.drivers.printers.escpos import render
from lobbyline.drivers.printers.links import link as link_module
from lobbyline.drivers.printers.links.address import link_to
from lobbyline.drivers.printers.links.link import Interrupted
from lobbyline.drivers.printers.links.tcp import TcpLink
from lobbyline.drivers.printers.printer import Printer
from lobbyline.drivers.printers.profile import Profile
from lobbyline.drivers.printers.receipt import Feed, Picture, Qr, Receipt, Text
from lobbyline.drivers.printers.standin.printer import StandinPrinter
from tests.conftest import free_port
from tests.drivers.printers.conftest import model
from tests.drivers.printers.waiting import hurried, hurry
from tests.patience import PATIENCE, until

Standins = Callable[..., StandinPrinter]
Connect = Callable[[StandinPrinter], Printer]

PAGE = Receipt((Text("取款", 2, 2), Text("A\u2009012", 6, 6), Feed(200), Qr("token")))
WORDS = "取款\nA 012\n[QR token]\n"
GSH = model("generic-80", fence="gsh")
GSR = model("generic-80", fence="gsr")


def well_again(printer: Printer, standin: StandinPrinter) -> None:
    """Somebody puts in a new roll or closes the cover."""
    standin.fault = None
    assert not printer.status().fault


@pytest.mark.parametrize("profile", [GSH, GSR])
def test_a_page_is_printed_once_and_confirmed(standin: Standins, connect: Connect, profile: Profile) -> None:
    """Whatever fence the model has, a sound page comes out once, with the words that were sent."""
    paper = standin(profile)
    printer = connect(paper)
    assert not printer.status().fault
    assert printer.print(PAGE, "ab12").state == "printed"
    assert [piece.text for piece in paper.tickets] == [WORDS]
    assert paper.unknown == []


def test_a_page_without_a_fence_is_believed_after_its_time(
    standin: Standins, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a model confirms nothing, the page counts once it had time to come out and the printer is well."""
    paper = standin(model("generic-80", fence="none"))
    printer = connect(paper)
    assert not printer.status().fault
    heard = printer._talk.heard
    late = SimpleNamespace(monotonic=lambda: 1e9 if paper.tickets and heard.seen else 0.0)
    monkeypatch.setattr(printer_module, "time", late)
    assert printer.print(PAGE, "ab12").state == "printed"
    assert [piece.text for piece in paper.tickets] == [WORDS]


def test_a_missing_printer_is_named_with_what_to_try() -> None:
    """No printer: a sentence with name, address, what was seen and what to try; nothing is sent."""
    port = free_port()
    printer = Printer(TcpLink("front", f"tcp://127.0.0.1:{port}"), GSH)
    with pytest.raises(DeviceError) as caught:
        printer.status()
    assert str(caught.value) == (
        f'Printer "front" of devices.toml at tcp://127.0.0.1:{port}: it refuses connections. '
        "Is the port right (often 9100), and is no other program connected?"
    )
    assert printer.print(PAGE, "ab12").state == "failed"


def test_a_missing_printer_is_not_hammered(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a failure the next attempt waits 1 s, then 2, 4, 8 and at most 10."""
    now = 1000.0
    attempts: list[float] = []
    monkeypatch.setattr(link_module, "time", SimpleNamespace(monotonic=lambda: now))
    link = TcpLink("front", f"tcp://127.0.0.1:{free_port()}")

    def refused() -> socket.socket:
        attempts.append(now)
        raise ConnectionRefusedError(errno.ECONNREFUSED, "refused")

    monkeypatch.setattr(link, "_connect", refused)
    for _ in range(300):
        with pytest.raises(DeviceError, match="it refuses connections") as told:
            link.open()
        assert told.value.trouble == "refused"
        now += 0.125
    assert [later - earlier for earlier, later in pairwise(attempts)] == [1, 2, 4, 8, 10, 10]


@pytest.mark.parametrize(
    "address", ["front", "serial://dev/ttyUSB0", "serial:x?baud=7", "usblp:", "tcp://host", "tcp://host:99999"]
)
def test_an_address_is_understood_or_refused(address: str) -> None:
    """A wrong address is told with an example of a right one."""
    with pytest.raises(DeviceError, match="its address is written like"):
        link_to("front", address)


def test_connected_but_silent_is_a_fault(standin: Standins, connect: Connect) -> None:
    """A module that accepts the connection and says nothing is not taken for a well printer."""
    paper = standin(GSH)
    paper.answering = False
    with hurry(), pytest.raises(DeviceError, match="it does not say how it is"):
        connect(paper).status()


@pytest.mark.parametrize("fault", ["paper_out", "cover", "offline", "cutter"])
def test_a_fault_is_seen_before_the_first_byte(standin: Standins, connect: Connect, fault: str) -> None:
    """Paper, cover, switch and cutter are asked for before anything is sent, also while the printer is offline."""
    paper = standin(GSH)
    paper.fault = fault  # type: ignore[assignment]
    assert connect(paper).status().fault


def test_little_paper_is_a_warning(standin: Standins, connect: Connect) -> None:
    """Near the end of the roll it prints on and says so."""
    paper = standin(GSH)
    paper.fault = "paper_low"
    printer = connect(paper)
    assert (printer.status().fault, printer.status().warning) == ("", "the paper is nearly out: have a new roll ready")
    assert printer.print(PAGE, "ab12").state == "printed"


@pytest.mark.parametrize("profile", [GSH, GSR, model("generic-80", fence="gsh", reports=False)])
def test_paper_that_ends_in_the_middle_gives_one_page(standin: Standins, connect: Connect, profile: Profile) -> None:
    """The printer keeps the rest, prints it with the new roll, and the page's own fence settles it: one page."""
    paper = standin(profile)
    paper.paper_left_mm = 20.0
    printer = connect(paper)
    printer.status()
    outcome = printer.print(PAGE, "ab12")
    assert (outcome.state, outcome.note.split(": ", 1)[1]) == ("held", "the paper is out: put in a new roll")
    assert paper.tickets == []
    well_again(printer, paper)
    assert printer.settle("ab12", "cd34").state == "printed"
    assert paper.wait_for(1)
    assert [piece.text for piece in paper.tickets] == [WORDS]


def test_paper_that_ends_before_the_cut_is_on_paper(standin: Standins, connect: Connect) -> None:
    """The fence after the text proves the words; that the cut is missing is said."""
    paper = standin(GSH)
    paper.paper_left_mm = 70.0
    printer = connect(paper)
    printer.status()
    outcome = printer.print(PAGE, "ab12")
    assert (outcome.state, outcome.note) == ("printed", "printed, but not cut: the paper is out: put in a new roll")
    well_again(printer, paper)
    assert paper.wait_for(1)


def test_a_stuck_cutter_is_told_with_a_printed_page(standin: Standins, connect: Connect) -> None:
    """A blade that sticks does not make the words unknown."""
    paper = standin(GSH)
    paper.sticky = True
    printer = connect(paper)
    printer.status()
    outcome = printer.print(PAGE, "ab12")
    assert outcome.state == "printed"
    assert outcome.note.startswith("printed, but not cut: the cutter is stuck")
    assert printer.status().cutter_stuck


def test_a_connection_lost_while_held_is_unknown(standin: Standins, connect: Connect) -> None:
    """With the connection the page's own answers are lost, so nobody may claim that it was printed."""
    paper = standin(GSH)
    paper.paper_left_mm = 20.0
    printer = connect(paper)
    printer.status()
    assert printer.print(PAGE, "ab12").state == "held"
    printer.close()
    said: list[bytes] = []  # while nobody listens: both answers of the page
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paper, "say", said.append)
        paper.fault = None
        until(lambda: sum(b"ab12" in word for word in said) == 2)
    printer.status()
    assert printer.settle("ab12", "cd34").state == "unknown"
    assert len(paper.tickets) == 1


def test_an_answer_that_comes_after_the_connection_was_lost_still_counts(standin: Standins, connect: Connect) -> None:
    """A held page whose fence is answered to the next connection was printed."""
    paper = standin(GSH)
    paper.paper_left_mm = 20.0
    printer = connect(paper)
    printer.status()
    assert printer.print(PAGE, "ab12").state == "held"
    printer.close()
    assert printer.status().paper == "out"
    well_again(printer, paper)
    assert printer.settle("ab12", "cd34").state == "printed"


def test_no_answer_to_the_fence_is_unknown(standin: Standins, connect: Connect) -> None:
    """Printed and cut, but the answer was lost: unknown, and the printer is cleared before the next page."""
    paper = standin(GSH)
    printer = connect(paper)
    printer.status()
    paper.answering = False
    with hurry():
        assert printer.print(PAGE, "ab12").state == "unknown"
    assert printer.doubtful


def test_a_cut_that_nobody_confirmed_is_cleared_first(
    standin: Standins, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page is on paper; whether it was cut nobody knows, so the next one begins with clean buffers."""
    printer = connect(standin(GSH))
    printer.status()
    monkeypatch.setattr(printer, "_fences", lambda *_: 1)
    with hurry():
        outcome = printer.print(PAGE, "ab12")
    assert (outcome.state, outcome.note.partition(".")[0]) == ("printed", "printed; the cut was not confirmed")
    assert printer.doubtful


def test_answers_to_an_earlier_page_are_not_this_ones(standin: Standins, connect: Connect) -> None:
    """`GS r` carries no token: what was answered late for another page proves nothing of this one."""
    paper = standin(GSR)
    printer = connect(paper)
    printer.status()
    printer._talk.heard.processed = 2
    paper.fault = "paper_out"
    assert printer.print(PAGE, "ab12").state == "held"


@pytest.mark.parametrize(("sent", "state"), [(0, "failed"), (1, "unknown")])
def test_only_a_page_of_which_nothing_was_sent_may_be_sent_again(
    standin: Standins, connect: Connect, monkeypatch: pytest.MonkeyPatch, sent: int, state: str
) -> None:
    """One byte that went out may have been the whole page to a printer that had the rest already."""
    printer = connect(standin(GSH))
    printer.status()

    def breaks(_: bytes) -> None:
        raise Interrupted(printer.link.error("the connection broke"), sent)

    monkeypatch.setattr(printer.link, "send", breaks)
    assert printer.print(PAGE, "ab12").state == state
    assert printer.doubtful is bool(sent)


@pytest.mark.parametrize("reports", [True, False])
def test_a_printer_that_can_is_asked_to_report_trouble(standin: Standins, connect: Connect, reports: bool) -> None:
    """Before each page, since it may have been switched off and on: paper that ends is told and not waited for."""
    paper = standin(model("generic-80", fence="gsh", reports=reports))
    printer = connect(paper)
    printer.status()
    printer.print(PAGE, "ab12")
    assert paper._hand.reporting is reports


@pytest.mark.parametrize("in_order", [False, True])
def test_a_page_cut_off_in_a_picture_does_not_spoil_the_next(
    standin: Standins, connect: Connect, monkeypatch: pytest.MonkeyPatch, in_order: bool
) -> None:
    """Whether or not the firmware hears `clear` inside a picture, the next page comes out whole."""
    hurried(monkeypatch, Printer, "settle")  # whose question is the picture's, too
    if in_order:
        hurried(monkeypatch, Conversation, "is_heard")
    paper = standin(GSH, in_order=in_order)
    killed = TcpLink("front", f"tcp://127.0.0.1:{paper.port}")
    killed.send(render(Receipt((Text("A\u2009011"), Picture(576, b"\xff" * 72 * 96))), GSH)[:4000])
    killed.close()
    printer = connect(paper)
    printer.doubtful = True  # as the outbox says at a start
    assert not printer.status().fault
    assert printer.settle("ab12", "cd34").state == "unknown"
    printer.clear("ef56")
    assert printer.print(PAGE, "gh78").state == "printed"
    assert paper.tickets[-1].text == WORDS
    assert all("A 012" not in piece.text for piece in paper.tickets[:-1])


def test_giving_up_a_held_page_clears_it_first(standin: Standins, connect: Connect) -> None:
    """After `clear` the printer has forgotten a page it held: the new roll does not bring it back."""
    paper = standin(GSH)
    paper.fault = "paper_out"
    printer = connect(paper)
    printer.link.send(render(PAGE, GSH))
    paper.fault = None
    paper.fault = "paper_out"
    printer.link.send(bytes.fromhex("10 14 08 01 03 14 01 06 02 08"))
    assert printer.link.receive(PATIENCE).hex(" ") == "37 25 00"
    well_again(printer, paper)
    printer.doubtful = True
    printer.clear("cd34")
    assert not printer.doubtful, "once is enough"
    assert printer.print(Receipt((Text("A\u2009013"),)), "ef56").state == "printed"
    assert "A 013\n" in paper.tickets[-1].text
    assert not any("[QR token]" in piece.text for piece in paper.tickets)


# Printers that a stand-in is too well-behaved for: they answer every question from a script.


@contextmanager
def scripted(converse: Callable[[socket.socket], None]) -> Iterator[Printer]:
    """A printer that does with its first client what the script says."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        client, _ = server.accept()
        with client, suppress(OSError):  # our side may hang up first
            converse(client)

    thread = threading.Thread(target=serve)
    thread.start()
    printer = Printer(TcpLink("front", f"tcp://127.0.0.1:{server.getsockname()[1]}"), GSH)
    try:
        yield printer
    finally:
        printer.close()
        thread.join()
        server.close()


def answering(*answers: str) -> Callable[[socket.socket], None]:
    """Answers one question after another, then waits for the client to go."""

    def converse(client: socket.socket) -> None:
        for answer in answers:
            client.recv(3)
            client.sendall(bytes.fromhex(answer))
        while client.recv(64):
            pass

    return converse


def test_reports_between_the_answers_are_not_taken_for_them() -> None:
    """Automatic reports, XON and XOFF between four answers change nothing about them."""
    with scripted(answering("10 00 00 00 12", "13 12", "12 11", "10 00 03 00 1e")) as printer:
        assert printer.status().paper == "low"


def test_an_answer_of_another_dialect_is_not_out_of_paper() -> None:
    """0x10 has not the fixed bits: the printer is not understood, which is told as such."""
    with (
        scripted(answering("10", "10", "10", "10")) as printer,
        hurry(),
        pytest.raises(DeviceError, match="is the model in"),
    ):
        printer.status()


def test_a_late_answer_is_not_taken_for_the_next() -> None:
    """What comes too late belongs to a connection that is closed by then."""
    given_up = threading.Event()

    def late(client: socket.socket) -> None:
        client.recv(3)
        given_up.wait(PATIENCE)
        client.sendall(b"\x1a")

    with scripted(late) as printer, hurry():
        with pytest.raises(DeviceError, match="it does not say how it is"):
            printer.status()
        given_up.set()
        with pytest.raises(DeviceError, match="it does not say how it is"):
            printer.status()


def test_a_question_that_is_still_open_is_answered_first() -> None:
    """Answers carry no number: what a page's end had asked is not how the printer is now."""

    def offline_once(client: socket.socket) -> None:
        client.recv(3)
        client.sendall(b"\x1a")
        for _ in range(4):
            client.recv(3)
            client.sendall(b"\x12")

    with scripted(offline_once) as printer:
        printer._talk.meet()
        printer._talk.poll()
        assert printer.status().online


def test_a_printer_unplugged_inside_the_data_is_unknown() -> None:
    """Some bytes went out and the line broke: nobody can know, and the note says what was seen."""

    def break_off(client: socket.socket) -> None:
        client.recv(100)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # a reset, no farewell

    with scripted(break_off) as printer:
        outcome = printer.print(Receipt((Picture(576, b"\xaa" * 72 * 200_000),)), "ab12")
    assert outcome.state == "unknown"
    assert outcome.note.endswith("the connection broke. Was it switched off or unplugged?")


def test_a_printer_that_takes_nothing_more_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a full buffer and no progress, sending ends after a finite time."""
    monkeypatch.setattr(link_module, "STALL_SECONDS", 0.2)
    done = threading.Event()

    def take_nothing(_: socket.socket) -> None:
        done.wait(PATIENCE)

    with scripted(take_nothing) as printer:
        outcome = printer.print(Receipt((Picture(576, b"\xaa" * 72 * 200_000),)), "ab12")
        done.set()
    assert outcome.state == "unknown"
