"""Profiles of printer models."""

from __future__ import annotations

from pathlib import Path

import pytest

from lobbyline.drivers.printers.profile import Profile
from lobbyline.lobby.config.mistakes import read_each
from lobbyline.lobby.config.toml import Table, parse
from lobbyline.lobby.errors import ConfigError
from tests.drivers.printers.conftest import model


@pytest.mark.parametrize("name", ["generic-80", "generic-58"])
def test_the_models_of_the_assets_are_sound(name: str) -> None:
    """Each profile that we deliver can be read and fills its paper."""
    profile = model(name)
    assert profile.columns * 12 == profile.dots


def told(text: str) -> list[str]:
    """What a technician hears of a profile."""
    table = parse(Path("own.toml"), text.encode())
    assert isinstance(table, Table)
    with pytest.raises(ConfigError) as caught:
        read_each(Profile, {"own": table})
    return [str(mistake) for mistake in caught.value.mistakes]


def test_all_mistakes_are_told_at_once_with_their_line() -> None:
    """A technician sees every mistake of a profile in one go, each with what was found and is allowed."""
    reports, fence, cut, speed, hanzi = told(
        'reports = "yes"\nfense = "gsh"\ncut = "1D 5"\nspeed = 5\nhanzi = "big5"\n'
    )
    assert reports == 'own.toml:1: reports is "yes"; true or false is expected, without quotes'
    assert fence.startswith('own.toml:2: unknown key "fense"; did you mean "fence"? Allowed: ')
    assert cut == 'own.toml:3: cut is "1D 5"; bytes are written in hex, like "1D 56 42 00"'
    assert speed == "own.toml:4: speed is 5; at least 10"
    assert told('speed = "fast"') == ['own.toml:1: speed is "fast"; a number without quotes is expected']
    assert hanzi == 'own.toml:5: hanzi is "big5"; allowed: gbk, gb2312, none'


def test_columns_must_fit_into_the_dots() -> None:
    """48 columns on 58 mm paper would be wrapped by the printer, so they are refused."""
    assert told("dots = 384") == ["own.toml:1: the file has 48 columns of 12 dots, which do not fit into 384 dots"]


def test_a_whole_number_of_millimetres_is_a_speed() -> None:
    """`speed = 150` and `speed = 150.0` are the same in a technician's file."""
    assert Profile.model_validate({"speed": 150}) == Profile.model_validate({"speed": 150.0}) == Profile()
