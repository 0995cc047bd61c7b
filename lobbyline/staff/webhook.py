"""Tells a system of the bank that something changed: it then reads the journal from where it was.

The notice carries no truth but the newest id, so a lost or doubled one changes nothing. One that cannot be delivered is
sent again, later each time; meanwhile nobody waits for it.
"""

from __future__ import annotations

import hmac
import json
import logging
import threading
import urllib.request
from contextlib import closing
from http.client import HTTPException

from lobbyline.lobby.errors import StoreError
from lobbyline.lobby.lobby import Lobby

log = logging.getLogger(__name__)
LOOK_SECONDS = 0.5
QUIET_SECONDS = 1.0  # between two notices
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0  # seconds before a notice is sent again
PATIENCE_SECONDS = 5.0
SIGNATURE = "Lobbyline-Signature"


class Webhook:
    """A thread of the staff's program; without an address there is none."""

    def __init__(self, lobby: Lobby, first_pause: float = FIRST_PAUSE) -> None:
        self._lobby, self._first_pause = lobby, first_pause
        self._pause = first_pause
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._walk, name="webhook", daemon=True)
        if lobby.branch.staff.webhook:
            self._thread.start()

    def close(self) -> None:
        self._over.set()
        if self._thread.is_alive():
            self._thread.join()

    def _walk(self) -> None:
        owed = True  # whoever listens may have missed something before this program began
        with closing(self._lobby.watch("webhook")) as watch:
            while not self._over.is_set():
                owed = watch.wait(LOOK_SECONDS) or owed
                if owed:
                    owed = not self._tell()
                    self._over.wait(self._pause if owed else QUIET_SECONDS)

    def _tell(self) -> bool:
        """Whether the notice was taken."""
        settings = self._lobby.branch.staff
        try:
            with self._lobby.read() as book:
                body = json.dumps({"branch": self._lobby.branch.id, "last": book.mark()}).encode()
            deliver(settings.webhook, body, settings.webhook_secret)
        except (StoreError, OSError, HTTPException) as error:  # whatever the other side is, or says
            log.info("Webhook: %s did not take the notice (%s); it is sent again.", settings.webhook, error)
            self._pause = min(self._pause * 2, LONGEST_PAUSE)
            return False
        self._pause = self._first_pause
        return True


def deliver(url: str, body: bytes, secret: str) -> None:
    """One notice, signed with the secret that both sides know."""
    headers = {"Content-Type": "application/json"}
    if secret:
        headers[SIGNATURE] = signature(body, secret)
    request = urllib.request.Request(url, body, headers)  # noqa: S310  # the settings allow http and https only
    with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS):  # noqa: S310  # the same
        pass


def signature(body: bytes, secret: str) -> str:
    return "sha256=" + hmac.new(secret.encode(), body, "sha256").hexdigest()
