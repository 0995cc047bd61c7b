"""What every room's tests stand on: a branch of their own with free ports, its lobby, and a Monday morning."""

from __future__ import annotations

import logging
import os
import re
import shutil
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")
os.environ.setdefault("QML_DISABLE_DISK_CACHE", "1")

from lobbyline import ASSETS
from lobbyline.lobby.config import Setup, load
from lobbyline.lobby.lobby import Lobby, open_lobby
from lobbyline.lobby.settings.store import Memory

SAMPLE = ASSETS / "branches" / "jingqi-street"


def free_port() -> int:
    """A TCP port that nobody listens on now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


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


@pytest.fixture
def branch_folder(tmp_path: Path) -> Path:
    return copy_of_sample(tmp_path / "branch")


@pytest.fixture
def store_url() -> str:
    """Where the lobby of a test keeps its memory; the rules' own tests try every engine."""
    return Memory().url


@pytest.fixture
def setup(branch_folder: Path, store_url: str) -> Setup:
    return kept_at(load(branch_folder), store_url)


@pytest.fixture
def lobby(setup: Setup, tmp_path: Path) -> Iterator[Lobby]:
    lobby = open_lobby(setup, tmp_path / "data")
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
