"""Faults played against stand-ins: what happens, what the staff should see and do, and whether it was really seen.

A drill runs in a branch of its own: a copy of the files in which every device is a stand-in, with a memory that is
forgotten afterwards. Nothing of it reaches the real lobby.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from lobbyline.display import boards
from lobbyline.drivers.boards.standin import StandinBus
from lobbyline.lobby.branch import Board
from lobbyline.lobby.clock import Clock
from lobbyline.lobby.config import Setup, load
from lobbyline.lobby.lobby import Lobby, open_lobby
from lobbyline.lobby.store.floor_book import AlertRow
from lobbyline.technician import standins
from lobbyline.technician.call import FAULT, Answer, Call
from lobbyline.technician.setup import pen
from lobbyline.technician.standins import Standins
from lobbyline.technician.visit import PLAYED_AT, children

PATIENCE = 60.0  # seconds for anything to be seen on a loaded machine
SMALL_DISK = 24  # megabytes
FROZEN = 5.0  # seconds after which the drill's programs are taken for frozen; 20 in a branch


@dataclass(frozen=True)
class Stage:
    """The branch of a drill, running."""

    setup: Setup
    lobby: Lobby
    clock: Clock
    devices: Standins
    programs: subprocess.Popen[bytes]
    small_disk: bool

    def alert(self, name: str) -> AlertRow | None:
        """What the lobby manager's list says of a cause."""
        return next((row for row in self.lobby.lookout.listed() if row.name == name), None)

    def process(self, program: str) -> int:
        return children(self.programs.pid).get(program, 0)

    @property
    def filler(self) -> Path:
        return self.lobby.data / "filler"


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
    known = boards.protocols(stage.setup)
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
    wait(lambda: stage.process("kiosk") not in (0, frozen), "the frozen kiosk was not started again")


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
        call.options.misused(f"there is no drill {unknown[0]!r}, only {', '.join(DRILLS)}")
    place = call.data / "drill"
    shutil.rmtree(place, ignore_errors=True)
    with staged(call.folder, place, small_disk="disk" in names) as stage:
        told = [played(name, stage, hold=call.options.hold and not call.options.json) for name in names]
    shutil.rmtree(place, ignore_errors=True)
    missed = [one["fault"] for one in told if one["outcome"] == "missed"]
    text = "\n".join(["", *(f"{one['fault']:<6} {one['outcome']}: {one['seen']}" for one in told)])
    return Answer(text, told, FAULT if missed else 0)


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
        wait(lambda: not cause or stage.alert(cause) is None, "it was mended, and is still on the list")
    except TimeoutError as error:
        return {"fault": name, "outcome": "missed", "seen": str(error)}
    return {"fault": name, "outcome": "seen", "seen": seen}


def sentence(stage: Stage, cause: str) -> str:
    """What the lobby manager reads, in every language of the branch, as soon as it is on the list."""
    if not cause:
        return "the kiosk was dark for a moment and is back"
    wait(lambda: stage.alert(cause) is not None, f"nothing is on the lobby manager's list ({cause})")
    row = stage.alert(cause)
    languages = stage.setup.branch.languages
    return " / ".join(stage.lobby.lookout.say(row, language) for language in languages) if row else ""


def wait(true: Callable[[], bool], otherwise: str) -> None:
    until = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > until:
            raise TimeoutError(otherwise)
        time.sleep(0.1)


# The branch of a drill


@contextmanager
def staged(branch: Path, place: Path, *, small_disk: bool) -> Iterator[Stage]:
    """A copy of the branch with stand-ins and the real programs, playing a Monday morning."""
    setup = load(training_copy(branch, place / "branch"))
    data = place / "data"
    data.mkdir(parents=True)
    with ExitStack() as undo:
        mounted = small_disk and mount(data)
        if mounted:
            undo.callback(subprocess.run, ["umount", "--lazy", str(data)], check=False)
        ahead = PLAYED_AT.replace(tzinfo=setup.branch.zone) - datetime.now(setup.branch.zone)
        lobby = open_lobby(setup, data, where="drill")
        undo.callback(lobby.close)
        devices = undo.enter_context(standins.started(setup, data))
        programs = undo.enter_context(running(setup, data, ahead, place / "programs.log"))
        stage = Stage(setup, lobby, Clock(setup.branch.zone, ahead), devices, programs, mounted)
        wait(lambda: ready(stage), f"the programs did not start: see {place / 'programs.log'}")
        yield stage


def ready(stage: Stage) -> bool:
    """Whether every device was seen well and the staff's program looks after the list."""
    known = {device.name: device.state for device in stage.lobby.devices.all()}
    names = [*stage.devices.printers, *stage.devices.buses]
    return all(known.get(name) == "ok" for name in names) and all(map(stage.process, ("kiosk", "staff", "boards")))


@contextmanager
def running(setup: Setup, data: Path, ahead: timedelta, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """`lobbyline run` off-screen, ended whatever happens."""
    words = ["run", "--patience", f"{FROZEN:g}", "--branch", setup.folder, "--data", data]
    command = [sys.executable, "-m", "lobbyline.technician", *map(str, words), f"--ahead={ahead.total_seconds()}"]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"}
    with log.open("wb") as told:
        process = subprocess.Popen(command, env=environment, stdout=told, stderr=told, start_new_session=True)
        try:
            yield process
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(PATIENCE)


def mount(data: Path) -> bool:
    """A disk that can be filled in a moment; whether it may be mounted."""
    command = ["mount", "-t", "tmpfs", "-o", f"size={SMALL_DISK}m", "tmpfs", str(data)]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


def training_copy(branch: Path, folder: Path) -> Path:
    """The branch's files with stand-ins for its printers and boards, and ports of its own."""
    shutil.copytree(branch, folder)
    written = pen.read(folder / "devices.toml").data if (folder / "devices.toml").exists() else {}
    text = pen.tables(
        "printers", [here(one, at=f"tcp://127.0.0.1:{free_port()}") for one in written.get("printers", [])]
    )
    for kind in ("readers", "buses"):
        text += pen.tables(kind, [here(one, port=f"standin/{one['name']}") for one in written.get(kind, [])])
    pen.put(folder / "devices.toml", text)
    data = pen.read(folder / "branch.toml").data
    if "base" in data:
        pen.set_key(folder / "branch.toml", ("base", "folder"), str((branch / data["base"]["folder"]).resolve()))
    pen.set_key(folder / "branch.toml", ("staff", "port"), free_port())
    return folder


def here(device: dict[str, Any], **place: str) -> dict[str, Any]:
    """A device as it stands in the drill: on this machine, under another address."""
    return {key: value for key, value in device.items() if key != "machine"} | place


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def add_drill(command: argparse.ArgumentParser) -> None:
    """The words of `lobbyline drill`."""
    told = "; ".join(f"{name}: {one.happens.rstrip('.').lower()}" for name, one in DRILLS.items())
    command.add_argument("faults", nargs="*", metavar="FAULT", help=told)
    command.add_argument("--hold", action="store_true", help="wait for Enter before each fault is mended")
