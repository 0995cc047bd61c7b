"""One visit with the real programs: from touch to number, and from *next* to the acknowledged board."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import httpx

from bench import Figure
from lobbyline.glass.finger import Finger
from lobbyline.lobby.config.folder import load
from lobbyline.lobby.lobby import Lobby, open_lobby
from lobbyline.technician.play.playing import PLAYED_AT, running, until
from tests.conftest import copy_of_sample

TIMES = 10
SETTLE = 0.4  # seconds: a page that has just come takes no touch yet


def figures() -> Iterator[Figure]:
    """Medians over some visits; paper and wire are simulated and not waited for."""
    with tempfile.TemporaryDirectory() as folder:
        branch, data = copy_of_sample(Path(folder) / "branch"), Path(folder) / "data"
        setup = load(branch)
        ahead = PLAYED_AT.replace(tzinfo=setup.branch.zone) - datetime.now(setup.branch.zone)
        with running(branch, data, ahead):
            finger, lobby = Finger(data / "finger" / "kiosk", 20), open_lobby(setup, data)
            page = f"http://127.0.0.1:{setup.branch.staff.port}/api/counters/1"
            until(lambda: all_shown(lobby), "every board says welcome")
            token = lobby.tokens.add("bench", ["program"], "bench", datetime.now(setup.branch.zone) + ahead)
            with httpx.Client(base_url=page, headers={"Authorization": f"Bearer {token}"}) as counter:
                rounds = [visit(finger, lobby, counter) for _ in range(TIMES)]
            finger.close()
            lobby.close()
    touch, call, board = (statistics.median(times) * 1000 for times in zip(*rounds, strict=True))
    yield Figure("touch to ticket committed and number on the screen", touch, "ms", note="at most 100 ms")
    yield Figure("next in the staff page's API, answered", call, "ms")
    yield Figure("next pressed to acknowledged frame of the main board", board, "ms")
    yield Figure("touch to acknowledged frame, one visit", touch + board, "ms", note="at most 1000 ms of machine time")


def visit(finger: Finger, lobby: Lobby, counter: httpx.Client) -> tuple[float, float, float]:
    """Seconds from touch to number, from next to answer, from next to the acknowledged board."""
    time.sleep(SETTLE)
    finger.touch("service-W1")
    finger.wait_for("band-0")
    time.sleep(SETTLE)
    finger.touch("band-0")
    finger.wait_for("take")
    time.sleep(SETTLE)
    shown = seconds(lambda: finger.touch("take"), lambda: finger.page() == "number")
    began = time.monotonic()
    number = counter.post("/next", json={}).json()["ticket"]["number"]
    answered = time.monotonic() - began
    until(lambda: number in face(lobby, "main-board"), f"the main board shows {number}")
    acknowledged = time.monotonic() - began
    counter.post("/done", json={})
    time.sleep(SETTLE)
    finger.touch("done")
    finger.wait_for_page("home")
    return shown, answered, acknowledged


def seconds(act: Callable[[], None], happened: Callable[[], bool]) -> float:
    began = time.monotonic()
    act()
    until(happened, "what was touched for")
    return time.monotonic() - began


def face(lobby: Lobby, board: str) -> str:
    return next((device.face for device in lobby.devices.all() if device.name == board), "")


def all_shown(lobby: Lobby) -> bool:
    return all(face(lobby, board.name) for board in lobby.setup.devices.boards())
