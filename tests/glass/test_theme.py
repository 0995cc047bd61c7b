"""The look's numbers: what people with weak eyes need, held by computation."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from lobbyline.glass.theme import enlarged
from tests.contrast import contrast
from tests.glass.panes import Pane, theme

THEMES = ("light", "night", "contrast")
GROUNDS = ("paper", "card")
TEXT_ON = {  # text colour -> grounds it is written on
    "ink": ("paper", "card", "tone", "pressed", "accent_tone", "good_tone", "warn_tone", "bad_tone"),
    "quiet": ("paper", "card", "tone", "accent_tone"),
    "accent": ("paper", "card", "tone", "accent_tone"),
    "accent_ink": ("accent", "accent_pressed"),
    "good": ("paper", "card", "good_tone"),
    "warn": ("paper", "card", "warn_tone"),
    "bad": ("paper", "card", "bad_tone"),
    "called_ink": ("called",),
}
SHAPES_ON = {"line": ("paper", "card"), "accent": ("paper", "card", "accent_tone"), "bad": ("card",)}


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("text", "ground"), [(text, on) for text, grounds in TEXT_ON.items() for on in grounds])
def test_text_stands_out_seven_to_one(name: str, text: str, ground: str) -> None:
    """Every text colour reaches 7:1 on every ground it is used on."""
    colours = theme(name)["colour"]
    assert contrast(colours[text], colours[ground]) >= 7


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("shape", "ground"), [(shape, on) for shape, grounds in SHAPES_ON.items() for on in grounds])
def test_shapes_stand_out_three_to_one(name: str, shape: str, ground: str) -> None:
    """Frames and icons that carry meaning reach 3:1."""
    colours = theme(name)["colour"]
    assert contrast(colours[shape], colours[ground]) >= 3


def test_contrast_is_that_of_wcag() -> None:
    """Black on white is 21:1, a colour on itself 1:1, and #767676 on white the known 4.54:1."""
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#8E1A13", "#8E1A13") == pytest.approx(1)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.005)


def test_all_themes_have_the_same_names() -> None:
    """A page that works by day works by night: no token is missing in any theme."""
    light = {table: set(names) for table, names in theme("light").items()}
    for name in THEMES:
        assert {table: set(names) for table, names in theme(name).items()} == light


def test_larger_letters_leave_spaces_alone() -> None:
    """`enlarged` grows all letters, also those of keys and of what is typed, and neither spaces nor what is touched."""
    plain, large = theme(), enlarged(theme(), 1.35)
    assert {name: size for name, size in large["type"].items() if name != "family"} == {
        name: round(size * 1.35) for name, size in plain["type"].items() if name != "family"
    }
    assert (large["space"], large["size"]) == (plain["space"], plain["size"])


def test_a_running_page_follows_a_changed_theme(qtbot: QtBot, show: Pane) -> None:
    """Bindings to `Theme` see new values without a restart."""
    window = show(title="A 012")
    window.theme.change(theme("night"))
    assert window.rootObject().property("color").name().upper() == theme("night")["colour"]["paper"]
