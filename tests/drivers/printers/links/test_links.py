"""The ways to a printer: TCP, a serial line and /dev/usb/lp*, the last two over real pseudo-terminals."""

from __future__ import annotations

import errno
import os
import termios
import threading
import tty
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
import serial

from lobbyline.drivers.errors import DeviceError
from lobbyline.drivers.printers.links import link as link_module
from lobbyline.drivers.printers.links.address import link_to
from lobbyline.drivers.printers.links.link import Interrupted
from lobbyline.drivers.printers.links.serial import SerialLink
from lobbyline.drivers.printers.links.tcp import TcpLink
from lobbyline.drivers.printers.links.usblp import UsblpLink, port_says
from lobbyline.drivers.printers.printer import Printer
from lobbyline.drivers.printers.receipt import Receipt, Text
from lobbyline.drivers.printers.standin.printer import StandinPrinter
from tests.drivers.printers.conftest import FAST, model

PROFILE = model("generic-80", fence="gsh")


@pytest.fixture
def line(tmp_path: Path) -> Iterator[StandinPrinter]:
    """A stand-in at the far end of a pseudo-terminal named `line`."""
    standin = StandinPrinter(tmp_path / "paper", PROFILE, speed=FAST, line=tmp_path / "line").start()
    yield standin
    standin.stop()


@pytest.fixture
def pty() -> Iterator[tuple[int, str]]:
    """A pseudo-terminal with nobody at its end."""
    near, far = os.openpty()
    tty.setraw(far)
    yield near, os.ttyname(far)
    for file in (near, far):
        with suppress(OSError):
            os.close(file)


def test_an_address_chooses_the_way(tmp_path: Path) -> None:
    """The word before the colon says how; a relative path is inside the data folder."""
    assert isinstance(link_to("front", "tcp://192.168.1.50:9100"), TcpLink)
    cable = link_to("front", "serial:standin/front?baud=9600&flow=xonxoff", tmp_path)
    assert isinstance(cable, SerialLink)
    assert (cable.path, cable.baud, cable.flow) == (str(tmp_path / "standin/front"), 9600, "xonxoff")
    assert cable.bytes_a_second == 960
    assert isinstance(link_to("front", "usblp:/dev/usb/lp0"), UsblpLink)


@pytest.mark.parametrize("address", ["serial:line?flow=rtscts", "serial:line?baud=9600&flow=xonxoff", "usblp:line"])
def test_a_page_is_printed_over_a_line(line: StandinPrinter, tmp_path: Path, address: str) -> None:
    """Serial lines and USB carry the same conversation as TCP: status, page, fences."""
    with closing(Printer(link_to("front", address, tmp_path), PROFILE)) as printer:
        assert not printer.status().fault
        assert printer.print(Receipt((Text("取款"), Text("A\u2009012", 6, 6))), "ab12").state == "printed"
    assert [piece.text for piece in line.tickets] == ["取款\nA 012\n"]


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("serial:/dev/serial/by-id/none", "There is no such line: is the cable in"),
        ("usblp:/dev/usb/lp7", "There is no such device: is the cable in"),
    ],
)
def test_what_is_not_plugged_in_is_told(address: str, sentence: str) -> None:
    """The sentence has the printer's name, its file, the address, what was seen and what to try."""
    with pytest.raises(DeviceError, match=sentence) as caught:
        link_to("front", address).open()
    assert str(caught.value).startswith(f'Printer "front" of devices.toml at {address}: No such file or directory. ')


@pytest.mark.parametrize("scheme", ["serial", "usblp"])
def test_a_line_that_is_pulled_out_is_told_and_comes_back(
    tmp_path: Path, scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unplugged, the next status is a DeviceError; plugged in again under the same name, the printer prints."""
    monkeypatch.setattr(link_module, "FIRST_PAUSE", 0.0)
    standin = StandinPrinter(tmp_path / "paper", PROFILE, speed=FAST, line=tmp_path / "line").start()
    with closing(Printer(link_to("front", f"{scheme}:line", tmp_path), PROFILE)) as printer:
        assert not printer.status().fault
        standin.stop()
        with pytest.raises(DeviceError, match="Was "):
            printer.status()
        with pytest.raises(DeviceError, match="is the cable in"):
            printer.status()
        standin.start()
        assert not printer.status().fault
        standin.stop()


@pytest.mark.parametrize("scheme", ["serial", "usblp"])
def test_a_line_that_takes_nothing_is_given_up(
    pty: tuple[int, str], scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full buffer ends in `Interrupted` after a finite time, and closing does not wait for it either."""
    monkeypatch.setattr(link_module, "STALL_SECONDS", 0.2)
    link = link_to("front", f"{scheme}:{pty[1]}")
    with pytest.raises(Interrupted, match="it takes nothing|It takes nothing") as caught:
        link.send(bytes(1_000_000))
    assert 0 < caught.value.sent < 1_000_000


def test_a_line_belongs_to_one_program(pty: tuple[int, str]) -> None:
    """A second program on the same line would steal answers: it is refused with a sentence."""
    with serial.Serial(pty[1], exclusive=True), pytest.raises(DeviceError, match="Another program has this line open"):
        link_to("front", f"serial:{pty[1]}").open()


def test_an_adapter_that_goes_away_while_it_is_opened(pty: tuple[int, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Its error is of a kind of its own and becomes the same sentence as every other."""

    def gone(*_: object) -> None:
        raise termios.error(errno.EIO, "Input/output error")

    monkeypatch.setattr(termios, "tcflush", gone)
    with pytest.raises(DeviceError, match=r"Input/output error\. Was the adapter pulled out\?"):
        link_to("front", f"serial:{pty[1]}").open()


def test_answers_between_flow_control_are_found(pty: tuple[int, str]) -> None:
    """XON and XOFF among the answers are not taken for them."""
    near, path = pty

    def answer() -> None:
        for byte in (b"\x13\x11\x12", b"\x12\x13", b"\x11\x12", b"\x1e"):
            os.read(near, 3)
            os.write(near, byte)

    thread = threading.Thread(target=answer)
    thread.start()
    with closing(Printer(link_to("front", f"serial:{path}?flow=none"), PROFILE)) as printer:
        assert printer.status().paper == "low"
    thread.join()


def test_an_empty_packet_is_no_end(pty: tuple[int, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """USB printers send packets without bytes: the connection goes on."""
    near, path = pty
    link = UsblpLink("front", f"usblp:{path}")
    os.write(near, b"\x12")
    read = os.read
    monkeypatch.setattr(os, "read", lambda file, most: b"")
    assert link.receive(0.1) == b""
    monkeypatch.setattr(os, "read", read)
    assert link.receive(1.0) == b"\x12"
    link.close()


@pytest.mark.parametrize(
    ("bits", "words"), [(0x18, "ready"), (0x38, "no paper"), (0x10, "error"), (0x08, "not selected")]
)
def test_the_status_of_the_usb_port_is_told_in_words(bits: int, words: str) -> None:
    """Bit 5 is paper, bit 4 selected, bit 3 no error: USB's printer class, section 4.2.2."""
    assert port_says(bits) == words


@pytest.mark.parametrize(
    ("number", "advice"), [(errno.EACCES, "group lp"), (errno.EBUSY, "CUPS"), (errno.ENODEV, "unplugged")]
)
def test_each_refusal_of_the_system_has_its_advice(number: int, advice: str) -> None:
    """What the kernel says becomes what to do."""
    assert advice in UsblpLink("front", "usblp:/dev/usb/lp0")._reason(OSError(number, os.strerror(number)))
