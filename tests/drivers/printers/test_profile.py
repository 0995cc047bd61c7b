"""Profiles of printer models."""

from __future__ import annotations

import pytest

from lobbyline.drivers.printers.profile import Profile, ProfileMistakes, read_profile
from tests.drivers.printers.conftest import model


@pytest.mark.parametrize("name", ["generic-80", "generic-58"])
def test_the_models_of_the_assets_are_sound(name: str) -> None:
    """Each profile that we deliver can be read and fills its paper."""
    profile = model(name)
    assert profile.columns * 12 == profile.dots


def test_all_mistakes_are_told_at_once_with_their_path() -> None:
    """A technician sees every mistake of a profile in one go, each with key, what was found and the nearest word."""
    with pytest.raises(ProfileMistakes) as caught:
        read_profile({"dots": "wide", "fense": "gsh", "cut": "1D 5", "speed": 5})
    assert dict(caught.value.mistakes) == {
        ("dots",): "dots: Input should be a valid integer, found 'wide'",
        ("fense",): "fense is not a setting of a printer; did you mean fence?",
        ("cut",): "cut: bytes are written in hex, like \"1D 56 42 00\", found '1D 5'",
        ("speed",): "speed: Input should be greater than or equal to 10, found 5",
    }


def test_columns_must_fit_into_the_dots() -> None:
    """48 columns on 58 mm paper would be wrapped by the printer, so they are refused."""
    with pytest.raises(ProfileMistakes, match="48 columns of 12 dots do not fit into 384 dots"):
        read_profile({"dots": 384})


def test_a_whole_number_of_millimetres_is_a_speed() -> None:
    """`speed = 150` and `speed = 150.0` are the same in a technician's file."""
    assert read_profile({"speed": 150}) == read_profile({"speed": 150.0}) == Profile()
