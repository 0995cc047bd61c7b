"""The glass of a branch that may not open for business: its files are wrong, or an item of the minimum is missing.

Customers are sent to a person, and whoever mends it reads what is missing. When the files are right the program ends,
to be started anew with them.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer

from lobbyline.glass.window import Window
from lobbyline.lobby.config import shipped
from lobbyline.lobby.errors import ConfigError

log = logging.getLogger(__name__)

PAGE = Path(__file__).parent / "qml" / "Closed.qml"
LANGUAGES = ("zh", "en")  # of ours: the branch's own are not known
LOOK_MS = 5000  # between two looks whether the files are right
MOST = 5  # mistakes that are told on the glass; the journal has all


class Closed:
    """The closed page in the kiosk's window."""

    def __init__(self, window: Window, error: ConfigError, enter: Callable[[], object]) -> None:
        log.error("the kiosk stays closed: %s", error)
        self.window, self.enter = window, enter
        window.dress(shipped.theme("light"))
        window.load(PAGE, {"said": said(error)})
        self.look = QTimer(window, interval=LOOK_MS)
        self.look.timeout.connect(self.try_again)
        self.look.start()

    def try_again(self) -> None:
        """Whether the branch opens now."""
        try:
            self.enter()
        except ConfigError:
            return
        log.info("the files are right now: starting again")
        QCoreApplication.exit(0)

    def close(self) -> None:
        self.look.stop()
        self.window.dispose()


def said(error: ConfigError) -> dict[str, object]:
    """What the page says: a sentence for customers and one for staff in each language, and the first mistakes."""
    words = [shipped.words(language, "kiosk") for language in LANGUAGES]
    lines = [f"{mistake.file.name}:{mistake.line}: {mistake.sentence}" for mistake in error.mistakes]
    more = len(lines) - MOST
    return {
        "titles": [one["out_title"] for one in words],
        "sentences": [one["out_sentence"] for one in words],
        "staff": [one["closed_staff"] for one in words],
        "mistakes": [*lines[:MOST], *([f"… +{more}"] if more > 0 else [])],
    }
