"""Qt without a screen, a graphics card or a cache on disk; and windows that are gone when their test is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

os.environ.update(QT_QPA_PLATFORM="offscreen", QT_QUICK_BACKEND="software", QML_DISABLE_DISK_CACHE="1")

import pytest
from pytestqt.qtbot import QtBot

from lobbyline.glass.window import Window
from tests.glass.panes import BUTTONS, Pane, pane


@pytest.fixture
def show(qtbot: QtBot, tmp_path: Path) -> Iterator[Pane]:
    """Makes windows with a page of the test's own, and takes them away again in the UI thread."""
    shown: list[Window] = []

    def make(qml: str = BUTTONS, **properties: object) -> Window:
        shown.append(pane(tmp_path, qml, **properties))
        return shown[-1]

    yield make
    for window in shown:
        window.dispose()
