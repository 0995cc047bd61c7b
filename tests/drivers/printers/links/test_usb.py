"""Printers through libusb: pyusb's own code runs, on a host into which stand-ins are plugged."""

from __future__ import annotations

import errno
from collections.abc import Callable
from contextlib import closing

import pytest
import usb.backend.libusb0
import usb.backend.libusb1
import usb.backend.openusb

from lobbyline.drivers.errors import DeviceError
from lobbyline.drivers.printers.links import link as link_module
from lobbyline.drivers.printers.links.address import link_to
from lobbyline.drivers.printers.links.link import Interrupted
from lobbyline.drivers.printers.printer import Printer
from lobbyline.drivers.printers.receipt import Receipt, Text
from lobbyline.drivers.printers.standin.printer import StandinPrinter
from tests.drivers.printers.conftest import model
from tests.drivers.printers.links.usb_host import BULK_IN, BULK_OUT, Host, Unit

PROFILE = model("generic-80", fence="gsh")
PAGE = Receipt((Text("取款"), Text("A\u2009012", 6, 6)))


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Host:
    """The machine's only USB, with pyusb on top of it."""
    host = Host()
    monkeypatch.setattr(usb.backend.libusb1, "get_backend", lambda: host)
    monkeypatch.setattr(link_module, "FIRST_PAUSE", 0.0)
    return host


@pytest.fixture
def unit(host: Host, standin: Callable[..., StandinPrinter]) -> Unit:
    """One printer, plugged in."""
    unit = Unit(standin(PROFILE).port, serial="K4711")
    host.plugged.append(unit)
    return unit


def printed(address: str) -> str:
    with closing(Printer(link_to("front", address), PROFILE)) as printer:
        assert not printer.status().fault
        return printer.print(PAGE, "ab12").state


@pytest.mark.parametrize("address", ["usb:0519:2013", "usb:0519:2013:K4711"])
@pytest.mark.parametrize("interface_class", [7, 255], ids=["printer", "vendor"])
def test_a_page_is_printed(unit: Unit, address: str, interface_class: int) -> None:
    """Status, page and fences go over the endpoints that the unit itself names, whatever class it claims."""
    unit.interface_class = interface_class
    unit.taken = 64  # a packet at a time
    assert printed(address) == "printed"


def test_the_kernel_gets_its_printer_back(unit: Unit) -> None:
    """The kernel's driver steps aside while the link is open and has the printer again afterwards."""
    link = link_to("front", "usb:0519:2013")
    link.open()
    assert (unit.kernels, unit.claimed) == (False, True)
    link.close()
    assert (unit.kernels, unit.claimed) == (True, False)


def test_a_printer_without_a_configuration_is_given_one(unit: Unit) -> None:
    """Some units wake up unconfigured: that is no reason not to print."""
    unit.configured = False
    assert printed("usb:0519:2013") == "printed"


def test_replugged_it_is_found_again(host: Host, unit: Unit) -> None:
    """Pulled out it is a DeviceError with advice; plugged in again, at another place, the same link prints."""
    with closing(Printer(link_to("front", "usb:0519:2013:K4711"), PROFILE)) as printer:
        assert not printer.status().fault
        host.plugged.remove(unit)
        with pytest.raises(DeviceError, match="Was it switched off or unplugged"):
            printer.status()
        with pytest.raises(DeviceError, match="No such printer is plugged in"):
            printer.status()
        host.plugged += [Unit(1, serial="K0001"), unit]
        assert not printer.status().fault
        assert printer.print(PAGE, "ab12").state == "printed"


def test_pulled_out_inside_a_page_is_unknown(unit: Unit) -> None:
    """Some bytes went out and then the printer was gone: nobody can know, and the note says what was seen."""
    with closing(Printer(link_to("front", "usb:0519:2013"), PROFILE)) as printer:
        assert not printer.status().fault
        unit.taken, unit.pulled_after = 16, 40
        outcome = printer.print(PAGE, "ab12")
    assert outcome.state == "unknown"
    assert "Was it switched off or unplugged?" in outcome.note


def test_two_alike_are_told_apart_by_their_serial_numbers(host: Host, unit: Unit) -> None:
    """Without a serial number two printers of one kind are refused: nobody may guess which is meant."""
    host.plugged.append(Unit(1, serial="K4712"))
    assert printed("usb:0519:2013:K4711") == "printed"
    with pytest.raises(DeviceError, match="2 of these are plugged in. Add the serial number"):
        link_to("front", "usb:0519:2013").open()


@pytest.mark.parametrize(
    ("what", "number", "advice"),
    [
        ("open", errno.EACCES, "group lp"),
        ("detach", errno.EACCES, "group lp"),
        ("claim", errno.EBUSY, "Another program has it open"),
        ("strings", errno.EACCES, "group lp"),
    ],
)
def test_each_refusal_of_the_system_has_its_advice(unit: Unit, what: str, number: int, advice: str) -> None:
    """What the kernel says becomes what to do; afterwards nothing is held."""
    unit.trouble[what] = number
    with pytest.raises(DeviceError, match=advice) as caught:
        link_to("front", "usb:0519:2013:K4711").open()
    assert str(caught.value).startswith('Printer "front" of devices.toml at usb:0519:2013:K4711: ')
    assert (unit.kernels, unit.claimed) == (True, False)


@pytest.mark.parametrize("endpoints", [((BULK_OUT, 2),), ((BULK_IN, 2),), ((BULK_OUT, 3), (BULK_IN, 3))])
def test_what_cannot_answer_is_no_printer_of_ours(unit: Unit, endpoints: tuple[tuple[int, int], ...]) -> None:
    """A device without both bulk endpoints could never say that it printed: it is refused with advice."""
    unit.endpoints = endpoints
    with pytest.raises(DeviceError, match="It has no way to answer"):
        link_to("front", "usb:0519:2013").open()


def test_a_printer_that_takes_nothing_is_given_up(unit: Unit) -> None:
    """A transfer that never ends is cut off, and how much had gone is known."""
    link = link_to("front", "usb:0519:2013")
    unit.taken = 100
    link.send(bytes(1000))
    unit.taken = 0
    with pytest.raises(Interrupted, match="It takes nothing") as caught:
        link.send(bytes(1000))
    assert caught.value.sent == 0


def test_without_libusb_the_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """No library on the machine: the sentence says which Debian package brings it."""
    for library in (usb.backend.libusb1, usb.backend.openusb, usb.backend.libusb0):
        monkeypatch.setattr(library, "get_backend", lambda: None)
    with pytest.raises(DeviceError, match="Install Debian's libusb-1.0-0"):
        link_to("front", "usb:0519:2013").open()


@pytest.mark.parametrize("address", ["usb:", "usb:519:2013", "usb:0519", "usb:0519:2013:", "usb:0519:2013:a:b"])
def test_a_wrong_address_is_told_with_a_right_one(address: str) -> None:
    """The sentence shows how it is written."""
    with pytest.raises(DeviceError, match='its address is written like "usb:0519:2013"'):
        link_to("front", address)
