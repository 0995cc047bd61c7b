"""Printers that say anything and break off anywhere: nothing but DeviceError leaves the driver."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, cast
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from lobbyline.drivers.errors import DeviceError
from lobbyline.drivers.printers import conversation
from lobbyline.drivers.printers import printer as printer_module
from lobbyline.drivers.printers.dialects import DIALECTS
from lobbyline.drivers.printers.links.link import Interrupted, Link, Wire
from lobbyline.drivers.printers.printer import Outcome, Printer
from lobbyline.drivers.printers.profile import Profile
from lobbyline.drivers.printers.receipt import Receipt, Text
from lobbyline.drivers.printers.replies import RealTime, Replies

TOLD = "12, 1a, 32, 7e, 10, 13 12, 10 00 00 00, 37 22 61 62 31 32 00, 37, 00, 10 0f 00 00 00 00, 10 0f 20, 37 25 00, 11"
ANSWERS = [bytes.fromhex(told) for told in TOLD.split(", ")]
Said = bytes | None  # None breaks the connection


class NoisyLink(Link):
    """A way on which a script is said, whatever is asked; where the script is over there is silence."""

    def __init__(self, script: list[Said]) -> None:
        super().__init__("noisy", "noise")
        self.script = iter(script)

    def open(self) -> Wire:
        self.connections = max(1, self.connections)
        return cast("Wire", self)

    def send(self, data: bytes) -> None:
        if next(self.script, b"") is None:
            self.connections += 1
            raise Interrupted(self.error("broke"), len(data) // 2)

    def receive(self, seconds: float) -> bytes:
        said = next(self.script, b"")
        if said is None:
            self.connections += 1
            raise self.error("broke")
        return said

    def _connect(self) -> Wire:
        raise OSError

    def _reason(self, error: OSError) -> str:
        return str(error)


noise = st.one_of(st.binary(max_size=6), st.sampled_from(ANSWERS), st.none())


@settings(max_examples=60)
@given(st.lists(noise, max_size=40), st.sampled_from(sorted(DIALECTS)), st.sampled_from(["gsh", "gsr", "none"]))
def test_noise_and_broken_lines_are_device_errors(script: list[Said], dialect: str, fence: str) -> None:
    """Whatever a printer says: status tells or raises DeviceError, and a page ends in one of four known ways."""
    profile = Profile.model_validate({"dialect": dialect, "fence": fence, "speed": 600, "head_to_cutter_mm": 0})
    short: dict[str, Any] = {
        "MARGIN_SECONDS": 0.002,
        "CLEAR_SECONDS": 0.002,
        "WAKE_SECONDS": 0.002,
    }
    with (
        patch.object(conversation, "ANSWER_SECONDS", 0.002),
        patch.multiple(printer_module, **short),
        patch.object(printer_module.Printer, "_padding_seconds", 0),
    ):
        printer = Printer(NoisyLink(script), profile)
        with suppress(DeviceError):
            printer.status()
        outcomes = [printer.print(Receipt((Text("A"),)), "ab12"), printer.settle("ab12", "cd34")]
        with suppress(DeviceError):
            printer.clear("ef56")
    assert all(isinstance(outcome, Outcome) for outcome in outcomes)
    assert {outcome.state for outcome in outcomes} <= {"printed", "failed", "held", "unknown"}


@given(st.binary(max_size=400), st.sampled_from(sorted(DIALECTS)))
def test_any_bytes_can_be_listened_to(data: bytes, dialect: str) -> None:
    """In one piece or byte by byte, the same answers; and any full round of them is some status."""
    spoken = DIALECTS[dialect]
    heard = Replies(spoken).take(data)
    slowly = Replies(spoken)
    assert [answer for byte in data for answer in slowly.take(bytes([byte]))] == heard
    answers = [answer.data for answer in heard if isinstance(answer, RealTime)]
    for start in range(len(answers) - len(spoken.questions) + 1):
        assert str(spoken.status(answers[start : start + len(spoken.questions)]))
