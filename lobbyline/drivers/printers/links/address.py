"""From the address in devices.toml to the way that it names."""

from __future__ import annotations

from pathlib import Path

from lobbyline.drivers.errors import DeviceError
from lobbyline.drivers.printers.links.link import Link
from lobbyline.drivers.printers.links.tcp import TcpLink


def link_to(name: str, address: str, folder: Path | None = None) -> Link:
    """The way to a printer; a relative path of a line is inside `folder`. Nothing is opened yet."""
    scheme = address.partition(":")[0]
    if scheme == "tcp":
        return TcpLink(name, address)
    if scheme == "serial":
        from lobbyline.drivers.printers.links.serial import SerialLink  # a network printer needs no serial lines

        return SerialLink(name, address, folder)
    if scheme == "usblp":
        from lobbyline.drivers.printers.links.usblp import UsblpLink  # nor the kernel's USB driver

        return UsblpLink(name, address, folder)
    if scheme == "usb":
        from lobbyline.drivers.printers.links.usb import LibusbLink  # nor libusb

        return LibusbLink(name, address)
    raise DeviceError(
        f'Printer "{name}" of devices.toml: its address is written like "tcp://192.168.1.50:9100",'
        ' "serial:/dev/serial/by-id/NAME?baud=115200", "usblp:/dev/usb/lp0" or "usb:0519:2013",'
        f' not "{address}"'
    )
