"""How answers stand where others could read them."""

from __future__ import annotations

import pytest

from lobbyline.lobby.forms.masks import grouped, mask


@pytest.mark.parametrize(
    ("kind", "value", "seen"),
    [
        ("id", "110000199001010005", "110***********0005"),
        ("card", "6299000000000007", "6299********0007"),
        ("phone", "13800000000", "138****0000"),
        ("name", "欧阳修", "欧**"),
        ("account", "02000012345", "*******2345"),
        ("uscc", "91350100M000100Y43", "91************0Y43"),
        ("money", "3000", ""),
        ("id", "110", ""),
    ],
)
def test_masks_hide_the_middle(kind: str, value: str, seen: str) -> None:
    """First and last characters only; what is too short to hide anything is shown as it is."""
    assert mask(kind, value) == seen


def test_long_numbers_stand_in_groups() -> None:
    """Cards in fours, phones as people say them, amounts with commas."""
    assert (grouped("card", "62990000"), grouped("phone", "13800001111"), grouped("money", "1234567.5")) == (
        "6299 0000",
        "138 0000 1111",
        "1,234,567.5",
    )
