"""How a printer is, in values and in sentences for whoever repairs it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Paper = Literal["ok", "low", "out"]
Error = Literal["", "recoverable", "unrecoverable"]


@dataclass(frozen=True)
class Status:
    """How the printer is."""

    online: bool = True
    paper: Paper = "ok"
    cover_open: bool = False
    cutter_stuck: bool = False
    jammed: bool = False
    at_exit: bool = False  # a ticket that nobody has taken
    error: Error = ""

    @property
    def fault(self) -> str:
        """Why it cannot print, as what to do about it; empty when it can."""
        if self.cover_open:
            return "the cover is open: close it until it clicks"
        if self.paper == "out":
            return "the paper is out: put in a new roll"
        if self.cutter_stuck:
            return "the cutter is stuck: open the cover, clear the paper, switch the printer off and on"
        if self.jammed:
            return "the paper is jammed: open the cover, pull the paper out, close the cover"
        if self.error == "unrecoverable":
            return "it reports an error it cannot recover from: switch it off and on"
        if self.error == "recoverable":
            return "it stopped by itself, usually a hot head: let it cool, then close its cover firmly"
        return "" if self.online else "it is offline: press its ONLINE or FEED button, or switch it off and on"

    @property
    def warning(self) -> str:
        """What will soon stop it; empty when nothing will."""
        if self.paper == "low":
            return "the paper is nearly out: have a new roll ready"
        return "a ticket hangs in the exit: take it out if nobody comes for it" if self.at_exit else ""

    def __str__(self) -> str:
        return self.fault or self.warning or "ready"


def reported(data: bytes) -> Status:
    """The four bytes of an automatic report (`GS a`)."""
    return Status(
        online=not data[0] & 0x08,
        paper="out" if data[2] & 0x0C else "low" if data[2] & 0x03 else "ok",
        cover_open=bool(data[0] & 0x20),
        cutter_stuck=bool(data[1] & 0x08),
        error=error_of(data[1]),
    )


def error_of(bits: int) -> Error:
    return "unrecoverable" if bits & 0x20 else "recoverable" if bits & 0x44 else ""
