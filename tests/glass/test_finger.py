"""The stand-in of a touch panel, near and from afar."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from lobbyline.glass.finger import Finger, FingerError
from lobbyline.glass.listener import Listener
from lobbyline.glass.panel import NoSuchItem, Panel
from lobbyline.glass.window import Window
from tests.glass.panes import Pane


def afar(qtbot: QtBot, path: Path, walk: Callable[[Finger], Any]) -> Any:
    """Run `walk` with a finger in a thread of its own while this one turns the event loop."""
    results: list[Any] = []

    def go() -> None:
        try:
            with Finger(path) as finger:
                results.append(walk(finger))
        except FingerError as error:
            results.append(error)

    threading.Thread(target=go, daemon=True).start()
    qtbot.waitUntil(lambda: bool(results))
    return results[0]


def touched(window: Window) -> list[str]:
    return list(window.rootObject().property("touched").toVariant())


def test_a_touch_is_a_touch(qtbot: QtBot, show: Pane) -> None:
    """A finger on an item fires its tap handler, as on the real panel."""
    window = show(title="A 012")
    Panel(window).touch("left")
    assert touched(window) == ["left"]


def test_two_fingers_are_two_touches(qtbot: QtBot, show: Pane) -> None:
    """Two fingers at the same moment fire both items: the page itself must accept one."""
    window = show(title="A 012")
    Panel(window).touch("left", "right")
    assert sorted(touched(window)) == ["left", "right"]


def test_touching_what_is_not_there_names_what_is(qtbot: QtBot, show: Pane) -> None:
    """A rehearsal that is out of step is told what stands on the page."""
    with pytest.raises(NoSuchItem, match="'hidden' is visible; there are: root, title, left, right"):
        Panel(show(title="A 012")).touch("hidden")


def test_a_finger_from_another_process_touches_looks_and_takes_pictures(
    qtbot: QtBot, show: Pane, tmp_path: Path
) -> None:
    """Over the socket: touch by name and by place, read the page, list items, leave a PNG."""
    window = show(title="A 012")
    listener = Listener(tmp_path / "finger", Panel(window))

    def walk(finger: Finger) -> tuple[str, list[str]]:
        finger.touch("left")
        finger.touch((150, 250))
        finger.picture(tmp_path / "pictures" / "page.png")
        finger.wait_for_page("counting")
        finger.wait_for("right")
        return finger.page(), finger.items()

    assert afar(qtbot, tmp_path / "finger", walk) == ("counting", ["root", "title", "left", "right"])
    assert touched(window) == ["left", "right"]
    assert (tmp_path / "pictures" / "page.png").read_bytes().startswith(b"\x89PNG")
    listener.close()


def test_a_finger_that_misses_is_told_so(qtbot: QtBot, show: Pane, tmp_path: Path) -> None:
    """A refusal of the panel arrives as a sentence, and so does a page that never comes."""
    listener = Listener(tmp_path / "finger", Panel(show(title="A 012")))
    missed = afar(qtbot, tmp_path / "finger", lambda finger: finger.touch("middle"))
    late = afar(qtbot, tmp_path / "finger", lambda finger: finger.wait_for_page("home", seconds=0.1))
    assert "nothing called 'middle' is visible" in str(missed)
    assert str(late) == "the page 'home' did not come within 0.1 s"
    listener.close()


def test_nobody_listening_is_said() -> None:
    """A program that was not started with a finger's path is found out at once."""
    with pytest.raises(FingerError, match="nobody listens on /nowhere/finger"):
        Finger(Path("/nowhere/finger"), seconds=0.1)
