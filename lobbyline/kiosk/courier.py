"""Hands emergency numbers in as soon as the branch's memory answers again: a thread of the kiosk, beside the press."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime

from lobbyline.lobby.errors import StoreError
from lobbyline.lobby.lobby import Lobby

PAUSE_SECONDS = 2.0  # between two looks

log = logging.getLogger(__name__)


class Courier:
    """Looks after the emergency numbers of this machine from `start` to `stop`."""

    def __init__(self, lobby: Lobby, clock: Callable[[], datetime]) -> None:
        self._lobby, self._clock = lobby, clock
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="courier", daemon=True)

    def start(self) -> Courier:
        self._thread.start()
        return self

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stopping.wait(PAUSE_SECONDS):
            try:
                if handed := self._lobby.emergency.hand_in(self._clock()):
                    log.info("%d emergency numbers stand in the line now", handed)
            except StoreError:  # not yet
                continue
