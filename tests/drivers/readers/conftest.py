"""Profiles of the assets, and a stand-in with a reader listening to it."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lobbyline import ASSETS
from lobbyline.drivers.readers.profile import ReaderProfile
from lobbyline.drivers.readers.reader import Reader
from lobbyline.drivers.readers.readings import Reading
from lobbyline.drivers.readers.standin import StandinReader
from lobbyline.lobby.config.toml import Table, parse
from tests.patience import PATIENCE


def model(name: str) -> ReaderProfile:
    file = ASSETS / "readers" / f"{name}.toml"
    table = parse(file, file.read_bytes())
    assert isinstance(table, Table)
    return ReaderProfile.model_validate(table.data)


class Heard:
    """What a reader delivered and how it said it was, in order."""

    def __init__(self, standin: StandinReader) -> None:
        self.standin = standin
        self.readings: queue.Queue[Reading] = queue.Queue()
        self.states: queue.Queue[tuple[str, str, str]] = queue.Queue()

    def reading(self) -> Reading:
        return self.readings.get(timeout=PATIENCE)

    def state(self) -> tuple[str, str, str]:
        return self.states.get(timeout=PATIENCE)


@contextmanager
def listening(name: str, folder: Path) -> Iterator[Heard]:
    """A stand-in of this model, and a reader that has its line open."""
    standin = StandinReader(folder / "line", model(name)).start()
    heard = Heard(standin)
    reader = Reader(
        "front",
        folder / "line",
        model(name),
        heard.readings.put,
        lambda *told: heard.states.put(told),
    ).start()
    try:
        assert heard.state() == ("ok", "", "")
        yield heard
    finally:
        reader.stop()
        standin.stop()
