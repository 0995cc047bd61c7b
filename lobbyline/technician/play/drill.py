"""Faults played against stand-ins: what happens, what the staff should see and do, and whether it was really seen.

A drill runs in a branch of its own (`stage.py`); nothing of it reaches the real lobby.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from lobbyline.display.boards import protocols
from lobbyline.drivers.boards.standin.bus import StandinBus
from lobbyline.lobby.branch import Board
from lobbyline.lobby.config.mistakes import hint, shown
from lobbyline.technician.call import DONE, FAULT, Answer, Call
from lobbyline.technician.parser import Parser
from lobbyline.technician.play.playing import VisitError, until
from lobbyline.technician.play.stage import Stage, staged


@dataclass(frozen=True)
class Drill:
    """One fault: how it is played and mended, by which cause of the list it is seen, and what the staff do."""

    happens: str
    do: str
    play: Callable[[Stage], object]
    mend: Callable[[Stage], object]
    cause: Callable[[Stage], str]
    possible: Callable[[Stage], str] = lambda _: ""  # why it cannot be played here


def fill(stage: Stage) -> None:
    """Take every byte of the disk but the reserve; the next number makes the store notice."""
    with stage.filler.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(bytes(1 << 16)):
            pass
    stage.lobby.reception.take(next(iter(stage.setup.branch.services)), stage.clock(), paper=False)


def empty(stage: Stage) -> None:
    stage.filler.unlink()
    stage.lobby.store.restore_reserve()


def first_bus(stage: Stage) -> StandinBus:
    return next(iter(stage.devices.buses.values()))


def answering(stage: Stage) -> Iterator[tuple[str, Board]]:
    """Boards over a counter that answer, each with its bus: only their silence can be noticed."""
    known = protocols.protocols(stage.setup)
    for bus in stage.setup.devices.buses:
        for board in bus.boards:
            if board.counter is not None and any(frame.ack for frame in known[board.protocol].frames.values()):
                yield bus.name, board


def switch(stage: Stage, on: bool) -> None:
    """Switch a board, and open its counter: then there is something that it should show."""
    bus, board = next(answering(stage))
    stage.devices.buses[bus].power(board.name, on)
    if not on:
        stage.lobby.desk(board.counter or 0).open(stage.clock(), "drill")


def paper(stage: Stage, fault: str | None) -> None:
    next(iter(stage.devices.printers.values())).fault = fault  # type: ignore[assignment]  # a word of FAULTS


def freeze(stage: Stage) -> None:
    """Stop the kiosk as a fault in a driver would; the watchdog ends it, and a new one comes."""
    frozen = stage.process("kiosk")
    os.kill(frozen, signal.SIGSTOP)
    until(lambda: stage.process("kiosk") not in (0, frozen), "the frozen kiosk is started again")


def no_printer(stage: Stage) -> str:
    return "" if stage.devices.printers else "the branch has no printer"


def no_board(stage: Stage) -> str:
    return "" if next(answering(stage), None) else "no board over a counter ever answers, so none is missed"


def no_line(stage: Stage) -> str:
    return "" if stage.devices.buses else "the branch has no line of boards"


def no_small_disk(stage: Stage) -> str:
    return "" if stage.small_disk else "only root may mount the small disk that it needs"


DRILLS: dict[str, Drill] = {
    "paper": Drill(
        "The ticket printer runs out of paper.",
        "The lobby manager puts in a roll. Numbers stay valid without paper; what was held back prints by itself.",
        lambda stage: paper(stage, "paper_out"),
        lambda stage: paper(stage, None),
        lambda stage: f"device:{next(iter(stage.devices.printers))}",
        no_printer,
    ),
    "board": Drill(
        "A board over a counter loses its power.",
        "Look at its plug. Screen and voice go on; when it is back it shows by itself what it should.",
        lambda stage: switch(stage, on=False),
        lambda stage: switch(stage, on=True),
        lambda stage: f"device:{next(answering(stage))[1].name}",
        no_board,
    ),
    "line": Drill(
        "The adapter of a line of boards is pulled out.",
        "Put it back. All its boards show by themselves what they should, called ones first.",
        lambda stage: first_bus(stage).unplug(),
        lambda stage: first_bus(stage).replug(),
        lambda stage: f"device:{next(iter(stage.devices.buses))}",
        no_line,
    ),
    "disk": Drill(
        "The disk is full; the memory's reserve is given up.",
        "Call the technician, who frees some space. Business goes on, and nothing acknowledged is lost.",
        fill,
        empty,
        lambda _: "disk",
        no_small_disk,
    ),
    "kiosk": Drill(
        "The kiosk freezes.",
        "Nothing: it is ended and starts again within half a minute. Help customers by taking numbers at /lobby.",
        freeze,
        lambda _: None,
        lambda _: "",
    ),
}


def drill(call: Call) -> Answer:
    """`lobbyline drill [FAULT …]`: all of them unless some are named."""
    names = call.options.faults or list(DRILLS)
    if unknown := [name for name in names if name not in DRILLS]:
        call.options.misused(f"FAULT is {shown(unknown[0])}{hint(unknown[0], DRILLS)}")
    place = call.data / "drill"
    print("A branch of its own starts, on stand-ins.", file=sys.stderr, flush=True)
    shutil.rmtree(place, ignore_errors=True)
    with staged(call.folder, place, small_disk="disk" in names) as stage:
        told = [played(name, stage, hold=call.options.hold and not call.options.json) for name in names]
    shutil.rmtree(place, ignore_errors=True)
    missed = [one["fault"] for one in told if one["outcome"] == "missed"]
    return Answer("\n".join(["", *map(line, told)]), told, FAULT if missed else DONE)


def line(one: dict[str, str]) -> str:
    """How a drill went; what was seen was told when it was."""
    why = "" if one["outcome"] == "seen" else f": {one['seen']}"
    return f"{one['fault']:<6} {one['outcome']}{why}"


def played(name: str, stage: Stage, *, hold: bool) -> dict[str, str]:
    """Play one fault, wait until it is seen, mend it, and wait until it is gone."""
    fault = DRILLS[name]
    if reason := fault.possible(stage):
        return {"fault": name, "outcome": "skipped", "seen": reason}
    print(f"\n== {name}: {fault.happens}\n   To do: {fault.do}", file=sys.stderr, flush=True)
    cause = fault.cause(stage)
    try:
        fault.play(stage)
        seen = sentence(stage, cause)
        print(f"   The staff see: {seen}", file=sys.stderr, flush=True)
        if hold:
            input("   Enter mends it. ")
        fault.mend(stage)
        until(lambda: not cause or stage.alert(cause) is None, "it is mended, and leaves the list")
    except VisitError as error:
        return {"fault": name, "outcome": "missed", "seen": str(error)}
    return {"fault": name, "outcome": "seen", "seen": seen}


def sentence(stage: Stage, cause: str) -> str:
    """What the lobby manager reads, in every language of the branch, as soon as it is on the list."""
    if not cause:
        return "the kiosk was dark for a moment and is back"
    until(lambda: stage.alert(cause) is not None, f"the lobby manager's list names it ({cause})")
    row = stage.alert(cause)
    languages = stage.setup.branch.languages
    return " / ".join(stage.lobby.lookout.say(row, language) for language in languages) if row else ""


def words(top: Parser) -> None:
    """The command of this module."""
    drilling = top.command("drill", drill, "Faults played on stand-ins, and what the staff should see.")
    told = "; ".join(f"{name}: {one.happens.rstrip('.').lower()}" for name, one in DRILLS.items())
    drilling.add_argument("faults", nargs="*", metavar="FAULT", help=told)
    drilling.add_argument("--hold", action="store_true", help="wait for Enter before each fault is mended")
