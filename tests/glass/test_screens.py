"""Whether a window can stand here is known before Qt looks for a screen."""

from __future__ import annotations

import pytest

from lobbyline.glass.screens import ScreenMissing, must_be_there, seen
from lobbyline.glass.window import make_application

NAMES = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A machine on which nobody has signed in at a screen."""
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def test_without_a_screen_there_is_no_application(bare: pytest.MonkeyPatch) -> None:
    """A sentence in place of Qt's crash."""
    assert not seen()
    with pytest.raises(ScreenMissing, match="neither DISPLAY nor WAYLAND_DISPLAY"):
        make_application("test")


@pytest.mark.parametrize(
    ("name", "is_seen"), [("DISPLAY", True), ("WAYLAND_DISPLAY", True), ("QT_QPA_PLATFORM", False)]
)
def test_a_screen_or_what_stands_for_one(bare: pytest.MonkeyPatch, name: str, is_seen: bool) -> None:
    """On X11 and Wayland somebody sees the window; Qt may be told to do without."""
    bare.setenv(name, "panels")
    must_be_there()
    assert seen() == is_seen
