"""A printer through libusb, for those that the kernel's usblp does not know: `usb:0519:2013` or `usb:0519:2013:SERIAL`.

Nothing is taken for granted: interface and bulk endpoints come from the printer's own descriptors, the kernel's driver
is asked off and put back, no reset is sent (some units print rubbish after one), every transfer has its time.
The printer is looked for anew at every attempt, so it may move to another socket.
"""

from __future__ import annotations

import errno
import re
import time
from contextlib import suppress

import usb.core
import usb.util

from lobbyline.drivers.errors import DeviceError
from lobbyline.drivers.printers.links import link
from lobbyline.drivers.printers.links.link import Link, Wire

ADDRESS = re.compile(r"usb:([0-9a-f]{4}):([0-9a-f]{4})(?::([^:]+))?", re.IGNORECASE)
PRINTER_CLASS = 7
EMPTY_PAUSE = 0.005
ADVICE = {
    errno.ENXIO: "Is the cable in, is it switched on, and does `lsusb` show these numbers?",
    errno.ENODEV: "Was it switched off or unplugged?",
    errno.EIO: "Was it switched off or unplugged?",
    errno.EPIPE: "It refused the bytes. Switch it off and on.",
    errno.EACCES: "Add this program's user to the group lp, and give the device to that group by a udev rule.",
    errno.EBUSY: "Another program has it open: end it, CUPS perhaps.",
    errno.ETIMEDOUT: "It takes nothing. Has it paper, and is its cover closed?",
    errno.ENOTUNIQ: "Add the serial number that `lsusb -v` shows, as in usb:0519:2013:SERIAL.",
    errno.ENOTCONN: "It has no way to answer. Is it a printer, and is its USB switch set to `printer`?",
    errno.ELIBACC: "Install Debian's libusb-1.0-0.",
}


class LibusbWire:
    """A claimed interface with its two bulk endpoints."""

    def __init__(self, device: usb.core.Device) -> None:
        self._device = device
        interface, self._out, self._in = pipes(device)
        self._number = interface.bInterfaceNumber
        self._kernels = self._ask_kernel_off()
        try:
            usb.util.claim_interface(device, self._number)
        except usb.core.USBError:
            self.close()
            raise

    def write(self, data: bytes) -> int:
        return int(self._out.write(data, milliseconds(link.STALL_SECONDS)))

    def read(self, seconds: float) -> bytes:
        try:
            return bytes(self._in.read(link.PIECE, milliseconds(seconds)))
        except usb.core.USBTimeoutError as error:
            raise TimeoutError from error

    def finish(self) -> None:
        """A transfer ends when the printer has taken it."""

    def close(self) -> None:
        """Lets go, and gives the printer back to the kernel if it was the kernel's."""
        with suppress(usb.core.USBError):
            usb.util.release_interface(self._device, self._number)
        if self._kernels:
            with suppress(usb.core.USBError, NotImplementedError):
                self._device.attach_kernel_driver(self._number)
        usb.util.dispose_resources(self._device)

    def _ask_kernel_off(self) -> bool:
        with suppress(NotImplementedError):  # a system whose kernel holds nothing
            if self._device.is_kernel_driver_active(self._number):
                self._device.detach_kernel_driver(self._number)
                return True
        return False


class LibusbLink(Link):
    """One printer by its numbers on the USB, and by its serial number where there are several."""

    def __init__(self, name: str, address: str) -> None:
        super().__init__(name, address)
        found = ADDRESS.fullmatch(address)
        if found is None:
            raise DeviceError(
                f'Printer "{name}" of devices.toml: its address is written like "usb:0519:2013"'
                f' or "usb:0519:2013:SERIAL", with the numbers that `lsusb` shows, not "{address}"'
            )
        self.vendor, self.product, self.serial = int(found[1], 16), int(found[2], 16), found[3]

    def _connect(self) -> Wire:
        return LibusbWire(self._found())

    def _found(self) -> usb.core.Device:
        """The one printer that is meant."""
        try:
            devices = list(usb.core.find(find_all=True, idVendor=self.vendor, idProduct=self.product))
        except usb.core.NoBackendError as error:
            raise OSError(errno.ELIBACC, "libusb is missing") from error
        if self.serial:
            devices = [device for device in devices if serial_of(device) == self.serial]
        if not devices:
            raise OSError(errno.ENXIO, "No such printer is plugged in")
        if len(devices) > 1:
            raise OSError(errno.ENOTUNIQ, f"{len(devices)} of these are plugged in")
        return devices[0]

    def _reason(self, error: OSError) -> str:
        return f"{error.strerror or error}. {ADVICE.get(error.errno or 0, ADVICE[errno.EIO])}"

    def _nothing(self, seconds: float) -> None:
        """USB printers answer with empty packets: that means nothing."""
        time.sleep(min(EMPTY_PAUSE, seconds))


def pipes(device: usb.core.Device) -> tuple[usb.core.Interface, usb.core.Endpoint, usb.core.Endpoint]:
    """The interface of the printer class, or else any, that takes and gives bytes in bulk; with where it does."""
    try:
        configuration = device.get_active_configuration()
    except usb.core.USBError:
        device.set_configuration()
        configuration = device.get_active_configuration()
    for interface in sorted(configuration, key=lambda interface: interface.bInterfaceClass != PRINTER_CLASS):
        out, back = endpoint(interface, usb.util.ENDPOINT_OUT), endpoint(interface, usb.util.ENDPOINT_IN)
        if interface.bAlternateSetting == 0 and out and back:
            return interface, out, back
    raise OSError(errno.ENOTCONN, "No two-way interface")


def serial_of(device: usb.core.Device) -> str:
    """A printer's serial number; it may be read only by whoever may open the printer."""
    try:
        return usb.util.get_string(device, device.iSerialNumber) or ""
    except ValueError as error:
        raise OSError(errno.EACCES, "Its serial number cannot be read") from error


def endpoint(interface: usb.core.Interface, direction: int) -> usb.core.Endpoint | None:
    """The first bulk endpoint in a direction."""
    return usb.util.find_descriptor(
        interface,
        custom_match=lambda end: (
            usb.util.endpoint_direction(end.bEndpointAddress) == direction
            and usb.util.endpoint_type(end.bmAttributes) == usb.util.ENDPOINT_TYPE_BULK
        ),
    )


def milliseconds(seconds: float) -> int:
    """At least one: 0 would be endless."""
    return max(1, round(1000 * seconds))
