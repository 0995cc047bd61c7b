"""How a printer is, in values and in sentences for whoever repairs it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Paper = Literal["ok", "low", "out"]
Error = Literal["", "recoverable", "unrecoverable"]

# Why it cannot print, and what will soon stop it: a code, and what to do about it. The gravest stands first.
FAULTS = {
    "cover_open": "the cover is open: close it until it clicks",
    "paper_out": "the paper is out: put in a new roll",
    "cutter_stuck": "the cutter is stuck: open the cover, clear the paper, switch the printer off and on",
    "jammed": "the paper is jammed: open the cover, pull the paper out, close the cover",
    "broken": "it reports an error it cannot recover from: switch it off and on",
    "stopped": "it stopped by itself, usually a hot head: let it cool, then close its cover firmly",
    "offline": "it is offline: press its ONLINE or FEED button, or switch it off and on",
}
WARNINGS = {
    "paper_low": "the paper is nearly out: have a new roll ready",
    "at_exit": "a ticket hangs in the exit: take it out if nobody comes for it",
}


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
    def trouble(self) -> str:
        """The code of the gravest fault or warning; empty when there is none."""
        found = {
            "cover_open": self.cover_open,
            "paper_out": self.paper == "out",
            "cutter_stuck": self.cutter_stuck,
            "jammed": self.jammed,
            "broken": self.error == "unrecoverable",
            "stopped": self.error == "recoverable",
            "offline": not self.online,
            "paper_low": self.paper == "low",
            "at_exit": self.at_exit,
        }
        return next((code for code in (*FAULTS, *WARNINGS) if found[code]), "")

    @property
    def fault(self) -> str:
        """Why it cannot print, as what to do about it; empty when it can."""
        return FAULTS.get(self.trouble, "")

    @property
    def warning(self) -> str:
        """What will soon stop it; empty when nothing will, or something has."""
        return WARNINGS.get(self.trouble, "")

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
