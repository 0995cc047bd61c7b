"""The branch of a drill: a copy of the files in which every device is a stand-in, with the real programs.

Its memory is forgotten afterwards, and nothing of it reaches the real lobby.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from lobbyline.lobby.clock import Clock, ahead_of_now
from lobbyline.lobby.config.folder import Setup, load
from lobbyline.lobby.lobby import Lobby, open_lobby
from lobbyline.lobby.store.pages.floor import AlertRow
from lobbyline.technician.devices import standins
from lobbyline.technician.devices.standins import Standins
from lobbyline.technician.play.playing import PLAYED_AT, Programs, running, until
from lobbyline.technician.play.training import training_copy

SMALL_DISK = 24  # megabytes
FROZEN = 5.0  # seconds after which the drill's programs are taken for frozen; 20 in a branch


@dataclass(frozen=True)
class Stage:
    """The branch of a drill, running."""

    setup: Setup
    lobby: Lobby
    clock: Clock
    devices: Standins
    programs: Programs
    small_disk: bool

    def alert(self, name: str) -> AlertRow | None:
        """What the lobby manager's list says of a cause."""
        return next((row for row in self.lobby.lookout.listed() if row.name == name), None)

    def process(self, program: str) -> int:
        return self.programs.number_of(program)

    @property
    def filler(self) -> Path:
        return self.lobby.data / "filler"


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
        ahead = ahead_of_now(PLAYED_AT.replace(tzinfo=setup.branch.zone))
        lobby = open_lobby(setup, data, where="drill")
        undo.callback(lobby.close)
        devices = undo.enter_context(standins.started(setup, data))
        log = place / "programs.log"
        programs = undo.enter_context(running(setup.folder, data, ahead, log, ("--patience", f"{FROZEN:g}")))
        stage = Stage(setup, lobby, Clock(setup.branch.zone, ahead), devices, programs, mounted)
        until(lambda: ready(stage), f"the programs start (see {log})")
        yield stage


def ready(stage: Stage) -> bool:
    """Whether every device was seen well and the staff's program looks after the list."""
    known = {device.name: device.state for device in stage.lobby.devices.all()}
    names = [*stage.devices.printers, *stage.devices.buses]
    return all(known.get(name) == "ok" for name in names) and all(map(stage.process, ("kiosk", "staff", "boards")))


def mount(data: Path) -> bool:
    """A disk that can be filled in a moment; whether it may be mounted."""
    command = ["mount", "-t", "tmpfs", "-o", f"size={SMALL_DISK}m", "tmpfs", str(data)]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0
