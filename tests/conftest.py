"""What every room's tests stand on: a branch of their own with free ports, its lobby, and a Monday morning."""

from __future__ import annotations

import json
import logging
import os
import re
import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from pytestqt.qtbot import QtBot

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")
os.environ.setdefault("QML_DISABLE_DISK_CACHE", "1")
os.environ["LC_ALL"] = "C.UTF-8"  # no language of its own: customers' sentences are told in the branch's first

from lobbyline import ASSETS
from lobbyline.lobby.config.folder import Setup, load
from lobbyline.lobby.lobby import Lobby, open_lobby
from lobbyline.lobby.settings.store import Memory
from lobbyline.lobby.store import reserve
from lobbyline.lobby.store.sqlite.engine import SQLite
from tests.ear import Ear
from tests.patience import PATIENCE
from tests.server import BINARIES, Server

# How long one example takes says more of the machine than of us.
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")

# Two thousand lobbies beside each other would hold back more room than many a disk has.
reserve.BYTES = 1 << 20

SAMPLE = ASSETS / "branches" / "jingqi-street"
MONDAY = "2026-11-23T10:12"
PORTS = 200  # that each process of the tests has for itself


Ask = Callable[..., tuple[int, Any]]


def free_port() -> int:
    """A TCP port that nobody listens on, and that nobody else is given before our program does."""
    for port in own_ports():
        with socket.socket() as listener, suppress(OSError):
            listener.bind(("127.0.0.1", port))
            return port
    raise AssertionError("every port of this process is taken")


@cache
def own_ports() -> Iterator[int]:
    """Ports of this process alone, below those that the kernel gives away by itself; a socket's name marks them."""
    for first in range(20_000, 32_000, PORTS):
        mark = socket.socket(socket.AF_UNIX)
        with suppress(OSError):
            mark.bind(f"\0lobbyline-tests-{first}")
            mark.detach()  # the kernel lets the name go when this process ends
            return cycle(range(first, first + PORTS))
        mark.close()
    raise AssertionError("every port is another process's")


def kept_at(setup: Setup, url: str) -> Setup:
    """The same branch with its memory elsewhere."""
    return replace(setup, branch=setup.branch.model_copy(update={"store": Memory(url=url)}))


def copy_of_sample(folder: Path) -> Path:
    """The sample branch with ports of its own, so that tests do not meet each other."""
    shutil.copytree(SAMPLE, folder)
    devices, branch = folder / "devices.toml", folder / "branch.toml"
    devices.write_text(devices.read_text("utf-8").replace(":19100", f":{free_port()}"), "utf-8")
    text = branch.read_text("utf-8")
    assert "port = 8321" in text, "the sample branch names the staff's port"
    branch.write_text(text.replace("port = 8321", f"port = {free_port()}"), "utf-8")
    return folder


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long by itself comes first: whoever is done earlier takes over from the other end."""
    items.sort(key=lambda item: item.get_closest_marker("whole") is None)


class PatientBot(QtBot):
    """Waits as long as every test does."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = int(1000 * PATIENCE)) -> None:  # noqa: N802  # its name
        super().waitUntil(callback, timeout=timeout)


@pytest.fixture
def qtbot(qapp: object, request: pytest.FixtureRequest) -> QtBot:
    return PatientBot(request)


def running_server() -> Iterator[Server]:
    """A PostgreSQL server for as long as a fixture lasts."""
    if not BINARIES:
        pytest.skip("PostgreSQL is not installed: make setup")
    server = Server()
    yield server
    server.close()


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A server that goes on running; each test has a database of its own there, or empties one."""
    yield from running_server()


@pytest.fixture
def branch_folder(tmp_path: Path) -> Path:
    return copy_of_sample(tmp_path / "branch")


@pytest.fixture
def ear() -> Iterator[Ear]:
    ear = Ear()
    yield ear
    ear.close()


@pytest.fixture
def store_url() -> str:
    """Where the lobby of a test keeps its memory; the rules' own tests try every engine."""
    return Memory().url


@pytest.fixture
def setup(branch_folder: Path, store_url: str) -> Setup:
    return kept_at(load(branch_folder), store_url)


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with every table and nothing in it: laid out once, then copied for each test."""
    path = tmp_path_factory.mktemp("prepared") / "lobby.sqlite"
    SQLite(path, "nobody").close()
    return path


@pytest.fixture
def lobby(setup: Setup, tmp_path: Path, prepared: Path) -> Iterator[Lobby]:
    data = tmp_path / "data"
    if setup.branch.store.url == prepared.name:
        data.mkdir(exist_ok=True)
        shutil.copy(prepared, data)
    lobby = open_lobby(setup, data)
    yield lobby
    lobby.close()


@pytest.fixture
def at(setup: Setup) -> datetime:
    """A Monday at 10:12: everything of the sample branch is open."""
    return datetime(2026, 11, 23, 10, 12, tzinfo=setup.branch.zone)


class Listening(logging.Handler):
    """Remembers what programs warn of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record)


@pytest.fixture(autouse=True)
def no_unexpected_warning(request: pytest.FixtureRequest) -> Iterator[None]:
    """A warning in the log that a test did not announce with `@pytest.mark.warns(pattern, …)` fails it."""
    listening = Listening()
    logging.getLogger().addHandler(listening)
    yield
    logging.getLogger().removeHandler(listening)
    expected = [pattern for mark in request.node.iter_markers("warns") for pattern in mark.args]
    told = [f"{record.name}: {record.getMessage()}" for record in listening.heard]
    assert [line for line in told if not any(re.search(pattern, line) for pattern in expected)] == []


@pytest.fixture
def ask(branch_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Call the command for a branch of its own; exit code and what it printed as JSON."""
    from lobbyline.technician.command import main  # few tests ask

    def call(*words: str, at: str = MONDAY) -> tuple[int, Any]:
        place = ["--branch", str(branch_folder), "--data", str(tmp_path / "data"), "--at", at, "--json"]
        code = main([words[0], *place, *words[1:]])
        return code, json.loads(capsys.readouterr().out)

    return call
