"""Where things are: serial lines by names that stay, printers by the way to them, pages and servers by an address."""

from __future__ import annotations

import re
from ipaddress import ip_address
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator

PASSING = re.compile(r"/dev/tty(USB|ACM)\d+")
FOREIGN = re.compile(r"COM\d+:?", re.IGNORECASE)
STABLE = "a name under /dev/lobbyline, /dev/serial/by-id or /dev/serial/by-path"
PRINTER = re.compile(r"tcp://[^/:]+:(?P<port>\d{1,5})|serial:(?!//).+|usblp:.+|usb:[0-9A-Fa-f]{1,4}:[0-9A-Fa-f]{1,4}.*")
SERVER = ("postgresql://", "postgres://")
WEB = re.compile("https?://[!-~]+")
FIGURES = re.compile("[0-9.]+")  # no name of a machine
HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?")


def stable_port(port: str) -> str:
    """A serial line that is the same one after a restart."""
    if PASSING.fullmatch(port):
        raise ValueError(f"it may be another adapter after a restart: take {STABLE}")
    if FOREIGN.fullmatch(port):
        raise ValueError(f"this is how Windows calls a line: take {STABLE}")
    return port


def printer_address(at: str) -> str:
    """The way to a printer."""
    found = PRINTER.fullmatch(at)
    if not found or not 0 < int(found["port"] or 1) < 65536:
        raise ValueError(
            '"tcp://192.168.1.50:9100", "serial:/dev/lobbyline/NAME?baud=115200", "usblp:/dev/usb/lp0" or'
            ' "usb:0519:2013" is expected'
        )
    return at


def host(name: str) -> str:
    """An address or a name of a machine, without a port."""
    if not HOST.fullmatch(name) or FIGURES.fullmatch(name):
        try:
            ip_address(name)
        except ValueError as error:
            raise ValueError('an address like "127.0.0.1" or "0.0.0.0" is expected, without a port') from error
    return name


def web_address(address: str) -> str:
    """Where a program of the bank listens to HTTP; empty is nowhere."""
    try:
        parts = urlsplit(address)
        sound = WEB.fullmatch(address) and host(parts.hostname or "") and parts.port != 0
    except ValueError:  # of the host or the port
        sound = False
    if address and not sound:
        raise ValueError('an address like "https://bank.example/lobby" is expected')
    return address


def server(address: str) -> str:
    """A PostgreSQL server; empty is none."""
    if address and not address.startswith(SERVER):
        raise ValueError('the address of a PostgreSQL server is expected, like "postgresql://ROLE@HOST/DATABASE"')
    return address


def memory(place: str) -> str:
    """A file in the data folder, or a server."""
    return server(place) if "://" in place else place


Port = Annotated[str, AfterValidator(stable_port)]
PrinterAddress = Annotated[str, AfterValidator(printer_address)]
Host = Annotated[str, AfterValidator(host)]
Server = Annotated[str, AfterValidator(server)]
MemoryPlace = Annotated[str, AfterValidator(memory)]
WebAddress = Annotated[str, AfterValidator(web_address)]
