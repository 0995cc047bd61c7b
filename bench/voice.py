"""The voice: how soon after the teller's commit the first sample reaches the player."""

from __future__ import annotations

import os
import time
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench import Figure
from lobbyline import ASSETS
from lobbyline.display.voice.player import Player
from lobbyline.display.voice.voice import Voice
from lobbyline.lobby.clock import Clock
from lobbyline.lobby.config.folder import load
from lobbyline.lobby.lobby import Lobby, open_lobby

SAMPLE = ASSETS / "branches" / "jingqi-street"
CALLS = 12
DEADLINE = 10.0
# A player that reads the whole sound, as aplay does, and only says when it got its first sample.
PLAYER = '#!/bin/sh\nhead -c 46 "$2" > /dev/null\necho > "{heard}"\ncat "$2" > /dev/null\n'


class Still(Clock):
    """A Tuesday morning that goes on when told."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


def figures() -> list[Figure]:
    with TemporaryDirectory() as folder:
        return list(measured(Path(folder)))


def measured(folder: Path) -> list[Figure]:
    setup = load(SAMPLE)
    clock = Still(datetime(2026, 11, 24, 10, 0, tzinfo=setup.branch.zone))
    heard, program = folder / "heard", folder / "aplay"
    os.mkfifo(heard)
    program.write_text(PLAYER.format(heard=heard))
    program.chmod(0o755)
    lobby = open_lobby(setup, folder / "data")
    voice = Voice(lobby, clock, player=Player(str(program)))
    ear = os.open(heard, os.O_RDWR | os.O_NONBLOCK)
    voice.start()
    wait_for(ear)  # it tries the loudspeaker first
    lobby.desk(1).open(clock(), teller="bench")
    new, again = [], []
    for _ in range(CALLS):
        new.append(called(lobby, clock, ear, again=False))
        again.append(called(lobby, clock, ear, again=True))
    voice.end()
    lobby.close()
    os.close(ear)
    note = f"worst {max(new):.0f} ms, two languages synthesised twice over; beside: a repeated call, ready made"
    return [Figure("voice: commit to first sample of a new call", median(new), "ms", median(again), note)]


def called(lobby: Lobby, clock: Still, ear: int, *, again: bool) -> float:
    """Milliseconds from the end of the commit until the player has the first sample."""
    clock.at += timedelta(seconds=40)
    if not again:
        lobby.reception.take("W1", clock())
        time.sleep(0.1)  # the voice has looked at this commit when the next one comes
    lobby.desk(1).recall(clock()) if again else lobby.desk(1).next(clock())
    begun = time.perf_counter()
    wait_for(ear)
    return (time.perf_counter() - begun) * 1000


def wait_for(ear: int) -> None:
    deadline = time.monotonic() + DEADLINE
    while time.monotonic() < deadline:
        try:
            if os.read(ear, 100):
                return
        except BlockingIOError:
            time.sleep(0.0005)
    raise TimeoutError("the player heard nothing")
