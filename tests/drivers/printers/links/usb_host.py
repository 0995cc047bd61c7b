"""A backend for pyusb into which stand-in printers are plugged: pyusb's own code runs, only the kernel is missing."""

from __future__ import annotations

import errno
import socket
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import usb.core
from usb.backend import IBackend

VENDOR, PRODUCT = 0x0519, 0x2013
BULK_OUT, BULK_IN = 0x03, 0x84  # not where other makers have them
ENGLISH = 0x0409


@dataclass(eq=False)
class Unit:
    """One printer on the bus: its descriptors, and the TCP port of the stand-in that it is made of."""

    port: int
    serial: str = ""
    interface_class: int = 7
    endpoints: tuple[tuple[int, int], ...] = ((BULK_IN, 2), (BULK_OUT, 2), (0x81, 3))  # address and kind
    configured: bool = True
    kernels: bool = True  # usblp holds it
    trouble: dict[str, int] = field(default_factory=dict)  # what fails, with the kernel's number for it
    taken: int | None = None  # how many bytes it takes at a time; 0 is none
    pulled_after: int | None = None  # bytes until somebody pulls it out
    claimed: bool = False
    wire: socket.socket | None = None

    def fail(self, what: str) -> None:
        if number := self.trouble.get(what):
            raise usb.core.USBError("trouble", -1, number)


class Host(IBackend):  # type: ignore[misc] # pyusb has no types
    """Every printer that is plugged in."""

    def __init__(self) -> None:
        self.plugged: list[Unit] = []

    def enumerate_devices(self) -> Iterator[Unit]:
        return iter(list(self.plugged))

    def get_parent(self, unit: Unit) -> None:
        return None

    def get_device_descriptor(self, unit: Unit) -> Any:
        return _described(
            bLength=18,
            bDescriptorType=1,
            bcdUSB=0x200,
            bDeviceClass=0,
            bDeviceSubClass=0,
            bDeviceProtocol=0,
            bMaxPacketSize0=64,
            idVendor=VENDOR,
            idProduct=PRODUCT,
            bcdDevice=0x100,
            iManufacturer=0,
            iProduct=0,
            iSerialNumber=3 if unit.serial else 0,
            bNumConfigurations=1,
            address=self.plugged.index(unit) + 2,
            bus=1,
            port_number=1,
            port_numbers=(1,),
            speed=3,
        )

    def get_configuration_descriptor(self, unit: Unit, number: int) -> Any:
        if number:
            raise IndexError(number)
        return _described(
            bLength=9,
            bDescriptorType=2,
            wTotalLength=32,
            bNumInterfaces=1,
            bConfigurationValue=1,
            iConfiguration=0,
            bmAttributes=0xC0,
            bMaxPower=1,
        )

    def get_interface_descriptor(self, unit: Unit, number: int, alternate: int, configuration: int) -> Any:
        if number or alternate:
            raise IndexError(number)
        return _described(
            bLength=9,
            bDescriptorType=4,
            bInterfaceNumber=0,
            bAlternateSetting=0,
            bNumEndpoints=len(unit.endpoints),
            bInterfaceClass=unit.interface_class,
            bInterfaceSubClass=1,
            bInterfaceProtocol=2,
            iInterface=0,
        )

    def get_endpoint_descriptor(self, unit: Unit, number: int, *place: int) -> Any:
        address, kind = unit.endpoints[number]
        return _described(
            bLength=7,
            bDescriptorType=5,
            bEndpointAddress=address,
            bmAttributes=kind,
            wMaxPacketSize=64,
            bInterval=0,
            bRefresh=0,
            bSynchAddress=0,
        )

    def open_device(self, unit: Unit) -> Unit:
        unit.fail("open")
        return unit

    def close_device(self, unit: Unit) -> None:
        if unit.wire:
            unit.wire.close()
            unit.wire = None

    def set_configuration(self, unit: Unit, value: int) -> None:
        unit.configured = True

    def get_configuration(self, unit: Unit) -> int:
        return int(unit.configured)

    def is_kernel_driver_active(self, unit: Unit, number: int) -> bool:
        return unit.kernels

    def detach_kernel_driver(self, unit: Unit, number: int) -> None:
        unit.fail("detach")
        unit.kernels = False

    def attach_kernel_driver(self, unit: Unit, number: int) -> None:
        unit.kernels = True

    def claim_interface(self, unit: Unit, number: int) -> None:
        unit.fail("claim")
        if unit.kernels:
            raise usb.core.USBError("busy", -6, errno.EBUSY)
        unit.wire = socket.create_connection(("127.0.0.1", unit.port))
        unit.claimed = True

    def release_interface(self, unit: Unit, number: int) -> None:
        unit.claimed = False

    def bulk_write(self, unit: Unit, endpoint: int, number: int, data: array[int], timeout: int) -> int:
        self._reach(unit)
        assert endpoint == BULK_OUT
        assert unit.wire
        if unit.taken == 0:
            raise usb.core.USBTimeoutError("timed out", -7, errno.ETIMEDOUT)
        some = data.tobytes()[: unit.taken]
        unit.wire.sendall(some)
        if unit.pulled_after is not None:
            unit.pulled_after -= len(some)
            if unit.pulled_after < 0:
                self.plugged.remove(unit)
        return len(some)

    def bulk_read(self, unit: Unit, endpoint: int, number: int, buffer: array[int], timeout: int) -> int:
        self._reach(unit)
        assert endpoint == BULK_IN
        assert unit.wire
        unit.wire.settimeout(timeout / 1000)
        try:
            told = unit.wire.recv(len(buffer))
        except TimeoutError:
            raise usb.core.USBTimeoutError("timed out", -7, errno.ETIMEDOUT) from None
        buffer[: len(told)] = array("B", told)
        return len(told)

    def ctrl_transfer(self, unit: Unit, kind: int, request: int, value: int, index: int, data: Any, time: int) -> int:
        """Only strings are asked for: the languages, then one of them."""
        unit.fail("strings")
        text = unit.serial.encode("utf-16-le") if value & 0xFF else ENGLISH.to_bytes(2, "little")
        told = bytes([len(text) + 2, 3]) + text
        data[: len(told)] = array("B", told)
        return len(told)

    def _reach(self, unit: Unit) -> None:
        if unit not in self.plugged:
            raise usb.core.USBError("gone", -4, errno.ENODEV)


def _described(**values: Any) -> Any:
    return SimpleNamespace(**values, extra_descriptors=[])
