"""Two machines on one cable: network namespaces, a pair of interfaces between them, and somebody who unplugs it."""

from __future__ import annotations

import ctypes
import os
import subprocess
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

CLONE_NEWNET = 0x40000000
HERE, THERE = "10.77.0.1", "10.77.0.2"


class NotAllowed(Exception):
    """Networks of one's own may not be made here."""


class Cable:
    """A cable between two networks of their own; whoever unplugs it says goodbye to nobody.

    The kernel takes the link away and no packet comes back: not even a refusal, as with a cable that was pulled.
    """

    def __init__(self) -> None:
        name = f"lobby-{uuid4().hex[:8]}"
        self.here, self.there = f"{name}-here", f"{name}-there"
        try:
            for network in (self.here, self.there):
                ip("netns", "add", network)
                ip("-n", network, "link", "set", "lo", "up")
            ip("link", "add", "plug", "netns", self.here, "type", "veth", "peer", "name", "socket", "netns", self.there)
            ip("-n", self.here, "address", "add", f"{HERE}/30", "dev", "plug")
            ip("-n", self.there, "address", "add", f"{THERE}/30", "dev", "socket")
            ip("-n", self.here, "link", "set", "plug", "up")
            self.mend()
        except NotAllowed:
            self.close()
            raise

    def cut(self) -> None:
        ip("-n", self.there, "link", "set", "socket", "down")

    def mend(self) -> None:
        ip("-n", self.there, "link", "set", "socket", "up")

    def close(self) -> None:
        for network in (self.here, self.there):
            with suppress(NotAllowed):  # it may never have been made
                ip("netns", "delete", network)


def ip(*words: str) -> None:
    try:
        done = subprocess.run(["ip", *words], check=False, capture_output=True, text=True)
    except FileNotFoundError as error:
        raise NotAllowed("there is no program ip: apt-get install iproute2") from error
    if done.returncode:
        raise NotAllowed(done.stderr.strip())


def enter(network: str) -> None:
    """From here on this thread, and whatever it starts, is in a network."""
    descriptor = os.open(Path("/run/netns") / network, os.O_RDONLY)
    try:
        if ctypes.CDLL(None, use_errno=True).setns(descriptor, CLONE_NEWNET):
            raise OSError(ctypes.get_errno(), f"may not enter the network {network}")
    finally:
        os.close(descriptor)
