"""Looks after the hall every few seconds, so that whatever needs a person is on the list within ten."""

from __future__ import annotations

import logging
import threading

from lobbyline.lobby.clock import Clock
from lobbyline.lobby.errors import StoreError
from lobbyline.lobby.lobby import Lobby

log = logging.getLogger(__name__)
LOOK_SECONDS = 2.0


class Watchman:
    """A thread of the staff's program."""

    def __init__(self, lobby: Lobby, clock: Clock) -> None:
        self._lobby, self._clock = lobby, clock
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._walk, name="watchman", daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._over.set()
        self._thread.join()

    def _walk(self) -> None:
        while True:
            self._look()
            if self._over.wait(LOOK_SECONDS):
                return

    def _look(self) -> None:
        """A store in trouble is told by every page already; the walk goes on."""
        try:
            self._lobby.lookout.look(self._clock())
        except StoreError as error:
            log.warning("%s", error)
