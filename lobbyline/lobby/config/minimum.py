"""The minimum standard of every branch: what must be there before a program opens for business.

The bank writes it under [minimum], in its base profile, and locks it there; a branch of its own may write it too.
"""

from __future__ import annotations

from collections.abc import Iterator

from lobbyline.lobby.branch import Branch, Devices
from lobbyline.lobby.config.toml import Table
from lobbyline.lobby.errors import Mistake


def missing(table: Table, branch: Branch, devices: Devices) -> Iterator[Mistake]:
    """A mistake for every item of the minimum standard that the branch does not have."""
    for key, sentence in _lacking(branch, devices):
        yield table.mistake(("minimum", key), f"the minimum standard asks for {sentence}")


def _lacking(branch: Branch, devices: Devices) -> Iterator[tuple[str, str]]:
    asked = branch.minimum
    for key, wanted, present in (
        ("languages", asked.languages, branch.languages),
        ("segments", asked.segments, branch.segments),
        ("services", asked.services, branch.services),
        ("spoken", asked.spoken, branch.voice.languages),
    ):
        for name in wanted:
            if name not in present:
                yield key, f'"{name}" among {_PLACES[key]}, and the branch has it not'
    yield from _uncontrolled(branch)
    yield from _unkind(branch)
    if asked.paper and not branch.kiosk.printer:
        yield "paper", "a ticket on paper, and [kiosk] names no printer"
    if asked.boards and not any(True for _ in devices.boards()):
        yield "boards", "a call board, and devices.toml has none"


_PLACES = {
    "languages": "the languages",
    "segments": "the [segments]",
    "services": "the [services]",
    "spoken": "the languages of [voice]",
}


def _uncontrolled(branch: Branch) -> Iterator[tuple[str, str]]:
    for kind, controls in branch.minimum.controls.items():
        for code, service in branch.services.items():
            left = [control for control in controls if control not in service.controls]
            if service.complexity == kind and left:
                yield "controls", f"the control {' and '.join(left)} for {kind} business, and {code} has it not"


def _unkind(branch: Branch) -> Iterator[tuple[str, str]]:
    """Elders are never forced: large pages, time to read, somebody to ask."""
    asked = branch.minimum
    if asked.elder and not any(segment.elder for segment in branch.segments.values()):
        yield "elder", "large pages for elders, and no segment has elder = true"
    if asked.triage and not any(service.complexity == "triage" for service in branch.services.values()):
        yield "triage", 'a service for who is not sure, and none has complexity = "triage"'
    if branch.kiosk.idle_seconds < asked.idle_seconds:
        yield "idle_seconds", f"{asked.idle_seconds} seconds to read a page, and [kiosk] idle_seconds is less"
