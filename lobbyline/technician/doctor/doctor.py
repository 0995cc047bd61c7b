"""The command: everything at once, and at the end what needs a hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from lobbyline.lobby.errors import StoreError
from lobbyline.technician.call import DONE, FAULT, Answer, Call
from lobbyline.technician.devices.printer import words as words_of_printer
from lobbyline.technician.doctor import memory, system
from lobbyline.technician.doctor.devices import devices
from lobbyline.technician.doctor.finding import STATES, Finding
from lobbyline.technician.parser import Parser
from lobbyline.technician.terminal import table

NAMED = 6  # names that the last line tells


def doctor(call: Call) -> Answer:
    """`lobbyline doctor`: everything at once; exit code 4 when something needs a hand."""
    found = list(findings(call))
    told = table((one.state, one.what, one.sentence) for one in sorted(found, key=gravity))
    bad = named("fault", found)
    data = {"ok": not bad, "findings": [asdict(finding) for finding in found]}
    return Answer(f"{told}\n\n{summary(bad, named('warn', found))}", data, FAULT if bad else DONE)


def gravity(finding: Finding) -> int:
    """What needs a hand stands last, where a terminal that has filled still shows it."""
    return STATES.index(finding.state)


def named(state: str, found: Sequence[Finding]) -> str:
    """What is in this state, by name, as long as one would read it."""
    names = [finding.what for finding in found if finding.state == state]
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more


def summary(bad: str, doubtful: str) -> str:
    told = [f"Needs a hand: {bad}."] if bad else []
    told += [f"Worth a look: {doubtful}."] if doubtful else []
    return " ".join(told) or "All is well."


def findings(call: Call) -> Iterator[Finding]:
    """What the programs stand on, what the branch remembers, and its devices."""
    yield system.product()
    yield system.disk(call.data)
    yield system.clock(call.at)
    try:
        lobby = call.lobby
        yield memory.files(call)
        yield memory.calendar(lobby, call.at)
        yield memory.store(lobby)
        yield memory.reserve(lobby)
        yield memory.chain(lobby)
        yield system.time_server(lobby, call.at)
        yield memory.copy(lobby, call.at)
        yield memory.form_key(lobby)
        yield from memory.certificate(lobby, call.at)
        yield system.programs(lobby, call.setup)
        yield from devices(lobby, call.setup, call.at, system.asleep(lobby, call.setup))
    except StoreError as error:
        yield Finding("store", "fault", str(error))


def words(top: Parser) -> None:
    """The command of this module."""
    doctoring = top.command("doctor", doctor, "Everything that the branch stands on: ok, or what to do.")
    words_of_printer(doctoring)
