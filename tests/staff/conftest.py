"""A small branch on a real store, its API, and the real program on a free port."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from lobbyline.lobby.clock import Clock
from lobbyline.lobby.config import Setup, load
from lobbyline.lobby.lobby import Lobby
from lobbyline.staff.api import make_app
from lobbyline.staff.program import Server, listen
from tests.conftest import free_port

with warnings.catch_warnings():
    # The test client would rather have httpx2, which is not among our locked versions.
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

BRANCH = Path(__file__).parent / "branch"
STARTS = datetime(2026, 3, 4, 10, 0)
PATIENCE_SECONDS = 10

RUN = """
import sys
from datetime import datetime
from pathlib import Path
from lobbyline.lobby.clock import Clock
from lobbyline.lobby.config import load
from lobbyline.lobby.lobby import open_lobby
from lobbyline.staff.program import run
branch, data, at = sys.argv[1:]
lobby = open_lobby(load(Path(branch)), Path(data))
zone = lobby.branch.zone
sys.exit(run(lobby, Clock(zone, ahead=datetime.fromisoformat(at).replace(tzinfo=zone) - datetime.now(zone))))
"""


def eventually(holds: Callable[[], bool], what: str) -> None:
    """Wait for a condition, with a deadline."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        if time.monotonic() > deadline:
            pytest.fail(f"never happened: {what}")
        time.sleep(0.02)


@pytest.fixture
def setup(tmp_path: Path) -> Setup:
    """The test branch, with the staff's pages on a port that is free."""
    folder = tmp_path / "branch"
    shutil.copytree(BRANCH, folder)
    with (folder / "branch.toml").open("a") as file:
        file.write(f'\n[staff]\nhost = "127.0.0.1"\nport = {free_port()}\n')
    return load(folder)


@pytest.fixture
def clock(setup: Setup) -> Clock:
    zone = setup.branch.zone
    return Clock(zone, ahead=STARTS.replace(tzinfo=zone) - datetime.now(zone))


@pytest.fixture
def client(lobby: Lobby, clock: Clock) -> Iterator[TestClient]:
    """The API without a network, as one of its own pages would call it."""
    with TestClient(make_app(lobby, clock), base_url="http://127.0.0.1:8321") as client:
        yield client


class Program:
    """The real program in a process of its own."""

    def __init__(self, setup: Setup, data: Path) -> None:
        self.port = setup.branch.staff.port
        self.address = f"http://127.0.0.1:{self.port}"
        self._command = [sys.executable, "-c", RUN, str(setup.folder), str(data), STARTS.isoformat()]
        self.process = self._start()

    def _start(self) -> subprocess.Popen[str]:
        process = subprocess.Popen(self._command, stderr=subprocess.PIPE, text=True, env=os.environ.copy())
        eventually(lambda: process.poll() is not None or self.answers(), "the program listens")
        return process

    def answers(self) -> bool:
        with socket.socket() as knocking:
            return knocking.connect_ex(("127.0.0.1", self.port)) == 0

    def restart(self) -> None:
        self.forget()
        self.process = self._start()

    def stop(self) -> int:
        """SIGTERM, and what the program says with its exit code."""
        self.process.terminate()
        return self.process.wait(PATIENCE_SECONDS)

    def last_words(self) -> str:
        return self.process.stderr.read() if self.process.stderr else ""

    def forget(self) -> None:
        if self.process.stderr:
            self.process.stderr.close()


@pytest.fixture
def program(lobby: Lobby) -> Iterator[Program]:
    """The staff's pages over HTTP, on the same memory as `lobby`."""
    program = Program(lobby.setup, lobby.data)
    yield program
    if program.process.poll() is None:
        program.stop()
    program.forget()


@pytest.fixture
def address(lobby: Lobby, clock: Clock) -> Iterator[str]:
    """The same pages from the same server, in a thread of the test: where a process of its own changes nothing."""
    pages = lobby.branch.staff
    with listen(pages.host, pages.port) as listening:
        server = Server(make_app(lobby, clock), lobby)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        yield f"http://{pages.host}:{pages.port}"
        server.handle_exit(0, None)
        thread.join()
