"""Stand-in printers on free ports, and printers that talk to them."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from lobbyline import ASSETS
from lobbyline.drivers.printers.links.tcp import TcpLink
from lobbyline.drivers.printers.printer import Printer
from lobbyline.drivers.printers.profile import Profile
from lobbyline.drivers.printers.standin.printer import StandinPrinter
from tests.drivers.printers.waiting import be_patient

FAST = 20_000  # mm/s: the stand-in's mechanics cost no time


def model(name: str, **changes: Any) -> Profile:
    """A profile of the assets, with changes."""
    return Profile.model_validate(tomllib.loads((ASSETS / "printers" / f"{name}.toml").read_text()) | changes)


@pytest.fixture
def standin(tmp_path: Path) -> Iterator[Callable[..., StandinPrinter]]:
    """Starts stand-ins that end with the test."""
    with ExitStack() as running:

        def start(profile: Profile, **options: Any) -> StandinPrinter:
            printer = StandinPrinter(tmp_path / "paper", profile, speed=FAST, **options).start()
            running.callback(printer.stop)
            return printer

        yield start


@pytest.fixture
def connect() -> Iterator[Callable[[StandinPrinter], Printer]]:
    """Printers that are closed with the test."""
    with ExitStack() as running:

        def make(standin: StandinPrinter) -> Printer:
            printer = Printer(TcpLink("front", f"tcp://127.0.0.1:{standin.port}"), standin.profile)
            running.callback(printer.close)
            return printer

        yield make


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    be_patient(monkeypatch)
