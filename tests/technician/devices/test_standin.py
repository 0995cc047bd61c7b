"""`lobbyline standin reader`: a customer's hand for a reader that is not there."""

from __future__ import annotations

import os
import select
from collections.abc import Iterator
from pathlib import Path

import pytest

from lobbyline.drivers.readers.standin import StandinReader
from lobbyline.kiosk.reading import profiles
from lobbyline.lobby.config.folder import load
from lobbyline.technician.command import main
from lobbyline.technician.devices.standins import hand
from tests.conftest import SAMPLE


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    """A data folder in which the stand-in of the card reader runs."""
    standin = StandinReader(
        tmp_path / "standin" / "card", profiles(load(SAMPLE))["card-track2"], hand(tmp_path, "card")
    ).start()
    yield tmp_path
    standin.stop()


def hold(data: Path, *words: str) -> int:
    return main(["standin", "reader", *words, "--branch", str(SAMPLE), "--data", str(data)])


def test_a_card_is_held_from_another_program(data: Path) -> None:
    """The line says the track of the card that the command names."""
    line = os.open(data / "standin" / "card", os.O_RDONLY | os.O_NOCTTY)
    assert hold(data, "card", "6299000000000007") == 0
    assert select.select([line], [], [], 10)[0]
    assert os.read(line, 100).startswith(b";6299000000000007=")
    os.close(line)


def test_nothing_to_hold_it_to_is_told(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An unknown reader, and one whose stand-in does not run."""
    assert hold(data, "cards", "1") == 4
    assert 'There is no reader "cards" on a line of devices.toml, only id, card, scanner' in capsys.readouterr().err
    assert hold(data, "scanner", "TKN") == 4
    assert "start `lobbyline run`" in capsys.readouterr().err
